"""What the report of a dataset says, section by section, in the words every front end shows."""

from __future__ import annotations

import unicodedata

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.domain.report_parts import Bars, Fields, Remark, Section
from advisor.domain.report_text import aligned, as_text, shortened, width
from advisor.domain.report_view import MOST_LABELS, label_bars, labels, sections
from tests.domain.reports import BLOCKED, CLOSER, HINDERED, HOSTILE, TICKETS


def told(report: DatasetReport, name: str) -> str:
    return as_text(section(report, name))


def section(report: DatasetReport, name: str) -> Section:
    return next(one for one in sections(report) if one.name == name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overview", ["812 read, 2 more unreadable", "train 700 · test 112", "1 blocks, 1 warns, 1 note"]),
        ("overview", ["tickets.csv:41", "has 7 columns", "✗ Too few rows. Nothing can be held back."]),
        ("fields", ["`text` as what the program reads and `category` as the right answer", "a guess"]),
        ("fields", ["text of row 0", "text      input?      99%        800  text"]),
        (
            "labels",
            [
                "80 rows, 10% of those labelled",
                "4 rows; the largest has 20 times as many",
                "1 under 10 different examples",
                "! refund",
            ],
        ),
        (
            "copies",
            [
                "4, 3 of them letter for letter",
                "3 in 6 rows",
                "at most 99.96% of all rows; my split keeps the commonest",
                "→ card (1)",
            ],
        ),
        ("leaks", ["train, test"]),
        ("length", ["42 tokens on average", "no tokenizer has counted"]),
        ("test", ["train", "100 rows"]),
    ],
)
def test_a_section_says_what_was_counted_and_what_it_means(name: str, words: list[str]) -> None:
    text = told(BLOCKED, name)
    assert all(word in text for word in words), text


@pytest.mark.parametrize("name", ["length", "personal", "noise", "curve", "test"])
def test_until_the_closer_look_has_come_its_sections_say_that_it_is_under_way(name: str) -> None:
    assert "A closer look is under way" in told(TICKETS, name)
    assert "under way" not in told(CLOSER, name)
    assert "once nothing stops" in told(BLOCKED, name)
    failed = next(one for one in sections(TICKETS, looking=False) if one.name == name)
    assert "could not be taken" in as_text(failed)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("length", ["33,000 tokens ±2%", "Counted with o200k on 300 rows drawn", "41,000", "about 3"]),
        ("personal", ["e-mail addresses", "a…@example.com", "in every row"]),
        ("leaks", ["queue", "98%", "in 40% of the inputs"]),
        ("copies", ["9 among 797; 2 with another label"]),
        ("noise", ["12, 1.5%", "right on 80%"]),
        ("curve", ["1,024", "83% to 87%", "drawn on", "not a fine-tuned model"]),
        ("test", ["9.0 points", "none"]),
    ],
)
def test_a_closer_look_is_told(name: str, words: list[str]) -> None:
    text = told(CLOSER, name)
    assert all(word in text for word in words), text


def test_a_check_that_was_not_made_says_how_to_have_it_or_that_it_failed() -> None:
    hindered = TICKETS.model_copy(update={"close": HINDERED})
    assert "could not be done" in told(hindered, "noise")
    assert "`advisor inspect /data/user/tickets.csv --deep`" in told(hindered, "curve")
    named = hindered.model_copy(update={"label_told": True, "path": "/data/my rows/t.csv"})
    assert "advisor inspect '/data/my rows/t.csv' --label category --deep" in told(named, "copies")


def test_findings_stand_together_in_their_order_and_each_where_it_belongs() -> None:
    every = [part for part in section(BLOCKED, "findings").parts if isinstance(part, Remark)]
    assert [remark.severity for remark in every] == ["blocks", "warns", "notes"]
    marks = {one.name: one.severity for one in sections(BLOCKED)}
    assert (marks["findings"], marks["overview"], marks["copies"], marks["labels"]) == (
        "blocks",
        "blocks",
        "warns",
        None,
    )


def test_every_label_of_very_many_is_found_by_a_part_of_its_name() -> None:
    counts = {f"label {number:05}": 10_000 - number for number in range(5_000)}
    report = TICKETS.model_copy(update={"label_counts": counts})
    bars, found = label_bars(report)
    assert (len(bars), found) == (MOST_LABELS, 5_000)
    assert (bars[0].size, bars[0].name) == (1.0, "label 00000")
    title, shown = labels(report, "LABEL 0499")
    assert title == ("10 of 5,000 labels with “LABEL 0499”",)
    assert isinstance(shown, Bars) and shown.bars[-1].name == "label 04999"


def test_answers_that_are_no_classes_have_no_bars() -> None:
    text = told(TICKETS.model_copy(update={"task": "free_text", "label_counts": {}}), "labels")
    assert "no classes" in text


def test_nothing_of_a_hostile_file_gets_through() -> None:
    for one in sections(HOSTILE):
        text = as_text(one)
        hidden = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c not in "\n\u200c\u200d"]
        assert not hidden, (one.name, hidden)
        assert "abcdefghijklmnop" not in text
        assert len(text) < 10_000
    raw = [row.name for part in section(HOSTILE, "fields").parts if isinstance(part, Fields) for row in part.rows]
    assert raw == [field.name for field in HOSTILE.fields], "a field is named to the session as it stands in the file"


def test_columns_give_way_by_cells() -> None:
    rows = (("name", "rows"), ("黑豹队的防守只丢了", "1"), ("e\u0301a", "10,000"))
    lines = aligned(rows, frozenset({0}), 18)
    assert {width(line) for line in lines} == {18}
    assert lines[1].startswith("黑豹队的…")
    assert shortened("黑豹队", 4) == "黑…"
