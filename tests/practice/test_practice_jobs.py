"""Fine-tuning jobs without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.practice.practice_harness import CHAT, JOBS, LABELLED, LocalApi, ask, chat_row, gold_rows


def test_job_trains_and_tells(local: LocalApi) -> None:
    method = {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 12, "batch_size": "auto"}}}
    job = local.job(training_file=local.upload(gold_rows()), suffix="my bank", method=method)
    assert job["status"] == "succeeded", job
    assert job["fine_tuned_model"].startswith("ft:practice-small:practice:my-bank:")
    assert job["trained_tokens"] > 0 and job["finished_at"] and job["estimated_finish"] is None
    assert job["hyperparameters"]["n_epochs"] == 12
    events = local.events(job["id"])
    assert events[0]["message"].startswith("Created") and events[-1]["message"].endswith("successfully completed")
    data = [event["data"] for event in events if event["type"] == "metrics"]
    assert [each["epoch"] for each in data] == list(range(1, 13))
    assert data[-1]["train_loss"] < data[0]["train_loss"]
    for name in ("step", "total_steps", "valid_loss", "train_mean_token_accuracy", "valid_mean_token_accuracy"):
        assert name in data[0]
    messages = chat_row("I want a new pin code", "")["messages"][:2]
    reply = local.call("POST", CHAT, {"model": job["fine_tuned_model"], "messages": messages})[1]
    assert reply["choices"][0]["message"]["content"] == "change_pin"


def test_events_and_jobs_come_in_pages_newest_first(local: LocalApi) -> None:
    file = local.upload(gold_rows())
    jobs = [local.job(training_file=file, hyperparameters={"n_epochs": 2})["id"] for _ in range(3)]
    page = local.call("GET", f"{JOBS}?limit=2")[1]
    assert [job["id"] for job in page["data"]] == [jobs[2], jobs[1]] and page["has_more"] is True
    page = local.call("GET", f"{JOBS}?limit=2&after={jobs[1]}")[1]
    assert [job["id"] for job in page["data"]] == [jobs[0]] and page["has_more"] is False
    newest = local.call("GET", f"{JOBS}/{jobs[0]}/events?limit=1")[1]
    assert newest["data"][0]["message"].endswith("successfully completed") and newest["has_more"] is True
    rest = local.call("GET", f"{JOBS}/{jobs[0]}/events?after={newest['data'][0]['id']}")[1]["data"]
    assert newest["data"][0]["id"] not in {event["id"] for event in rest}
    assert local.call("GET", f"{JOBS}?limit=x")[0] == 400
    assert local.call("GET", f"{JOBS}?after=nothing")[0] == 400
    assert len({job["fine_tuned_model"] for job in local.call("GET", JOBS)[1]["data"]}) == 3


def test_checkpoints_can_be_asked(local: LocalApi) -> None:
    job = local.job(training_file=local.upload(gold_rows()), hyperparameters={"n_epochs": 5})
    checkpoints = local.call("GET", f"{JOBS}/{job['id']}/checkpoints")[1]["data"]
    assert len(checkpoints) == 3
    assert checkpoints[0]["fine_tuned_model_checkpoint"] == job["fine_tuned_model"]
    for checkpoint in checkpoints:
        assert local.call("POST", CHAT, ask(model=checkpoint["fine_tuned_model_checkpoint"]))[0] == 200


def test_validation_file_is_measured(local: LocalApi) -> None:
    wrong = [chat_row(text, "change_pin") for text, _ in LABELLED]
    job = local.job(training_file=local.upload(gold_rows()), validation_file=local.upload(wrong))
    last = [event["data"] for event in local.events(job["id"]) if event["type"] == "metrics"][-1]
    assert last["train_mean_token_accuracy"] == 1.0
    assert last["valid_mean_token_accuracy"] == pytest.approx(1 / 3, abs=0.001)


def test_tuned_model_can_be_tuned_on(local: LocalApi) -> None:
    first = local.job(training_file=local.upload(gold_rows()))["fine_tuned_model"]
    more = [chat_row(f"close my account {number}", "close_account") for number in range(20)]
    second = local.job(model=first, training_file=local.upload(more))["fine_tuned_model"]
    assert second.split(":")[1] == "practice-small"
    for text, label in (("new pin code", "change_pin"), ("please close the account", "close_account")):
        messages = chat_row(text, "")["messages"][:2]
        reply = local.call("POST", CHAT, {"model": second, "messages": messages})[1]
        assert reply["choices"][0]["message"]["content"] == label
    assert local.call("DELETE", f"/v1/models/{second}")[1]["deleted"] is True
    assert local.call("POST", CHAT, ask(model=second))[0] == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "must have at least 10 examples"),
        (json.dumps(gold_rows()[0]).encode(), "Training file has 1 example(s)"),
        (b"not json\n" * 12, "line 1 is not valid JSON"),
        (b'{"prompt": "x", "completion": "y"}\n' * 12, 'missing "messages"'),
        (b'{"messages": [{"role": "user", "content": "x"}]}\n' * 12, "end with an assistant one"),
        (b"\xff\xfe\x00" * 100, "Invalid file format"),
    ],
)
def test_unusable_file_fails_the_job_with_its_reason(local: LocalApi, content: bytes, reason: str) -> None:
    job = local.job(training_file=local.upload_bytes(content))
    assert job["status"] == "failed" and job["fine_tuned_model"] is None
    assert reason in job["error"]["message"] and job["error"]["code"] == "invalid_training_file"
    assert any(event["level"] == "error" and reason in event["message"] for event in local.events(job["id"]))


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"training_file": "file-none"}, "training_file"),
        ({"training_file": None}, "training_file"),
        ({"validation_file": "file-none"}, "validation_file"),
        ({"model": None}, "model"),
        ({"hyperparameters": {"n_epochs": 0}}, "n_epochs"),
        ({"hyperparameters": {"n_epochs": "many"}}, "n_epochs"),
        ({"hyperparameters": []}, None),
        ({"hyperparameters": [1]}, "hyperparameters"),
        ({"method": {"type": "dpo"}}, "method.type"),
        ({"method": "dpo"}, "method.type"),
        ({"suffix": "x" * 65}, "suffix"),
        ({"seed": -1}, "seed"),
    ],
)
def test_job_that_cannot_be_is_refused(local: LocalApi, change: dict[str, Any], param: str | None) -> None:
    body = {"model": "practice-small", "training_file": local.upload(gold_rows()), **change}
    status, reply = local.call("POST", JOBS, body)
    if param is None:
        assert status == 200
    else:
        assert status == 400 and reply["error"]["param"] == param


def test_unknown_job_or_model(local: LocalApi) -> None:
    for method, path in (("GET", ""), ("GET", "/events"), ("GET", "/checkpoints"), ("POST", "/cancel")):
        assert local.call(method, f"{JOBS}/ftjob-none{path}")[0] == 404
    body = {"model": "gpt-4o", "training_file": local.upload(gold_rows())}
    assert local.call("POST", JOBS, body)[0] == 404


def test_cancelled_job_stays_cancelled(local: LocalApi) -> None:
    file = local.upload(gold_rows(60))
    body = {"model": "practice-large", "training_file": file, "hyperparameters": {"n_epochs": 50}}
    job = local.call("POST", JOBS, body)[1]
    status, cancelled = local.call("POST", f"{JOBS}/{job['id']}/cancel")
    assert status == 200 and cancelled["status"] == "cancelled"
    assert local.call("POST", f"{JOBS}/{job['id']}/cancel")[0] == 400
    after = local.job(training_file=file, hyperparameters={"n_epochs": 1})
    assert after["status"] == "succeeded"
    found = local.call("GET", f"{JOBS}/{job['id']}")[1]
    assert found["status"] == "cancelled" and found["fine_tuned_model"] is None
    assert local.call("POST", f"{JOBS}/{after['id']}/cancel")[0] == 400
    tuned = [model["id"] for model in local.call("GET", "/v1/models")[1]["data"] if model["id"].startswith("ft:")]
    assert tuned == [after["fine_tuned_model"]]


def test_restart_keeps_models_and_takes_up_jobs(tmp_path: Path, local: LocalApi) -> None:
    file, lost = local.upload(gold_rows()), local.upload(gold_rows())
    done = local.job(training_file=file)
    interrupted, orphaned = local.job(training_file=file), local.job(training_file=lost)
    for job in (interrupted, orphaned):
        path = tmp_path / "state" / "jobs" / f"{job['id']}.json"
        kept = {**json.loads(path.read_text()), "status": "running", "fine_tuned_model": None, "error": None}
        path.write_text(json.dumps(kept))
    local.call("DELETE", f"/v1/files/{lost}")
    (tmp_path / "state" / "jobs" / "ftjob-broken.json").write_text("{")

    again = LocalApi(tmp_path / "state")
    messages = chat_row("I want a new pin code", "")["messages"][:2]
    for api in (local, again):
        reply = api.call("POST", CHAT, {"model": done["fine_tuned_model"], "messages": messages, "logprobs": True})[1]
        assert reply["choices"][0]["message"]["content"] == "change_pin"
    job = again.ended(interrupted["id"])
    assert job["status"] == "succeeded" and job["fine_tuned_model"]
    assert any("restarted" in event["message"] for event in again.events(job["id"]))
    job = again.ended(orphaned["id"])
    assert job["status"] == "failed" and lost in job["error"]["message"]
