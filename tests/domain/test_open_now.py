"""One thing is open at a time, told from the events alone."""

from __future__ import annotations

import pytest

from advisor.domain.conversation import (
    Advised,
    Allowed,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Corrected,
    Ended,
    Left,
    Opened,
    Overruled,
    Planned,
    Proposed,
    Ran,
    Replied,
    Restarted,
    Resumed,
    Said,
    Settled,
    Settling,
    Skipped,
    TookBack,
    Understood,
    parse_conversation_event,
)
from advisor.domain.dialogue import Phase
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.open_now import (
    Disagreement,
    FactAsked,
    FactsProposed,
    LeaveToRead,
    Nothing,
    OpenNow,
    Over,
    RunInHand,
    RunOffered,
    asked,
    phase,
)
from advisor.domain.planning import make_plan
from advisor.domain.story import story_of
from tests.domain.test_planning import report

STABLE = Fact(name="task_stability", value="stable", source=Source.told)
HERE = Fact(name="host", value="practice", source=Source.told)
PLAN = make_plan("gold_finetune", Facts().learn(HERE), report())
GOAL = FactAsked("goal")

TO_A_QUESTION = (Opened(), Asked(fact="goal"))
TO_AN_OFFER = (Opened(), Advised(route="gold_finetune"), Planned(plan=PLAN, folder="p"))
TO_A_RUN = (*TO_AN_OFFER, Consented(sentence="Run?"), Ran(folder="p/runs/1"))
LEAVE = Settling(key="ask_model", about="as often as the moon")

REACHED: dict[str, tuple[tuple[ConversationEvent, ...], OpenNow, Phase]] = {
    "nothing said yet": ((Opened(),), Nothing(), "asking"),
    "a question": (TO_A_QUESTION, GOAL, "asking"),
    "a disagreement": ((*TO_A_QUESTION, Settling(key="a: b")), Disagreement("a: b", GOAL), "asking"),
    "leave to read": ((*TO_A_QUESTION, LEAVE), LeaveToRead("as often as the moon", GOAL), "asking"),
    "leave to read, before an offer": (
        (*TO_AN_OFFER, LEAVE), LeaveToRead("as often as the moon", RunOffered()), "asking",
    ),
    "a proposal": (
        (*TO_A_QUESTION, LEAVE, Allowed(model="m"), Proposed(model="m", facts=(STABLE,))),
        FactsProposed((STABLE,), GOAL), "asking",
    ),
    "advice without a run": ((*TO_A_QUESTION, Advised(route="define_metric")), Nothing(), "asking"),
    "an offer": (TO_AN_OFFER, RunOffered(), "offering"),
    "an agreement": ((*TO_AN_OFFER, Consented(sentence="Run?")), RunInHand(), "running"),
    "a run": (TO_A_RUN, RunInHand("p/runs/1"), "running"),
    "a run that broke off": ((*TO_A_RUN, Ended(broken_off=True)), RunOffered("p/runs/1"), "offering"),
    "a run that ended": ((*TO_A_RUN, Ended()), Nothing(), "asking"),
    "a run left to itself": ((*TO_A_RUN, Left()), Nothing(), "asking"),
    "a run left and come back to": ((*TO_A_RUN, Left(), Resumed()), RunInHand("p/runs/1"), "running"),
    "the end, a question open": ((*TO_A_QUESTION, Closed()), Over(GOAL), "closed"),
    "taken up after the end": ((*TO_A_QUESTION, Closed(), Resumed()), GOAL, "asking"),
}  # fmt: skip


@pytest.mark.parametrize("name", REACHED)
def test_the_events_tell_what_is_open(name: str) -> None:
    events, expected, shown = REACHED[name]
    story = story_of(events)
    assert story.open == expected
    assert phase(story.open) == shown
    assert story.asked == asked(expected)


@pytest.mark.parametrize("name", REACHED)
@pytest.mark.parametrize("event", [Said(text="yes"), Skipped(facts=("goal",))])
def test_what_is_only_said_or_left_out_opens_nothing(name: str, event: ConversationEvent) -> None:
    events, expected, _ = REACHED[name]
    assert story_of((*events, event)).open == expected


