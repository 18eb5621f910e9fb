"""A user who remembers more rows than the file holds hears it once, with what it does to the advice."""

from __future__ import annotations

from pathlib import Path

from advisor.domain.dialogue import Step
from advisor.session import Session
from tests.conftest import write_tickets

SAID = "You said 800 labelled examples; tickets.csv has 312 usable examples."
CHANGED = "with 312 it is “Collect more data”"


def said(step: Step) -> str:
    return "\n".join(message.text for message in step.messages)


async def test_told_first_and_measured_then(tmp_path: Path) -> None:
    session = Session()
    await session.open()
    await session.reply("we have 800 labelled tickets")
    step = await session.reply(str(write_tickets(tmp_path / "tickets.csv", 312)))
    assert f"{SAID} I use what was measured: the advice is the same with either." in said(step)
    heard = ""
    for reply in ("yes", "MIPROv2, it gets 66%", "better answers", "90%", "it stands"):
        heard += said(await session.reply(reply))
    assert heard.count(SAID) == 1, "once more, when it has come to change the advice"
    assert heard.count(CHANGED) == 1
    assert session.recommendation.route == "collect_data"


async def test_measured_first_and_told_then(tmp_path: Path) -> None:
    session = Session(write_tickets(tmp_path / "tickets.csv", 312))
    await session.open()
    for reply in ("yes", "MIPROv2, it gets 66%", "better answers", "90%"):
        await session.reply(reply)
    step = await session.reply("we have 800 labelled examples")
    assert "The file says 312; I use that: with 800 the advice would be" in said(step)
    assert said(step).count(CHANGED) == 1
    step = await session.reply("it stands")
    assert CHANGED not in said(step)
