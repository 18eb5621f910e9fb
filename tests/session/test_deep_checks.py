"""Deep checks asked for in the conversation: made beside it, told when they are over, stopped."""

from __future__ import annotations

import importlib.util
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.domain.conversation import Advised, Said
from advisor.domain.deep_words import ASKED_BY, CHECKS
from advisor.domain.dialogue import ReadingProgress
from advisor.session import Session
from advisor.world.datasets.closer import deep_checks
from advisor.world.reading.sections import shown
from tests.session.test_session import READY, said
from tests.waiting import until

NEEDS_RENSA = pytest.mark.skipif(
    importlib.util.find_spec("rensa") is None, reason="rensa is not installed (extra `deep`)"
)
WORDS = ["card", "train", "work", "lost", "stolen", "bank", "money", "rate", "euro", "phone", "code", "fee", "town"]


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """Tickets of two kinds, some nearly the same as the one before, some with an address in them."""
    chance, path = random.Random(0), tmp_path / "tickets.csv"
    lines = ["text,queue"]
    for n in range(300):
        text = " ".join(chance.choice(WORDS) for _ in range(14))
        mail = f" jane.doe{n}@example.com" if n % 3 == 0 else ""
        lines.append(f"{text} {n}{mail},{('lost', 'stolen')[n % 2]}")
        if n % 10 == 0:
            lines.append(f"{text} now,{('lost', 'stolen')[n % 2]}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def sleeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Checks that never end; returns the file that names their process."""
    folder = tmp_path / "child"
    folder.mkdir()
    (folder / "stand_in.py").write_text(
        "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\ntime.sleep(300)\n", "utf-8"
    )
    monkeypatch.setattr(deep_checks, "CHILD", "stand_in")
    monkeypatch.setattr(deep_checks, "ROOT", folder)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: True)
    return folder / "pid"


async def over(session: Session) -> None:
    look = session._talk.case.deep_look
    assert look is not None
    while look.under_way:
        await look.wait(60)


def gone(named: Path) -> bool:
    return not (Path("/proc") / named.read_text()).exists()


def told(session: Session, words: str) -> Sequence[str]:
    return [event.text for event in session.events if isinstance(event, Said) and words in event.text]


@pytest.mark.parametrize("check", CHECKS)
def test_the_words_named_for_a_check_ask_for_it(check: str) -> None:
    asked = shown(ASKED_BY[check])  # type: ignore[index]
    assert asked is not None and (asked.intent, asked.about) == ("deep", check)


@NEEDS_RENSA
async def test_a_check_is_made_beside_the_conversation_and_told_when_it_is_over(tickets: Path) -> None:
    session = Session(tickets)
    opened = await session.open()
    step = await session.reply("check for near copies")
    assert "I look into near copies now" in said(step) and "8 minutes at most" in said(step)
    assert step.section == "copies" and step.asked == opened.asked
    assert session.report is not None and session.report.close is not None and session.report.close.near is None
    assert session.checking is not None and session.checking.doing == "looking for near copies in"
    await over(session)
    assert session.checked and session.checking is None
    step = await session.tell_checks()
    assert "I looked into near copies:" in said(step) and "30 inputs nearly the same" in said(step)
    assert step.messages[-1] == opened.messages[-1] and step.section == "copies" and not session.checked
    assert session.report.close.near is not None
    await session.look_closer()
    assert session.report.close.near is not None, "the closer look does not take it back"
    step = await session.reply("check for near copies")
    assert "near copies" in said(step) and "I look into" not in said(step), "it is shown, not made again"
    await session.close()


@NEEDS_RENSA
async def test_what_is_asked_for_before_the_advice_is_told_before_it_and_once(tickets: Path) -> None:
    session, heard = Session(tickets), list[ReadingProgress]()
    session.hear_reading(heard.append)
    await session.open()
    await session.reply("check for near copies")
    for reply in READY:
        step = await session.reply(reply)
    await session.reply("the target is 95%")
    looked, closer = told(session, "I looked into near copies"), told(session, "A closer look")
    assert len(looked) == len(closer) == 1
    texts = [event.text for event in session.events if isinstance(event, Said)]
    advice = next(at for at, text in enumerate(texts) if step.recommendation.reasons[0].text[:20] in text)
    assert texts.index(looked[0]) < advice
    await session.close()


async def test_how_far_it_is_is_heard_while_it_is_waited_for_and_it_can_be_stopped(
    tickets: Path, sleeping: Path
) -> None:
    session, heard = Session(tickets), list[ReadingProgress]()
    await session.open()
    await session.reply("run the deep checks")

    def hear(progress: ReadingProgress) -> None:
        heard.append(progress)
        session.stop_reading()

    session.hear_reading(hear)
    for reply in READY:
        await session.reply(reply)
    assert heard and heard[0].doing == "looking for near copies in" and heard[0].seconds is not None
    assert told(session, "I stopped looking into near copies, label noise and the learning curve.")
    assert any(isinstance(event, Advised) for event in session.events), "the advice comes all the same"
    await session.close()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
async def test_another_file_and_the_end_of_the_conversation_end_a_check(tickets: Path, sleeping: Path) -> None:
    session = Session(tickets)
    await session.open()
    await session.reply("check for label noise")
    until(lambda: sleeping.exists() and sleeping.read_text(), "it has begun")
    other = tickets.with_name("other.csv")
    shutil.copy(tickets, other)
    step = await session.correct("data_path", str(other))
    assert session.checked and session.checking is None
    assert "I stopped looking into label noise." in said(await session.reply("?")), said(step)
    until(lambda: gone(sleeping), "its process has ended")
    await session.close()


async def test_where_the_extra_is_missing_the_command_that_brings_it_is_said_and_shown(
    tickets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in ("rensa", "sklearn") else found(name))
    session = Session(tickets)
    await session.open()
    step = await session.reply("look for wrong labels")
    assert "scikit-learn is not installed" in said(step) and "pip install 'dspy-finetune-advisor[deep]'" in said(step)
    assert step.section == "noise" and session.checking is None and not session.checked
    assert session.report is not None and session.report.close is not None
    assert [one.check for one in session.report.close.not_run] == ["noise"]
    await session.close()