@pytest.mark.parametrize("event", [Understood(facts=(STABLE,)), Overruled(route="stop"), TookBack(), Left()])
@pytest.mark.parametrize("before", [TO_AN_OFFER, TO_A_RUN, (*TO_A_RUN, Ended(broken_off=True))])
def test_no_yes_outlives_the_case_it_was_about(before: tuple[ConversationEvent, ...], event: ConversationEvent) -> None:
    assert story_of((*before, event)).open == Nothing()


def test_an_offer_beneath_does_not_outlive_it_either() -> None:
    story = story_of((*TO_AN_OFFER, Settling(key="a: b"), Understood(facts=(STABLE,))))
    assert story.open == Disagreement("a: b")
    assert story.after(Settled(key="a: b")).open == Nothing()


def test_a_reply_said_in_other_words_needs_no_model() -> None:
    assert story_of((*TO_A_QUESTION, LEAVE, Understood(facts=(STABLE,)))).open == GOAL
    proposed = (*TO_A_QUESTION, Proposed(model="m", facts=(STABLE,)))
    assert story_of((*proposed, Understood(facts=(STABLE,)))).open == GOAL
    elsewhere = Fact(name="baseline_score", value=0.7, source=Source.told)
    assert isinstance(story_of((*proposed, Understood(facts=(elsewhere,)))).open, FactsProposed)
    stays = Fact(name="data_must_stay", value=True, source=Source.told)
    assert story_of((*proposed, Understood(facts=(stays,)))).open == GOAL


def test_what_had_to_be_settled_is_open_again_after_leaving() -> None:
    left = story_of((*TO_A_QUESTION, Proposed(model="m", facts=(STABLE,)), Closed(exit_code=0)))
    assert isinstance(left.open, Over)
    assert left.after(Resumed()).open == FactsProposed((STABLE,), GOAL)


def test_a_yes_to_go_on_with_a_run_goes_on_with_that_run() -> None:
    broken = story_of((*TO_A_RUN, Ended(broken_off=True)))
    assert isinstance(broken.open, RunOffered) and broken.open.broken
    assert broken.after(Consented(sentence="?")).open == RunInHand(resumes=broken.open.broken)
    anew = broken.after(Understood(facts=(STABLE,))).after(Planned(plan=PLAN, folder="p"))
    assert anew.after(Consented(sentence="?")).open == RunInHand()


@pytest.mark.parametrize(
    ("put", "key"),
    [((Settling(key="a: b"),), "a: b"), ((LEAVE,), "ask_model"), ((Proposed(model="m", facts=(STABLE,)),), "proposal")],
    ids=["a disagreement", "leave to read", "a proposal"],
)
def test_what_was_beneath_is_open_again(put: tuple[ConversationEvent, ...], key: str) -> None:
    for before, beneath in ((TO_A_QUESTION, GOAL), (TO_AN_OFFER, RunOffered())):
        standing = story_of((*before, *put))
        assert standing.after(Settled(key="another")).open == standing.open
        assert standing.after(Settled(key=key)).open == beneath


def test_facts_told_leave_what_has_to_be_settled_standing() -> None:
    story = story_of((*TO_A_QUESTION, Settling(key="a: b"), Replied(text="90%"), Understood(facts=(STABLE,))))
    assert story.open == Disagreement("a: b", GOAL)
    assert story.after(TookBack()).open == GOAL
    assert story.after(Restarted()).open == Nothing()


@pytest.mark.parametrize("event", [Replied(text="the target is 90%"), Corrected(fact="goal", text="cost")])
def test_a_word_after_the_end_takes_the_conversation_up_again(event: ConversationEvent) -> None:
    assert story_of((*TO_A_QUESTION, Closed(), event)).open == GOAL


def test_leaving_is_an_answer_to_quit() -> None:
    story = story_of((*TO_A_QUESTION, Replied(text="quit"), Closed()))
    assert story.unanswered is None


def test_transcripts_that_name_a_proposal_apart_are_read_the_same() -> None:
    older = (Proposed(model="m", facts=(STABLE,)), Settling(key="proposal"))
    assert story_of((*TO_A_QUESTION, *older)).open == FactsProposed((STABLE,), GOAL)
    ended = parse_conversation_event('{"kind": "ended", "facts": [], "calls": 3}')
    assert ended is not None
    assert story_of((*TO_A_RUN, ended)).open == Nothing()
