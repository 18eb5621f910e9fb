"""Training at Together, as its published API says, through its own package."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.kit.hosts.host import JobFailed
from advisor.kit.stops import Stop
from advisor.kit.training import _translated
from tests.hosts.api import Refusal, serving
from tests.hosts.bench import ROWS, kill_once, start
from tests.hosts.together_api import BASE, UNHOSTED, TogetherApi, error
from tests.hosts.together_bench import NAME, STEPS, Trial

pytest.importorskip("together", reason="needs the extra `together`: make test-hosts")


@pytest.fixture
def api() -> Iterator[TogetherApi]:
    with serving(TogetherApi) as server:
        yield server


def test_the_price_and_what_is_billed_are_known_before_the_yes(api: TogetherApi, tmp_path: Path) -> None:
    terms = Trial(api, tmp_path).agree()
    assert terms.dollars == 4.5
    for told in ("1x H100 80 GiB", "$3.99 an hour", "also while idle", "stopped with the run", "at the budget"):
        assert told in terms.bills
    assert api.stored["file-1"].count(b"\n") == len(ROWS)
    assert api.jobs == {} and api.deployments == {}


def test_it_trains_adapters_on_the_answers_only_and_tells_every_event(api: TogetherApi, tmp_path: Path) -> None:
    trial = Trial(api, tmp_path)
    trial.agree()
    assert trial.train() == f"openai/{NAME}"
    told = api.created[0]
    assert told["training_method"] == {"method": "sft", "train_on_inputs": False}
    assert told["training_type"]["type"] == "Lora" and told["n_epochs"] == 3 and told["training_file"] == "file-1"
    reports = [event for event in trial.journal.events() if event["kind"] == "job_reported"]
    assert [event["message"] for event in reports] == STEPS
    assert reports[-1]["status"] == "succeeded" and reports[2]["step"] == 2
    assert trial.provider.dollars(None) == 4.5 and trial.provider.trained_tokens() == 9000
    # It has a deployment, on the cheapest hardware, and nothing is billed yet.
    assert api.deployments["dep_1"]["config"] == "projects/proj_together/configs/cr_1"
    assert api.deployments["dep_1"]["model"].startswith("projects/proj_1/models/ml_tuned")
    assert api.running() == [] and len(api.files) == 1


def test_a_base_that_cannot_be_served_is_refused_before_anything_is_sent(api: TogetherApi, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="not serve what comes of it") as caught:
        Trial(api, tmp_path).agree(UNHOSTED)
    assert caught.value.exit_code == 6 and api.files == {}


def test_rows_without_an_answer_are_refused_before_anything_is_sent(api: TogetherApi, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="row 1 has no answer"):
        Trial(api, tmp_path).provider.check(BASE, [{"messages": ROWS[0]["messages"][:1]}, *ROWS])
    assert api.files == {}


def test_a_file_the_host_refuses_is_not_trained_on(api: TogetherApi, tmp_path: Path) -> None:
    api.file_error = "Line 3 violates our content policy."
    with pytest.raises(JobFailed) as caught:
        Trial(api, tmp_path).agree()
    assert "moderation does not accept the rows" in _translated(caught.value).why
    assert api.jobs == {}


def test_too_small_a_balance_is_told_before_the_job(api: TogetherApi, tmp_path: Path) -> None:
    api.balance = 1.0
    with pytest.raises(Stop, match=r"wants to be paid first: the training costs \$4\.50, the account has \$1\.00"):
        Trial(api, tmp_path).agree()
    assert api.jobs == {}


@pytest.mark.parametrize(
    ("what", "refusal", "meaning"),
    [
        ("GET /v3/whoami", error(401, "Invalid API key"), "does not accept the key"),
        ("POST /v1/fine-tunes", error(402, "Insufficient credits"), "wants to be paid first"),
        ("POST /v1/fine-tunes", error(403, "Fine-tuning is not available for this account"), "for this account"),
        ("POST /v1/fine-tunes", error(403, "Not available in your country"), "for this region"),
        ("GET /v1/fine-tunes/models/limits", error(404, "Model was deprecated"), "no longer trains this model"),
        ("POST /v1/fine-tunes", error(400, "Unknown field: hyperparameter x"), "does not know one of the settings"),
    ],
)
def test_a_refusal_says_what_it_means(
    api: TogetherApi, tmp_path: Path, what: str, refusal: Refusal, meaning: str
) -> None:
    api.refusals[what] = refusal
    with pytest.raises(Exception) as caught:
        Trial(api, tmp_path).train()
    stop = _translated(caught.value)
    assert stop.outcome == "host_refused" and meaning in stop.why
    assert api.jobs == {}


def test_a_failed_job_tells_the_hosts_reason_and_the_next_run_begins_another(api: TogetherApi, tmp_path: Path) -> None:
    api.fails = "CUDA out of memory"
    with pytest.raises(JobFailed, match="ft-1 failed: CUDA out of memory"):
        Trial(api, tmp_path).train()
    api.fails = None
    assert Trial(api, tmp_path).train() == f"openai/{NAME}"
    assert len(api.jobs) == 2 and len(api.files) == 1


def test_an_interrupted_run_cancels_the_job(api: TogetherApi, tmp_path: Path) -> None:
    api.holding = True
    trial = Trial(api, tmp_path)

    def run() -> None:
        with pytest.raises(JobFailed):
            trial.train()

    trial.job.thread = threading.Thread(target=run)
    trial.job.thread.start()
    while not api.jobs:
        trial.job.thread.join(0.01)
    assert trial.job.cancel() and api.jobs["ft-1"]["status"] == "cancel_requested"


def test_giving_up_while_the_rows_are_sent_begins_no_job(
    api: TogetherApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Trial(api, tmp_path)
    store = api.store

    def interrupted(*asked: Any) -> dict[str, Any]:
        trial.job.given_up.set()
        return store(*asked)

    monkeypatch.setattr(api, "store", interrupted)
    with pytest.raises(JobFailed, match="Interrupted before the training job was begun"):
        trial.train()
    assert api.jobs == {} and len(api.files) == 1 and trial.job.status() == "cancelled"


def train(api: Any, runs: Path) -> None:
    """Train in a process of its own."""
    Trial(api, runs).train()


def test_a_job_outlives_three_killed_runs(api: TogetherApi, tmp_path: Path) -> None:
    api.holding = True
    address = SimpleNamespace(base_url=api.base_url)
    for number in range(3):
        looks = len(api.requests)
        child = start(train, address, tmp_path)

        def seen(before: int = looks) -> bool:
            return any("/events" in what for what in api.requests[before:])

        kill_once(child, seen, f"run {number} looks at the job")
    api.holding = False
    trial = Trial(api, tmp_path)
    assert trial.train() == f"openai/{NAME}"
    assert [event["message"] for event in trial.journal.events() if event["kind"] == "job_reported"] == STEPS
    assert len(api.jobs) == 1 and len(api.files) == 1 and len(api.deployments) == 1
