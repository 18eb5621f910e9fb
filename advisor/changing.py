"""What changes the case: an answer, a correction, a file, leaving a question out, taking something back."""

from __future__ import annotations

from pathlib import Path

from advisor import asking, telling
from advisor import project as projects
from advisor.domain import conversation, wording
from advisor.domain.about_hosts import not_of
from advisor.domain.advice import route_for
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Step
from advisor.domain.facts import NO_LIMIT as WAIVED
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.overruling import Wanted, meant
from advisor.domain.questions import question_for
from advisor.domain.recounting import replaced
from advisor.domain.route_words import TO_DO
from advisor.errors import AdvisorError
from advisor.lookup import of_another_host
from advisor.putting import already_said, ask_again, failed, go_on
from advisor.talk import Talk

READ_BY: tuple[FactName, ...] = ("data_path", "data_table", "label_field", "input_fields")
"""Facts that a file is read by."""


NO_LIMIT = (
    "No limit, then: what a run costs does not stop it. The forecast is shown before anything is spent; `the budget is "
    "$20` sets one, `the budget is $0` keeps to what is free."
)


async def type_over(talk: Talk, fact: FactName, text: str) -> Step:
    """Say what follows from a correction."""
    facts, note = asking.typed_over(fact, text, talk.case.report)
    known = talk.case.facts.known() if talk.case.report is not None or fact not in READ_BY else ()
    if any(one.name == fact and one.value == new.value for one in known for new in facts):
        return await ask_again(talk, "It is that already.")
    return await take(talk, facts, note) if facts else await ask_again(talk, note)


async def take(talk: Talk, facts: tuple[Fact, ...], note: str = "") -> Step:
    """Learn what was told, say so, and go on from it."""
    before = talk.case.facts
    talk.learn(facts)
    return await taken(talk, facts, note, before)


async def taken(talk: Talk, facts: tuple[Fact, ...], note: str = "", before: Facts | None = None) -> Step:
    """Say what was learned, and read the file again where it is about that."""
    moved = _left_student(talk, facts)
    noted = " · ".join(wording.fact_in_words(fact) for fact in facts)
    changes = [replaced(before, fact) for fact in facts] if before else []
    text = " ".join(filter(None, (f"Noted: {noted}.", *changes, note)))
    if any(changes):
        already_said(talk)
    talk.say(text, "noted", about=tuple(fact.name for fact in facts))
    if moved:
        talk.say(moved, "warns", about=("student_model",))
    path = next((fact.value for fact in facts if fact.name == "data_path"), None)
    if path is not None:
        await read_data(talk, asking.path_in(path))
    elif (known := _to_be_read(talk, facts)) is not None:
        await read_data(talk, known)
    return await go_on(talk)


def _left_student(talk: Talk, facts: tuple[Fact, ...]) -> str:
    """Ask for a model anew where the host changes to one that does not train the one before; say so."""
    named = {fact.name for fact in facts}
    known = talk.case.facts
    if "host" not in named or "student_model" in named or (trained := of_another_host(known)) is None:
        return ""
    student = known.get("student_model")
    assert student is not None
    talk.learn((student.model_copy(update={"source": Source.told, "evidence": "the host changed", "withdrawn": True}),))
    return not_of(known.text("host") or "", str(student.value), trained)


async def read_data(talk: Talk, path: Path) -> None:
    """Inspect a file; its faults are said, not raised."""
    try:
        report = await _measure(talk, path)
    except AdvisorError as error:
        failed(talk, error)
        _go_by_what_was_read(talk)
        return
    talk.conclude()
    talk.say(telling.data(report))
    fault = projects.blocking(report)
    talk.exit_code = fault.exit_code if fault else 0
    if fault:
        talk.say(str(fault), "error")


def _to_be_read(talk: Talk, facts: tuple[Fact, ...]) -> Path | None:
    """Return the file in hand where what was told of it is not what it was read by."""
    known = talk.story.facts.text("data_path")
    read = talk.case.report is not None and not talk.case.reads_otherwise(talk.story.facts)
    if known is None or read or not any(fact.name in READ_BY for fact in facts):
        return None
    return Path(known)


