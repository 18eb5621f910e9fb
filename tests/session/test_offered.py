"""What is said before a yes: prompts optimized once more, the room a project takes, the doors that are open."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from advisor import asking
from advisor.domain.dialogue import Message
from advisor.domain.project_size import expected_size
from advisor.session import Session
from advisor.world import project_folder
from advisor.world.machine import packages
from tests.conftest import write_tickets
from tests.domain.test_supposing import case
from tests.session.test_session import READY, said, talk

BY_HAND = ("yes", "prompts tuned by hand, the baseline is 50% and the target is 90%", "it stands", "better answers",
           "practice")  # fmt: skip


async def test_optimizing_again_is_said_with_why_and_with_the_way_out(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY)
    assert "optimize the prompts again:" in said(step) and "I have no copy of them" in said(step)
    readme = next(file.text for file in session.project_files() if file.name == "README.md")
    assert "## Your own prompts" in readme and "## Your own prompts".removeprefix("## ") in said(step)


async def test_prompts_never_optimized_are_not_optimized_again(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *BY_HAND)
    assert step.phase == "offering"
    assert "optimize the prompts:" in said(step) and "no copy" not in said(step)


async def test_a_large_project_is_announced_before_it_is_written(
    ticket_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.workbench.LARGE", 1000)
    session, place = Session(ticket_file), ticket_file.parent / "advised" / "tickets"
    there: list[tuple[str, bool]] = []

    def hear(message: Message) -> None:
        there.append((message.text, place.exists()))

    session.listen(hear)
    step = await talk(session, *BY_HAND)
    [(announced, written)] = [heard for heard in there if "Before I can ask" in heard[0]]
    assert str(place) in announced and "under 1 MB" in announced and not written
    assert f"{place}, under 1 MB with a copy of the rows" in said(step)
    assert "Before I can ask" not in said(await session.reply("no"))


async def test_a_small_project_is_only_offered(ticket_file: Path) -> None:
    step = await talk(Session(ticket_file), *BY_HAND)
    assert "Before I can ask" not in said(step) and "under 1 MB" in said(step)


async def test_the_room_expected_is_near_the_room_taken(tmp_path: Path) -> None:
    session = Session(write_tickets(tmp_path / "many.csv", 6000))
    await talk(session, *BY_HAND)
    assert session.report is not None and session.project is not None
    assert 0.5 < expected_size(session.report) / project_folder.size_of(session.project) < 2


async def test_a_closed_door_ends_with_the_doors_that_are_open(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "openai", "gpt-4o-mini", "no, never")
    assert step.recommendation.route == "switch_host" and step.asked == "host"
    opened = ["practice", "nebius", "other", "local", "together", "foundry", "sky"]
    assert [answer.value for answer in step.answers] == opened
    step = await session.reply("1")
    assert session.facts.text("host") == "practice" and step.phase == "offering"


def test_rows_that_must_stay_leave_one_door() -> None:
    stays = case({"host": "fireworks", "data_must_stay": True})
    assert [answer.value for answer in asking.answers("host", stays, None)] == ["practice", "local"]
    assert len(asking.answers("host", case({}), None)) == 8


async def test_a_limit_too_low_may_be_raised_where_the_host_is_asked_for(
    ticket_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ("ADVISED_BASE_URL", "https://models.example.com/v1"), ("ADVISED_UPLOAD_TO", "models.example.com")
    for name, value in (*told, ("ADVISED_API_KEY", "k")):
        monkeypatch.setenv(name, value)
    session = Session(ticket_file)
    prices = "input price 4, output price 16, training price 50"
    step = await talk(session, *READY[:-1], "other", "acme/big-7b", prices, "0.10 dollars")
    assert step.recommendation.route == "switch_host" and "name a higher limit" in step.messages[-1].text
    step = await session.reply("the budget is $900")
    assert step.phase == "offering" and "at most $900.00" in step.messages[-1].text


async def test_a_door_left_out_is_not_asked_for_again(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "openai", "gpt-4o-mini", "no, never")
    step = await session.reply("skip")
    assert step.asked is None and step.recommendation.route == "switch_host"


@pytest.mark.skipif(sys.platform == "win32", reason="a path without the drivers' programs")
async def test_before_the_yes_it_is_said_that_this_computer_has_no_gpu(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "this computer", "Qwen/Qwen3-8B")
    assert step.recommendation.route == "switch_host" and step.phase != "offering"
    assert "There is no GPU here: training Qwen3-8B" in said(step)
    assert "None was found here" in said(await session.reply("do I have a GPU here?"))


async def test_no_yes_is_asked_to_what_cannot_start_here(ticket_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "versions", dict)
    monkeypatch.setattr(packages, "origin", lambda: None)
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "this computer", "my/own")
    assert step.phase == "asking" and not step.answers and "Run? y / n" not in said(step)
    told = step.messages[-1].text
    assert "It cannot start here yet: it lacks" in told and "trl" in told and "[local]" in told
    assert f"`advisor run {session.project}` starts it then." in told and session.consent == told
    step = await session.reply("yes")
    assert step.phase == "asking" and step.messages[-1].text == told
