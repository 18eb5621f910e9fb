"""Every route with a model on this computer as student: trained, saved, loaded in a new process, and answering."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.dataset import SplitSizes
from advisor.domain.plan import Gates, Host, Role, RunRoute, Task, Tuning
from advisor.kit.journal import Event, read_events
from advisor.world import projects, templates
from tests import waiting
from tests.local_training.conftest import SETTINGS, as_json
from tests.local_training.tiny_model import INSTRUCTION, SENTENCES, tickets
from tests.projects.project_bench import make_plan

DEADLINE = 1500.0
LOCAL = Host(name="local", base_url=None, key_variable="", upload_to="127.0.0.1", free=True, driver="local")
SIZES = SplitSizes(train=300, dev=20, test=40)


def write_project(folder: Path, route: RunRoute, student: Path, teacher: Path | None = None) -> Path:
    """Write a project whose models are folders."""
    role = Role(model=str(student), price_in=0.0, price_out=0.0, train_price=0.0)
    plan = make_plan(
        route, host=LOCAL, student=role, prompt_model=role, practice=False, threads=2, split=SIZES,
        teacher=role.model_copy(update={"model": str(teacher)}) if teacher else None,
        task=Task(input_fields=("text",), label_field="category", labels=tuple(sorted(SENTENCES)),
                  instruction=INSTRUCTION),
        optimizer="labelled_few_shot", epochs=3, tuning=Tuning(method="full", learning_rate=5e-3),
        gates=Gates(chance_score=0.25, min_traces=15, warn_traces=30),
    )  # fmt: skip
    rows = iter(tickets(sum(SIZES), seed=3))
    split = {part: [next(rows) for _ in range(count)] for part, count in SIZES._asdict().items()}
    project = projects.write(plan, folder / "project", split, templates.render)
    optimize = project / "optimize.py"
    # Two layers take no more than one example in.
    optimize.write_text(optimize.read_text("utf-8").replace("k=16", "k=1"), "utf-8")
    told = as_json(project / "plan.json")
    told["tuning"] |= {**SETTINGS, "batch": 4}
    (project / "plan.json").write_text(json.dumps(told), "utf-8")
    return project


def environment() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": ""}


def run(project: Path, *options: str) -> list[Event]:
    """Run a project to its end and return its events."""
    ended = subprocess.run(
        [sys.executable, "optimize.py", "--yes", "--run-dir", "runs/1", *options], cwd=project, env=environment(),
        capture_output=True, text=True, timeout=DEADLINE,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return list(read_events(project / "runs" / "1" / "events.jsonl"))


def scores_on_test(events: list[Event]) -> dict[str, float]:
    found = (event for event in events if event["kind"] == "scored" and event["split"] == "test")
    return {event["candidate"]: event["outcomes"].count("1") / len(event["outcomes"]) for event in found}


def processes_of(project: Path) -> list[str]:
    """Return the command lines of processes that were started by a project."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").resolve() == project.resolve():
                found.append((path / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ("route", "candidate", "at_least"),
    [("gold_finetune", "gold", 0.9), ("distillation", "tuned", 0.9), ("bootstrap_finetune", "tuned", 0.6),
     ("better_together", "together", 0.4)],
)  # fmt: skip
def test_a_route_trains_a_model_that_answers_in_a_new_process(
    route: RunRoute, candidate: str, at_least: float, tmp_path: Path, half_trained: Path, trained: Path
) -> None:
    teacher = trained if route == "distillation" else None
    project = write_project(tmp_path, route, half_trained, teacher)
    scores = scores_on_test(run(project))
    assert 0.4 <= scores["baseline"] <= 0.8, "it takes two of five labels for each other"
    assert scores[candidate] >= at_least
    assert not processes_of(project), "no server and no training outlives the run"

    moved = tmp_path / "moved"
    project.rename(moved)
    served = subprocess.run(
        [sys.executable, "serve.py", "--program", candidate, "I was charged twice for the lamp"], cwd=moved,
        env=environment(), capture_output=True, text=True, timeout=DEADLINE,
    )  # fmt: skip
    assert served.returncode == 0, served.stderr
    assert json.loads(served.stdout) == {"category": "billing"}
    assert not processes_of(moved)


def test_prompts_are_optimized_on_this_computer_without_training(tmp_path: Path, half_trained: Path) -> None:
    project = write_project(tmp_path, "prompt_optimization", half_trained)
    scores = scores_on_test(run(project))
    assert set(scores) == {"baseline", "optimized"}
    assert not (project / "runs" / "1" / "tuning").exists()


def test_a_run_that_is_killed_while_it_trains_finds_its_training_again(tmp_path: Path, half_trained: Path) -> None:
    project = write_project(tmp_path, "gold_finetune", half_trained)
    process = subprocess.Popen(
        [sys.executable, "optimize.py", "--yes", "--run-dir", "runs/1"], cwd=project, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    journal = project / "runs" / "1" / "events.jsonl"

    def trains() -> bool:
        return any(event["kind"] == "job_reported" and "step" in event for event in read_events(journal))

    waiting.until(trains, "the training has begun", DEADLINE)
    process.send_signal(signal.SIGKILL)
    process.wait()
    events = run(project, "--resume")
    # Whether it still went on or was over by then, it was begun once.
    (training,) = (project / "runs" / "1" / "tuning").iterdir()
    assert [event["kind"] for event in read_events(training / "events.jsonl")].count("began") == 1
    assert scores_on_test(events)["gold"] >= 0.9
    assert not processes_of(project)
