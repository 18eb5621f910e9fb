"""A cleaned copy: nothing is lost without a word, nothing is written over, and clean it stays."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import DatasetReport
from advisor.domain.fixing import LEFT, Choices, Fixed
from advisor.errors import UsageError
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.fixing.copying import changes_beside
from advisor.world.datasets.fixing.fix import fix
from advisor.world.datasets.fixing.repairs import marked
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.text import normalize

Rows = Sequence[Any]


def written(path: Path, rows: Rows) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def described(path: Path, task: str = "classification") -> DatasetReport:
    return inspect(path, label_field="label", input_fields=("text",)).model_copy(update={"task": task})


def cleaned(folder: Path, rows: Rows, out: str = "out.jsonl", task: str = "classification", **choices: Any) -> Fixed:
    path = written(folder / "rows.jsonl", rows)
    return fix(path, described(path, task), folder / out, Choices(**choices))


def copied(fixed: Fixed) -> list[dict[str, object]]:
    return [dict(record.values) for record in open_table(Path(fixed.out)).records()]


def explained(fixed: Fixed) -> list[dict[str, str]]:
    with Path(fixed.changes).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tickets(n: int = 24) -> list[dict[str, object]]:
    return [{"text": f"ticket number {i} is open", "label": "abc"[i % 3]} for i in range(n)]


def test_copies_gaps_and_bad_lines_go_and_are_listed(tmp_path: Path) -> None:
    rows = [*tickets(), {"text": "TICKET number 0 is open!", "label": "a"}, {"text": "one more", "label": None}]
    fixed = cleaned(tmp_path, [*rows, {"text": " ", "label": "a"}, "{broken"])
    assert (fixed.rows, fixed.kept) == (28, 24)
    assert fixed.counts == {"copy": 1, "no_label": 1, "no_input": 1, "unreadable": 1}
    assert copied(fixed) == tickets()
    assert [(row["line"], row["what"]) for row in explained(fixed)] == [(str(n), "row removed") for n in range(25, 29)]
    assert explained(fixed)[0]["was"] == "TICKET number 0 is open!"
    assert explained(fixed)[0]["why"].endswith("(line 1)")


def test_labels_are_trimmed_and_written_as_they_mostly_are(tmp_path: Path) -> None:
    rows = [
        *tickets(),
        {"text": "x y", "label": "A"},
        {"text": "x z", "label": " b "},
        {"text": "x\x1b[31m v\x00", "label": "c"},
    ]
    fixed = cleaned(tmp_path, rows)
    assert [row["label"] for row in copied(fixed)[-3:]] == ["a", "b", "c"]
    assert copied(fixed)[-1]["text"] == "x v"
    assert fixed.counts == {"spelling": 1, "trimmed": 1, "control": 1}
    assert [(row["was"], row["now"]) for row in explained(fixed)] == [
        ("A", "a"),
        ('" b "', "b"),
        (r"x\x1b[31m v\x00", "x v"),
    ]


def test_labels_with_a_sign_are_no_spellings(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", [{"text": f"ticket {i} is open", "label": i % 3 - 1} for i in range(24)])
    report = described(path)
    assert not any("spelled" in finding.what for finding in report.findings)
    assert fix(path, report, tmp_path / "out.jsonl").variants == ()


def test_an_answer_keeps_its_indentation(tmp_path: Path) -> None:
    rows = [{"text": f"def f{i}(x):", "label": f"    y = x + {i}\n    return y\n"} for i in range(24)]
    fixed = cleaned(tmp_path, rows, task="free_text")
    assert copied(fixed) == rows
    assert fixed.counts == {}


@pytest.mark.parametrize("padded", ["a ", " a", "a\n", "a\u00a0", f"{'a ' * 100} "])
def test_a_change_of_spaces_can_be_seen(tmp_path: Path, padded: str) -> None:
    fixed = cleaned(tmp_path, [*tickets(), {"text": "x y", "label": padded}])
    (row,) = explained(fixed)
    assert row["was"] != row["now"]


def test_letters_after_a_control_character_stay(tmp_path: Path) -> None:
    fixed = cleaned(tmp_path, [*tickets(), {"text": "he \x8bsaid\x9b there \x9b31mred\x9b0m", "label": "a"}])
    assert copied(fixed)[-1]["text"] == "he said there red"


def test_conflicts_are_the_users_to_settle(tmp_path: Path) -> None:
    twice = [{"text": "Who is it?", "label": "a"}, {"text": "who is it", "label": "b"}]
    rows = [
        *tickets(),
        *twice,
        {"text": "who is it!", "label": "a"},
        {"text": "tie", "label": "a"},
        {"text": "tie", "label": "b"},
    ]
    for number, (conflicts, kept, inputs) in enumerate([("keep", 29, 2), ("majority", 27, 1), ("drop", 24, 0)]):
        (tmp_path / str(number)).mkdir()
        fixed = cleaned(tmp_path / str(number), rows, conflicts=conflicts)
        assert (fixed.kept, fixed.conflicting_inputs) == (kept, inputs), conflicts
        assert len(explained(fixed)) == sum(fixed.counts.values())
    (tmp_path / "k").mkdir()
    listed = explained(cleaned(tmp_path / "k", rows))
    assert [row["what"] for row in listed] == ["left as it is"] * 5
    assert "`a` 2, `b` 1" in listed[0]["why"] and "Who is it?" in listed[0]["why"]


def test_no_label_may_be_an_answer_where_a_row_may_have_several(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"text": f"row {i} here", "label": ["x", "X"] if i else ["x"]} for i in range(6)]
    rows.append({"text": "nothing applies"})
    fixed = cleaned(tmp_path, rows, task="multi_label")
    assert fixed.counts == {"spelling": 5, "unlabelled_left": 1}
    assert copied(fixed)[-2:] == [{"text": "row 5 here", "label": ["x"]}, {"text": "nothing applies"}]
    empty = cleaned(tmp_path, rows, "empty.jsonl", task="multi_label", unlabelled="empty")
    assert copied(empty)[-1] == {"text": "nothing applies", "label": []}
    assert cleaned(tmp_path, rows, "less.jsonl", task="multi_label", unlabelled="drop").kept == 6


def test_rare_labels_go_or_are_merged_when_asked(tmp_path: Path) -> None:
    rows = [*tickets(30), {"text": "odd one", "label": "rare"}, {"text": "odd one", "label": "a"}]
    fixed = cleaned(tmp_path, rows, drop_rare=5)
    assert fixed.counts == {"rare": 1} and fixed.conflicting_inputs == 0
    merged = cleaned(tmp_path, rows, "m.jsonl", merge={"Rare": "a", "gone": "b"})
    assert merged.counts == {"copy": 1, "merged": 1}
    assert merged.unknown_labels == ("gone",)


def test_entities_are_decoded_only_when_asked(tmp_path: Path) -> None:
    rows = [*tickets(), {"text": "R&amp;D &lt;b&gt; and a&notit; b&copy=2", "label": "a"}]
    left = cleaned(tmp_path, rows)
    assert (left.changed, left.entity_rows) == (0, 1)
    fixed = cleaned(tmp_path, rows, "d.jsonl", decode_entities=True)
    assert copied(fixed)[-1]["text"] == "R&D <b> and a¬it; b&copy=2"


def test_formulas_are_marked_in_tables_only(tmp_path: Path) -> None:
    rows = [
        *tickets(),
        {"text": '=HYPERLINK("http://x","y")', "label": "a", "n": "-5"},
        {"text": "@sum", "label": "-5 %", "n": "+1+1"},
    ]
    assert cleaned(tmp_path, rows).changed == 0
    fixed = cleaned(tmp_path, rows, "table.csv")
    assert fixed.counts == {"formula": 3}
    assert copied(fixed)[-2:] == [
        {"text": '\'=HYPERLINK("http://x","y")', "label": "a", "n": "-5"},
        {"text": "'@sum", "label": "-5 %", "n": "'+1+1"},
    ]
    assert all(not row["was"].startswith("=") for row in explained(fixed)), "the list of changes is opened too"


def test_splits_the_file_brought_along_stay(tmp_path: Path) -> None:
    path = tmp_path / "both.json"
    path.write_text(json.dumps({"train": tickets(20), "test": tickets(22)[20:]}), "utf-8")
    fixed = fix(path, inspect(path), tmp_path / "out.csv")
    assert [row["split"] for row in copied(fixed)] == ["train"] * 20 + ["test"] * 2
    assert inspect(tmp_path / "out.csv", label_field="label", input_fields=("text",)).splits == {"train": 20, "test": 2}


def test_conversations(tmp_path: Path) -> None:
    rows = [
        {"messages": [{"role": "user", "content": f"hello {i} \x07"}, {"role": "assistant", "content": "yes"}]}
        for i in (*range(20), 0)
    ]
    path = written(tmp_path / "chat.jsonl", rows)
    fixed = fix(path, inspect(path), tmp_path / "out.jsonl")
    assert fixed.counts == {"control": 20, "copy": 1}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", tickets())
    report = described(path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "there.csv").write_text("mine")
    (tmp_path / "free.changes.csv").write_text("mine")
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.iterdir())
    for name, why in {
        "rows.jsonl": "cannot be the file itself", "folder.csv": "a folder", "there.csv": "there already",
        "free.csv": "there already", "link.csv": "there already", "out.xlsx": "do not know how",
        "nowhere/out.csv": "no folder",
    }.items():  # fmt: skip
        with pytest.raises(UsageError, match=why):
            fix(path, report, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_what_cannot_stand_in_a_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds lists or objects"):
        cleaned(tmp_path, [{**row, "tags": ["a"]} for row in tickets()], "out.csv")
    with pytest.raises(UsageError, match="Nothing would be left"):
        cleaned(tmp_path, [{"text": "same", "label": label} for label in "ab"] * 10, conflicts="drop")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_a_place_taken_meanwhile_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "out.changes.csv"
    monkeypatch.setattr(
        "advisor.world.datasets.fixing.copying._like", lambda source, copy: taken.exists() or taken.write_text("mine")
    )
    with pytest.raises(UsageError, match="It is there already"):
        cleaned(tmp_path, tickets())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.changes.csv", "rows.jsonl"]
    assert taken.read_text() == "mine"


TEXT = st.text(st.sampled_from("aAbB =-+@'\t\n\x00\x1b[m&l;t.,é"), max_size=6)
LABEL = st.one_of(st.none(), st.text(st.sampled_from("xXyY =-\x00\t'"), max_size=3), st.sampled_from(["p", "P", " q"]))
ROW = st.one_of(
    st.fixed_dictionaries({"text": TEXT, "label": LABEL, "more": TEXT}), st.sampled_from(["{", "null", "[]"])
)
CHOICES = st.builds(
    Choices, conflicts=st.sampled_from(["keep", "drop", "majority"]), decode_entities=st.booleans(),
    unlabelled=st.sampled_from([None, "drop", "keep"]), drop_rare=st.sampled_from([0, 2, 3]),
)  # fmt: skip
FIRST = {"text": "the first of all", "label": "first label", "more": "x"}


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, max_size=25), CHOICES, st.sampled_from(["out.jsonl", "out.csv"]))
def test_every_row_is_copied_or_explained_and_clean_it_stays(rows: list[Any], choices: Choices, out: str) -> None:
    # Enough rows of one kind for the header of a table to be told from them, and for one label to be left.
    firsts = [{**FIRST, "text": f"the row {i} of all"} for i in range(4)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder / "rows.jsonl", [*firsts, *rows])
        fixed = fix(path, described(path), folder / out, choices)
        removed = [int(row["line"]) for row in explained(fixed) if row["what"] == "row removed"]
        assert len(removed) == len(set(removed)) == fixed.rows - fixed.kept
        assert fixed.rows == len(rows) + 4
        assert len(copied(fixed)) == fixed.kept
        assert len(explained(fixed)) == sum(fixed.counts.values())

        again = fix(Path(fixed.out), described(Path(fixed.out)), folder / f"again-{out}", choices)
        assert again.changed == 0, again.counts
        assert Path(again.out).read_bytes() == Path(fixed.out).read_bytes()
        assert {kind: n for kind, n in fixed.counts.items() if kind in LEFT} == again.counts

        report = described(Path(fixed.out))
        folded = [label.casefold().strip() for label in report.label_counts]
        assert len(folded) == len(set(folded)) and all(label == label.strip() for label in report.label_counts)
        texts = [normalize(str(row["text"])) for row in copied(fixed)]
        assert fixed.conflicting_inputs or len(texts) == len(set(texts))


def test_the_changes_stand_beside_the_copy() -> None:
    assert changes_beside(Path("a/b.clean.jsonl")) == Path("a/b.clean.changes.csv")


def test_rows_of_a_folder_keep_their_label_and_say_their_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    written(folder / "train.jsonl", tickets())
    written(folder / "test.jsonl", [{"text": "Ticket number 0 is open", "label": "a"}])
    fixed = fix(folder, inspect(folder), tmp_path / "out.csv")
    (change,) = explained(fixed)
    assert (change["file"], change["line"], "train.jsonl line 1" in change["why"]) == ("test.jsonl", "1", True)
    assert {row["split"] for row in copied(fixed)} == {"train"}
    with pytest.raises(UsageError, match="among the files it is made of"):
        fix(folder, inspect(folder), folder / "out.csv")


@pytest.mark.parametrize(
    ("cell", "safe"), [("=1+1", "'=1+1"), ("\n =cmd", "'\n =cmd"), ("\nHello there", "\nHello there")]
)
def test_only_what_a_spreadsheet_would_run_is_marked(cell: str, safe: str) -> None:
    assert marked(cell) == safe
