"""A run on a rented machine: SkyPilot's own program asks, in the user's terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain import renting
from advisor.domain.plan import Plan, Role, Tuning
from advisor.world import projects, sky, templates
from advisor.world.project_folder import read_plan
from tests.projects.project_bench import make_plan, parts

ROOT = Path(__file__).parents[2]
SKY = """#!{python}
import os, sys
print("rents:", sys.argv[1:], os.getcwd())
print("Proceed? [Y/n]", flush=True)
sys.exit(0 if input() == "y" else 1)
"""


def local_plan() -> Plan:
    host = make_plan().host.model_copy(update={"name": "local", "driver": "local"})
    student = Role(model="Qwen/Qwen3-0.6B", price_in=0.0, price_out=0.0, train_price=0.0)
    return make_plan("gold_finetune", host=host, student=student, prompt_model=student, practice=False, tuning=Tuning())


@pytest.fixture
def path_with_sky(tmp_path: Path) -> str:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sky").write_text(SKY.format(python=sys.executable))
    (folder / "sky").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def write(plan: Plan, tmp_path: Path) -> Path:
    return projects.write(plan, tmp_path / "project", parts(plan), templates.render)


def on_a_terminal(project: Path, path: str, answer: str) -> tuple[int, str]:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "run", str(project), "--on", "sky"], cwd=ROOT, env=environment,
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    os.write(ours, f"{answer}\n".encode())
    told = process.communicate(timeout=60)[0]
    os.close(ours)
    os.close(theirs)
    return process.returncode, told


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_skypilot_asks_and_the_yes_is_not_given_for_the_user(tmp_path: Path, path_with_sky: str) -> None:
    project = write(local_plan(), tmp_path)
    code, told = on_a_terminal(project, path_with_sky, "y")
    assert code == 0, told
    rented = renting.rental(read_plan(project))
    assert rented and f"'launch', '-c', '{rented.cluster}', 'launch.sky.yaml'" in told and "'-y'" not in told
    assert str(project) in told and "100 rows in data/" in told
    code, told = on_a_terminal(project, path_with_sky, "n")
    assert code == 7 and f"sky down {rented.cluster}" in told and "Traceback" not in told


def test_without_a_terminal_nobody_sees_the_price(tmp_path: Path, path_with_sky: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "advisor", "run", str(write(local_plan(), tmp_path)), "--on", "sky"], cwd=ROOT,
        env={**os.environ, "PATH": path_with_sky}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 2 and "see the price" in found.stderr


def test_a_project_for_a_host_is_not_rented_for(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "advisor", "run", str(write(make_plan("gold_finetune"), tmp_path)), "--on", "sky"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 2 and "none can be rented" in found.stderr


def test_a_secret_that_is_not_set_is_given_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    told = sky.command("advised-x", ["HF_TOKEN", "OPENAI_API_KEY"])
    assert told[-4:] == ["--secret", "HF_TOKEN=", "--secret", "OPENAI_API_KEY"] and "sk-secret" not in " ".join(told)
