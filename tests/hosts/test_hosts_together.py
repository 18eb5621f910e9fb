"""Training at Together, as its published API says, through its own package."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.host import HostJob, JobFailed
from advisor.kit.hosts.hosted import LEDGER, Hosted, end_left_over
from advisor.kit.hosts.together import Together
from advisor.kit.hosts.together_endpoints import Endpoints
from advisor.kit.journal import Journal
from advisor.kit.stops import Stop
from advisor.kit.training import _translated
from advisor.kit.watch import Meter, Watch
from tests import waiting
from tests.hosts.api import Refusal, serving
from tests.hosts.bench import ROWS, endpoint_at, kill_once, start
from tests.hosts.together_api import BASE, CENTS, UNHOSTED, TogetherApi, error

pytest.importorskip("together", reason="needs the extra `together`: make test-hosts")

RUN = "2026-11-22T10-00-00"
NAME = f"acme/advised-{RUN.lower()}-gold/tuned"
STEPS = ["Fine-tune request created", "Training started", "Step 2", "Step 4", "Job finished"]
SETTINGS = {"n_epochs": 3, "lora": True, "train_on_inputs": False}


@pytest.fixture
def api() -> Iterator[TogetherApi]:
    with serving(TogetherApi) as server:
        yield server


class Trial:
    """One candidate that is trained at Together, and its endpoint."""

    def __init__(self, api: Any, runs: Path, budget: float | None = None) -> None:
        folder = runs / RUN
        self.journal = Journal(folder / "events.jsonl")
        self.endpoint = endpoint_at(api.base_url)
        self.watch = Watch({}, budget, Meter())
        self.hosted = Hosted(folder, Endpoints(self.endpoint), self.watch, self.journal.say, 0.01)
        self.provider = Together(self.endpoint, self.journal, folder / "jobs", "gold", self.hosted, RUN)
        self.job = HostJob(model=BASE)

    def agree(self, model: str = BASE) -> Any:
        self.provider.check(model, ROWS)
        return self.provider.terms(model, ROWS, SETTINGS)

    def train(self) -> str:
        return self.provider.finetune(self.job, f"openai/{BASE}", ROWS, "chat", SETTINGS)

    def ask(self, model: str = NAME) -> None:
        """Do what DSPy does before it asks a model."""
        self.hosted.on_lm_start("1", SimpleNamespace(model=f"openai/{model}"), {})

    def said(self) -> str:
        return "\n".join(event["text"] for event in self.journal.events() if event["kind"] == "said")


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


def test_the_endpoint_runs_from_the_first_question_to_the_end(api: TogetherApi, tmp_path: Path) -> None:
    trial = Trial(api, tmp_path)
    trial.train()
    trial.ask("another-model")
    assert api.running() == []
    trial.ask()
    assert api.running() == ["dep_1"] and api.deployments["dep_1"]["status"]["state"] == "DEPLOYMENT_STATE_READY"
    trial.ask()
    trial.hosted.end()
    assert api.running() == [] and trial.watch.meter.dollars > 0
    assert "Starting the endpoint" in trial.said() and "is stopped" in trial.said()
    # It can be asked again: a later stage may need it.
    trial.ask()
    assert api.running() == ["dep_1"]
    trial.hosted.end()
    assert api.running() == []


def test_at_the_budget_the_endpoint_is_stopped_and_the_run_is_over(api: TogetherApi, tmp_path: Path) -> None:
    # Three dollars an hour are a tenth of a cent in a second.
    trial = Trial(api, tmp_path, budget=CENTS / 100 / 3600 * 0.2)
    trial.train()
    trial.ask()
    waiting.until(lambda: not api.running(), "the endpoint is stopped")
    with pytest.raises(Stop) as caught:
        trial.ask()
    assert caught.value.exit_code == 5 and api.running() == []
    assert trial.watch.meter.dollars <= CENTS / 100 / 3600 * 0.4


def test_an_endpoint_that_does_not_start_is_stopped(api: TogetherApi, tmp_path: Path) -> None:
    api.provisioning_for_ever = True
    trial = Trial(api, tmp_path)
    trial.train()

    def ask() -> None:
        with pytest.raises(Stop):
            trial.ask()

    asking = threading.Thread(target=ask)
    asking.start()
    while not api.running():
        asking.join(0.01)
    trial.hosted.end()
    asking.join(10)
    assert not asking.is_alive() and api.running() == []


def test_what_cannot_be_stopped_is_said_loudly_with_the_command(api: TogetherApi, tmp_path: Path) -> None:
    trial = Trial(api, tmp_path)
    trial.train()
    trial.ask()
    stop = f"PATCH /v2/projects/proj_1/endpoints/ep_1/deployments/{'dep_1'}"
    api.refusals[stop] = error(400, "The control plane is in maintenance.")
    trial.hosted.end()
    assert "STILL RUNNING AND BILLED" in trial.said() and "in maintenance" in trial.said()
    assert "tg endpoints update dep_1 --min-replicas 0 --max-replicas 0" in trial.said()
    assert read_json(tmp_path / RUN / LEDGER)["gold"]["running_since"]
    del api.refusals[stop]
    trial.hosted.end()
    assert api.running() == []


def train(api: Any, runs: Path) -> None:
    """Train in a process of its own."""
    Trial(api, runs).train()


def train_and_ask(api: Any, runs: Path) -> None:
    """Train, start the endpoint and go on until killed."""
    trial = Trial(api, runs)
    trial.train()
    trial.ask()
    threading.Event().wait(60)


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


@pytest.mark.parametrize("by", ["the same run", "another run"])
def test_an_endpoint_left_by_a_killed_run_is_ended_by_the_next_start(api: TogetherApi, tmp_path: Path, by: str) -> None:
    child = start(train_and_ask, SimpleNamespace(base_url=api.base_url), tmp_path)
    kill_once(child, lambda: bool(api.running()), "the endpoint runs")
    assert api.running() == ["dep_1"]
    if by == "the same run":
        trial = Trial(api, tmp_path)
        trial.hosted.recover(trial.journal.events())
        assert trial.watch.meter.dollars > 0 and "was left running" in trial.said()
    else:
        told: list[str] = []
        platform = Endpoints(endpoint_at(api.base_url))
        assert end_left_over(tmp_path, platform, lambda text, level: told.append(text), 0.01) == 0
        assert f"The run {RUN} had left {NAME} running" in told[0]
    assert api.running() == [] and read_json(tmp_path / RUN / LEDGER)["gold"]["running_since"] is None


def test_a_run_killed_before_it_knew_its_deployment_makes_no_second_one(api: TogetherApi, tmp_path: Path) -> None:
    Trial(api, tmp_path).train()
    write_json(tmp_path / RUN / LEDGER, {})
    assert Trial(api, tmp_path).train() == f"openai/{NAME}"
    assert (len(api.endpoints), len(api.deployments)) == (1, 1)
