"""A conversation that was left is gone on with where that is the first thing said in a new one about its file."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from advisor import case_file
from advisor.domain.picking_up import NOT_FROM_HERE, goes_on_with
from advisor.plain import talk as plain_talk
from advisor.session import Session
from advisor.starting import Beginning
from advisor.world import paths, transcripts
from tests.session.test_kept_told import left
from tests.session.test_session import READY, said, talk


@pytest.mark.parametrize(
    "reply",
    ["resume", "Resume it.", "go on with it", "yes, go on with it please", "take it up again", "continue the old one",
     "let's carry on with that one", "pick up the unfinished conversation"],
)  # fmt: skip
def test_a_reply_that_goes_on(reply: str) -> None:
    assert goes_on_with(reply)


@pytest.mark.parametrize("reply", ["yes", "continue", "go on", "1", "", "resume screening", "it goes on with itself"])
def test_one_that_does_not(reply: str) -> None:
    assert not goes_on_with(reply)


async def test_the_first_reply_takes_it_up_and_the_new_one_is_not_listed(home: Path, ticket_file: Path) -> None:
    kept = await left(home, ticket_file)
    session = Beginning().begin(data=ticket_file)
    await session.open()
    step = await session.reply("resume")
    assert step.takes_up is not None and step.takes_up.target == str(kept.transcript)
    await session.close()
    assert [one.path for one in transcripts.kept(paths.conversations())] == [kept.transcript]
    again = Beginning().begin(step.takes_up)
    step = await again.open()
    assert again.transcript == kept.transcript and again.facts.text("label_field") == "category"
    assert step.asked == "prompt_optimization"
    await again.close()


async def test_later_it_is_a_reply_like_any_other(home: Path, ticket_file: Path) -> None:
    await left(home, ticket_file)
    session = Beginning().begin(data=ticket_file)
    await session.open()
    await session.reply("yes")
    step = await session.reply("resume")
    assert step.takes_up is None and NOT_FROM_HERE in said(step) and step.asked == "prompt_optimization"
    await session.close()


async def test_without_one_that_was_left_there_is_nothing_to_take_up(home: Path, ticket_file: Path) -> None:
    session = Beginning().begin(data=ticket_file)
    await session.open()
    step = await session.reply("resume")
    assert step.takes_up is None and NOT_FROM_HERE in said(step) and step.asked == "label_field"
    await session.close()


def test_the_plain_conversation_goes_on_with_it(home: Path, ticket_file: Path) -> None:
    kept = asyncio.run(left(home, ticket_file))
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "plain", str(ticket_file)], input="resume\nby hand\nquit\n",
        capture_output=True, text=True,
    )  # fmt: skip
    assert "Go on with it? `resume`" in done.stdout and "Noted: prompts tuned by hand" in done.stdout
    assert kept.transcript is not None and '"by hand"' in kept.transcript.read_text(encoding="utf-8")
    assert [one.path for one in transcripts.kept(paths.conversations())] == [kept.transcript]


def test_one_that_is_open_elsewhere_by_now_is_not_taken_and_the_new_one_stays(
    home: Path, ticket_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = asyncio.run(left(home, ticket_file))
    session = Beginning().begin(data=ticket_file)
    assert kept.transcript is not None
    kept.transcript.unlink()
    replies = iter(["resume", "yes", "quit"])

    async def next_reply(step: object) -> str | None:
        return next(replies, None)

    plain_talk(session, next_reply)
    told = capsys.readouterr().out
    assert "! " in told and "Noted: label category" in told


async def test_one_that_waits_for_what_its_run_lacks_is_taken_up_and_runs_once_that_is_there(
    home: Path, ticket_file: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as bare:
        bare.setattr(case_file, "lacks", lambda plan, here: ("It cannot start here yet: SOME_API_KEY is not set.",))
        kept = Session(ticket_file, kept_in=paths.conversations(), projects_in=tmp_path / "made")
        step = await talk(kept, *READY)
        assert "SOME_API_KEY is not set" in said(step) and step.phase == "asking"
        await kept.close()
    session = Beginning().begin(data=ticket_file)
    await session.open()
    step = await session.reply("resume")
    assert step.takes_up is not None and step.takes_up.target == str(kept.transcript)
    await session.close()
    again = Beginning().begin(step.takes_up)
    assert (await again.open()).phase == "offering"
    await again.close()
