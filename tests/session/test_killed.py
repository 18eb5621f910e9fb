"""A conversation killed at any moment loses no answer."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.conversation import ConversationEvent, Opened
from advisor.domain.facts import Facts
from advisor.domain.story import Story, story_of
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.world import transcripts
from tests import waiting

REPLIES = (
    "yes", "why?", "by hand", "no wait, MIPROv2", "72%", "better answers", "scratch that, cheaper calls",
    "20,000 a month", "back", "25,000 calls a month", "it is for better answers after all", "target 90%", "it stands",
    "what do you know so far", "the target is 95%", "back", "12 categories", "skip", "practice", "?", "no",
    "the target is 92%", "no",
)  # fmt: skip
KILLS = 20


def outcome(story: Story) -> tuple[object, ...]:
    """What must be the same however often the conversation broke off."""
    facts = {fact.name: fact.value for fact in Facts(records=story.facts.records).known()}
    return facts, story.skipped, story.asked, story.replies


async def unbroken(data: Path, kept: Path) -> Path:
    session = Session(data, kept_in=kept)
    await session.open()
    for reply in REPLIES:
        await session.reply(reply)
    assert session.transcript is not None
    return session.transcript


async def test_cut_off_after_any_event_it_comes_to_the_same(tmp_path: Path, ticket_file: Path) -> None:
    whole = await unbroken(ticket_file, tmp_path / "whole")
    lines = whole.read_bytes().splitlines(keepends=True)
    expected = outcome(story_of(transcripts.load(whole)))
    broken = tmp_path / "broken.jsonl"
    chance = random.Random(7)
    for count in range(1, len(lines)):
        torn = lines[count][: chance.randrange(len(lines[count]))]
        broken.write_bytes(b"".join(lines[:count]) + torn)
        session = ResumedSession(broken)
        await session.open()
        for reply in REPLIES[session.story.replies :]:
            await session.reply(reply)
        assert outcome(session.story) == expected, f"cut after event {count}: {lines[count - 1][:120]!r}"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
async def test_killed_twenty_times_it_comes_to_the_same(tmp_path: Path, home: Path, ticket_file: Path) -> None:
    expected = outcome(story_of(transcripts.load(await unbroken(ticket_file, tmp_path / "whole"))))
    chance = random.Random(20)
    kills = 0
    while kills < KILLS or story_of(events(home)).replies < len(REPLIES):
        killed_after(home, ticket_file, chance.randrange(2, 24))
        kills += 1
    session = ResumedSession(transcript_in(home))
    await session.open()
    assert outcome(session.story) == expected


def transcript_in(home: Path) -> Path:
    return max((home / "conversations").glob("*.jsonl"), default=home / "none")


def events(home: Path) -> list[ConversationEvent]:
    return transcripts.load(transcript_in(home)) if transcript_in(home).exists() else []


def killed_after(home: Path, data: Path, more: int) -> None:
    """Hold the conversation, or go on with it, and kill it once so many more events are written."""
    known = events(home)
    arguments = ["--resume", str(transcript_in(home))] if any(isinstance(e, Opened) for e in known) else [str(data)]
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "plain", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "ADVISOR_HOME": str(home)},
    )
    assert process.stdin is not None
    process.stdin.write("".join(f"{reply}\n" for reply in REPLIES[story_of(known).replies :]))
    process.stdin.close()
    path = transcript_in(home) if known else None
    waiting.until(
        lambda: process.poll() is not None or written(path or transcript_in(home)) >= len(known) + more, "events"
    )
    process.send_signal(signal.SIGKILL)
    process.wait()


def written(transcript: Path) -> int:
    return transcript.read_bytes().count(b"\n") if transcript.exists() else 0
