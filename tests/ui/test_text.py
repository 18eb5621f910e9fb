"""Foreign text and figures."""

from __future__ import annotations

import pytest

from advisor.domain.statistics import percent
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.text import clock, count, line, money, visible
from advisor.ui.widgets.plain_table import columns
from tests.ui.samples import NASTY


def test_hidden_characters_go_and_letters_stay() -> None:
    assert visible(NASTY) == "[bold red]x[/] red gnp.exe 🧑‍🔧 שלום ]["


def test_code_shows_where_a_character_was() -> None:
    assert visible("a\x1b[2Jb\u202ec", mark="�") == "a�[2Jb�c"


def test_lines_and_indents_are_kept() -> None:
    assert visible("a\r\n\tb\n\nc") == "a\n    b\n\nc"


def test_a_title_cannot_be_set_by_text() -> None:
    assert visible("a\x1b]0;title\x07b") == "ab"


def test_a_line_is_one_line_and_cut() -> None:
    assert line("a\nb  c") == "a b c"
    assert line("x" * 300, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (940, "940"), (1471, "1.5k"), (12_345, "12k"), (999_900, "1M"), (2.71e6, "2.7M")]
)
def test_counts_are_short(number: float, written: str) -> None:
    assert count(number) == written


def test_figures() -> None:
    assert (percent(0.775), percent(0.8)) == ("77.5%", "80%")
    assert (money(0.0), money(1.5), money(0.0004)) == ("$0.00", "$1.50", "$0.0004")
    assert clock(842) == "00:14:02"


def test_intervals_share_a_scale() -> None:
    scale = scale_for([(0.52, 0.71), (0.66, 0.93)])
    assert scale == Scale(0.5, 0.95)
    assert drawn(0.5, 0.725, 0.95, scale, 11) == "├────●────┤"
    assert scale.axis(19) == "   60%     80%     "


@pytest.mark.parametrize("ends", [[], [(0.0, 0.0)], [(1.0, 1.0)], [(0.5, 0.5)]])
def test_a_scale_is_never_empty(ends: list[tuple[float, float]]) -> None:
    scale = scale_for(ends)
    assert scale.high > scale.low
    assert len(drawn(0.5, 0.5, 0.5, scale, 10)) == 10


def test_table_cells_are_plain_and_lined_up() -> None:
    table = columns(("a", "b"), [("[x]\x1b[1m", "1"), ("漢字漢字", "22")], left=frozenset({0}))
    assert table.plain.split("\n") == ["a          b", "[x]        1", "漢字漢字  22"]
