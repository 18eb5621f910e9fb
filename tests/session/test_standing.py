"""What was measured, paid for or written stands; what rests on something else does not outlive it."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest

from advisor.domain.conversation import Advised, Consented, Ended, Ran, parse_conversation_event
from advisor.domain.facts import Fact, Source
from advisor.domain.open_now import RunOffered
from advisor.domain.story import Story, story_of
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.tour.guide import TourGuide
from tests.session.test_resuming import READY, held, taken_up

MEASURED = (
    Fact(name="optimized_score", value=0.59, source=Source.measured, evidence="run 1"),
    Fact(name="tuned_score", value=0.88, source=Source.measured, evidence="run 1"),
    Fact(name="fine_tuning_result", value="below_target", source=Source.measured, evidence="run 1"),
    Fact(name="routes_run", value=("bootstrap_finetune", "gold_finetune"), source=Source.measured, evidence="run 1"),
)
WORSE = (
    Fact(name="tuned_score", value=0.78, source=Source.measured, evidence="run 2"),
    Fact(name="fine_tuning_result", value="below_target", source=Source.measured, evidence="run 2"),
    Fact(name="routes_run", value=("better_together",), source=Source.measured, evidence="run 2"),
)


def relabelled(path: Path) -> None:
    """Swap two labels everywhere: as many rows, usable as before, and other answers."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    other = {"billing": "refund", "refund": "billing"}
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([text, other.get(label, label)] for text, label in rows)


def trained_on(session: Session) -> str:
    assert session.project is not None
    return (session.project / "data" / "train.jsonl").read_text()


@pytest.mark.parametrize("sitting", ["same", "another"])
async def test_a_corrected_file_gets_a_project_of_its_own(tmp_path: Path, ticket_file: Path, sitting: str) -> None:
    session = await held(tmp_path / "kept", ticket_file, READY)
    before = trained_on(session)
    relabelled(ticket_file)
    if sitting == "same":
        await session.reply(str(ticket_file))
    else:
        session, _ = await taken_up(tmp_path / "kept")
    assert isinstance(session.story.open, RunOffered)
    assert trained_on(session) != before


async def test_a_run_goes_on_by_its_own_plan_where_its_file_is_gone(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path / "kept", ticket_file, READY)
    await before.reply("yes")
    running = await before.start()
    async for event in running.events():
        if event.kind == "scored":
            break
    await running.cancel()
    running.leave()
    await running.close()
    await asyncio.to_thread(ticket_file.rename, tmp_path / "elsewhere.csv")
    session, step = await taken_up(tmp_path / "kept")
    assert step.phase == "running"
    async for _ in session.run():
        pass
    step = await session.after_run()
    assert step.phase == "offering"
    assert "440 rows go to the practice model" in step.messages[-1].text
    await session.reply("yes")
    consented = [event.sentence for event in session.events if isinstance(event, Consented)]
    assert all("rows go to" in sentence for sentence in consented)


async def test_the_tour_never_agrees_to_another_host_by_itself(
    ticket_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEBIUS_API_KEY", "k")
    session = Session(ticket_file, told=Session().facts, guide=TourGuide())
    step = await session.open()
    for _ in range(30):
        if step.phase == "offering":
            break
        step = await session.reply(
            {"host": "nebius", "student_model": "some/model"}.get(step.asked or "", step.suggestion or "skip")
        )
    assert step.phase == "offering"
    assert session.plan is not None and not session.plan.practice
    assert step.suggestion == ""


async def test_back_does_not_unlearn_what_a_run_measured(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await session.open()
    await session.reply("yes, MIPROv2 at 72%")
    session.suppose(MEASURED)
    step = await session.reply("back")
    assert "nothing to take back" in step.messages[0].text
    assert session.facts.number("optimized_score") == pytest.approx(0.59)


async def test_the_best_tuned_program_stands_and_no_route_is_advised_twice(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await session.open()
    for reply in ("yes", "MIPROv2 at 72%, target 95%", "better answers", "it stands", "practice"):
        await session.reply(reply)
    session.suppose(MEASURED)
    assert session.recommendation.title == "Prompts and weights together"
    session.suppose(WORSE)
    assert session.facts.number("tuned_score") == pytest.approx(0.88)
    assert set(session.facts.words("routes_run")) == {"bootstrap_finetune", "gold_finetune", "better_together"}
    assert session.recommendation.route == "fix_task_or_data"
    assert "88%" in session.recommendation.reasons[0].text


@pytest.mark.parametrize("path", ["~nosuchuser/x.csv", "/nowhere/at/all.csv", "./", "x" * 400 + ".csv"])
async def test_a_path_that_leads_nowhere_is_said_and_can_be_gone_on_from(tmp_path: Path, path: str) -> None:
    session = Session(kept_in=tmp_path / "kept")
    await session.open()
    await session.reply("8 categories")
    step = await session.reply(path)
    assert step.asked == "data_path"
    again, step = await taken_up(tmp_path / "kept")
    assert step.asked == "data_path"
    assert again.facts.number("classes") == 8


async def test_a_report_that_cannot_be_written_loses_no_result(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path / "kept", ticket_file, READY)
    await session.reply("yes")
    running = await session.start()
    (running.started.folder / "report.md").mkdir()
    async for _ in session.run():
        pass
    step = await session.after_run()
    assert session.comparison is not None
    assert any("could not be written" in message.text for message in step.messages)
    ended = [event for event in session.events if isinstance(event, Ended)]
    assert ended[-1].facts and ended[-1].calls > 0
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    assert again.spent.startswith("$0.00")


def test_a_run_gone_on_with_is_paid_once() -> None:
    story = story_of([Ran(folder="a"), Ended(calls=10, dollars=1.0), Ran(folder="a"), Ended(calls=30, dollars=3.0),
                      Ran(folder="b"), Ended(calls=5, dollars=0.5)])  # fmt: skip
    assert sum(cost.dollars for cost in story.costs.values()) == pytest.approx(3.5)


def test_events_of_another_version_are_passed_over() -> None:
    story = Story()
    for line in ('{"kind": "asked", "fact": "mood"}', '{"kind": "corrected", "fact": "mood", "text": "good"}'):
        event = parse_conversation_event(line)
        assert event is not None
        story = story.after(event)
    assert (story.asked, story.unanswered) == (None, None)
    assert story.after(Advised(route="retired_route")).route == "retired_route"
