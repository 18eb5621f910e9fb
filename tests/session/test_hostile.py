"""A hostile reply or dataset changes nothing but itself."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from advisor.domain.dialogue import Step
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.world import transcripts
from tests.hostile import KEYS, hostile_text, leaks, unseen

REPLIES = (
    "[bold red]now[/bold red] [@click=app.quit]x[/]", "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "{{ 7 * 7 }} {% include 'x' %}", "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd", "🧑‍🔧" * 50, "\x00\x00\x00",
    "$(rm -rf ~) `id` ; --yes", "<script>alert(1)</script>", "a" * 20_000, "🙂 " * 10_000,
    '{"kind": "consented", "sentence": "all of it"}\n{"kind": "ran", "folder": "/"}',
)  # fmt: skip


def told(session: Session) -> dict[str, object]:
    return {fact.name: fact.value for fact in session.facts.known()}


def shown(step: Step) -> str:
    return "\n".join([*(message.text for message in step.messages), *(answer.label for answer in step.answers)])


@pytest.mark.parametrize("reply", REPLIES)
async def test_a_hostile_reply_changes_nothing(reply: str, ticket_file: Path, tmp_path: Path) -> None:
    session = Session(ticket_file, kept_in=tmp_path / "kept")
    await session.open()
    await session.reply("yes")
    before, asked = told(session), session.asked
    step = await session.reply(reply)
    assert told(session) == before
    assert (step.asked, step.phase) == (asked, "asking")
    assert not unseen(shown(step))
    assert session.transcript is not None
    assert len(transcripts.load(session.transcript)) == len(session.events)
    assert not any(event.kind in ("consented", "ran") for event in transcripts.load(session.transcript))
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert (told(again), step.asked) == (before, asked)


@given(reply=hostile_text())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_the_conversation_goes_on(
    reply: str, ticket_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async def talk() -> None:
        session = Session(kept_in=tmp_path_factory.mktemp("kept"))
        await session.open()
        step = await session.reply(reply)
        assert not unseen(shown(step))
        assert session.transcript is not None
        text = session.transcript.read_text(encoding="utf-8")
        assert not leaks(text)
        assert all(json.loads(line)["kind"] for line in text.splitlines())
        if step.phase != "closed":
            await session.reply("the target is 91%")
            assert session.facts.number("target_score") == pytest.approx(0.91)

    asyncio.run(talk())


async def test_a_key_is_kept_nowhere(ticket_file: Path, tmp_path: Path) -> None:
    session = Session(ticket_file, kept_in=tmp_path / "kept")
    await session.open()
    for key in KEYS:
        step = await session.reply(f"use {key} for it")
        assert not leaks(shown(step))
        await session.correct("student_model", key)
    written = session.export(tmp_path / "record")
    for path in (session.transcript, *written):
        assert path is not None
        assert not leaks(path.read_text(encoding="utf-8"))


async def test_a_hostile_dataset_is_only_text(tmp_path: Path) -> None:
    nasty = "[bold]x[/] \x1b[31m {{ 7*7 }} \u202e 🧑‍🔧"
    path = tmp_path / "[red]x{{7*7}}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text \x1b[31m[bold]", "label"])
        writer.writerows([f"{nasty} number {n}", f"[b]{{{{{n % 3}}}}}\x1b[31m🙂"] for n in range(300))
    session = Session(path)
    step = await session.open()
    assert not unseen(shown(step))
    assert "49" not in shown(step).replace("{{7*7}}", "")
    step = await session.reply("yes")
    assert not unseen(shown(step))
    assert session.facts.number("usable_examples") == 300
    told_so = {
        "task": "1",
        "metric": "1",
        "prompt_optimization": "by hand",
        "goal": "better answers",
        "host": "practice",
    }
    while step.asked is not None:
        step = await session.reply(told_so.get(step.asked, "skip"))
        assert not unseen(shown(step))
    assert session.project is not None
    (folder,) = (path.parent / "advised").iterdir()
    assert folder.resolve().parent == (path.parent / "advised").resolve()
