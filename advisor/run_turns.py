"""The turns around a run: agreed to or not, started, followed, left, and what it taught."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from advisor import run_telling, telling
from advisor.domain import conversation, paying_again
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import Step
from advisor.domain.events import Meter
from advisor.domain.facts import Fact
from advisor.domain.open_now import RunInHand, RunOffered
from advisor.domain.progress import RunView
from advisor.domain.results import on_practice, practised
from advisor.errors import AdvisorError
from advisor.putting import put_instead, put_offer
from advisor.talk import Talk

if TYPE_CHECKING:
    from advisor.running import Running


def agree(talk: Talk) -> Step:
    """Take a yes to the sentence that was put."""
    sentence = talk.bench.consent
    if not sentence:
        return decline(talk)
    # Whatever goes on with the run: a second bill is agreed to by the question that names it, once.
    if again := isinstance(talk.open, RunOffered) and bool(talk.open.broken) and talk.bench.pays_again:
        sentence = paying_again.question(sentence)
    talk.record(conversation.Consented(sentence=sentence, pays_again=again))
    return talk.step()


def decline(talk: Talk) -> Step:
    """Take a no."""
    if not talk.bench.consent and (step := put_instead(talk)) is not None:
        return step
    talk.say(f"Nothing was run. The project is in {clean(str(talk.bench.project), 300)}; say yes to run it.")
    return talk.step()


async def start(talk: Talk) -> Running:
    """Start the run that was agreed to.

    Raises:
        AdvisorError: it cannot be started.
    """
    agreed = talk.open if isinstance(talk.open, RunInHand) else RunInHand()
    try:
        running = await talk.bench.start(resume=bool(agreed.resumes), train_again=agreed.pays_again)
    except AdvisorError:
        talk.record(conversation.Left())
        raise
    talk.record(conversation.Ran(folder=str(running.started.folder)))
    return running


async def run(talk: Talk) -> AsyncGenerator[RunView]:
    """Run the project, yielding its state after every event; ends when the run has."""
    running = talk.bench.running or await start(talk)
    async with contextlib.aclosing(talk.bench.follow(running)) as views:
        async for view in views:
            yield view


async def after_run(talk: Talk) -> Step:
    """Say what the run brought, learn from it and take the advice up again."""
    facts, report = await talk.bench.finish_run()
    view, comparison = talk.bench.view, talk.bench.comparison
    talk.exit_code = (view.exit_code if view else None) or 0
    suppose(talk, facts, broken_off=comparison is None and talk.bench.broken_off)
    if comparison is None:
        try_this = "" if view is None or talk.bench.pays_again else view.try_this
        why = f"{view.why} {try_this}".strip() if view else ""
        talk.say(why or "The run ended without a result.", "error")
        talk.bench.take_up_broken()
        return put_offer(talk) or talk.step()
    talk.say(run_telling.result(comparison, report, talk.bench.looks))
    if report is None:
        talk.say("The report could not be written. `advisor report` shows what was measured.", "warns")
    talk.voice.comment("result")
    if apart := run_telling.disagreement(talk.case.facts):
        talk.say(apart)
    talk.say(_where_it_leaves(talk, facts))
    return talk.step()


def _where_it_leaves(talk: Talk, measured: tuple[Fact, ...]) -> str:
    advice = talk.case.recommendation
    if not practised(measured):
        return telling.after(advice)
    return talk.voice.guide.after_practice(advice, on_practice(talk.case.facts, talk.story.practised))


async def leave_running(talk: Talk) -> Step:
    """Follow the run no longer; it goes on by itself."""
    folder = await talk.bench.leave_run()
    if isinstance(talk.open, RunInHand):
        talk.record(conversation.Left())
    if folder is not None and talk.bench.project is not None:
        talk.say(run_telling.left(talk.bench.project))
    return talk.step()


def suppose(talk: Talk, facts: tuple[Fact, ...], *, broken_off: bool = False) -> None:
    """Learn what a run measured; when a conversation is played again, in place of running it."""
    meter = talk.bench.view.meter if talk.bench.view else Meter()
    talk.record(conversation.Ended(
        facts=facts, calls=meter.calls, dollars=meter.dollars, unpriced=bool(meter.unpriced_calls),
        broken_off=broken_off,
    ))  # fmt: skip
    talk.conclude()
    if facts:
        talk.record_advice()


def spent(talk: Talk) -> str:
    """Return what the case has cost so far, the run in hand included."""
    bench, story = talk.bench, talk.story
    meter = bench.view.meter if bench.view and bench.running else Meter()
    ended = [cost for run, cost in story.costs.items() if not (bench.running and run == story.run)]
    return run_telling.spent(ended, meter, talk.case.facts.upper("budget_usd"))
