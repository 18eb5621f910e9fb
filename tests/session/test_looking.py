"""Looking into a file: how far it is, stopping it, and the closer look beside the conversation."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from advisor.domain.conversation import Said
from advisor.domain.dialogue import ReadingProgress
from advisor.errors import UsageError
from advisor.looking import FirstLook
from advisor.session import Session
from tests.session.test_session import READY, said, talk


@pytest.fixture
def addressed(tmp_path: Path) -> Path:
    """Tickets of two kinds, some with an address in them."""
    path = tmp_path / "tickets.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("text", "queue"))
        for n in range(600):
            mail = f" write to jane.doe{n}@example.com" if n % 3 == 0 else ""
            kind = ("lost", "stolen")[n % 2]
            writer.writerow((f"my card number {n} was {('left somewhere', 'taken from me')[n % 2]}{mail}", kind))
    return path


def repeat(path: Path, times: int) -> None:
    text = path.read_text("utf-8")
    path.write_text(text * times, "utf-8")


async def test_how_far_a_file_is_read_is_heard(addressed: Path) -> None:
    session, heard = Session(addressed), list[ReadingProgress]()
    session.hear_reading(heard.append)
    await session.open()
    assert heard[-1].rows == 600
    assert heard[-1].name == "tickets.csv"
    assert heard[-1].labels == 2
    await session.close()


async def test_a_reading_can_be_stopped_and_another_file_named(addressed: Path) -> None:
    session = Session(addressed)
    session.hear_reading(lambda progress: session.stop_reading() if progress.rows < 10_000 else None)
    repeat(addressed, 20)
    step = await session.open()
    assert "I stopped reading tickets.csv after" in said(step)
    assert session.report is None and step.asked == "data_path"
    session.hear_reading(lambda progress: None)
    step = await session.reply(str(addressed))
    assert session.report is not None and session.report.rows > 600
    await session.close()


def test_what_was_stopped_does_not_stop_the_next_reading() -> None:
    look = FirstLook()
    with look, pytest.raises(UsageError):
        look.stop()
        look.hear(ReadingProgress("a.csv", 1, 0.5, 0))
    with look:
        look.hear(ReadingProgress("a.csv", 1, 0.5, 0))


async def test_what_a_closer_look_warns_of_is_said_once_before_the_advice(addressed: Path) -> None:
    session = Session(addressed)
    step = await talk(session, *READY)
    words = said(step)
    assert "A closer look" in words and "e-mail" in words
    assert words.index("A closer look") < words.index(step.recommendation.reasons[0].text[:20])
    assert "jane.doe" not in words, "personal data is shown masked"
    assert session.report is not None and session.report.close is not None
    assert session.report.tokens is not None and not session.report.tokens.estimated
    await session.reply("the target is 95%")
    closer = [event for event in session.events if isinstance(event, Said) and "A closer look" in event.text]
    assert len(closer) == 1
    await session.close()


async def test_a_closer_look_can_be_waited_for_beside_the_conversation(addressed: Path) -> None:
    session = Session(addressed)
    await session.open()
    assert session.report is not None and session.report.close is None
    await session.look_closer()
    assert session.report.close is not None
    await session.look_closer()
    await session.close()


async def test_a_file_that_is_emptied_before_the_closer_look_changes_nothing(addressed: Path) -> None:
    session = Session(addressed)
    await session.open()
    repeat(addressed, 0)
    await session.look_closer()
    assert session.report is not None and session.report.rows == 600
    await session.close()


async def test_a_stopped_recount_offers_nothing_until_the_file_is_read_again(addressed: Path) -> None:
    repeat_with_kind(addressed)
    session = Session(addressed)
    await talk(session, *READY)
    session.hear_reading(lambda progress: session.stop_reading())
    step = await session.correct("label_field", "kind")
    assert "I stopped reading" in said(step)
    step = await session.reply("that's enough")
    assert step.phase != "offering", "what was read by another label is no ground for a run"
    session.hear_reading(lambda progress: None)
    step = await session.correct("label_field", "kind")
    assert session.report is not None and session.report.label_field == "kind"
    await session.close()


async def test_another_file_that_cannot_be_read_leaves_the_one_in_hand(addressed: Path, tmp_path: Path) -> None:
    session = Session(addressed)
    await session.open()
    step = await session.reply(str(tmp_path / "missing.csv"))
    assert "I go on with tickets.csv." in said(step)
    assert session.report is not None
    await session.close()


def repeat_with_kind(path: Path) -> None:
    header, *rows = path.read_text("utf-8").splitlines()
    kinds = [f"{row},{('new', 'old', 'late')[n % 3]}" for n, row in enumerate(rows * 20)]
    path.write_text("\n".join([f"{header},kind", *kinds, ""]), "utf-8")
