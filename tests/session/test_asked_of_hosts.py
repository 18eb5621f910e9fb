"""What is asked of the places to train is answered from the catalogue, and a model moves to no host without a word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor import lookup
from advisor.session import Session
from tests.session.test_session import READY, said, talk

AT_NEBIUS = (*READY[:-1], "nebius")


@pytest.mark.parametrize(
    "question",
    ["which models can I train there?", "which ones are there?", "what models do they have?", "list the models"],
)
async def test_the_models_of_the_chosen_host_are_named(ticket_file: Path, question: str) -> None:
    session = Session(ticket_file)
    assert (await talk(session, *AT_NEBIUS)).asked == "student_model"
    step = await session.reply(question)
    assert "Nebius Token Factory trains, as far as I know, meta-llama/" in said(step)
    assert step.asked == "student_model" and not session.facts.has("student_model")


async def test_only_models_that_are_offered_are_named(ticket_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "today", lambda: date(2026, 11, 22))
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "together")
    text = said(await session.reply("list the models"))
    assert "Qwen/Qwen3-8B" in text
    # One is retired, the other has nowhere to run: `advisor models` offers neither.
    assert "gpt-oss-20b" not in text and "-Reference" not in text


async def test_without_a_host_those_of_the_open_ones_are(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "yes")
    text = said(await session.reply("which models can I train?"))
    assert "Nebius Token Factory: meta-llama/" in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("why not OpenAI?", "Training there ends on"),
        ("why not Nebius?", "open to you"),
        ("why not Together?", "Together AI"),
    ],
)
async def test_why_not_a_host_is_answered_of_that_host(ticket_file: Path, question: str, words: str) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    text = said(await session.reply(question))
    assert words in text
    assert "I advise to" not in text


async def test_why_not_a_route_is_still_answered_of_the_route(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    assert "advise" in said(await session.reply("why not BetterTogether?"))


async def test_a_model_of_another_host_is_left_and_asked_anew(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "openai", "gpt-4.1-mini")
    step = await session.reply("the host is nebius")
    assert "Nebius Token Factory is not known to train gpt-4.1-mini. It trains meta-llama/" in said(step)
    assert not session.facts.has("student_model") and step.asked == "student_model"
    await session.reply("meta-llama/Llama-3.3-70B-Instruct")
    assert session.facts.text("student_model") == "meta-llama/Llama-3.3-70B-Instruct"


async def test_an_open_model_goes_along_to_ones_own_machine(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *AT_NEBIUS, "meta-llama/Llama-3.3-70B-Instruct")
    await session.reply("the host is local")
    assert session.facts.has("student_model")


async def test_a_model_said_where_a_run_is_offered_is_the_one_to_train(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *AT_NEBIUS, "meta-llama/Meta-Llama-3.1-8B-Instruct", "no limit")
    step = await session.reply("practice")
    assert session.facts.text("host") == "practice" and step.phase == "offering"
