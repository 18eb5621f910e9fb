"""Parts that share no input, keep the shares of the labels, and stay the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from advisor import project
from advisor.domain.dataset import split_sizes
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.fixing import Choices
from advisor.domain.planning import make_plan
from advisor.errors import UnreadableDataset, UsageError
from advisor.world.datasets.fixing.fix import fix
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.splitting.split import Split, split
from advisor.world.datasets.text import normalize

Rows = Sequence[Mapping[str, object]]


def divided(folder: Path, rows: Rows, seed: int = 0) -> Split:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return split(path, inspect(path), seed)


def tickets(n: int) -> list[Mapping[str, object]]:
    return [{"id": n - i, "text": f"my card number {i} is gone", "label": "abc"[i % 3]} for i in range(n)]


def test_sizes_and_field_names(tmp_path: Path) -> None:
    parts = divided(tmp_path, tickets(300))
    assert tuple(map(len, parts[:3])) == split_sizes(300)
    assert all(set(row) == {"text", "label"} for part in parts[:3] for row in part)


def test_every_label_keeps_its_share(tmp_path: Path) -> None:
    rows: Rows = [{"text": f"a text {i} to read", "label": "rare" if i % 20 == 0 else "common"} for i in range(1_000)]
    parts = divided(tmp_path, rows)
    assert Counter(row["label"] for row in parts.test) == {"common": 95, "rare": 5}
    assert Counter(row["label"] for row in parts.dev) == {"common": 95, "rare": 5}


def test_copies_stand_on_one_side_and_the_majority_label_stays(tmp_path: Path) -> None:
    rows = tickets(200)
    copies = [{**row, "text": str(row["text"]).upper() + "!"} for row in rows[:50]]
    wrong = [{**rows[0], "label": "b"}, {**rows[60], "label": "b"}]
    parts = divided(tmp_path, [*wrong[:1], *rows, *copies, *wrong[1:]])
    texts = [normalize(row["text"]) for part in parts[:3] for row in part]
    assert len(texts) == len(set(texts)) == 200
    assert (parts.dropped_copies, parts.dropped_conflicts) == (50, 2)
    labels = {normalize(row["text"]): row["label"] for part in parts[:3] for row in part}
    assert labels["my card number 0 is gone"] == "a", "two against one"
    assert labels["my card number 60 is gone"] == "a", "the first among equals"
    assert "2 rows left out" in parts.findings[0].what


def test_order_does_not_matter_and_the_seed_does(tmp_path: Path) -> None:
    rows = tickets(300)
    parts = divided(tmp_path, rows)
    assert divided(tmp_path, rows[::-1]) == parts
    assert divided(tmp_path, rows, seed=1).test != parts.test


def test_a_new_row_moves_few_others(tmp_path: Path) -> None:
    before = {row["text"] for row in divided(tmp_path, tickets(600)).test}
    after = {row["text"] for row in divided(tmp_path, tickets(606)).test}
    assert len(before & after) >= 95


def test_labels_that_are_all_different_are_one_stratum(tmp_path: Path) -> None:
    rows: Rows = [
        {"question": f"How many are {i} and {i}?", "answer": f"Add {i} to {i} and you get {2 * i}"} for i in range(200)
    ]
    assert tuple(map(len, divided(tmp_path, rows)[:3])) == split_sizes(200)


def test_small_labels(tmp_path: Path) -> None:
    rows = [*tickets(90), *({"text": f"pair {i} of it", "label": "pair"} for i in range(2))]
    rows += [{"text": f"trio {i} of it", "label": "trio"} for i in range(3)]
    parts = divided(tmp_path, rows)
    where = {label: [sum(row["label"] == label for row in part) for part in parts[:3]] for label in ("pair", "trio")}
    assert where == {"pair": [2, 0, 0], "trio": [1, 1, 1]}
    assert [f.what for f in parts.findings] == [
        "`pair` under 3 different examples: in train only.",
        "`trio` under 10 different examples.",
    ]


def test_rows_without_an_input_or_a_label_are_skipped(tmp_path: Path) -> None:
    rows: Rows = [*tickets(60), {"text": "", "label": "a"}, {"text": "no label here", "label": None}]
    parts = divided(tmp_path, rows)
    assert parts.skipped == 2
    assert sum(map(len, parts[:3])) == 60


def test_several_labels_a_row_and_conversations(tmp_path: Path) -> None:
    rows: Rows = [{"text": f"the text {i} here", "tags": ["a", "b"][: i % 3]} for i in range(60)]
    parts = divided(tmp_path, rows)
    assert sum(map(len, parts[:3])) == 60
    assert json.loads(parts.train[0]["tags"]) in ([], ["a"], ["a", "b"])
    turns = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]
    rows = [{"messages": [{"role": "system", "content": f"be {i}"}, *turns]} for i in range(30)]
    example = divided(tmp_path, rows).train[0]
    assert example["messages"].endswith("\nuser: hi") and example["reply"] == "hello"


def test_data_without_a_label_cannot_be_split(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no input or no label"):
        divided(tmp_path, [{"text": f"only a text {i}"} for i in range(60)])


def test_too_little_to_measure_stops_a_run_and_says_what_to_do(tmp_path: Path) -> None:
    rows = [*tickets(30), *({"text": f"odd {i} of it", "label": "odd"} for i in range(2))]
    parts = divided(tmp_path, rows)
    (found,) = (found for found in parts.findings if found.severity == "blocks")
    assert (found.about, found.what) == ("test", "`odd` under 3 different examples: in train only.")
    assert "6.2% of the inputs, so I write no run" in found.consequence
    for way in ("add 8", "--merge LABEL=OTHER", "--drop-rare 3", "5-fold, 6 rows in turn, which I do not run"):
        assert way in found.consequence
    report = inspect(tmp_path / "rows.jsonl")
    assert project.blocking(report) is None, "it stops the run, not the advice"
    facts = Facts().learn(Fact(name="host", value="practice", source=Source.told))
    with pytest.raises(UnreadableDataset, match="--drop-rare 3"):
        project.write(make_plan("prompt_optimization", facts, report), report, tmp_path / "out")
    fix(tmp_path / "rows.jsonl", report, tmp_path / "cleaned.jsonl", Choices(drop_rare=3))
    report = inspect(tmp_path / "cleaned.jsonl")
    folder, plan = project.write(make_plan("prompt_optimization", facts, report), report, tmp_path / "out")
    assert folder.is_dir() and plan.task.labels == ("a", "b", "c")


def test_questions_about_one_text_stand_in_one_part(tmp_path: Path) -> None:
    rows: Rows = [
        {
            "context": f"Paragraph {i // 5}: " + "a long text to read " * 6,
            "question": f"What is {i}?",
            "answer": f"{i} it",
        }
        for i in range(300)
    ]
    parts = divided(tmp_path, rows)
    texts = [{row["context"] for row in part} for part in parts[:3]]
    assert sum(map(len, texts)) == len(set.union(*texts)) == 60
    assert tuple(map(len, parts[:3])) == split_sizes(300)
    assert [(found.severity, found.what) for found in parts.findings] == [
        ("notes", "300 inputs are about 60 texts in `context`.")
    ]
    assert divided(tmp_path, rows[::-1]) == parts


def about(sizes: Sequence[int]) -> Rows:
    return [
        {
            "context": f"Paragraph {text}: " + "a long text to read " * 6,
            "question": f"What is {i}?",
            "answer": f"{i} {text}",
        }
        for text, size in enumerate(sizes)
        for i in range(size)
    ]


def test_large_texts_fill_a_part_as_nearly_as_they_can(tmp_path: Path) -> None:
    for seed in range(6):
        parts = divided(tmp_path, about([111] * 9 + [1]), seed)
        assert 99 <= len(parts.dev) <= 112 and 99 <= len(parts.test) <= 112
        assert [found.severity for found in parts.findings] == ["notes"]


def test_a_part_that_is_almost_empty_is_said(tmp_path: Path) -> None:
    parts = divided(tmp_path, about([700, 10, 10, 10, 10, 10, 10, 10, 10, 10, 700]))
    (short, *_) = [found for found in parts.findings if "stay together" in found.what]
    assert short.severity in ("warns", "blocks") and "instead of" in short.what
    assert min(len(parts.dev), len(parts.test)) < 79
    parts = divided(tmp_path, about([1000, 1000, *[1] * 8]))
    assert [found.severity for found in parts.findings if "stay together" in found.what] in (
        ["blocks", "warns"], ["warns", "warns"], ["blocks", "blocks"],
    )  # fmt: skip


def test_too_few_texts_to_keep_one_back(tmp_path: Path) -> None:
    rows: Rows = [
        {
            "context": f"Paragraph {i % 4}: " + "a long text to read " * 6,
            "question": f"What is {i}?",
            "answer": f"{i} it",
        }
        for i in range(100)
    ]
    parts = divided(tmp_path, rows)
    assert tuple(map(len, parts[:3])) == split_sizes(100)
    assert "too few to keep some back" in parts.findings[0].what
