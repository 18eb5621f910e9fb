"""Open sets whose figures were counted by other means: the report must say the same."""

from __future__ import annotations

import os
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import Roles, as_text

DATA = Path(os.environ.get("ADVISOR_DATA", Path(__file__).parents[3] / "shared" / "data"))

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the open sets are not here; ADVISOR_DATA names their folder")


class Truth(NamedTuple):
    """What was counted in a set."""

    rows: int
    splits: dict[str, int]
    inputs: tuple[str, ...]
    label: str | None
    task: str | None
    labels: int | None
    """Distinct values of the label."""
    missing: int
    copies: tuple[int, int]
    """Exactly, and after normalisation."""
    copied_pairs: int
    """Copies of an input with its label."""
    conflicts: tuple[int, int]
    """Inputs, and their rows."""
    largest: tuple[int, int] | None
    """Rows of the largest and of the smallest class."""
    leaks: dict[frozenset[str], tuple[int, int]]
    chars: tuple[int, int]
    """Median and most characters of an input."""
    odd: tuple[int, int, int]
    """Rows with an input that is not ASCII, has several lines, holds an HTML entity."""


def pair(first: str, second: str) -> frozenset[str]:
    return frozenset((first, second))


TRUTHS = {
    "banking77": Truth(
        13083, {"train": 10003, "test": 3080}, ("text",), "category", "classification", 77, 0, (0, 24), 0, (0, 0),
        (227, 75), {pair("train", "test"): (0, 11)}, (46, 433), (61, 13, 0),
    ),
    "clinc150": Truth(
        23700, {"oos_val": 100, "val": 3000, "train": 15000, "oos_test": 1000, "test": 4500, "oos_train": 100},
        ("text",), "label", "classification", 151, 0, (5, 99), 1, (4, 8), (1200, 150),
        {pair("val", "train"): (3, 22), pair("val", "test"): (0, 4), pair("train", "test"): (2, 26)},
        (38, 136), (28, 0, 0),
    ),
    "snips": Truth(
        2800, {"train": 2100, "validate": 700}, ("text",), "label", "classification", 7, 0, (20, 29), 20, (0, 0),
        (400, 400), {pair("train", "validate"): (5, 11)}, (45, 135), (59, 5, 0),
    ),
    "gsm8k": Truth(
        8792, {"train": 7473, "test": 1319}, ("question",), "answer", "free_text", 8792, 0, (0, 0), 0, (0, 0),
        None, {}, (218, 985), (368, 0, 0),
    ),
    "medical_abstracts": Truth(
        2888, {"test": 2888}, ("medical_abstract",), "condition_label", "classification", 5, 0, (118, 118), 0,
        (113, 231), (961, 299), {}, (1222, 3542), (0, 0, 0),
    ),
    "nlupp": Truth(
        104, {}, ("text",), "intents", "multi_label", 86, 8, (0, 0), 0, (0, 0), None, {}, (41, 100), (2, 0, 0)
    ),
    "chat": Truth(5, {}, ("messages",), "reply", "chat", 5, 0, (0, 0), 0, (0, 0), None, {}, (145, 535), (0, 0, 0)),
    "transactions": Truth(
        101, {}, ("Supplier", "Description"), "Classification", "classification", 5, 0, (63, 64), 62, (1, 2),
        (50, 5), {}, (51, 69), (0, 0, 0),
    ),
    "xquad/xquad.en.json": Truth(
        1190, {}, ("context", "question"), "answers", "question_answering", 1090, 0, (3, 5), 2, (1, 2), None, {},
        (769, 3409), (420, 8, 0),
    ),
    "xquad/xquad.zh.json": Truth(
        1190, {}, ("context", "question"), "answers", "question_answering", 1104, 0, (9, 9), 7, (2, 4), None, {},
        (249, 997), (1190, 0, 0),
    ),
    "wikisql_lora": Truth(
        1200, {"train": 1000, "valid": 100, "test": 100}, ("text",), None, None, None, 0, (1, 2), 1, (0, 0), None, {},
        (171, 516), (214, 1200, 0),
    ),
}  # fmt: skip


@cache
def report_of(name: str) -> DatasetReport:
    return inspect(DATA / name)


@cache
def examples(name: str) -> tuple[tuple[str, str], ...]:
    """Return every input and its label as text."""
    return tuple(_examples(name))


def _examples(name: str) -> Iterator[tuple[str, str]]:
    report = report_of(name)
    roles = Roles(report.input_fields, report.label_field, 1.0, report.task)
    for record in open_table(DATA / name).records():
        yield " ".join(roles.inputs(record)), as_text(roles.label(record))


