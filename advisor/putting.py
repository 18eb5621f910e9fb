"""What is put to the user: the open matter once more, or the one that comes next."""

from __future__ import annotations

import asyncio
from pathlib import Path

from advisor import asking, run_telling, telling
from advisor import project as projects
from advisor.checking import tell_checks
from advisor.domain import conversation, paying_again
from advisor.domain.contradictions import contradictions
from advisor.domain.dialogue import Step
from advisor.domain.facts import FactName
from advisor.domain.open_now import Disagreement, FactAsked, FactsProposed, LeaveToRead, RunOffered, ToSettle
from advisor.domain.preflight import closed_door, over_budget
from advisor.domain.questions import question_for
from advisor.errors import AdvisorError
from advisor.talk import Talk, key_of
from advisor.world.run_folder import no_stage_began

NOT_YET = 3
"""Exit code when the advice is not to fine-tune yet."""


async def go_on(talk: Talk) -> Step:
    """Put what has to be settled, ask the next question, or say the advice when none is left."""
    if (step := _disagreement(talk)) is not None:
        return step
    question = asking.next_up(talk.case.facts, talk.story.skipped, talk.case.report)
    if question is None:
        return await _advise(talk)
    return _put_question(talk, question.fact)


async def ask_again(talk: Talk, text: str) -> Step:
    """Say something beside the matter and put what is open again."""
    if text:
        talk.say(text)
    if (step := put_to_settle(talk)) is not None:
        return step
    match talk.open:
        case FactAsked(fact="host"):
            return _put_other_hosts(talk) or _put_question(talk, "host")
        case FactAsked(fact=fact):
            return _put_question(talk, fact)
        case RunOffered():
            return put_offer(talk) or await go_on(talk)
    return talk.step()


def put_to_settle(talk: Talk) -> Step | None:
    """Put what has to be settled, once more if need be; None where nothing stands."""
    match talk.open:
        case LeaveToRead(reply=reply, model=model) if talk.reader is not None:
            if model != talk.reader.model:
                # Another model is set up than the one that was named: a yes is to the one named last.
                talk.record(conversation.Settling(key=LeaveToRead.key, about=reply, model=talk.reader.model))
            return talk.ask(telling.may_read(talk.reader.model))
        case FactsProposed(facts=facts):
            return talk.ask(telling.proposal(facts))
        case Disagreement(key=key) if (found := talk.contradiction(key)) is not None:
            return talk.ask(f"{_sentence(found.what)} {found.ask}")
        case LeaveToRead(key=key) | Disagreement(key=key):
            talk.record(conversation.Settled(key=key))
    return None


def put_offer(talk: Talk) -> Step | None:
    """Put the sentence a yes agrees to, or what a broken run lacks; None where its project is not at hand."""
    if not isinstance(talk.open, RunOffered):
        return None
    if not (sentence := talk.bench.consent):
        # It stays what a yes is to, once nothing is lacking: advised anew, a new run would be paid for.
        return put_instead(talk) if talk.open.broken else None
    if not (broken := talk.open.broken):
        return talk.ask(sentence)
    if talk.bench.pays_again:
        return talk.ask(paying_again.question(sentence))
    return talk.ask(run_telling.go_on(sentence, began=not no_stage_began(Path(broken))))


def put_instead(talk: Talk) -> Step | None:
    """Say how a project is run to which no yes is asked; None where it is not at hand, or one is."""
    if not (told := talk.bench.instead):
        return None
    talk.say(told, "says" if talk.case.plan and talk.case.plan.rented else "warns")
    return talk.step()


def already_said(talk: Talk) -> None:
    """Say no more of what only had to be said and was, with the note of the answer that brought it up."""
    for found in contradictions(talk.case.facts):
        if not found.ways and key_of(found) not in talk.story.settled:
            talk.record(conversation.Settled(key=key_of(found)))


def failed(talk: Talk, error: AdvisorError) -> None:
    """Say what could not be done."""
    talk.exit_code = error.exit_code
    talk.say(str(error), "error")


def _disagreement(talk: Talk) -> Step | None:
    """Name facts that do not fit together; a step where the user has to say which holds."""
    for found in contradictions(talk.case.facts):
        key = key_of(found)
        if isinstance(talk.open, ToSettle) or key in talk.story.settled:
            continue
        if found.ways:
            talk.record(conversation.Settling(key=key))
        else:
            talk.record(conversation.Settled(key=key))
            talk.say(_sentence(found.what), "warns")
    return put_to_settle(talk)


def _put_question(talk: Talk, fact: FactName) -> Step:
    question = question_for(fact)
    if question is None:
        return talk.step()
    talk.record(conversation.Asked(fact=fact))
    return talk.ask(asking.worded(question, talk.case.facts, talk.case.report))


async def _advise(talk: Talk) -> Step:
    await _look_closer(talk)
    await talk.case.wait_for_checks()
    tell_checks(talk)
    case, advice = talk.case, talk.case.recommendation
    talk.record_advice()
    talk.say(telling.advice(advice))
    if not advice.runs:
        talk.exit_code = 0 if advice.route == "stop" else NOT_YET
        return _put_other_hosts(talk) or talk.step()
    if case.plan is None or case.forecast is None or case.report is None:
        talk.say(projects.missing(advice, case.facts, case.report), "warns")
        return talk.step()
    if (large := talk.bench.large_project(case.plan, case.report)) is not None:
        talk.say(run_telling.large_project(*large))
    try:
        digest = await asyncio.to_thread(talk.bench.write_project, case.plan, case.report)
    except AdvisorError as error:
        failed(talk, error)
        return talk.step()
    assert talk.bench.project is not None
    folder = str(talk.bench.project)
    lacks = talk.bench.lacks
    talk.record(conversation.Planned(plan=case.plan, digest=digest, folder=folder, forecast=case.forecast, lacks=lacks))
    talk.exit_code = 0
    talk.say(run_telling.offer(case.plan, case.forecast, talk.bench.project, talk.bench.size))
    if left_out := run_telling.not_asked(case.plan, case.facts):
        talk.say(left_out)
    for lack in lacks if case.plan.rented else ():
        talk.say(lack, "warns")
    return put_instead(talk) or talk.ask(talk.bench.consent)


def _put_other_hosts(talk: Talk) -> Step | None:
    """Ask for another host where the one chosen is closed; None where it is not that, or was left out."""
    if talk.case.recommendation.route != "switch_host" or "host" in talk.story.skipped:
        return None
    talk.record(conversation.Asked(fact="host"))
    refusal, ways = closed_door(talk.case.facts), ["Where may training run instead?"]
    if refusal is not None and refusal.step in ("outlives", "trainable"):
        ways.append("Or name another model of that host: `the student is NAME`.")
    if over_budget(talk.case.facts):
        ways.append("Or name a higher limit, for example: the budget is $50.")
    return talk.ask(" ".join(ways))


async def _look_closer(talk: Talk) -> None:
    """Wait for what a closer look at the file shows, and say once what it warns of."""
    look = await talk.case.look_closer()
    if look is None or talk.case.report is None:
        return
    talk.conclude()
    warning = telling.closer_warnings(*look)
    if warning and not talk.voice.has_said(warning):
        talk.say(warning, "warns")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
