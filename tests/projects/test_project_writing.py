"""What `projects.write` puts on disk, and what it refuses to touch."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.plan import Plan, Reckoned, RunRoute
from advisor.domain.route_words import STAGE_WORDS
from advisor.errors import UsageError
from advisor.world import projects, templates
from tests.projects.project_bench import ROOT, make_plan, parts

GOLDEN = Path(__file__).parent / "golden"
GENERATED = ("README.md", "optimize.py", "plan.json", "program.py", "serve.py")
ROUTES: tuple[RunRoute, ...] = get_args(RunRoute)

OPTIMIZERS = {
    "prompt_optimization": "mipro_medium",
    "bootstrap_finetune": "mipro_heavy",
    "gold_finetune": "bootstrap_few_shot",
    "distillation": "gepa",
    "better_together": "mipro_light",
}


def plan_for(route: RunRoute) -> Plan:
    changes: dict[str, Any] = {"optimizer": OPTIMIZERS[route]}
    if route == "bootstrap_finetune":
        stages = ("split", "baseline", "optimize", "traces", "train", "gold", "compare")
        changes.update(gold_beside=True, stages=stages, reasoning=True, prompts_elsewhere=True)
    if route == "gold_finetune":
        changes["reckoned"] = Reckoned(
            input_tokens=41.5, label_tokens=2.0, pass_rate=0.83, pass_rate_from="optimized_score: you said",
            prices_checked="you",
        )  # fmt: skip
    return make_plan(route, **changes)


def write(plan: Plan, folder: Path) -> Path:
    return projects.write(plan, folder, parts(plan), templates.render)


@pytest.mark.parametrize("route", ROUTES)
def test_a_project_reads_as_it_was_agreed(route: RunRoute, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Regenerate with `pytest tests/projects --update-golden` and read the difference."""
    folder = write(plan_for(route), tmp_path / "project")
    agreed = GOLDEN / route
    for name in GENERATED:
        text = (folder / name).read_text("utf-8")
        if request.config.getoption("--update-golden", default=False):
            agreed.mkdir(parents=True, exist_ok=True)
            (agreed / name).write_text(text, "utf-8")
        assert text == (agreed / name).read_text("utf-8"), f"{route}/{name} has changed"


def test_the_readme_says_what_each_stage_does(tmp_path: Path) -> None:
    plan = plan_for("bootstrap_finetune")
    readme = (write(plan, tmp_path / "project") / "README.md").read_text("utf-8")
    for number, stage in enumerate(plan.stages, 1):
        assert f"\n{number}. {STAGE_WORDS[stage]} (`{stage}`)\n" in readme


@pytest.mark.parametrize("route", ROUTES)
def test_generated_programs_are_clean(route: RunRoute, tmp_path: Path) -> None:
    folder = write(plan_for(route), tmp_path / "project")
    found = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--select", "E,F,I,B,UP,SIM",
         *(name for name in GENERATED if name.endswith(".py"))],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


def test_a_project_needs_nothing_of_the_advisor(tmp_path: Path) -> None:
    folder = write(plan_for("bootstrap_finetune"), tmp_path / "project")
    modules = {"kit", "program", "dspy", "openai"} | set(sys.stdlib_module_names)
    extras = {"local": {"torch", "transformers", "trl", "peft", "datasets"}, "hosts": {"together"}}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            allowed = modules.union(*(extra for place, extra in extras.items() if place in path.parts))
            assert {name.split(".")[0] for name in names} <= allowed, path
    assert {path.name for path in folder.iterdir()} == {*GENERATED, "data", "kit"}
    assert not list(tmp_path.glob(".*")), "nothing half-written is left beside it"


def test_nothing_tells_of_the_machine_it_was_written_on(tmp_path: Path) -> None:
    folder = write(plan_for("distillation"), tmp_path / "project")
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert str(ROOT) not in text and str(tmp_path) not in text


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError) as refused:
        write(make_plan(), tmp_path)
    assert refused.value.what.endswith("is not empty.") and refused.value.try_this
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_project_of_another_plan_is_not_written_over(tmp_path: Path) -> None:
    folder = write(make_plan(), tmp_path / "project")
    with pytest.raises(UsageError, match="another plan"):
        write(make_plan(seed=1), folder)
    (folder / "program.py").write_text("# mine\n")
    assert write(make_plan(), folder) == folder
    assert (folder / "program.py").read_text() == "# mine\n"
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    assert (write(make_plan(), tmp_path / "project") / "optimize.py").is_file()


@pytest.mark.parametrize("name", ["file/project", "file"])
def test_a_place_that_cannot_be_written_is_a_usage_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError) as refused:
        write(make_plan(), tmp_path / name)
    assert refused.value.why and refused.value.try_this


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_permission_is_a_usage_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UsageError, match="could not write"):
            write(make_plan(), tmp_path / "project")
    finally:
        tmp_path.chmod(0o700)


def test_a_crash_leaves_no_half_project(tmp_path: Path) -> None:
    def crash(name: str, /, **values: object) -> str:
        if name.endswith("serve.py"):
            raise KeyboardInterrupt
        return templates.render(name, **values)

    plan = make_plan()
    with pytest.raises(KeyboardInterrupt):
        projects.write(plan, tmp_path / "project", parts(plan), crash)
    assert not list(tmp_path.iterdir())


def test_labels_read_the_same_in_rows_and_plan_and_program(tmp_path: Path) -> None:
    task = make_plan().task.model_copy(update={"labels": ("to  pay", "to pay", " on its\tway")})
    plan = make_plan(task=task, gates=make_plan().gates.model_copy(update={"chance_score": 0.4}))
    raw = ("to  pay", "to pay", "to pay", " on its\tway")
    rows = [{"text": f"a  ticket {n}", "category": label} for n, label in enumerate(raw)]
    folder = projects.write(plan, tmp_path / "project", dict.fromkeys(("train", "dev", "test"), rows), templates.render)
    even = ["to pay", "to pay", "to pay", "on its way"]
    for part in ("train", "dev", "test"):
        written = [json.loads(line) for line in (folder / "data" / f"{part}.jsonl").read_text().splitlines()]
        assert [row["category"] for row in written] == even
        assert written[0]["text"] == "a  ticket 0"
    told = Plan.model_validate_json((folder / "plan.json").read_text())
    assert told.task.labels == ("to pay", "on its way")
    assert told.gates.chance_score == 0.75, "two labels that became one are more frequent together"
    assert "'to pay',\n    'on its way',\n]" in (folder / "program.py").read_text()
    again = projects.write(plan, folder, dict.fromkeys(("train", "dev", "test"), rows), templates.render)
    assert again == folder


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=30), unique=True, max_size=8))
def test_every_field_gets_a_name_of_its_own(fields: list[str]) -> None:
    names = projects.identifiers(fields)
    assert list(names) == fields
    assert len(set(names.values())) == len(fields)
    for name in names.values():
        assert templates.identifier(name) == name
    assert names == projects.identifiers(fields)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("Ticket Text", "ticket_text"),
        ("größe", "grosse"),
        ("class", "class_field"),
        ("inputs", "inputs_field"),
        ("2nd", "field_2nd"),
        ("כותרת", "field_1"),
        ('x"); import os', "x_import_os"),
        ("{{ 7*7 }}", "field_7_7"),
        ("!?", "field_1"),
        ("model_name", "model_name_field"),
    ],
)
def test_names_stay_readable(field: str, name: str) -> None:
    assert projects.identifiers([field]) == {field: name}


def test_a_text_with_a_missing_value_is_not_written() -> None:
    with pytest.raises(Exception, match="undefined"):
        templates.render("project/serve.py")
