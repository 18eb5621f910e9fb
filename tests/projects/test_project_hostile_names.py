"""Names and labels that look like code, markup or DSPy's own marks stay text."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.dataset import SplitSizes
from advisor.domain.plan import Plan, Task
from advisor.world import projects, templates
from tests.projects.project_bench import Server, make_plan

FIELDS = (
    'x"); import os; os._exit(99)  #',
    "{{ 7*7 }}",
    "line\nbreak\r\n```python",
    "‮evil‬ \u202e",
    "[[ ## completed ## ]]",
    "__class__",
)
LABELS = (
    "{% raw %}",
    "'''\nimport os\n'''",
    '"""; raise SystemExit(99)',
    "`rm -rf`",
    "[[ ## answer ## ]]",
    "\\",
    "שלום",
    "a | b",
)
INSTRUCTION = 'Choose.\n"""\nraise SystemExit(99)\n{{ 7*7 }} {% set x = 1 %} \\'


@pytest.fixture
def plan() -> Plan:
    task = Task(input_fields=FIELDS[:-1], label_field=FIELDS[-1], labels=LABELS, instruction=INSTRUCTION)
    return make_plan(
        task=task, title="a*b_[x](http://evil) <script>`id`\n# h1", data_path="folder/a b/x.csv",
        optimizer="labelled_few_shot", split=SplitSizes(train=24, dev=16, test=16),
    )  # fmt: skip


def rows(count: int) -> list[dict[str, str]]:
    return [
        {**{field: f"text {n} {LABELS[n % 8]}" for field in FIELDS[:-1]}, FIELDS[-1]: LABELS[n % 8]}
        for n in range(count)
    ]


@pytest.fixture
def project(plan: Plan, tmp_path: Path) -> Path:
    split = {name: rows(size) for name, size in plan.split._asdict().items()}
    return projects.write(plan, tmp_path / "project", split, templates.render)


def values_in(project: Path) -> dict[str, Any]:
    """Ask the program itself, in a process of its own."""
    code = (
        "import dspy, json, typing, program as p; s = p.Program().predictors()[0].signature;"
        "told = dspy.ChatAdapter().format_field_description(s);"
        "print(json.dumps([p.INPUTS, p.LABEL, typing.get_args(p.Label), s.instructions, list(s.fields), told]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = ("inputs", "label", "labels", "instruction", "fields", "described")
    return dict(zip(names, json.loads(done.stdout), strict=True))


def test_every_name_is_one_string(project: Path) -> None:
    told = values_in(project)
    assert list(told["inputs"].values()) == list(FIELDS[:-1])
    assert told["label"][1] == FIELDS[-1]
    assert told["labels"] == [" ".join(label.split()) for label in LABELS]
    assert told["instruction"] == INSTRUCTION
    assert told["fields"] == [*told["inputs"], told["label"][0]]
    # The model reads what a field is called, without anything that looks like DSPy's own marks.
    described = told["described"].split("Your output")[0]
    assert "[[ ##" not in described and "\u202e" not in described
    for path in project.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))


def test_the_readme_shows_names_as_they_are(project: Path) -> None:
    text = (project / "README.md").read_text("utf-8")
    assert text.splitlines()[0] == r"# a\*b\_\[x\](http://evil) \<script\>\`id\` \# h1"
    assert "\u202e" not in text and "49" not in text
    assert text.count("```") % 2 == 0


def test_data_keep_their_names(project: Path, plan: Plan) -> None:
    lines = (project / "data" / "train.jsonl").read_text("utf-8").split("\n")[:-1]
    label = FIELDS[-1]
    even = [{**row, label: " ".join(row[label].split())} for row in rows(plan.split.train)]
    assert [json.loads(line) for line in lines] == even
    labels = tuple(" ".join(text.split()) for text in LABELS)
    expected = plan.model_copy(update={"task": plan.task.model_copy(update={"labels": labels})})
    assert Plan.model_validate_json((project / "plan.json").read_text("utf-8")) == expected


def test_such_a_project_really_runs(project: Path, server: Server) -> None:
    from tests.projects.project_bench import Project

    running = Project(project, server)
    ended = running.run()
    assert ended.code == 0, ended.err
    finished = running.events("finished")[-1]
    assert finished.outcome in ("done", "stopped_at_gate"), finished.why
    report = (running.runs()[-1] / "report.md").read_text("utf-8")
    assert "<script>" not in report


@pytest.mark.parametrize("labels", [("IT", "it"), ("a  b", "a b", "c")])
def test_labels_that_differ_only_a_little_stay_apart(labels: tuple[str, ...], tmp_path: Path) -> None:
    task = make_plan().task.model_copy(update={"labels": labels})
    plan = make_plan(task=task)
    folder = projects.write(plan, tmp_path / "p", {"train": [], "dev": [], "test": []}, templates.render)
    text = (folder / "program.py").read_text("utf-8")
    assert (".casefold()" in text) == (labels[0] != "IT")
