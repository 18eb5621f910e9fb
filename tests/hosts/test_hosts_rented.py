"""Endpoints at Together are billed while they run: they run from the first question to the end, and no longer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.hosted import LEDGER, end_left_over
from advisor.kit.hosts.together_endpoints import Endpoints
from advisor.kit.stops import Stop
from tests import waiting
from tests.hosts.api import serving
from tests.hosts.bench import endpoint_at, kill_once, start
from tests.hosts.together_api import CENTS, TogetherApi, error
from tests.hosts.together_bench import NAME, RUN, Trial

pytest.importorskip("together", reason="needs the extra `together`: make test-hosts")


@pytest.fixture
def api() -> Iterator[TogetherApi]:
    with serving(TogetherApi) as server:
        yield server


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


def train_and_ask(api: Any, runs: Path) -> None:
    """Train, start the endpoint and go on until killed."""
    trial = Trial(api, runs)
    trial.train()
    trial.ask()
    threading.Event().wait(60)


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


@pytest.mark.parametrize(("stopped_itself", "hours"), [(True, 0.5), (False, 72.0)])
def test_what_a_killed_run_cost_is_counted_as_the_host_billed_it(
    api: TogetherApi, tmp_path: Path, stopped_itself: bool, hours: float
) -> None:
    trial = Trial(api, tmp_path)
    trial.train()
    trial.ask()
    # Killed three days ago; the host stops what nobody asks for half an hour.
    ledger = read_json(tmp_path / RUN / LEDGER)
    ledger["gold"]["running_since"] -= 72 * 3600
    write_json(tmp_path / RUN / LEDGER, ledger)
    if stopped_itself:
        api.deployments["dep_1"]["autoscaling"] = {"minReplicas": 0, "maxReplicas": 0}
        api.deployments["dep_1"]["status"]["state"] = "DEPLOYMENT_STATE_STOPPED"
    later = Trial(api, tmp_path)
    later.hosted.recover([])
    assert later.watch.meter.dollars == pytest.approx(hours * CENTS / 100, rel=0.01)
    assert api.running() == []
    trial.hosted.end()


def test_an_endpoint_the_host_will_not_start_ends_the_run(api: TogetherApi, tmp_path: Path) -> None:
    trial = Trial(api, tmp_path)
    trial.train()
    start_it = "PATCH /v2/projects/proj_1/endpoints/ep_1/deployments/dep_1"
    api.refusals[start_it] = error(400, "No capacity for this hardware.")
    with pytest.raises(Stop, match="did not start: No capacity for this hardware") as caught:
        trial.ask()
    assert caught.value.exit_code == 7
    # Nobody asks it again, and what is not known to be stopped is not taken to be.
    with pytest.raises(Stop, match="did not start"):
        trial.ask()
    assert api.count(start_it) == 2 and "STILL RUNNING AND BILLED" in trial.said()


def test_an_endpoint_that_may_have_stopped_by_itself_is_started_again(api: TogetherApi, tmp_path: Path) -> None:
    trial = Trial(api, tmp_path)
    trial.train()
    trial.ask()
    api.deployments["dep_1"]["autoscaling"] = {"minReplicas": 0, "maxReplicas": 0}
    api.deployments["dep_1"]["status"]["state"] = "DEPLOYMENT_STATE_STOPPED"
    trial.hosted._rented["gold"]["asked"] -= 20 * 60
    trial.ask()
    assert api.deployments["dep_1"]["status"]["state"] == "DEPLOYMENT_STATE_READY"
    trial.hosted.end()
    assert api.running() == []
