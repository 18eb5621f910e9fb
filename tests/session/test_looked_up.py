"""What the catalogue says reaches a conversation as facts, is kept in it, and is believed again in a replay."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from advisor import lookup
from advisor.commands import advise, run
from advisor.domain.conversation import Advised, LookedUp, Said
from advisor.domain.facts import Source
from advisor.errors import HostRefused, UsageError
from advisor.replaying import replay
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.world import transcripts

AT_OPENAI = (
    "yes", "MIPROv2, it gets 70%", "better answers", "90%", "it is settled", "OpenAI", "yes", "gpt-4o-mini",
    "20 dollars",
)  # fmt: skip


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue is judged by the day it was read on, whenever the tests run."""
    on(monkeypatch, date(2026, 11, 22))


def on(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setattr(lookup, "today", lambda: today)


async def held(tmp_path: Path, ticket_file: Path, *replies: str) -> Session:
    session = Session(ticket_file, kept_in=tmp_path / "kept", projects_in=tmp_path / "advised")
    await session.open()
    for reply in replies:
        await session.reply(reply)
    return session


async def test_a_model_that_goes_too_soon_is_told_with_its_day(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    assert session.recommendation.route == "switch_host"
    assert "2027-01-14" in session.recommendation.reasons[0].text
    fact = session.facts.get("host_closes")
    assert fact is not None
    assert (fact.value, fact.source) == ("2027-01-06", Source.assumed)
    assert fact.evidence == "developers.openai.com, deprecations, 2026-11-22"
    await session.close()


async def test_what_was_believed_then_is_believed_in_a_replay(
    tmp_path: Path, ticket_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    assert session.transcript is not None
    await session.close()
    kept = transcripts.load(session.transcript)
    assert any(isinstance(event, LookedUp) and event.student == "gpt-4o-mini" for event in kept)
    assert any(isinstance(event, Advised) and event.route == "switch_host" for event in kept)
    on(monkeypatch, date(2030, 1, 1))
    assert await replay(session.transcript, tmp_path / "again") == []


async def test_another_host_replaces_what_was_looked_up(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI, "Nebius then")
    assert session.facts.text("host") == "nebius"
    assert not session.facts.has("host_closes")
    await session.reply("back")
    assert session.facts.text("host_closes") == "2027-01-06"
    await session.close()


async def test_what_the_user_types_over_wins(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    await session.correct("student_retires", "2028-01-01")
    assert session.facts.number("student_days_left") == 405
    assert session.recommendation.route != "switch_host"
    await session.close()


async def test_a_door_that_has_closed_meanwhile_is_seen_when_it_is_taken_up(
    tmp_path: Path, ticket_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI[:7])
    kept = session.transcript
    assert kept is not None
    await session.close()
    on(monkeypatch, date(2027, 2, 1))
    resumed = ResumedSession(kept, projects_in=tmp_path / "advised")
    await resumed.open()
    assert resumed.facts.number("host_days_left") == 0
    assert "for nobody" in resumed.checklist["compute"].evidence
    said = [event.text for event in resumed.events if isinstance(event, Said) and event.manner == "warns"]
    assert any("OpenAI was read 71 days ago" in text for text in said)
    await resumed.close()


async def test_a_practice_conversation_looks_nothing_up(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI[:5], "practice")
    assert not any(isinstance(event, LookedUp) for event in session.events)
    await session.close()


async def test_a_supposed_host_is_looked_up_for_the_answer_only(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI[:5], "nebius")
    step = await session.reply("what if I trained at OpenAI with gpt-4o-mini?")
    assert "2027-01-14" in " ".join(message.text for message in step.messages)
    assert session.facts.text("host") == "nebius"
    await session.close()


async def test_a_broken_file_of_the_users_is_said_once_and_stops_nothing(
    tmp_path: Path, ticket_file: Path, home: Path
) -> None:
    (home / "catalogue.toml").write_text("[host.openai]\nprize = 1\n")
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    said = [
        event.text for event in session.events if isinstance(event, Said) and "catalogue.toml, line 2" in event.text
    ]
    assert len(said) == 1
    await session.close()


def test_the_advise_command_looks_up_too(capsys: pytest.CaptureFixture[str]) -> None:
    facts = ("task=classification", "labelled_examples=2000", "optimized_score=78%", "target_score=90%", "host=openai",
             "student_model=gpt-4o-mini", "openai_tuned_recently=no")  # fmt: skip
    assert advise.main([*(part for fact in facts for part in ("--set", fact)), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["route"] == "switch_host"
    assert told["facts"]["host_admits"]["source"] == "assumed"
    assert told["facts"]["student_price_training"]["value"] == "3"


def test_a_run_at_a_host_that_has_closed_ends_before_it_begins(
    tmp_path: Path, ticket_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from advisor.commands import write

    facts = ("label_field=category", "optimized_score=70%", "target_score=90%", "goal=quality", "host=openai",
             "student_model=gpt-4o-mini", "openai_tuned_recently=yes", "needed_days=30")  # fmt: skip
    folder = tmp_path / "made"
    told = [part for fact in facts for part in ("--set", fact)]
    assert write.main([str(ticket_file), *told, "--out", str(folder)]) == 0
    assert "Prices from litellm" in capsys.readouterr().err
    on(monkeypatch, date(2027, 1, 6))
    with pytest.raises(HostRefused, match="trains for nobody since 2027-01-06") as caught:
        run.main([str(folder), "--yes"])
    assert caught.value.exit_code == 6


async def test_the_days_a_model_is_needed_can_be_corrected_where_they_are_assumed(
    tmp_path: Path, ticket_file: Path
) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    shown = next(known for known in session.known_facts if known.name == "needed_days")
    assert (shown.value, shown.source, shown.editable) == ("180", Source.assumed, True)
    await session.correct("needed_days", "30")
    assert session.recommendation.route == "bootstrap_finetune"
    await session.close()


def test_without_a_model_the_flag_is_named_with_one_the_host_can_train(ticket_file: Path) -> None:
    from advisor.commands import write

    told = ["--set", "prompt_optimization=none", "--set", "task_stability=stable", "--set", "goal=quality"]
    for host, example in (("local", "Qwen/Qwen3-0.6B"), ("openai", "gpt-4.1-mini")):
        with pytest.raises(UsageError) as missing:
            write.main([str(ticket_file), *told, "--set", f"host={host}", "--set", "openai_tuned_recently=yes"])
        assert f"--set student_model={example}" in str(missing.value)


def test_prices_that_a_limit_needs_are_asked_for_by_their_flags(ticket_file: Path) -> None:
    from advisor.commands import write

    facts = ("label_field=category", "optimized_score=70%", "target_score=90%", "goal=quality", "host=foundry",
             "student_model=gpt-4.1-mini", "task_stability=stable", "budget_usd=30")  # fmt: skip
    told = [part for fact in facts for part in ("--set", fact)]
    with pytest.raises(UsageError, match="what an hour costs in which the tuned") as missing:
        write.main([str(ticket_file), *told])
    flags = missing.value.try_this
    assert flags == "Here that is --set student_price_training=5 --set student_hosting_per_hour=3.99"
    with pytest.raises(UsageError, match=r"a price of gpt.* is not known"):
        write.main([str(ticket_file), *told, "--set", "student_hosting_per_hour=0"])


async def test_for_how_long_it_is_needed_can_be_said_and_settles_it(tmp_path: Path, ticket_file: Path) -> None:
    session = await held(tmp_path, ticket_file, *AT_OPENAI)
    assert "say for how long you need it, for example: we need it for 53 days" in str(session.recommendation.reasons)
    await session.reply("we need it for six weeks")
    fact = session.facts.get("needed_days")
    assert fact is not None and (fact.value, fact.source) == (42, Source.told)
    assert session.recommendation.route == "bootstrap_finetune"
    await session.close()
