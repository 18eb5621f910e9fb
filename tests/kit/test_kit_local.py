"""What training on this computer needs and no library must be installed for: jobs, checkpoints, servers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.kit.endpoint import Roles, resolve
from advisor.kit.hosts.host import HostJob, JobFailed
from advisor.kit.hosts.local import Local
from advisor.kit.journal import Journal
from advisor.kit.local import held_out, servers
from advisor.kit.local.checkpoints import newest_whole
from advisor.kit.local.job import Job, make_job, read_job, write_job
from advisor.kit.models import Models
from advisor.kit.plan import Role, read_plan
from advisor.kit.stops import Stop
from tests import waiting
from tests.projects.project_bench import make_plan

SERVER = """
    import http.server, sys
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers(); self.wfile.write(sys.argv[2].encode())
        def log_message(self, *told): pass
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answers).serve_forever()
"""


def checkpoint(folder: Path, step: int, *names: str) -> Path:
    path = folder / f"checkpoint-{step}"
    path.mkdir(parents=True)
    for name in names:
        (path / name).write_text("{}")
    return path


def test_a_half_written_checkpoint_is_removed_and_the_newest_whole_one_taken(tmp_path: Path) -> None:
    whole = ("trainer_state.json", "optimizer.pt", "adapter_model.safetensors")
    checkpoint(tmp_path, 9, *whole)
    newest = checkpoint(tmp_path, 10, *whole)
    half = checkpoint(tmp_path, 11, "adapter_config.json")
    assert newest_whole(tmp_path) == newest
    assert not half.exists()
    assert newest_whole(tmp_path / "none") is None


def test_the_best_checkpoint_is_named_where_the_folder_is_now(tmp_path: Path) -> None:
    newest = checkpoint(tmp_path, 10, "trainer_state.json", "optimizer.pt", "model.safetensors")
    (newest / "trainer_state.json").write_text('{"best_model_checkpoint": "/elsewhere/checkpoint-5", "epoch": 2}')
    assert newest_whole(tmp_path) == newest
    state = json.loads((newest / "trainer_state.json").read_text())
    assert state == {"best_model_checkpoint": str(tmp_path / "checkpoint-5"), "epoch": 2}


def test_a_job_is_read_as_it_was_written_and_takes_only_what_it_knows(tmp_path: Path) -> None:
    job = make_job("some/model", {"rank": 8, "learning_rate": None, "n_epochs": 3, "method": "full"})
    assert job == Job("some/model", method="full", rank=8)
    assert job.rate == 1e-5
    assert make_job("m", {}).rate == 2e-4
    write_job(tmp_path, job)
    assert read_job(tmp_path) == job


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("[[ ## category ## ]]\nbilling\n\n[[ ## completed ## ]]\n", "billing"),
        ("[[ ## reasoning ## ]]\nbecause\n\n[[ ## category ## ]]\n two words \n", "two words"),
        ("billing", None),
        ("", None),
        ("[[ ## completed ## ]]", None),
    ],
)
def test_the_label_is_read_from_an_answer_in_the_form_that_was_asked_for(answer: str, label: str | None) -> None:
    assert held_out.label_of(answer) == label


@given(st.integers(0, 5000), st.integers(0, 9))
def test_rows_held_out_are_not_trained_on_and_none_is_lost(count: int, seed: int) -> None:
    rows = list(range(count))
    train, kept_back = held_out.split(rows, seed)
    assert sorted(train + kept_back) == rows
    assert train == sorted(train)
    assert not kept_back or held_out.FEWEST <= len(kept_back) <= held_out.MOST
    assert held_out.split(rows, seed) == (train, kept_back)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> servers.Servers:
    script = tmp_path / "server.py"
    script.write_text(textwrap.dedent(SERVER))
    monkeypatch.setattr(servers, "command", lambda model, port, _: [sys.executable, str(script), str(port), model])
    for model in ("first", "second", "third"):
        (tmp_path / model).mkdir()
        (tmp_path / model / "model.safetensors").write_bytes(b"weights")
    monkeypatch.chdir(tmp_path)
    root = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", root)
    return servers.Servers(tmp_path, tmp_path / "logs", lambda line: None)


def ask(running: servers.Servers, model: str, call: str = "1") -> str:
    at = running.address(model)
    running.on_lm_start(call, SimpleNamespace(model=f"openai/{model}"), {})
    try:
        with urllib.request.urlopen(at.removesuffix("/v1") + "/health", timeout=5) as answer:
            return str(answer.read().decode())
    finally:
        running.on_lm_end(call, None)


def test_a_model_is_served_when_asked_and_makes_room_when_idle(started: servers.Servers) -> None:
    try:
        assert [ask(started, name) for name in ("first", "second", "third")] == ["first", "second", "third"]
        assert list(started._running) == ["second", "third"]
        at = started.address("first")
        assert ask(started, "first") == "first"
        assert started.address("first") == at, "programs hold the address"
    finally:
        started.end()
    assert not started._running


def test_a_server_that_does_not_start_ends_the_run_with_its_last_words(
    started: servers.Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "command", lambda *_: [sys.executable, "-c", "raise SystemExit('no weights here')"])
    started.address("broken")
    with pytest.raises(Stop, match="no weights here"):
        started.on_lm_start("1", SimpleNamespace(model="openai/broken"), {})
    started.end()


def test_the_run_can_be_left_while_a_server_loads(started: servers.Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "command", lambda *_: [sys.executable, "-c", "import time; time.sleep(600)"])
    started.address("slow")
    ended: list[BaseException] = []

    def ask_it() -> None:
        try:
            started.on_lm_start("1", SimpleNamespace(model="openai/slow"), {})
        except BaseException as error:
            ended.append(error)

    asking = threading.Thread(target=ask_it)
    asking.start()
    waiting.until(lambda: "slow" in started._running, "the server is starting")
    started.end()
    asking.join(servers.END_SECONDS)
    assert not asking.is_alive() and isinstance(ended[0], Stop)
    assert not started._running


def test_a_training_that_was_given_up_is_not_started(tmp_path: Path) -> None:
    host = Local(Journal(tmp_path / "events.jsonl"), tmp_path, "gold", tmp_path, lambda: None)
    job = HostJob()
    job.given_up.set()
    rows = [{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}]}] * 12
    with pytest.raises(JobFailed, match="was stopped"):
        host.finetune(job, "openai/some/model", rows, {})
    assert job.last_status == "cancelled"
    assert not list((tmp_path / "tuning").glob("*/log.txt"))


def test_a_training_that_ended_while_no_run_followed_it_is_told_to_its_end(tmp_path: Path) -> None:
    rows = [{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}]}] * 12

    def training(journal: Journal) -> str:
        host = Local(journal, tmp_path, "gold", tmp_path, lambda: None)
        return host.finetune(HostJob(), "openai/some/model", rows, {})

    stopped = HostJob()
    stopped.given_up.set()
    with pytest.raises(JobFailed):
        host = Local(Journal(tmp_path / "first.jsonl"), tmp_path, "gold", tmp_path, lambda: None)
        host.finetune(stopped, "openai/some/model", rows, {})
    [job] = (tmp_path / "tuning").iterdir()
    for step in (1, 2):
        Journal(job / "events.jsonl").append("step", step=step, total_steps=2, loss=0.5)
    Journal(job / "events.jsonl").append("done", steps=2, tokens=100)
    (job / "model").mkdir()
    journal = Journal(tmp_path / "events.jsonl")
    assert training(journal).endswith(f"{job.name}/model")
    told = [event for event in journal.events() if event["kind"] == "job_reported"]
    assert [event.get("step") for event in told] == [1, 2, None] and told[-1]["status"] == "succeeded"
    assert training(Journal(tmp_path / "third.jsonl")) and not any(
        event["kind"] == "job_reported" for event in Journal(tmp_path / "third.jsonl").events()
    )


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("openai/gpt-oss-20b", "openai/openai/gpt-oss-20b"),
        ("openai/openai/gpt-oss-20b", "openai/openai/gpt-oss-20b"),
        ("openai/runs/1/tuning/gold-1/model", "openai/runs/1/tuning/gold-1/model"),
        ("Qwen/Qwen3-0.6B", "openai/Qwen/Qwen3-0.6B"),
        ("anthropic/claude", "anthropic/claude"),
    ],
)
def test_a_model_here_is_named_as_on_the_hub(name: str, asked: str, started: servers.Servers, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(make_plan("gold_finetune").model_dump_json())
    own = "openai/gpt-oss-20b"
    roles, plan = Roles(Role(own), Role("anthropic/claude", elsewhere=True), Role(own)), read_plan(path)
    models = Models(plan, resolve(plan, {"ADVISED_BASE_URL": "http://127.0.0.1:1/v1"}), roles, started)
    assert models(name).model == asked
    assert models(own).kwargs["max_tokens"] < models(own, writes=True).kwargs["max_tokens"]


def test_a_model_that_is_asked_elsewhere_needs_no_server(started: servers.Servers) -> None:
    started.on_lm_start("1", SimpleNamespace(model="anthropic/claude"), {})
    started.on_lm_end("1", None)
    assert not started._running


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_server_ends_with_a_run_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(textwrap.dedent(SERVER))
    holder = f"""
        import subprocess, sys, time
        keeper = subprocess.Popen([sys.executable, "-m", "advisor.kit.local.keeper",
            {str(tmp_path / "record.json")!r}, sys.executable, "-c",
            "import os, time; print(os.getpid(), flush=True); time.sleep(600)"],
            stdin=subprocess.PIPE, stdout=open({str(tmp_path / "pid")!r}, "w"), start_new_session=True)
        time.sleep(600)
    """
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(holder)], cwd=root)
    pid_file = tmp_path / "pid"
    try:
        waiting.until(lambda: pid_file.exists() and pid_file.read_text().strip().isdigit(), "the server runs")
        server = int(pid_file.read_text())
        process.send_signal(signal.SIGKILL)
        process.wait()
        waiting.until(lambda: not alive(server), "the server has ended")
    finally:
        process.kill()
        process.wait()


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] if Path("/proc").is_dir() else "R"
        os.kill(pid, 0)
    except OSError:
        return False
    return status != "Z"


def test_plans_of_other_hosts_have_no_settings_of_a_training_here(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(make_plan("gold_finetune").model_dump_json())
    assert read_plan(path).tuning == {} and read_plan(path).uploads
    told = json.loads(path.read_text())
    told["host"]["driver"] = "local"
    path.write_text(json.dumps(told))
    assert read_plan(path).trains and not read_plan(path).uploads
