"""Going against the advice, and back to it: by words, by undoing, and never to a worse way than the one meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.retelling import to_markdown
from advisor.session import Session
from tests.session.test_session import READY, said, talk

BEFORE_PROMPTS = (
    "yes", "prompts tuned by hand, the baseline is 20% and the target is 90%", "it stands",
    "better answers", "practice",
)  # fmt: skip


@pytest.mark.parametrize("reply", ["take the advice instead", "go back to your advice", "undo that"])
async def test_the_way_back_is_in_words(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *BEFORE_PROMPTS, "fine-tune anyway")
    assert step.recommendation.overruled and "`take your advice` goes back" in said(step)
    step = await session.reply(reply)
    assert step.recommendation.route == "prompt_optimization" and not step.recommendation.overruled
    assert step.phase == "offering" and "asked of the practice model" in step.messages[-1].text
    assert "overruled" not in to_markdown(session.events) and "_finetune" not in to_markdown(session.events)


async def test_a_bare_wish_to_train_takes_the_way_that_fits(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *BEFORE_PROMPTS, "fine-tune anyway")
    assert step.recommendation.route == "gold_finetune"
    step = await session.reply("fine-tune on its own answers")
    assert step.recommendation.route == "bootstrap_finetune"
    step = await session.reply("fine-tune on my labels")
    assert step.recommendation.route == "gold_finetune" and step.recommendation.overruled


async def test_insisting_on_what_is_advised_goes_against_nothing(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    before = session.recommendation.route
    step = await session.reply("fine-tune anyway")
    assert session.recommendation.route == before == step.recommendation.route
    assert not step.recommendation.overruled


async def test_with_nothing_chosen_the_advice_is_named_again(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *BEFORE_PROMPTS)
    step = await session.reply("take your advice")
    assert "That is what I advise: optimize the prompts." in said(step)
    assert step.phase == "offering"


async def test_the_risk_of_training_nothing_speaks_of_no_training(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    assert session.recommendation.trains
    step = await session.reply("optimize the prompts anyway")
    assert session.recommendation.route == "prompt_optimization"
    assert "more of it alone may leave you short" in said(step) and "its training" not in said(step)
    assert "train" not in session.recommendation.risk and "for training" not in session.consent


@pytest.mark.parametrize("reply", ["just optimize the prompts instead", "just prompts please"])
async def test_only_the_prompts_is_a_way_that_can_be_chosen_at_the_yes(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY, reply)
    assert step.recommendation.overruled and step.recommendation.route == "prompt_optimization"
    assert step.phase == "offering" and "`take your advice` goes back" in said(step)
