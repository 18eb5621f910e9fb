"""A conversation that broke off is taken up where it was."""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from advisor.domain.conversation import Consented, Ran, Replied, Resumed
from advisor.domain.dialogue import Step
from advisor.domain.story import story_of
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.starting import Beginning
from advisor.world import transcripts

ANSWERS = {
    "label_field": "yes", "prompt_optimization": "MIPROv2", "optimized_score": "72%", "goal": "better answers",
    "target_score": "90%", "task_stability": "it stands", "host": "practice",
}  # fmt: skip
READY = len(ANSWERS)


async def held(kept: Path, data: Path | None, answers: int = 0) -> Session:
    """Hold a conversation of so many answers that nobody closes."""
    session = Session(data, kept_in=kept)
    await session.open()
    for _ in range(answers):
        await session.reply(ANSWERS[session.asked or ""])
    return session


async def taken_up(kept: Path) -> tuple[ResumedSession, Step]:
    (found,) = transcripts.unfinished(kept)
    session = ResumedSession(found.path)
    return session, await session.open()


def believed(session: Session) -> dict[str, object]:
    return {fact.name: fact.value for fact in session.facts.known()}


@pytest.mark.parametrize("answers", range(1, READY + 1))
async def test_every_answer_is_still_known_and_the_same_question_is_open(
    tmp_path: Path, ticket_file: Path, answers: int
) -> None:
    before = await held(tmp_path, ticket_file, answers)
    session, step = await taken_up(tmp_path)
    assert believed(session) == believed(before)
    assert session.story.open == before.story.open
    assert step.recommendation == before.recommendation


async def test_back_works_across_the_break(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path, ticket_file, 3)
    asked = before.asked
    assert asked is not None
    await before.reply(ANSWERS[asked])
    session, _ = await taken_up(tmp_path)
    step = await session.reply("back")
    assert step.asked == asked
    assert not session.facts.has(asked)


async def test_a_reply_nothing_followed_from_is_read_again(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path, ticket_file, 1)
    asked = before.asked
    assert asked is not None
    (found,) = transcripts.unfinished(tmp_path)
    transcripts.Transcript.reopen(found.path).append(Replied(text=ANSWERS[asked]))
    session, step = await taken_up(tmp_path)
    assert session.facts.has(asked)
    assert step.asked != asked


async def test_a_file_that_was_named_and_not_read_is_read(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, None)
    await session.reply("8 categories")
    path = ticket_file
    await session.reply(str(path))
    transcript = session.transcript
    assert transcript is not None
    lines = transcript.read_text().splitlines(keepends=True)
    named = next(n for n, line in enumerate(lines) if '"data_path"' in line and '"understood"' in line)
    transcript.write_text("".join(lines[: named + 1]))
    again, _ = await taken_up(tmp_path)
    assert again.report is not None
    assert again.facts.number("rows") == 600


async def test_a_yes_is_asked_for_again_and_the_project_is_not_written_twice(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path, ticket_file, READY)
    session, step = await taken_up(tmp_path)
    assert step.phase == "offering"
    assert session.project == before.project
    assert [folder.name for folder in (ticket_file.parent / "advised").iterdir()] == ["tickets"]
    assert not any(isinstance(event, Consented) for event in session.events)


async def test_a_yes_before_the_break_starts_nothing_by_itself(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path, ticket_file, READY)
    assert before.transcript is not None
    transcripts.Transcript.reopen(before.transcript).append(Replied(text="yes"))
    _, step = await taken_up(tmp_path)
    assert step.phase == "offering"


async def test_a_run_that_went_on_is_followed_to_its_end_and_started_once(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path / "kept", ticket_file, READY)
    await before.reply("yes")
    running = await before.start()
    running.leave()
    await running.close()
    session, step = await taken_up(tmp_path / "kept")
    assert step.phase == "running"
    async for _ in session.run():
        pass
    step = await session.after_run()
    await session.close()
    assert session.comparison is not None
    assert session.story.practised and not session.facts.has("baseline_score")
    assert "Of your own program this run measured nothing" in step.messages[-1].text
    assert sum(isinstance(event, Ran) for event in session.events) == 1
    assert before.project is not None
    assert len(list((before.project / "runs").iterdir())) == 1
    assert transcripts.unfinished(tmp_path / "kept") == ()


