"""`optimize.py` of a written project at test servers: what a user meets, from the first call to the last bill."""

from __future__ import annotations

import importlib.util
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.domain.plan import Host, Role
from advisor.kit.files import read_json
from advisor.world import projects, templates
from tests import waiting
from tests.hosts.api import Api, serving
from tests.hosts.foundry_api import Foundry
from tests.hosts.together_api import BASE, TogetherApi, error
from tests.projects.project_bench import Project, make_plan, parts

needs_together = pytest.mark.skipif(
    importlib.util.find_spec("together") is None, reason="needs the extra `together`: make test-hosts"
)


def make(api: Api, folder: Path, name: str, model: str, student: Role | None = None) -> Project:
    """Write a project that trains on the labels at this server."""
    driver: Any = "together" if name == "together" else "openai"
    host = Host(name=name, base_url=None, key_variable="ADVISED_API_KEY", upload_to="127.0.0.1", driver=driver)
    student = student or Role(model=model)
    plan = make_plan(
        "gold_finetune", host=host, student=student, prompt_model=student, practice=False,
        optimizer="labelled_few_shot",
    )  # fmt: skip
    written = projects.write(plan, folder / "tickets", parts(plan), templates.render)
    server: Any = SimpleNamespace(base_url=api.base_url)
    return Project(written, server)


def said(project: Project) -> str:
    return "\n".join(event.text for event in project.events("said"))


@pytest.fixture
def foundry() -> Iterator[Foundry]:
    with serving(Foundry) as server:
        yield server


@pytest.fixture
def together() -> Iterator[TogetherApi]:
    with serving(TogetherApi) as server:
        yield server


def test_a_run_at_foundry_stops_for_the_deployment_and_goes_on_with_its_name(foundry: Foundry, tmp_path: Path) -> None:
    project = make(foundry, tmp_path, "foundry", "gpt-4.1-mini")
    assert project.run("--yes", ADVISED_API_KEY="secret-key").code == 2
    finished = project.events("finished")[-1]
    assert finished.outcome == "failed" and "az cognitiveservices account deployment create" in finished.try_this
    assert "This run deploys nothing there" in said(project)
    # What the user does with that command.
    foundry.deployments["advised-gold"] = next(iter(foundry.jobs.values()))["fine_tuned_model"]
    ended = project.run("--yes", "--resume", ADVISED_API_KEY="secret-key", ADVISED_DEPLOYMENT_GOLD="advised-gold")
    assert ended.code == 0 and project.events("compared")
    assert (len(foundry.files), len(foundry.jobs)) == (1, 1)
    last = project.events("said")[-1]
    assert last.level == "warning" and "may be billed by the hour" in last.text
    assert "account deployment delete" in last.text and "advised-gold" in last.text
    assert last.text in project.run("--tear-down", ADVISED_API_KEY="secret-key").out


@needs_together
def test_a_run_at_together_leaves_nothing_running(together: TogetherApi, tmp_path: Path) -> None:
    project = make(together, tmp_path, "together", BASE)
    ended = project.run("--yes", ADVISED_API_KEY="secret-key")
    assert ended.code == 0, ended.err
    assert "The training costs about $4.50." in said(project) and "also while idle" in said(project)
    tuned = [event for event in project.events("scored") if event.candidate == "gold"]
    assert {event.split for event in tuned} == {"dev", "test"} and project.events("compared")
    # Rented by the minute: what a call costs is not known.
    assert all(event.dollars is None for event in tuned)
    assert together.running() == [] and len(together.deployments) == 1
    # Nothing is said or counted after the end.
    assert project.events()[-1].kind == "finished" and project.events()[-1].meter.dollars > 4.5
    for path in (project.folder / "runs").rglob("*"):
        assert not path.is_file() or b"secret-key" not in path.read_bytes()

    serving_it = project.run("please help me", script="serve.py", ADVISED_API_KEY="secret-key")
    assert "Start it: tg endpoints update dep_1" in serving_it.err
    forgotten = project.run("--forget", "gold", script="serve.py", ADVISED_API_KEY="secret-key")
    assert forgotten.code == 0 and forgotten.out.count("removed") == 3, forgotten.err
    assert together.endpoints == {} and together.files == {}


