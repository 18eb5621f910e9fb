"""A file whose task no generated project runs is told so at once, in every place that shows the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from advisor.__main__ import main
from advisor.domain.choice_words import in_words
from advisor.domain.plan import RUNNABLE, Task, TaskKind
from advisor.domain.report_text import as_text
from advisor.domain.report_view import sections
from advisor.domain.values import TASKS
from advisor.world.datasets.inspection import inspect

Row = dict[str, object]
TAGS = (["late"], ["late", "rude"], ["rude", "lost"])


def several_labels(i: int) -> Row:
    return {"text": f"parcel {i} came with a word", "tags": TAGS[i % 3]}


def numbers(i: int) -> Row:
    return {"text": f"parcel {i} came with a word", "price": i * 1.37}


def free_text(i: int) -> Row:
    return {
        "text": f"parcel {i} is late and nobody says why, says {i}",
        "reply": f"Dear {i}, we are sorry; see {i * i}.",
    }


def conversation(i: int) -> Row:
    turns = ({"role": "user", "content": f"where is {i}"}, {"role": "assistant", "content": f"it is at stop {i}"})
    return {"messages": list(turns)}


def classes(i: int) -> Row:
    return {"text": f"parcel {i} came with a word", "category": ("late", "lost")[i % 2]}


def written(path: Path, row: Callable[[int], Row], rows: int = 60) -> Path:
    path.write_text("".join(json.dumps(row(i)) + "\n" for i in range(rows)), "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "task"),
    [(several_labels, "multi_label"), (numbers, "numeric"), (free_text, "free_text"), (conversation, "chat")],
)
def test_a_task_that_no_project_runs_is_one_warning(
    row: Callable[[int], Row], task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "rows.jsonl", row)
    report = inspect(path)
    assert report.task == task
    said = f"The task looks like {in_words('task', task)}; this version writes and runs projects for classification"
    assert [said in what for what in report.warnings].count(True) == 1
    (found,) = [one for one in report.findings if said in one.what]
    assert "nothing here can be run" in found.consequence
    told = {section.name: as_text(section) for section in sections(report)}
    assert said in told["findings"] and said in told["fields"]
    assert main(["inspect", str(path)]) == 0
    assert said in capsys.readouterr().out
    assert main(["inspect", str(path), "--json"]) == 0
    assert any(said in what for what in json.loads(capsys.readouterr().out)["warnings"])


def test_classes_raise_no_such_warning(tmp_path: Path) -> None:
    assert not any(
        "The task looks like" in one.what for one in inspect(written(tmp_path / "a.jsonl", classes)).findings
    )


def test_what_runs_is_what_a_plan_can_hold() -> None:
    assert set(RUNNABLE) == set(get_args(TaskKind)) < set(TASKS)
    for kind in RUNNABLE:
        assert Task(kind=kind, input_fields=("a",), label_field="b", labels=("x", "y"), instruction="c").kind == kind
