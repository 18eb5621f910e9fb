"""Paths as they are typed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.domain.browsing import PathChoice, completed, quoted
from advisor.domain.file_formats import SUFFIXES
from advisor.world.browsing import LISTED, paths_like
from advisor.world.reading import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.csv",
        "a.JSONL",
        "c.parquet",
        "d.csv.gz",
        "e.xlsx",
        "f.ods",
        "notes.txt",
        ".hidden.csv",
        "A.csv",
        "two words.tsv",
    ):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "inside.json").write_text("[]", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def names(text: str) -> list[str]:
    return [choice.name for choice in paths_like(text)]


def test_datasets_come_first_then_folders_then_the_rest(folder: Path) -> None:
    datasets = ["A.csv", "a.JSONL", "b.csv", "c.parquet", "d.csv.gz", "e.xlsx", "f.ods", "two words.tsv"]
    assert names(f"{folder}/") == [*datasets, "data/", "notes.txt"]


def test_hidden_names_come_with_their_dot(folder: Path) -> None:
    assert names(f"{folder}/.") == [".hidden.csv", ".git/"]


def test_a_beginning_is_matched_whatever_its_case(folder: Path) -> None:
    assert names(f"{folder}/a") == ["A.csv", "a.JSONL"]
    assert names(f"{folder}/data/in") == ["inside.json"]


def test_the_path_goes_on_from_what_was_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    assert [choice.text for choice in paths_like("da")] == ["data/"]
    assert [choice.text for choice in paths_like("./data/")] == ["./data/inside.json"]
    assert [choice.text for choice in paths_like("~/b")] == ["~/b.csv"]
    assert "~/data/" in [choice.text for choice in paths_like("~")]


@pytest.mark.parametrize("text", ["/nowhere/at/all/", "~nobody-here/", "a\x00b", "/etc/passwd/x"])
def test_what_cannot_be_read_holds_nothing(text: str) -> None:
    assert paths_like(text) == ()


def test_hostile_names_come_as_they_are_and_undecodable_ones_not_at_all(tmp_path: Path) -> None:
    for name in ("[red]x.csv", "new\nline.csv", "\x1b[31m.csv"):
        (tmp_path / name).touch()
    Path(os.fsdecode(bytes(tmp_path) + b"/\xff.csv")).touch()
    assert sorted(names(f"{tmp_path}/")) == ["\x1b[31m.csv", "[red]x.csv", "new\nline.csv"]


def test_a_folder_of_thousands_is_cut(tmp_path: Path) -> None:
    for number in range(LISTED + 50):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "z.csv").touch()
    assert len(names(f"{tmp_path}/")) == LISTED
    assert names(f"{tmp_path}/")[0] == "z.csv"


def choices(*texts: str) -> list[PathChoice]:
    return [PathChoice(text, text, False, True) for text in texts]


@pytest.mark.parametrize(
    ("text", "paths", "expected"),
    [
        ("t", ("tickets.csv", "tickets.jsonl"), "tickets."),
        ("t", ("tickets.csv",), "tickets.csv"),
        ("T", ("tickets.csv",), "tickets.csv"),
        ("t", ("Tom.csv", "tim.csv"), "t"),
        ("x", (), "x"),
        ("", ("a", "b"), ""),
    ],
)
def test_a_path_is_completed_as_far_as_all_agree(text: str, paths: tuple[str, ...], expected: str) -> None:
    assert completed(text, choices(*paths)) == expected


def test_a_path_with_spaces_is_quoted() -> None:
    assert [quoted(path) for path in ("a.csv", "a b.csv", 'a "b".csv')] == ["a.csv", '"a b.csv"', "'a \"b\".csv'"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_that_is_read_is_known_by_its_name_in_a_reply(suffix: str) -> None:
    assert [fact.value for fact in read(f"they are in rows{suffix}, I think", None).facts] == [f"rows{suffix}"]
