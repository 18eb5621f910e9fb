"""Conversations that ended are found again, and can be gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.commands import plain
from advisor.session import Session
from advisor.starting import MOST_FINISHED, Beginning


async def ended(home: Path, data: Path | None = None) -> Path:
    """Hold a conversation to its end and return where it is kept."""
    session = Session(data, kept_in=home / "conversations")
    await session.open()
    await session.reply("we sort texts into 8 categories")
    await session.reply("quit")
    await session.close()
    assert session.transcript is not None
    return session.transcript


async def test_the_latest_finished_ones_are_offered_behind_what_is_new(home: Path, ticket_file: Path) -> None:
    kept = [await ended(home, ticket_file) for _ in range(MOST_FINISHED + 1)]
    offers = Beginning().offers()
    assert [offer.kind for offer in offers] == ["data", "tour", *["finished"] * MOST_FINISHED]
    assert [offer.target for offer in offers[2:]] == [str(path) for path in reversed(kept[1:])]
    assert offers[2].title == ticket_file.name and "2 answers" in offers[2].detail


async def test_a_finished_one_is_shown_again_and_gone_on_with(home: Path) -> None:
    await ended(home)
    session = Beginning().begin(Beginning().offers()[-1])
    step = await session.open()
    assert [message.text for message in session.earlier if message.kind == "heard"][:1] == [
        "we sort texts into 8 categories"
    ]
    assert step.phase == "asking" and step.messages[-1].kind == "asks"
    assert session.facts.number("classes") == 8
    await session.close()


async def test_it_is_found_by_the_name_that_is_listed(home: Path) -> None:
    name = (await ended(home)).stem
    with pytest.raises(Exception, match="no unfinished conversation") as told:
        plain._resumed("latest")
    assert "advisor export --list" in str(told.value)
    session = plain._resumed(name)
    assert session.story.replies == 2
    await session.close()
