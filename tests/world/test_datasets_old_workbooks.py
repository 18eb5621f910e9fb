"""Workbooks of the older Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from tests.world.bad_builders import PAIRS
from tests.world.old_workbook import old_workbook


def test_an_old_workbook_reads_as_the_table_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook({"Read me": [["note"]], "Rows": [["text", "label"], *PAIRS]}))
    report = inspect(path)
    assert (report.format, report.table, report.rows) == ("excel", "Rows", 60)
    assert report.label_counts == {"refund": 20, "card": 20, "login": 20}


def test_its_cells_keep_what_they_show_and_its_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    sheets: dict[str, Sequence[Sequence[str | float]]] = {
        "Rows": [["text", "label"], *PAIRS],
        "Zahlen ü": [["text", "n"], ["é 漢", 7.0], ["007", 2.5]],
    }
    path.write_bytes(old_workbook(sheets))
    found = [tuple(record.values.values()) for record in open_table(path, "zahlen ü").records()]
    assert found == [("é 漢", "7"), ("007", "2.5")]


@pytest.mark.parametrize("kept", [300, 1_500, 3_000])
def test_one_that_is_cut_short_is_a_sentence(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook({"Rows": [["text", "label"], *PAIRS]})[:kept])
    with pytest.raises(UnreadableDataset, match="cannot be read as a workbook"):
        inspect(path)
