"""Questions asked back in the middle of a conversation: answered, and what was open is put again."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.subjects import may_be_asked
from advisor.session import Session
from tests.session.test_session import READY, said, talk


async def test_questions_are_answered_and_the_open_one_is_put_again(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "yes")
    for question, answer in (
        ("would a logistic regression do?", "--deep"), ("which rows are wrong?", "conflicts     none"),
        ("how many rows should I label?", "You have 600 usable"),
        ("what is the practice model?", "free, to learn with"),
        ("can I stop it?", "advisor cancel"), ("how long does it take?", "where it may run"),
    ):  # fmt: skip
        step = await session.reply(question)
        assert answer in said(step), question
        assert step.asked == "prompt_optimization" and step.phase == "asking"
    assert not session.facts.has("prompt_optimization")


async def test_an_answer_takes_what_stands_beside_the_question(ticket_file: Path) -> None:
    session = Session()
    await session.open()
    step = await session.reply("we have 312 labelled examples, is that enough?")
    assert session.facts.number("labelled_examples") == 312
    assert "188 more" in said(step)


@pytest.mark.parametrize("replies", [(), ("yes",), READY], ids=["label", "question", "offer"])
@pytest.mark.parametrize("with_file", [True, False])
async def test_every_question_named_has_an_answer(ticket_file: Path, replies: tuple[str, ...], with_file: bool) -> None:
    session = Session(ticket_file if with_file else None)
    await talk(session, *replies)
    unknown = said(await session.reply("what about the weather?"))
    assert "I have no answer to that" in unknown
    for question in may_be_asked(session.story.open, with_file=with_file):
        assert f"`{question}`" in unknown
        step = await session.reply(question)
        assert "no answer" not in said(step) and "did not understand" not in said(step)


async def test_a_question_beside_an_offer_agrees_to_nothing(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    for question in ("yes, but what does it cost?", "can I stop it?", "what happens after the run?"):
        step = await session.reply(question)
        assert step.phase == "offering", question
        assert "Run? y / n" in step.messages[-1].text