async def test_a_run_noted_by_nobody_is_found(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path / "kept", ticket_file, READY)
    await before.reply("yes")
    running = await before.start()
    running.leave()
    assert before.transcript is not None
    lines = before.transcript.read_text().splitlines(keepends=True)
    before.transcript.write_text("".join(line for line in lines if '"kind": "ran"' not in line))
    session, step = await taken_up(tmp_path / "kept")
    assert step.phase == "running"
    await session.cancel_run()
    async for _ in session.run():
        pass
    step = await session.after_run()
    await running.close()
    assert step.phase == "offering"
    assert re.match("It can go on from where|It ended before its first stage", step.messages[-1].text)


async def test_a_changed_file_is_read_again(tmp_path: Path, ticket_file: Path) -> None:
    await held(tmp_path, ticket_file, 2)
    with ticket_file.open("a") as file:
        file.write("a new one,billing\n")
    session, step = await taken_up(tmp_path)
    assert any("has changed since" in message.text for message in step.messages)
    assert session.facts.number("rows") == 601


async def test_a_file_that_is_gone_is_said(tmp_path: Path, ticket_file: Path) -> None:
    await held(tmp_path, ticket_file, READY)
    await asyncio.to_thread(ticket_file.unlink)
    session, step = await taken_up(tmp_path)
    assert any(message.kind == "error" for message in step.messages)
    assert session.facts.number("target_score") == pytest.approx(0.9)


async def test_a_torn_last_line_loses_only_itself(tmp_path: Path, ticket_file: Path) -> None:
    before = await held(tmp_path, ticket_file, 4)
    assert before.transcript is not None
    with before.transcript.open("ab") as file:
        file.write(b'{"kind": "understood", "facts": [{"na')
    session, _ = await taken_up(tmp_path)
    assert believed(session) == believed(before)
    assert session.asked is not None
    asked = session.asked
    await session.reply(ANSWERS[asked])
    assert session.facts.has(asked)


async def test_the_story_is_the_same_however_often_it_is_told(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, READY)
    assert session.transcript is not None
    again = story_of(transcripts.load(session.transcript))
    assert again.facts.known() == session.story.facts.known()
    assert (again.asked, again.skipped, again.project) == (session.asked, frozenset(), str(session.project))


async def test_a_conversation_can_be_taken_up_more_than_once(tmp_path: Path, ticket_file: Path) -> None:
    await held(tmp_path, ticket_file, 2)
    for number in (1, 2):
        session, step = await taken_up(tmp_path)
        assert sum(isinstance(event, Resumed) for event in session.events) == number
        assert step.asked is not None
    await session.reply("quit")
    await session.close()
    assert transcripts.unfinished(tmp_path) == ()


async def test_what_was_typed_over_can_be_taken_back(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, READY)
    step = await session.correct("target_score", "70%")
    assert step.recommendation.route == "stop"
    step = await session.correct("target_score", "lots")
    assert session.facts.number("target_score") == pytest.approx(0.7)
    assert any("left it as it was" in message.text or "number" in message.text for message in step.messages)
    again, _ = await taken_up(tmp_path)
    assert again.facts.number("target_score") == pytest.approx(0.7)
    await again.reply("back")
    assert again.facts.number("target_score") == pytest.approx(0.9)


async def test_nothing_open_is_nothing_to_take_up(tmp_path: Path) -> None:
    session = await held(tmp_path, None)
    await session.close()
    assert transcripts.unfinished(tmp_path) == ()


async def test_one_process_at_a_time_goes_on_with_a_conversation(tmp_path: Path, home: Path) -> None:
    session = await held(home / "conversations", None)
    await session.reply("8 categories")
    elsewhere = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "advisor", "plain", "--resume", stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    _, said = await elsewhere.communicate(b"")
    assert elsewhere.returncode == 2
    assert b"no unfinished conversation" in said
    named = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "advisor", "plain", "--resume", str(session.transcript),
        stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    _, said = await named.communicate(b"")
    assert named.returncode == 2
    assert b"is open in another terminal" in said
    await session.close()
    assert [path.suffix for path in (home / "conversations").iterdir()] == [".jsonl"]
    assert len(Beginning().offers()) == 3
