"""The closer look and the deep checks against what was measured on the open sets by other means."""

from __future__ import annotations

import importlib.util
import random
from functools import cache
from pathlib import Path

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.domain.learning_curve import reach
from advisor.world.datasets.closer.close_look import look_closer
from advisor.world.datasets.closer.deep_texts import DeepRow
from advisor.world.datasets.closer.label_noise import contradicted
from advisor.world.datasets.closer.proxy_curve import measure
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import as_text
from tests.world.test_datasets_truth import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the open sets are not here; ADVISOR_DATA names their folder")
NEEDS_SKLEARN = pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed (extra `deep`)"
)


@cache
def looked(name: str) -> DatasetReport:
    return look_closer(inspect(DATA / name))


def pairs(path: Path, text: str, label: str) -> list[tuple[str, str]]:
    return [(as_text(row.values[text]), as_text(row.values[label])) for row in open_table(path).records()]


@pytest.mark.parametrize(
    ("name", "characters_per_token"),
    # Banking77 by a full count of texts and labels apart; joined by a space they come to 4.63.
    [("banking77/train.csv", 4.536), ("gsm8k/train.jsonl", 3.34), ("medical_abstracts/medical_tc_test.csv", 4.72)],
)
def test_tokens_are_those_of_a_full_count(name: str, characters_per_token: float) -> None:
    report = looked(name)
    tokens = report.tokens
    assert tokens is not None and tokens.total is not None and report.label_field is not None
    fields = (*report.input_fields, report.label_field)
    characters = sum(
        len(as_text(row.values.get(field))) for row in open_table(DATA / name).records() for field in fields
    )
    assert tokens.error < 0.02 and (tokens.error or tokens.counted == report.rows)
    assert characters / tokens.total == pytest.approx(characters_per_token, rel=max(0.01, 1.5 * tokens.error))


def test_table_ids_are_no_phone_numbers() -> None:
    close = looked("wikisql_lora/train.jsonl").close
    assert close is not None and not [trace for trace in close.traces if trace.kind in ("phone", "card", "iban")]


def test_clean_sets_give_nothing_away() -> None:
    for name in ("banking77/train.csv", "medical_abstracts/medical_tc_test.csv"):
        report = looked(name)
        assert report.close is not None and report.close.giveaways == () and report.close.traces == ()
        assert not [finding for finding in report.findings if finding.about == "leaks"]


def flipped(rows: list[tuple[str, str]]) -> tuple[float, float, bool]:
    """Flip 5% of the labels; return precision and recall of those named, and whether any would be."""
    chance, names = random.Random(0), sorted({label for _, label in rows})
    wrong = set(chance.sample(range(len(rows)), round(0.05 * len(rows))))
    labels = [
        chance.choice([name for name in names if name != label]) if i in wrong else label
        for i, (_, label) in enumerate(rows)
    ]
    flags = contradicted([text for text, _ in rows], labels)
    hits = len(wrong & set(flags.rows))
    return hits / len(flags.rows), hits / len(wrong), flags.judged(len(rows))


@NEEDS_SKLEARN
def test_flipped_labels_of_snips_are_found() -> None:
    report = inspect(DATA / "snips")
    precision, recall, judged = flipped(pairs(DATA / "snips", report.input_fields[0], str(report.label_field)))
    # Measured by other means: 0.98 and 0.82.
    assert judged and precision > 0.93 and recall > 0.8


@NEEDS_SKLEARN
def test_overlapping_classes_of_the_abstracts_are_not_judged() -> None:
    rows = pairs(DATA / "medical_abstracts/medical_tc_test.csv", "medical_abstract", "condition_label")
    precision, _, judged = flipped(rows)
    # Measured by other means: 0.11. A list of such flags would be nine tenths wrong.
    assert not judged and precision < 0.2


@NEEDS_SKLEARN
def test_the_curve_of_banking77() -> None:
    train, test = (
        [DeepRow(text, label, "") for text, label in pairs(DATA / f"banking77/{part}.csv", "text", "category")]
        for part in ("train", "test")
    )
    points = measure(train, test)
    measured = [points[0].accuracy, points[4].accuracy, points[5].accuracy]
    assert measured == [pytest.approx(share, abs=0.01) for share in (0.673, 0.856, 0.894)]
    ends = reach(points[:5], points[5].rows, len(test))
    assert (ends.low + ends.high) / 2 == pytest.approx(points[5].accuracy, abs=0.01)
