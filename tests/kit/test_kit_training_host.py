"""Training at an OpenAI-compatible host: one upload, one job, the host's own words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.host import HostJob, JobFailed, UploadRefused
from advisor.kit.hosts.openai_compatible import OpenAICompatible
from advisor.kit.journal import Journal
from advisor.kit.refusals import refused
from tests.kit.host_stub import Host, host

ROWS = [{"messages": [{"role": "user", "content": f"ticket {n}"}]} for n in range(12)]


@pytest.fixture
def stub() -> Iterator[Host]:
    with host() as server:
        yield server


class Bench:
    """A provider against the stub, and a job to wait for."""

    def __init__(self, stub: Host, folder: Path, upload_to: str = "127.0.0.1", name: str = "other") -> None:
        self.journal = Journal(folder / "events.jsonl")
        endpoint = Endpoint(
            base_url=stub.base_url, key="k", host="127.0.0.1", upload_to=upload_to, poll_seconds=0.01, free=True,
            identity="stub",
        )  # fmt: skip
        self.provider = OpenAICompatible(endpoint, self.journal, folder / "jobs", "gold", name)
        self.job = HostJob(model="small")

    def train(self, rows: list[dict[str, Any]] = ROWS, **settings: Any) -> str:
        return self.provider.finetune(self.job, "openai/small", rows, settings)

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.journal.events() if event["kind"] == kind]


def test_rows_are_sent_to_no_other_host(stub: Host, tmp_path: Path) -> None:
    with pytest.raises(UploadRefused, match=r"api\.example\.org, not to 127\.0\.0\.1"):
        Bench(stub, tmp_path, upload_to="api.example.org").train()
    assert stub.requests == []


def test_a_redirect_does_not_carry_the_rows_away(stub: Host, tmp_path: Path) -> None:
    with host() as elsewhere:
        stub.redirect_to = f"{elsewhere.base_url}/files"
        with pytest.raises(Exception, match="307"):
            Bench(stub, tmp_path).train()
        assert elsewhere.requests == []


def test_too_few_rows_are_not_sent(stub: Host, tmp_path: Path) -> None:
    with pytest.raises(JobFailed, match="at least 10"):
        Bench(stub, tmp_path).train(ROWS[:9])
    assert stub.requests == []


def test_news_are_told_once_and_in_order(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)
    stub.add_event("started")
    stub.add_event("step", step=1, total_steps=4, train_loss=0.5, valid_loss="none", epoch=0.5)
    stub.add_event("odd", train_loss=float("nan"))
    write_json(bench.provider.path, {})
    thread = threading.Thread(target=bench.train, kwargs={"n_epochs": 2})
    thread.start()
    while not bench.told("job_reported"):
        thread.join(0.01)
    stub.add_event("done")
    stub.jobs["ftjob-1"].update(status="succeeded", fine_tuned_model="ft:small::1", trained_tokens=120)
    thread.join(10)
    reports = bench.told("job_reported")
    assert [report["message"] for report in reports][:4] == ["started", "step", "odd", "done"]
    assert {name: reports[1].get(name) for name in ("step", "total_steps", "epoch", "train_loss", "valid_loss")} == {
        "step": 1, "total_steps": 4, "epoch": 0, "train_loss": 0.5, "valid_loss": None,
    }  # fmt: skip
    assert "train_loss" not in reports[2]
    assert reports[-1]["status"] == "succeeded"
    assert bench.provider.trained_tokens() == 120
    assert stub.created[0]["method"]["supervised"]["hyperparameters"] == {"n_epochs": 2}


def test_some_hosts_take_the_settings_at_the_top(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path, name="nebius")
    stub.on_created = bench.job.given_up.set
    with pytest.raises(JobFailed):
        bench.train(n_epochs=2)
    assert stub.created[0]["hyperparameters"] == {"n_epochs": 2}
    assert "method" not in stub.created[0]


def test_a_job_begun_by_a_dead_run_is_found_by_its_file(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)
    stub.on_created = bench.job.given_up.set
    with pytest.raises(JobFailed):
        bench.train()
    # The process died after the host had created the job and before its id was on disk.
    record = read_json(bench.provider.path)
    write_json(bench.provider.path, {name: record[name] for name in ("digest", "model", "settings", "file_id")})
    stub.jobs["ftjob-1"].update(status="succeeded", fine_tuned_model="ft:small::1")
    assert Bench(stub, tmp_path).train() == "openai/ft:small::1"
    assert stub.requests.count("POST /v1/files") == 1
    assert stub.requests.count("POST /v1/fine_tuning/jobs") == 1


def test_a_host_that_has_forgotten_the_job_gets_the_rows_only_where_that_is_meant(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)
    stub.on_created = bench.job.given_up.set
    with pytest.raises(JobFailed):
        bench.train()
    stub.jobs.clear()
    with pytest.raises(JobFailed, match="knows nothing of the training job ftjob-1"):
        bench.train()
    assert stub.requests.count("POST /v1/files") == 1
    bench.provider.begin_again()
    with pytest.raises(JobFailed):
        bench.train()
    assert stub.requests.count("POST /v1/files") == 2


def test_other_rows_are_another_job(stub: Host, tmp_path: Path) -> None:
    for rows in (ROWS, [*ROWS, *ROWS]):
        bench = Bench(stub, tmp_path)
        stub.on_created = bench.job.given_up.set
        with pytest.raises(JobFailed):
            bench.train(rows)
    assert stub.requests.count("POST /v1/files") == 2


def test_giving_up_cancels_the_job_at_the_host(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)

    def train() -> None:
        with pytest.raises(JobFailed):
            bench.train()

    bench.job.thread = threading.Thread(target=train)
    bench.job.thread.start()
    while "ftjob-1" not in stub.jobs:
        bench.job.thread.join(0.01)
    assert bench.job.cancel()
    assert stub.jobs["ftjob-1"]["status"] == "cancelled"
    assert bench.told("job_reported")[-1]["status"] == "cancelled"


def test_giving_up_while_the_rows_are_sent_begins_no_job(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)
    stub.on_file = bench.job.given_up.set
    with pytest.raises(JobFailed, match="Interrupted before the training job was begun"):
        bench.train()
    assert stub.jobs == {} and bench.job.status() == "cancelled"
    assert read_json(bench.provider.path)["file_id"] == "file-1"
    # The rows are there already when the run goes on.
    stub.on_created = (again := Bench(stub, tmp_path)).job.given_up.set
    with pytest.raises(JobFailed, match="cancelled"):
        again.train()
    assert stub.requests.count("POST /v1/files") == 1 and len(stub.jobs) == 1


def test_a_failed_job_tells_why_and_is_tried_again_with_the_same_file(stub: Host, tmp_path: Path) -> None:
    failed = stub.add_job(
        id="ftjob-9", status="failed", error={"code": "x", "message": "Row 3 is empty.", "param": None}
    )
    bench = Bench(stub, tmp_path)
    with pytest.raises(JobFailed, match="cancelled"):
        stub.on_created = bench.job.given_up.set
        bench.train()
    write_json(bench.provider.path, {**read_json(bench.provider.path), "job_id": failed["id"]})
    again = Bench(stub, tmp_path)
    stub.on_created = again.job.given_up.set
    with pytest.raises(JobFailed):
        again.train()
    assert stub.requests.count("POST /v1/files") == 1
    assert stub.requests.count("POST /v1/fine_tuning/jobs") == 2


@pytest.mark.parametrize(("status", "meaning"), [(401, "key"), (403, "allow"), (404, "does not offer this")])
def test_a_refusal_is_translated(stub: Host, tmp_path: Path, status: int, meaning: str) -> None:
    stub.refusal = (status, "Fine-tuning is closed for this organisation.")
    with pytest.raises(Exception) as caught:
        Bench(stub, tmp_path).train()
    stop = refused(caught.value)
    assert stop and stop.exit_code == 6
    assert meaning in stop.why and "Fine-tuning is closed for this organisation." in stop.why


def test_no_file_holds_the_key(stub: Host, tmp_path: Path) -> None:
    bench = Bench(stub, tmp_path)
    stub.on_created = bench.job.given_up.set
    with pytest.raises(JobFailed):
        bench.train()
    assert json.loads((tmp_path / "jobs" / "gold.json").read_text())["job_id"] == "ftjob-1"
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or '"k"' not in path.read_text()
