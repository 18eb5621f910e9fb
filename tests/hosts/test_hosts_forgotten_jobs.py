"""A training job that its host has lost is never paid for a second time without a yes to just that."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.kit.files import read_json
from tests import waiting
from tests.hosts.api import Api, serving
from tests.hosts.openai_api import OpenAI
from tests.hosts.test_hosts_whole_runs import make, said
from tests.hosts.together_api import BASE, TogetherApi
from tests.projects.project_bench import Project

HOSTS = [
    ("openai", "gpt-4.1-mini"),
    pytest.param(
        "together", BASE,
        marks=pytest.mark.skipif(importlib.util.find_spec("together") is None, reason="needs the extra `together`"),
    ),
]  # fmt: skip


@pytest.fixture
def servers() -> Iterator[dict[str, Any]]:
    with serving(OpenAI) as openai, serving(TogetherApi) as together:
        yield {"openai": openai, "together": together}


def killed_while_training(host: Any, folder: Path, name: str, model: str) -> Project:
    """Return a project whose run died while its host trained, and whose host has lost the job since."""
    project = make(host, folder, name, model)
    host.holding = True
    running = project.start("--yes", ADVISED_API_KEY="secret-key")
    record = folder / "tickets" / "runs"

    def begun() -> bool:
        return any("job_id" in read_json(path) for path in record.glob("*/jobs/gold.json"))

    waiting.until(lambda: begun() or running.poll() is not None, "the training job is begun")
    running.kill()
    running.wait(10)
    host.jobs.clear()
    host.holding = False
    return project


@pytest.mark.parametrize(("name", "model"), HOSTS)
def test_a_lost_job_is_trained_again_only_with_a_flag_of_its_own(
    servers: dict[str, Api], tmp_path: Path, name: str, model: str
) -> None:
    host: Any = servers[name]
    project = killed_while_training(host, tmp_path, name, model)
    for _ in range(2):
        stopped = project.run("--yes", "--resume", ADVISED_API_KEY="secret-key")
        assert stopped.code == 2 and host.jobs == {}, stopped.err
        finished = project.events("finished")[-1]
        assert "knows nothing of the training job" in finished.why and "may have been billed" in finished.why
        assert "--resume --train-again" in finished.try_this
    assert len(host.created) == 1
    again = project.run("--yes", "--resume", "--train-again", ADVISED_API_KEY="secret-key")
    assert again.code == 0 and len(host.created) == 2, again.err
    assert project.events("compared")


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize(("answer", "code", "jobs"), [(b"n\n", 130, 1), (b"y\ny\ny\n", 0, 2)])
def test_on_a_terminal_it_is_asked(
    servers: dict[str, Api], tmp_path: Path, answer: bytes, code: int, jobs: int
) -> None:
    host: Any = servers["openai"]
    project = killed_while_training(host, tmp_path, "openai", "gpt-4.1-mini")
    keyboard, terminal = os.openpty()
    os.write(keyboard, answer)
    done = subprocess.run(
        project.command("--resume"), env=project.environment(ADVISED_API_KEY="k"), stdin=terminal, capture_output=True,
        text=True,
    )  # fmt: skip
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == code and "Train once more, and pay for it again?" in done.stdout, done.stderr
    assert len(host.created) == jobs


def test_a_job_that_failed_while_nobody_looked_is_begun_anew_only_after_the_usual_question(
    servers: dict[str, Api], tmp_path: Path
) -> None:
    host: Any = servers["openai"]
    project = killed_while_training(host, tmp_path, "openai", "gpt-4.1-mini")
    # It is known again, and has failed.
    host.jobs["ftjob-1"] = {**host.create(host.created[0]), "id": "ftjob-1", "status": "failed"}
    refused = project.run("--resume", ADVISED_API_KEY="secret-key")
    assert refused.code == 2 and "nobody is here to agree" in refused.err
    assert project.run("--resume", "--yes", ADVISED_API_KEY="secret-key").code == 0
    assert "which may have been billed" not in said(project)