def said(report: DatasetReport) -> str:
    return " ".join(f"{finding.what} {finding.consequence}" for finding in report.findings)


@pytest.mark.parametrize("name", TRUTHS)
def test_rows_and_roles(name: str) -> None:
    truth, report = TRUTHS[name], report_of(name)
    assert (report.rows, report.bad_rows, dict(report.splits)) == (truth.rows, 0, truth.splits)
    assert (report.input_fields, report.label_field, report.task) == (truth.inputs, truth.label, truth.task)
    assert (report.missing_labels, report.labelled) == (truth.missing, truth.rows - truth.missing if truth.label else 0)


@pytest.mark.parametrize("name", TRUTHS)
def test_copies_and_conflicts(name: str) -> None:
    truth, report = TRUTHS[name], report_of(name)
    assert (report.duplicates, report.normalized_duplicates) == truth.copies
    assert (report.conflicting_inputs, report.conflicting_rows) == truth.conflicts
    rows = examples(name)
    assert len(rows) - len(set(rows)) == truth.copied_pairs


@pytest.mark.parametrize("name", TRUTHS)
def test_labels(name: str) -> None:
    truth, report = TRUTHS[name], report_of(name)
    if truth.labels is not None:
        # A row without a label has none of the distinct ones.
        assert len({label for _, label in examples(name) if label}) == truth.labels
    if truth.largest is not None:
        assert report.classes == truth.labels
        assert (max(report.label_counts.values()), min(report.label_counts.values())) == truth.largest
        assert Counter(label for _, label in examples(name)) == report.label_counts


@pytest.mark.parametrize("name", TRUTHS)
def test_leaks(name: str) -> None:
    leaks = {pair(leak.first, leak.second): (leak.inputs, leak.normalized_inputs) for leak in report_of(name).leaks}
    assert leaks == TRUTHS[name].leaks


@pytest.mark.parametrize("name", [name for name in TRUTHS if name != "chat"])
def test_characters(name: str) -> None:
    truth = TRUTHS[name]
    texts = [text for text, _ in examples(name)]
    if name == "wikisql_lora":
        # There the question was counted alone, which has no field of its own.
        texts = [text.rpartition("\nA: ")[0] for text in texts]
    assert (statistics.median_high(map(len, texts)), max(map(len, texts))) == truth.chars
    assert truth.odd == (
        sum(not text.isascii() for text in texts),
        sum("\n" in text for text in texts),
        sum(re.search(r"&(#\d+|[a-z]+);", text) is not None for text in texts),
    )


def test_a_ceiling_nobody_can_beat() -> None:
    assert report_of("medical_abstracts").accuracy_ceiling == round((2888 - 118) / 2888, 4)


def test_a_table_of_label_names_is_no_data() -> None:
    assert "`medical_tc_labels.csv`, which by its name says what the labels mean" in said(
        report_of("medical_abstracts")
    )


def test_several_labels_a_row_are_counted_one_by_one() -> None:
    report = report_of("nlupp")
    assert (report.classes, len(report.label_counts)) == (47, 47)
    assert "8 of 104 rows have no label" in said(report)


def test_the_label_of_a_file_name_is_said_and_the_odd_file_named() -> None:
    text = said(report_of("snips"))
    assert "The label is the name of the file" in text
    assert "`train_PlayMusic_full.json`" in text and "byte 150,732" in text and "Latin-1" in text


def test_the_odd_file_by_itself() -> None:
    report = report_of("snips/train_PlayMusic_full.json")
    assert (report.rows, report.bad_rows, report.label_counts) == (2000, 0, {"PlayMusic": 2000})
    pizza = [text for text, _ in examples("snips/train_PlayMusic_full.json") if "Punk Perfection" in text]
    assert any("\N{SLICE OF PIZZA}" in text for text in pizza)


def test_small_classes_and_a_padded_value() -> None:
    report = report_of("transactions")
    assert sum(n < 10 for n in report.label_counts.values()) == 2
    assert any(text.startswith("JISC Services Ltd  ") for text, _ in examples("transactions"))


def test_files_that_are_neither_splits_nor_classes_are_named() -> None:
    with pytest.raises(Exception, match=r"xquad\.en\.json.*xquad\.zh\.json"):
        inspect(DATA / "xquad")


def test_conversations_that_lack_a_speaker() -> None:
    text = said(report_of("chat"))
    assert "4 of 5 conversations begin with instructions" in text and "1 conversation without user" in text


def test_a_set_without_a_label_says_so() -> None:
    assert "No column looks like a label" in said(report_of("wikisql_lora"))
