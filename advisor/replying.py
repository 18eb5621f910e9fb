"""What a reply means to what is open, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor import asides, asking, run_telling
from advisor.changing import go_back, overrule, restart, skip, skip_question, take, take_back, without_limit
from advisor.checking import tell_checks
from advisor.domain import conversation
from advisor.domain.at_hand import AtHand
from advisor.domain.dialogue import Step
from advisor.domain.facts import FactName
from advisor.domain.offered_models import models_meant
from advisor.domain.open_now import FactAsked, RunOffered, ToSettle, beneath
from advisor.domain.overruling import chosen_against_advice, chosen_outright, goes_back
from advisor.domain.picking_up import NOT_FROM_HERE, goes_on_with, names_resuming
from advisor.domain.questions import open_questions
from advisor.domain.subjects import MODELS_THERE, answer_about, no_answer
from advisor.lookup import judged_places
from advisor.putting import ask_again, go_on, put_instead
from advisor.run_turns import agree, decline
from advisor.settling import leave_standing, puzzle, settle
from advisor.showing import show
from advisor.talk import Talk

if TYPE_CHECKING:
    from advisor.world.reading import Reading


async def reply(talk: Talk, text: str) -> Step:
    """Take in one reply; the first may be the wish to go on with a conversation that was left, and begins none."""
    left = talk.voice.guide.left
    if left is not None and goes_on_with(text) and not talk.voice.has_heard():
        return talk.step().model_copy(update={"takes_up": left})
    heard = hear(talk, text)
    talk.record(conversation.Replied(text=heard.text))
    if names_resuming(text):
        return await ask_again(talk, NOT_FROM_HERE)
    return await follow(talk, heard)


def hear(talk: Talk, text: str) -> Reading:
    """Read a reply to what is open."""
    return asking.hear(text, _question(talk), talk.story.answered, talk.answers(), talk.case.report)


async def follow(talk: Talk, heard: Reading) -> Step:
    """Say what follows from a reply."""
    tell_checks(talk)
    matter = talk.open
    if isinstance(matter, ToSettle) and (place := asking.picked(heard, talk.answers())) is not None:
        return await settle(talk, matter, place)
    if (aside := _aside(talk, heard)) is not None:
        if not heard.facts:
            return await ask_again(talk, aside)
        talk.say(aside)
    if heard.intent in ("section", "deep"):
        return await show(talk, heard)
    if (step := await _wished(talk, heard)) is not None:
        return step
    agreed = asking.agreed(heard)
    if agreed is not None and (step := await _yes_or_no(talk, agreed)) is not None:
        return step
    return await _chosen(talk, heard) or await _answer(talk, heard)


def _question(talk: Talk) -> FactName | None:
    """Return the fact a reply is an answer about: none while something else is to be settled first."""
    matter = talk.open
    return None if isinstance(matter, ToSettle) else talk.story.asked


def _aside(talk: Talk, heard: Reading) -> str | None:
    """Return what to say to a question asked back; None where the reply is none."""
    case = talk.case
    if (subject := asides.subject_asked(heard, talk.story.asked)) is not None and not isinstance(talk.open, ToSettle):
        hand = AtHand(case.facts.learn(*heard.facts), case.recommendation, case.plan, case.forecast, case.report)
        if subject.name == MODELS_THERE:
            hand = hand._replace(places=judged_places(hand.facts))
        return answer_about(subject, hand, talk.story.asked)
    if isinstance(talk.open, RunOffered) and asides.asks(heard) and case.plan and case.forecast:
        return f"{run_telling.about_the_run(case.plan, case.forecast)} {_no_answer(talk)}"
    return asides.answer(heard, case.facts, case.recommendation, talk.story.asked, case.report)


def _no_answer(talk: Talk) -> str:
    """Say that a question has no answer, and which have one."""
    return no_answer(talk.open, with_file=talk.case.report is not None)


async def _wished(talk: Talk, heard: Reading) -> Step | None:
    """Do what a reply wants of the conversation itself; None where it wants nothing of it."""
    offered = isinstance(beneath(talk.open), RunOffered)
    if heard.intent == "script" or (not offered and asking.enough(heard.text)):
        skip(talk, tuple(question.fact for question in open_questions(talk.case.facts)))
        return await go_on(talk)
    match heard.intent:
        case "quit":
            talk.record(conversation.Closed(exit_code=talk.exit_code))
            return talk.step()
        case "back":
            return await take_back(talk)
        case "restart":
            return await restart(talk)
        case "no_limit" if not heard.facts:
            return await without_limit(talk)
        case "skip" | "dont_know" if not heard.facts:
            if isinstance(talk.open, ToSettle):
                return await leave_standing(talk, talk.open)
            return await skip_question(talk, find_out=heard.intent == "dont_know")
    return None


async def _yes_or_no(talk: Talk, agreed: bool) -> Step | None:
    """Take a yes or a no for one to what is open, and to nothing else; None where it is an answer to be read."""
    matter = talk.open
    if isinstance(matter, ToSettle):
        return await ask_again(talk, "Which of these? A number will do.")
    if isinstance(matter, RunOffered):
        return agree(talk) if agreed else decline(talk)
    if not agreed or isinstance(matter, FactAsked):
        return None
    return put_instead(talk) or await go_on(talk)


async def _chosen(talk: Talk, heard: Reading) -> Step | None:
    """Go against the advice or back to it; None where a reply does neither."""
    wanted = chosen_against_advice(heard.text)
    if wanted is None and not heard.facts and heard.intent == "unclear" and not isinstance(talk.open, ToSettle):
        if goes_back(heard.text):
            return await go_back(talk)
        wanted = chosen_outright(heard.text, labels_only=talk.story.asked is not None)
    return None if wanted is None else await overrule(talk, wanted, heard.facts)


async def _answer(talk: Talk, heard: Reading) -> Step:
    question = _question(talk)
    facts = models_meant(asking.understood(question, heard, talk.case.report), talk.case.facts)
    if facts:
        return await take(talk, facts, asking.remark(question, heard))
    puzzling = heard.intent == "unclear" and not isinstance(talk.open, ToSettle)
    step = await puzzle(talk, heard.text) if puzzling else None
    if step is None and puzzling and asides.asks(heard):
        return await ask_again(talk, _no_answer(talk))
    return step or await ask_again(talk, asking.not_understood(heard, talk.story.asked, talk.answers()))
