"""A file with labels too rare to measure gets its advice, then a refusal that says what to do, and that works."""

from __future__ import annotations

import csv
from pathlib import Path

from advisor.__main__ import main
from advisor.domain.dialogue import Step
from advisor.session import Session
from tests.conftest import tickets


def said(step: Step) -> str:
    return "\n".join(message.text for message in step.messages)


def rare_tickets(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category"])
        writer.writerows(tickets(60))
        writer.writerows((f"a wholly odd matter {i}", f"odd {i % 3}") for i in range(6))
    return path


async def test_the_conversation_refuses_the_run_and_takes_the_cleaned_file(tmp_path: Path) -> None:
    path = rare_tickets(tmp_path / "tickets.csv")
    session = Session(path)
    opened = await session.open()
    assert "9.1% of the inputs, so I write no run from this" in said(opened)
    assert "hold back" not in said(opened)
    for reply in ("yes", "not yet", "that's enough"):
        step = await session.reply(reply)
    assert step.phase == "asking"
    assert "Optimize the prompts" in said(step), "the advice stands all the same"
    assert "--drop-rare 3" in said(step)
    out = tmp_path / "cleaned.csv"
    assert main(["inspect", str(path), "--fix", str(out), "--drop-rare", "3"]) == 0
    await session.reply(str(out))
    step = await session.reply("yes")
    assert step.phase == "offering"


def test_the_command_says_so_too(tmp_path: Path) -> None:
    path = rare_tickets(tmp_path / "tickets.csv")
    assert main(["write", str(path), "--out", str(tmp_path / "project")]) == 4
    assert not (tmp_path / "project").exists()
