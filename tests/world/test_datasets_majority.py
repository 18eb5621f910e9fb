"""What is counted agrees with what is split: one row of each input, under its commonest label."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import DatasetReport, Finding
from advisor.world.datasets.closer.deep_texts import distinct_rows
from advisor.world.datasets.closer.proxy_curve import _parts
from advisor.world.datasets.counting.batches import Batch
from advisor.world.datasets.counting.tally import Tally
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.findings.quality_findings import quality_findings
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import Roles
from advisor.world.datasets.splitting.split import Split, split

Rows = Sequence[Mapping[str, object]]
ROLES = Roles(("text",), "label", 1.0, "classification")


def written(folder: Path, rows: Rows) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def inspected(path: Path) -> DatasetReport:
    return inspect(path, label_field="label", input_fields=("text",))


def finding(report: DatasetReport, part: str) -> Finding:
    return next(found for found in report.findings if part in found.what)


def kept(parts: Split) -> Counter[str]:
    return Counter(row["label"] for part in parts[:3] for row in part)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["one", "One!", "two", "three", "TWO"]), st.sampled_from("abc")), min_size=1))
def test_inputs_are_counted_under_the_label_the_split_keeps(pairs: list[tuple[str, str]]) -> None:
    tally = Tally(ROLES, ("text", "label"))
    texts, labels = (list(column) for column in zip(*pairs, strict=True))
    for start in range(0, len(pairs), 7):
        part = slice(start, start + 7)
        tally.add(Batch(len(texts[part]), {"text": texts[part], "label": labels[part]}))
    counts = tally.counts()
    with TemporaryDirectory() as folder:
        path = written(Path(folder), [{"text": text, "label": label} for text, label in pairs])
        report = inspected(path).model_copy(update={"task": "classification"})
        parts = split(path, report)
    assert {name: n for name, n in counts.groups.items() if n} == kept(parts)
    assert counts.usable == sum(kept(parts).values())


def test_a_label_that_only_ever_stands_first_is_as_rare_as_the_split_finds_it(tmp_path: Path) -> None:
    rows = [{"text": f"a question about thing number {n}", "label": "ab"[n % 2]} for n in range(60)]
    first = [{**row, "label": "odd"} for row in rows[:12]]
    report = inspected(path := written(tmp_path, [*first, *rows, *rows]))
    assert "odd" not in kept(split(path, report))
    assert finding(report, "`odd`").what == "The label `odd` has 0 different examples; I need 10."


def test_the_limit_of_the_file_is_told_apart_from_that_of_the_test_part(tmp_path: Path) -> None:
    rows = [{"text": f"a question about thing number {n}", "label": "ab"[n % 2]} for n in range(60)]
    path = written(tmp_path, [*rows, *({**row, "label": "c"} for row in rows[:6])])
    report = inspected(path)
    said = finding(report, "different labels").consequence
    assert "No program can be right on more than 90.9% of all rows" in said
    assert "keeps the commonest label of each input, the first among equals, so a test score can be higher" in said
    parts = split(path, report)
    assert "c" not in kept(parts)
    (left,) = (found for found in parts.findings if "left out" in found.what)
    assert left.what.startswith("6 rows left out: the input stands more often, or first, with another label")


@pytest.mark.parametrize(("splits", "said"), [(30, 0), (31, 1)])
def test_splits_that_are_not_compared_are_said(splits: int, said: int) -> None:
    tally = Tally(ROLES._replace(split_field="split"), ("text", "label", "split"))
    names = [f"s{n:02}" for n in range(splits)]
    texts = [f"a question about thing number {n}" for n in range(splits)]
    tally.add(Batch(splits, {"text": texts, "label": ["a"] * splits, "split": names}))
    found = [each for each in quality_findings(tally.counts(), Path("rows.csv")) if each.about == "leaks"]
    assert len(found) == said
    if said:
        assert found[0].what == "The rows stand in 31 splits; I compared the first 30 with each other."


def test_the_curve_is_not_measured_on_copies_of_what_it_learned(tmp_path: Path) -> None:
    train = [{"text": f"a question about thing {n}", "label": "ab"[n % 2], "split": "train"} for n in range(150)]
    leaked = [{**row, "text": str(row["text"]).upper() + "!", "split": "test"} for row in train[:40]]
    fresh = [{"text": f"another question {n}", "label": "ab"[n % 2], "split": "test"} for n in range(40)]
    path = written(tmp_path, [*train, *leaked, *fresh])
    roles = ROLES._replace(split_field="split")
    draw = distinct_rows(open_table(path), roles, 1_000, labelled=True, in_each_split=True)
    learned, measured = _parts(draw.rows)
    assert (len(learned), [row.text for row in measured]) == (150, [row["text"] for row in fresh])
