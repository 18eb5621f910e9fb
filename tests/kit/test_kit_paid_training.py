"""A training that is paid is counted once, asked about once, and never leaves the run waiting."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dspy
import pytest

from advisor.domain.events import JobReported, parse_event
from advisor.domain.progress import RunView
from advisor.kit import training
from advisor.kit.endpoint import Roles
from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.choosing import trainer_for
from advisor.kit.journal import Journal
from advisor.kit.opening import _spent_before
from advisor.kit.plan import Gates, Host, Plan, Role
from advisor.kit.stops import Stop, owed
from advisor.kit.watch import Meter, Watch
from tests.hosts.api import serving
from tests.hosts.bench import ROWS, endpoint_at
from tests.hosts.openai_api import OpenAI

PRICE = 0.1
"""What the server's 5,000 tokens cost at this plan's twenty dollars a million."""


@pytest.fixture
def api() -> Iterator[OpenAI]:
    with serving(OpenAI) as server:
        yield server


class Leg:
    """One leg of a run that trains on the labels, with what `train` asks of it."""

    def __init__(self, api: OpenAI, folder: Path, budget: float | None = None) -> None:
        student = Role("small", 1.0, 1.0, 20.0)
        host = Host("openai", api.base_url, "K", "127.0.0.1", False, "openai")
        self.asked: list[str] = []
        self.journal = Journal(folder / "events.jsonl")
        self.run: Any = SimpleNamespace(
            plan=Plan(
                name="t", title="t", route="gold_finetune", optimizer="labelled_few_shot", stages=("gold",), host=host,
                student=student, prompt_model=student, gates=Gates(0.2, 1, 1), epochs=2,
            ),
            endpoint=endpoint_at(api.base_url), roles=Roles(student, None, student), folder=folder, runs=folder.parent,
            journal=self.journal, watch=Watch({}, budget, _spent_before(self.journal.events())), hosted=None,
            agree=lambda question, why="": self.asked.append(question),
            student=dspy.LM("openai/small", api_key="k"), model=lambda name: name,
        )  # fmt: skip

    def train(self) -> Any:
        return training.train(self.run, "gold", ROWS)

    @property
    def spent(self) -> float:
        meter: Meter = self.run.watch.meter
        return meter.dollars


def within(seconds: float, do: Callable[[], Any]) -> BaseException | None:
    """Return what something raised, once it has ended; fail when it does not end."""
    raised: list[BaseException] = []

    def doing() -> None:
        try:
            do()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=doing, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), "it waits for ever"
    return raised[0] if raised else None


def test_a_stop_in_the_thread_that_trains_ends_the_run(
    api: OpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leg = Leg(api, tmp_path / "run")
    host = trainer_for(leg.run, "gold")

    def refuse(*asked: Any) -> str:
        raise Stop("host_refused", "No hardware serves it.", "Choose another base.")

    monkeypatch.setattr(host, "_answering", refuse)
    monkeypatch.setattr(training, "trainer_for", lambda run, candidate: host)
    stop = within(20.0, leg.train)
    assert isinstance(stop, Stop), stop
    assert (stop.outcome, stop.why, stop.try_this) == ("host_refused", "No hardware serves it.", "Choose another base.")


@pytest.mark.parametrize("free", [False, True])
def test_a_job_is_what_an_interruption_waits_for_where_it_is_billed(
    api: OpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: bool
) -> None:
    leg = Leg(api, tmp_path / "run")
    leg.run.endpoint = dataclasses.replace(leg.run.endpoint, free=free)
    host, told = trainer_for(leg.run, "gold"), list[str]()

    def answering(*asked: Any) -> str:
        told.append(owed())
        return "tuned"

    monkeypatch.setattr(host, "_answering", answering)
    monkeypatch.setattr(training, "trainer_for", lambda run, candidate: host)
    leg.train()
    assert told == ["" if free else training.JOB_BILLED] and owed() == ""


def test_what_was_paid_is_not_asked_about_again_and_does_not_cross_the_budget(api: OpenAI, tmp_path: Path) -> None:
    first = Leg(api, tmp_path / "run", budget=1.5 * PRICE)
    assert first.train() == "openai/ft:small:acme:gold:1abc"
    assert len(first.asked) == 1 and first.spent == pytest.approx(PRICE)
    again = Leg(api, tmp_path / "run", budget=1.01 * PRICE)
    assert again.train() == "openai/ft:small:acme:gold:1abc"
    assert again.asked == [] and again.spent == pytest.approx(PRICE)
    assert len(api.jobs) == 1


def test_a_job_that_still_runs_is_not_asked_about_again(api: OpenAI, tmp_path: Path) -> None:
    Leg(api, tmp_path / "run").train()
    record = tmp_path / "run" / "jobs" / "gold.json"
    # Killed while it waited for the job.
    kept = ("digest", "model", "settings", "file_id", "job_id")
    write_json(record, {**{name: read_json(record)[name] for name in kept}, "status": "running"})
    again = Leg(api, tmp_path / "run")
    again.train()
    assert again.asked == [] and len(api.jobs) == 1


def test_after_a_job_that_failed_another_one_is_asked_about(api: OpenAI, tmp_path: Path) -> None:
    Leg(api, tmp_path / "run").train()
    record = tmp_path / "run" / "jobs" / "gold.json"
    write_json(record, {**read_json(record), "status": "failed"})
    again = Leg(api, tmp_path / "run")
    again.train()
    assert len(again.asked) == 1


@pytest.mark.parametrize(("at_host", "asked"), [("cancelled", 2), ("succeeded", 0)])
def test_whether_a_cancelled_job_is_paid_for_again_goes_by_the_word_of_its_host(
    api: OpenAI, tmp_path: Path, at_host: str, asked: int
) -> None:
    Leg(api, tmp_path / "run").train()
    record = tmp_path / "run" / "jobs" / "gold.json"
    write_json(record, {**read_json(record), "status": "cancelled"})
    api.jobs[read_json(record)["job_id"]]["status"] = at_host
    again = Leg(api, tmp_path / "run")
    again.train()
    assert len(again.asked) == asked and len(api.jobs) == (2 if asked else 1)
    assert again.asked[:1] == (["Train once more, and pay for it again?"] if asked else [])


def test_a_leg_killed_as_soon_as_it_has_counted_the_price_leaves_it_in_the_record(api: OpenAI, tmp_path: Path) -> None:
    Leg(api, tmp_path / "run").train()
    assert _spent_before(Journal(tmp_path / "run" / "events.jsonl").events()).dollars == pytest.approx(PRICE)


def test_a_leg_killed_between_the_record_and_its_file_counts_the_price_once(api: OpenAI, tmp_path: Path) -> None:
    Leg(api, tmp_path / "run").train()
    record = tmp_path / "run" / "jobs" / "gold.json"
    write_json(record, {name: value for name, value in read_json(record).items() if name != "dollars"})
    again = Leg(api, tmp_path / "run")
    again.train()
    assert again.spent == pytest.approx(PRICE) and read_json(record)["dollars"] == pytest.approx(PRICE)


def test_the_price_is_in_what_is_shown_of_the_run(api: OpenAI, tmp_path: Path) -> None:
    Leg(api, tmp_path / "run").train()
    lines = (tmp_path / "run" / "events.jsonl").read_text("utf-8").splitlines()
    view = RunView()
    for line in lines:
        event = parse_event(line)
        assert event is not None
        view = view.after(event)
    assert isinstance(event, JobReported) and event.message == "The training cost about $0.10."
    assert view.meter.dollars == pytest.approx(PRICE)
