"""Training at OpenAI, Nebius and Foundry, as their published APIs say, through the openai package."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.kit.files import write_json
from advisor.kit.hosts.host import JobFailed, NotDeployed
from advisor.kit.stops import Stop
from advisor.kit.training import _translated
from tests.hosts.api import Api, Refusal, serving
from tests.hosts.bench import ROWS, Trial, kill_once, start
from tests.hosts.foundry_api import Foundry
from tests.hosts.nebius_api import Nebius
from tests.hosts.openai_api import OpenAI, error

LLAMA = "meta-llama/Meta-Llama-3.1-8B-Instruct"
STEPS = ["Validating training file", *(f"Step {step}/5" for step in range(1, 6)), "The job has successfully completed"]


@pytest.fixture
def openai() -> Iterator[OpenAI]:
    with serving(OpenAI) as server:
        yield server


@pytest.fixture
def nebius() -> Iterator[Nebius]:
    with serving(Nebius) as server:
        yield server


@pytest.fixture
def foundry() -> Iterator[Foundry]:
    with serving(Foundry) as server:
        yield server


def test_openai_trains_and_tells_every_event_once_though_lists_have_pages(openai: OpenAI, tmp_path: Path) -> None:
    trial = Trial(openai, tmp_path, "openai")
    assert trial.train("gpt-4.1-mini", n_epochs=2) == "openai/ft:gpt-4.1-mini:acme:gold:1abc"
    assert trial.told() == STEPS
    assert openai.created == [{
        "model": "gpt-4.1-mini", "training_file": "file-1", "suffix": "gold",
        "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 2}}},
    }]  # fmt: skip
    assert trial.provider.trained_tokens() == 5000


def test_nebius_takes_its_settings_at_the_top_and_serves_the_last_adapter(nebius: Nebius, tmp_path: Path) -> None:
    trial = Trial(nebius, tmp_path, "nebius")
    served = f"{LLAMA}-LoRa:advised-gold-udpd"
    assert trial.train(LLAMA, n_epochs=2) == f"openai/{served}"
    assert nebius.created[0]["hyperparameters"] == {"lora": True, "n_epochs": 2}
    assert "method" not in nebius.created[0]
    assert nebius.adapters[served]["source"] == "ftjob-1:ftckpt_5"
    assert trial.told() == STEPS
    assert trial.record["fine_tuned_model"] == served


def test_an_adapter_that_nebius_does_not_serve_is_no_success(nebius: Nebius, tmp_path: Path) -> None:
    nebius.becomes = "error"
    with pytest.raises(JobFailed, match="does not serve it: rank too high"):
        Trial(nebius, tmp_path, "nebius").train(LLAMA)


def test_nebius_says_before_the_yes_that_it_serves_only_some_tunes(nebius: Nebius, tmp_path: Path) -> None:
    provider = Trial(nebius, tmp_path, "nebius").provider
    assert "nothing is billed while nobody asks" in provider.terms(LLAMA, ROWS, {}).bills
    assert "may never answer" in provider.terms("Qwen/Qwen3-32B", ROWS, {}).bills
    assert nebius.requests == []


def test_foundry_waits_for_the_file_and_stops_with_the_command_that_deploys(
    foundry: Foundry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Trial(foundry, tmp_path, "foundry")
    with pytest.raises(NotDeployed) as caught:
        trial.train("gpt-4.1-mini")
    stop = _translated(caught.value)
    trained = "gpt-4.1-mini-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83"
    assert stop.exit_code == 2 and stop.told_outcome == "failed" and trained in stop.why
    assert f"az cognitiveservices account deployment create --resource-group YOUR_GROUP --name 127 "\
        f"--deployment-name advised-gold --model-name {trained}" in stop.try_this  # fmt: skip
    assert "ADVISED_DEPLOYMENT_GOLD=advised-gold python optimize.py --resume" in stop.try_this
    assert "billed by the hour" in stop.try_this

    monkeypatch.setenv("ADVISED_DEPLOYMENT_GOLD", "mine")
    assert Trial(foundry, tmp_path, "foundry").train("gpt-4.1-mini") == "openai/mine"
    assert (len(foundry.files), len(foundry.jobs)) == (1, 1)


def test_a_file_that_foundrys_moderation_refuses_is_not_trained_on(foundry: Foundry, tmp_path: Path) -> None:
    foundry.file_ends = "error"
    with pytest.raises(JobFailed) as caught:
        Trial(foundry, tmp_path, "foundry").train("gpt-4.1-mini")
    stop = _translated(caught.value)
    assert stop.exit_code == 7 and "moderation does not accept the rows" in stop.why
    assert foundry.jobs == {}


CLOSED = "Fine-tuning is not available for your organization."
REFUSALS = [
    (error(403, CLOSED, "fine_tuning_not_available"), "trains no models for this account"),
    (error(401, "Incorrect API key provided.", "invalid_api_key"), "does not accept the key"),
    (error(402, "Your balance is too low."), "wants to be paid first"),
    (error(429, "You exceeded your current quota.", "insufficient_quota"), "wants to be paid first"),
    (error(400, "The file was blocked by our moderation system.", "unsafe_file"), "moderation does not accept"),
    (error(403, "Country, region, or territory not supported", "unsupported_country_region_territory"), "this region"),
    (error(404, "The model `gpt-4o` has been deprecated", "model_not_found"), "no longer trains this model"),
    (error(404, "The model `x` does not exist or you do not have access to it."), "does not know this model"),
    (error(400, "Invalid hyperparameter: n_epoch", "invalid_hyperparameter"), "does not know one of the settings"),
    (
        Refusal(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "x"], "msg": "Extra inputs are not"}]}),
        "does not know one of the settings",
    ),
]


@pytest.mark.parametrize(("refusal", "meaning"), REFUSALS)
def test_a_refusal_says_what_it_means_and_leaves_no_job(
    openai: OpenAI, tmp_path: Path, refusal: Refusal, meaning: str
) -> None:
    openai.refusals["POST /v1/fine_tuning/jobs"] = refusal
    trial = Trial(openai, tmp_path, "openai")
    with pytest.raises(Exception) as caught:
        trial.train()
    stop = _translated(caught.value)
    assert stop.outcome == "host_refused" and meaning in stop.why and stop.try_this
    assert openai.jobs == {} and openai.count("POST /v1/fine_tuning/jobs") == 1
    # The rows are there already: what is put right goes on with them.
    openai.refusals.clear()
    assert Trial(openai, tmp_path, "openai").train().startswith("openai/ft:")
    assert len(openai.files) == 1


def test_a_failed_job_tells_the_hosts_reason_and_the_next_run_begins_another(openai: OpenAI, tmp_path: Path) -> None:
    openai.fails = {"code": "invalid_training_file", "message": "Line 3: no assistant message.", "param": None}
    with pytest.raises(JobFailed, match=r"ftjob-1 failed: Line 3: no assistant message\."):
        Trial(openai, tmp_path, "openai").train()
    openai.fails = None
    again = Trial(openai, tmp_path, "openai")
    assert again.train() == "openai/ft:small:acme:gold:2abc"
    assert again.told()[-1] == STEPS[-1]
    assert (len(openai.files), len(openai.jobs)) == (1, 2)


def test_a_job_is_found_on_the_last_page_by_its_file(openai: OpenAI, tmp_path: Path) -> None:
    trial = Trial(openai, tmp_path, "openai")
    trial.train()
    for number in range(6):
        openai.create({"model": "another", "training_file": f"file-of-{number}"})
    record = trial.record
    for name in ("job_id", "fine_tuned_model", "last_event"):
        record.pop(name, None)
    write_json(trial.provider.path, record)
    assert Trial(openai, tmp_path, "openai").train() == "openai/ft:small:acme:gold:1abc"
    assert len(openai.jobs) == 7 and openai.count("GET /v1/fine_tuning/jobs") >= 4


def train(api: Any, folder: Path, host: str, model: str) -> None:
    """Train in a process of its own."""
    Trial(api, folder, host).train(model)


@pytest.mark.parametrize(("make", "host"), [(OpenAI, "openai"), (Nebius, "nebius"), (Foundry, "foundry")])
def test_a_job_outlives_three_killed_runs(
    make: type[OpenAI], host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISED_DEPLOYMENT_GOLD", "mine")
    with serving(make) as api:
        api.holding = True
        address = SimpleNamespace(base_url=api.base_url)
        for number in range(3):
            looks = len(api.requests)
            child = start(train, address, tmp_path, host, LLAMA)

            def seen(before: int = looks) -> bool:
                return any("/events" in what for what in api.requests[before:])

            kill_once(child, seen, f"run {number} looks at the job")
        api.holding = False
        trial = Trial(api, tmp_path, host)
        name = trial.train(LLAMA)
        assert name and trial.told() == STEPS
        assert len(api.jobs) == 1 and len(api.files) == 1


def test_an_adapter_is_registered_once_however_often_the_run_goes_on(nebius: Nebius, tmp_path: Path) -> None:
    for _ in range(2):
        assert Trial(nebius, tmp_path, "nebius").train(LLAMA) == f"openai/{LLAMA}-LoRa:advised-gold-udpd"
    assert nebius.count("POST /v0/models") == 1


def test_a_file_larger_than_the_host_takes_is_refused_before_it_is_sent(
    openai: OpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Trial(openai, tmp_path, "openai")
    monkeypatch.setattr(trial.provider, "dialect", SimpleNamespace(largest_file=100, fewest_rows=10))
    with pytest.raises(Stop, match="this host takes"):
        trial.provider.check("small", ROWS)
    assert openai.requests == []


def test_an_interrupted_run_cancels_and_says_so_when_the_host_will_not(openai: OpenAI, tmp_path: Path) -> None:
    openai.holding = True
    openai.refusals["POST /v1/fine_tuning/jobs/ftjob-1/cancel"] = error(400, "Job is already being finalized.")
    trial = Trial(openai, tmp_path, "openai")

    def run() -> None:
        with pytest.raises(JobFailed):
            trial.train()

    trial.job.thread = threading.Thread(target=run)
    trial.job.thread.start()
    while not trial.told():
        trial.job.thread.join(0.01)
    assert not trial.job.cancel()
    said = [event["text"] for event in trial.journal.events() if event["kind"] == "said"]
    assert any("did not cancel the job ftjob-1" in text for text in said)


def test_the_key_is_in_no_file(openai: Api, tmp_path: Path) -> None:
    Trial(openai, tmp_path, "openai").train()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or "secret-key" not in path.read_text()