@needs_together
def test_an_endpoint_of_a_killed_run_is_ended_by_tear_down(together: TogetherApi, tmp_path: Path) -> None:
    project = make(together, tmp_path, "together", BASE, Role(model=BASE, price_in=0.1, price_out=0.1))
    running = project.start("--yes", ADVISED_API_KEY="secret-key")
    together.provisioning_for_ever = True
    waiting.until(lambda: together.running() or running.poll() is not None, "the endpoint is started")
    running.kill()
    running.wait(10)
    assert together.running() == ["dep_1"]
    stop = "PATCH /v2/projects/proj_1/endpoints/ep_1/deployments/dep_1"
    together.refusals[stop] = error(400, "The control plane is in maintenance.")
    failed = project.run("--tear-down", ADVISED_API_KEY="secret-key")
    assert failed.code == 7 and "STILL RUNNING AND BILLED" in failed.out
    together.refusals.clear()
    # The command it names is one that the host's own program takes.
    by_hand = failed.out.partition("Stop it yourself: ")[2].splitlines()[0]
    assert by_hand_ends(by_hand, together) and together.running() == []
    together.deployments["dep_1"]["autoscaling"] = {"minReplicas": 1, "maxReplicas": 1}
    ended = project.run("--tear-down", ADVISED_API_KEY="secret-key")
    assert ended.code == 0 and "it is stopped" in ended.out
    assert together.running() == []
    assert "Nothing that this project started" in project.run("--tear-down", ADVISED_API_KEY="secret-key").out
    together.provisioning_for_ever = False
    # The training is paid: its price is in what was spent, and is not asked for a second time.
    assert project.run("--yes", "--resume", "--budget", "6", ADVISED_API_KEY="secret-key").code == 0
    assert 4.5 < project.events("finished")[-1].meter.dollars < 6
    assert together.running() == [] and (len(together.jobs), len(together.deployments)) == (1, 1)
    assert read_json(project.runs()[-1] / "hosting.json")["gold"]["running_since"] is None


def by_hand_ends(command: str, together: TogetherApi) -> bool:
    """Run a command of Together's own program; return whether it went well."""
    name, *arguments = shlex.split(command)
    given = {
        "TOGETHER_API_KEY": "k", "TOGETHER_BASE_URL": together.address, "TOGETHER_PROJECT_ID": "proj_1",
        "TOGETHER_TELEMETRY_DISABLED": "1",
    }  # fmt: skip
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], env={**os.environ, **given}, capture_output=True).returncode == 0


@needs_together
def test_an_interrupted_run_stops_the_endpoint_it_is_starting(together: TogetherApi, tmp_path: Path) -> None:
    together.provisioning_for_ever = True
    project = make(together, tmp_path, "together", BASE)
    running = project.start("--yes", ADVISED_API_KEY="secret-key")
    waiting.until(lambda: together.running() or running.poll() is not None, "the endpoint is started")
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 130
    assert together.running() == []


@needs_together
def test_a_price_over_the_budget_is_not_paid(together: TogetherApi, tmp_path: Path) -> None:
    student = Role(model=BASE, price_in=0.1, price_out=0.1)
    project = make(together, tmp_path, "together", BASE, student)
    assert project.run("--yes", "--budget", "4", ADVISED_API_KEY="secret-key").code == 5
    assert "about $4.50 for training" in project.events("finished")[-1].why
    assert together.jobs == {} and together.deployments == {}


@pytest.mark.skipif(importlib.util.find_spec("together") is not None, reason="needs an environment without together")
def test_without_its_package_the_project_says_what_to_install(together: TogetherApi, tmp_path: Path) -> None:
    ended = make(together, tmp_path, "together", BASE).run("--yes", ADVISED_API_KEY="secret-key")
    assert ended.code == 2 and 'pip install "together>=3.1,<4"' in ended.err
    assert together.requests == []


@needs_together
@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_a_no_to_the_terms_trains_nothing_and_says_that_the_rows_are_there(
    together: TogetherApi, tmp_path: Path
) -> None:
    project = make(together, tmp_path, "together", BASE)
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"y\nn\n")
    done = subprocess.run(
        project.command(), env=project.environment(ADVISED_API_KEY="k"), stdin=terminal, capture_output=True, text=True
    )
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == 130 and "$3.99 an hour" in done.stdout
    assert together.jobs == {} and list(together.files) == ["file-1"]
    assert "The rows are at the host as file-1" in said(project)
    forgotten = project.run(
        "--forget", "gold", "--run-dir", str(project.runs()[-1]), script="serve.py", ADVISED_API_KEY="k"
    )
    assert "file-1: removed" in forgotten.out and together.files == {}