def _go_by_what_was_read(talk: Talk) -> None:
    """Keep the file read before, unless it was read by other fields than those named now."""
    case = talk.case
    if case.reads_otherwise(talk.story.facts):
        case.report = None
        talk.conclude()
    elif case.report is not None:
        talk.say(f"I go on with {case.title}.", "noted")


async def restart(talk: Talk) -> Step:
    """Begin again with the file in hand."""
    talk.record(conversation.Restarted())
    talk.bench.clear()
    talk.case.report, talk.exit_code = None, 0
    talk.conclude()
    talk.say("From the beginning.", "noted")
    if talk.story.data:
        await read_data(talk, Path(talk.story.data))
    return await go_on(talk)


async def take_back(talk: Talk) -> Step:
    """Take the last answer back."""
    if not talk.story.past:
        return await ask_again(talk, "There is nothing to take back.")
    known = talk.case.facts
    talk.record(conversation.TookBack())
    talk.case.report = None
    path = talk.story.facts.text("data_path")
    try:
        if path:
            await _measure(talk, Path(path))
    except AdvisorError as error:
        failed(talk, error)
    talk.conclude()
    told = [fact for fact in known.known() if fact.source == Source.told and fact not in talk.case.facts.records]
    gone = " · ".join(wording.fact_in_words(fact) for fact in told)
    talk.say(f"Taken back: {gone}." if gone else "Taken back.", "noted")
    return await go_on(talk)


async def skip_question(talk: Talk, *, find_out: bool) -> Step:
    """Leave the open question out; say how its answer could be found where it is not known."""
    asked = talk.story.asked
    question = question_for(asked) if asked else None
    if question is None:
        return await ask_again(talk, telling.arguments(talk.case.recommendation))
    if find_out and question.fact == "budget_usd" and not talk.voice.has_said(question.find_out):
        # What is proposed is a number, so the question stays open for one.
        return await ask_again(talk, question.find_out)
    skip(talk, (question.fact,))
    if find_out and question.find_out:
        talk.say(question.find_out)
    return await go_on(talk)


async def without_limit(talk: Talk) -> Step:
    """Leave out what a run may cost, whatever is asked just now, and say so."""
    skip(talk, ("budget_usd",))
    talk.learn((Fact(name="budget_usd", value=0.0, source=Source.told, evidence=WAIVED, withdrawn=True),))
    talk.say(NO_LIMIT, "noted", about=("budget_usd",))
    return await go_on(talk)


def skip(talk: Talk, names: tuple[FactName, ...]) -> None:
    """Leave questions out; what stands in for an answer is assumed."""
    talk.record(conversation.Skipped(facts=names))
    if assumed := asking.stands_in(names, talk.case.facts):
        talk.learn(assumed)


async def overrule(talk: Talk, wanted: Wanted, facts: tuple[Fact, ...]) -> Step:
    """Take another route than the one advised, and say what it risks."""
    if facts:
        talk.learn(facts)
    route = meant(wanted, talk.case.facts)
    if route == route_for(talk.case.facts):
        return await go_back(talk)
    risk = asking.risk_of(route, talk.case.facts, talk.case.checklist)
    talk.record(conversation.Overruled(route=route, risk=risk))
    talk.conclude()
    if talk.case.recommendation.route != route:
        talk.say("I keep what you chose, but saying so does not open that door.", "warns")
    elif risk:
        talk.say(f"{risk} `take your advice` goes back.", "warns")
    return await go_on(talk)


async def go_back(talk: Talk) -> Step:
    """Take the advice after all, whatever was chosen against it."""
    if not talk.case.recommendation.overruled:
        return await ask_again(talk, f"That is what I advise: {TO_DO[talk.case.recommendation.route]}.")
    talk.learn((Fact(name="overruled", value=(), source=Source.told, evidence="back to the advice"),))
    talk.say("Back to my advice.", "noted")
    return await go_on(talk)


async def _measure(talk: Talk, path: Path) -> DatasetReport:
    """Take in what a file shows.

    Raises:
        AdvisorError: it cannot be read.
    """
    measured = await talk.case.read_file(path, talk.story.facts)
    talk.record(conversation.Measured(facts=measured, state=talk.case.state))
    assert talk.case.report is not None
    return talk.case.report
