"""A wish for fewer rows is told from a count of what there is."""

from __future__ import annotations

import pytest

from advisor.domain.row_limit import on_fewer_rows, rows_wished


@pytest.mark.parametrize(
    ("reply", "rows"),
    [
        ("limit to 100 rows", 100),
        ("limit it to 1,000 rows please", 1000),
        ("only 100 rows", 100),
        ("yes, but only 100 rows", 100),
        ("use only 2k examples", 2000),
        ("run it on 50 rows", 50),
        ("can you try the first 200 rows?", 200),
        ("just the first 10 rows", 10),
        ("with 100 rows only", 100),
        ("take at most 300 of the rows", 300),
    ],
)
def test_a_wish_for_fewer_rows(reply: str, rows: int) -> None:
    assert rows_wished(reply) == rows


@pytest.mark.parametrize(
    "reply",
    [
        "100 rows",
        "we have 100 rows",
        "only 12 labels",
        "limit to $100",
        "at most 20 dollars",
        "we score 80% on 400 rows",
        "measured on 200 examples",
        "it takes 3 minutes",
        "only by hand",
        "we have only 100 rows",
        "we run it on 500 rows a day",
        "we test on 200 rows",
        "scored on only 80 rows",
    ],
)
def test_anything_else_is_none(reply: str) -> None:
    assert rows_wished(reply) is None


def test_what_can_be_done_instead_is_one_sentence() -> None:
    said = on_fewer_rows(1500)
    assert said.count(". ") == 0 and "--limit 1500" in said and "1,500" in said
