"""Rows that must stay beside a host, a leave that holds for one host, and a budget without a limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import asking
from advisor.changing import NO_LIMIT
from advisor.domain.contradictions import contradictions
from advisor.domain.dialogue import Step
from advisor.domain.leave import leave_for
from advisor.session import Session
from tests.domain.test_contradictions import case
from tests.session.test_session import READY, said, talk

KEEPS = ["here, with the practice model", "train on this computer"]


async def with_leave_for(ticket_file: Path) -> tuple[Session, Step]:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "nebius")
    await session.reply("we can't share the data")
    return session, await session.reply("the rows may go to Nebius Token Factory")


async def test_this_computer_is_among_the_ways_where_the_rows_must_stay(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "nebius")
    step = await session.reply("we can't share the data")
    assert [answer.label for answer in step.answers] == [*KEEPS, "the rows may go to Nebius Token Factory"]
    await session.reply("2")
    assert session.facts.text("host") == "local"


def test_only_doors_that_keep_the_rows_are_offered_before_a_host_is_named() -> None:
    stays = case(data_must_stay=True)
    assert [answer.value for answer in asking.answers("host", stays, None)] == ["practice", "local"]


async def test_a_leave_for_one_host_is_asked_again_for_the_next(ticket_file: Path) -> None:
    session, step = await with_leave_for(ticket_file)
    assert session.facts.flag("data_must_stay") is False
    assert "would receive them" not in step.messages[-1].text
    step = await session.reply("the host is together")
    assert "You said the rows may go to Nebius Token Factory; Together AI" in step.messages[-1].text
    assert [answer.label for answer in step.answers] == [*KEEPS, "the rows may go to Together AI"]
    step = await session.reply("3")
    assert "would receive them" not in step.messages[-1].text
    assert session.facts.text("host") == "together"


@pytest.mark.parametrize(
    "leave", ["rows may be shown to OpenAI", "OpenAI may see the rows", "the data may go to OpenAI"]
)
async def test_a_leave_for_one_in_any_words_is_asked_again_for_another(ticket_file: Path, leave: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], leave)
    assert "I take that as leave for OpenAI, and for nobody else." in said(step)
    step = await session.reply("nebius")
    assert "Nebius Token Factory" in said(step) and "would receive them now" in said(step)
    assert [answer.label for answer in step.answers] == [*KEEPS, "the rows may go to Nebius Token Factory"]


def test_a_leave_for_the_host_is_none_for_a_judge_elsewhere() -> None:
    there = case(host="openai", judge_model="anthropic/claude-sonnet-4-5").learn(leave_for("OpenAI"))
    (found,) = (one for one in contradictions(there) if one.key == "shown_to_another")
    assert "at Anthropic" in found.what
    both = there.learn(*found.ways[1].facts)
    assert both.get("data_must_stay") is not None
    assert not any(one.key in ("shown_to_another", "rows_allowed_elsewhere") for one in contradictions(both))


@pytest.mark.parametrize(
    "reply", ["the data must stay in the EU", "must stay in the EU", "we are under GDPR, so EU hosting only"]
)
async def test_rows_of_a_region_are_offered_no_host_elsewhere(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], reply)
    assert "Noted: data stays here" in said(step)
    assert "I do not know in which country" in said(step) and "infra: aws/eu-central-1" in said(step)
    assert step.asked == "host"
    assert [answer.value for answer in step.answers] == ["practice", "local"]


@pytest.mark.parametrize("question", ["does the data stay in the EU?", "is it GDPR compliant?", "is Nebius in Europe?"])
async def test_the_region_may_be_asked_for(ticket_file: Path, question: str) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1])
    step = await session.reply(question)
    assert "I do not know in which country" in said(step) and session.facts.get("data_must_stay") is None


@pytest.mark.parametrize("reply", ["no limit", "unlimited", "no budget"])
async def test_a_budget_may_be_without_a_limit(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "other", "acme/big-7b", "input price 4, output price 16, training price 50")
    assert step.asked == "budget_usd"
    step = await session.reply(reply)
    assert NO_LIMIT in [message.text for message in step.messages]
    assert step.asked is None and not session.facts.has("budget_usd")
    budget = step.checklist["budget"]
    assert budget.state == "met" and budget.evidence.endswith("no limit, you said")
    assert "Still to settle" not in said(step)
    budget = (await session.reply("the budget is $20")).checklist["budget"]
    assert "no limit" not in budget.evidence


async def test_no_limit_takes_back_the_one_there_was_at_another_question(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "yes", "the budget is $20")
    assert session.facts.has("budget_usd")
    asked = session.asked
    step = await session.reply("no limit")
    assert NO_LIMIT in [message.text for message in step.messages]
    assert step.asked == asked and not session.facts.has("budget_usd")


async def test_a_number_may_follow_where_one_was_proposed(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "other", "acme/big-7b", "input price 4, output price 16, training price 50")
    step = await session.reply("I don't know")
    assert "not mind losing" in said(step) and step.asked == "budget_usd"
    await session.reply("10")
    assert session.facts.number("budget_usd") == 10


async def test_who_still_does_not_know_the_limit_goes_on_without(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "other", "acme/big-7b", "input price 4, output price 16, training price 50")
    await session.reply("I don't know")
    step = await session.reply("I don't know")
    assert step.asked is None
