"""The conversation as an object: what it asks, takes back, offers, and keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.conversation import Advised, Asked, Consented, Planned, Replied, Said, Understood
from advisor.domain.dialogue import Step
from advisor.domain.facts import Source
from advisor.replaying import replay
from advisor.session import Session
from advisor.world import transcripts


async def talk(session: Session, *replies: str) -> Step:
    step = await session.open()
    for reply in replies:
        step = await session.reply(reply)
    return step


def said(step: Step) -> str:
    return "\n".join(message.text for message in step.messages)


async def test_a_file_answers_what_it_can(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await session.open()
    assert step.asked == "label_field"
    assert "600 rows" in said(step)
    assert "`category`" in said(step)
    step = await session.reply("yes")
    assert step.asked == "prompt_optimization"
    assert session.facts.text("task") == "classification"
    assert session.facts.text("metric") == "exact_match"
    asked = [event.fact for event in session.events if isinstance(event, Asked)]
    assert not {"labelled_examples", "metric", "task", "data_path"} & set(asked)


async def test_another_field_can_be_the_label(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "2")
    assert session.facts.text("label_field") == "text"
    assert session.report is not None
    assert session.report.label_field == "text"


READY = ("yes", "MIPROv2", "better answers", "it stands", "72%", "90%", "practice")


async def test_the_whole_talk_ends_in_an_offer_with_a_written_project(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY)
    assert step.phase == "offering"
    assert step.recommendation.route == "bootstrap_finetune"
    assert session.project is not None
    assert session.project.parent == ticket_file.parent / "advised"
    assert "rows go to the practice model on this computer" in step.messages[-1].text
    assert "$0.00" in step.messages[-1].text
    assert {file.name for file in session.project_files()} >= {"optimize.py", "program.py", "README.md"}


async def test_a_no_runs_nothing_and_a_yes_agrees(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    step = await session.reply("no")
    assert step.phase == "offering"
    assert not any(isinstance(event, Consented) for event in session.events)
    step = await session.reply("1")
    assert step.phase == "running"
    assert isinstance(session.events[-1], Consented)
    assert session.events[-1].sentence == session.consent


async def test_the_same_plan_is_written_once(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY, "no", "no", "what if not")
    folders = list((ticket_file.parent / "advised").iterdir())
    assert [folder.name for folder in folders] == ["tickets"]


async def test_why_and_not_knowing_are_answered(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "why?")
    assert "cheaper than training" in said(step)
    assert step.asked == "prompt_optimization"
    for reply in ("by hand", "it stands", "better answers"):
        step = await session.reply(reply)
    assert step.asked == "baseline_score"
    step = await session.reply("I don't know")
    assert "The run measures it" in said(step)
    assert step.asked == "target_score"


async def test_what_cannot_be_read_is_said_and_asked_again(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "colourless green ideas")
    assert step.asked == "prompt_optimization"
    assert len(session.facts.history("prompt_optimization")) == 0


async def test_a_missing_file_is_said_and_another_can_be_named(tmp_path: Path, ticket_file: Path) -> None:
    session = Session(tmp_path / "none.csv")
    step = await session.open()
    assert any(message.kind == "error" for message in step.messages)
    assert session.exit_code == 4
    assert step.asked == "data_path"
    step = await session.reply(str(ticket_file))
    assert step.asked == "label_field"
    assert session.exit_code == 0


async def test_the_advice_can_be_overruled_and_its_risk_is_said(tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("text,label\n" + "".join(f"row {n} about {['cats', 'dogs'][n % 2]},{n % 2}\n" for n in range(200)))
    session = Session(few)
    step = await talk(session, "yes", "MIPROv2", "it stands", "72%", "better answers", "90%")
    assert step.recommendation.route == "collect_data"
    assert session.exit_code == 3
    step = await session.reply("I want to fine-tune anyway")
    assert step.recommendation.route == "gold_finetune"
    assert step.recommendation.overruled
    assert any(message.kind == "warns" for message in step.messages)
    assert step.asked == "host"
    step = await session.reply("practice")
    assert step.phase == "offering"


async def test_one_class_blocks_with_a_sentence(tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text("text,label\n" + "".join(f"row number {n},same\n" for n in range(100)))
    session = Session(one)
    step = await session.open()
    assert session.exit_code == 4
    assert any(message.kind == "error" for message in step.messages)


async def test_everything_is_kept_and_keys_are_not(ticket_file: Path, tmp_path: Path) -> None:
    session = Session(ticket_file, kept_in=tmp_path / "kept")
    await talk(session, *READY, "my key is sk-abcdefghijklmnopqrstuvwxyz123456")
    await session.close()
    (path,) = (tmp_path / "kept").iterdir()
    assert "abcdefghijklmnop" not in path.read_text()
    kinds = {type(event) for event in transcripts.load(path)}
    assert {Replied, Understood, Advised, Planned} <= kinds


@pytest.mark.parametrize(
    "reply",
    ["[bold]x[/bold] {{ 7*7 }}", "\x1b[31mred\x1b[0m\x07", "\u202eabc", "x" * 20_000, "\x00", "😀" * 200, "%s %d {0}"],
    ids=["markup", "escapes", "right to left", "20 KB", "NUL", "emoji", "format"],
)
async def test_a_hostile_reply_changes_nothing_but_itself(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    await talk(session, "yes")
    before = session.facts
    step = await session.reply(reply)
    assert step.asked == "prompt_optimization"
    assert session.facts == before
    shown = said(step)
    assert not any(ord(character) < 32 and character != "\n" for character in shown)


async def test_a_hostile_dataset_is_shown_clean(tmp_path: Path) -> None:
    bad = tmp_path / "bad[red].csv"
    rows = [f"\x1b[31mrow {n}\x1b[0m,{'[b]a[/b]' if n % 2 else 'x); import os'}\n" for n in range(80)]
    bad.write_text("te\x1b[2Jxt,label\n" + "".join(rows))
    session = Session(bad)
    step = await session.open()
    shown = said(step) + session.title + "".join(answer.label for answer in step.answers)
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "reply",
    [
        "ok, but wait - what will it cost?",
        "sure, once legal has agreed",
        "yes, but not before Monday",
        "ok, no",
        "right, what happens to my data?",
        "run it on 50 rows first",
        "1, but first change the budget",
    ],
)
async def test_only_a_plain_yes_is_consent(ticket_file: Path, reply: str) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    step = await session.reply(reply)
    assert step.phase != "running"
    assert not any(isinstance(event, Consented) for event in session.events)


async def test_there_is_no_metric_is_believed_over_what_follows_from_the_task(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    step = await session.reply("there is no metric")
    assert session.facts.text("metric") == "none"
    assert step.recommendation.route == "define_metric"


async def test_facts_beside_a_yes_to_the_label_are_kept(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "yes, and with MIPROv2 we reach 78%, the target is 90%")
    assert session.facts.number("optimized_score") == pytest.approx(0.78)
    assert session.facts.number("target_score") == pytest.approx(0.9)
    assert session.facts.text("label_field") == "category"


async def test_leaving_the_host_out_takes_the_practice_model_as_assumed(ticket_file: Path) -> None:
    session = Session(ticket_file)
    assert not session.facts.has("host")
    step = await talk(session, *READY[:-1], "skip")
    fact = session.facts.get("host")
    assert fact is not None and fact.source == Source.assumed
    assert step.phase == "offering"


async def test_a_conversation_replays_from_anywhere(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ticket_file.parent)
    session = Session(Path(ticket_file.name), kept_in=tmp_path / "kept")
    await talk(session, *READY, "no")
    await session.close()
    monkeypatch.chdir("/")
    (kept,) = (tmp_path / "kept").iterdir()
    assert await replay(kept, tmp_path / "again") == []


@pytest.mark.parametrize("reply", ["1", "no file yet", "I don't have one", "no", "there is none yet", "skip"])
async def test_without_a_file_the_conversation_goes_on(reply: str) -> None:
    step = await talk(Session(), "8 categories, 900 labelled", reply)
    assert step.asked not in (None, "data_path")


async def test_asking_back_changes_nothing(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, "yes", "MIPROv2 at 72%")
    before, asked = session.facts, session.asked
    for question in (
        "what's GEPA?",
        "why not fine-tune?",
        "what would change your mind?",
        "what if I had 300?",
        "why?",
    ):
        step = await session.reply(question)
        assert (session.facts, step.asked) == (before, asked)
        assert len(said(step)) > 60


async def test_the_risk_of_a_choice_is_said_once(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "by hand", "it stands", "90%", "I want to fine-tune anyway", "that's enough")
    assert step.phase == "offering"
    told = [event.text for event in session.events if isinstance(event, Said)]
    risk = session.recommendation.risk
    assert risk
    assert sum(text.count(risk) for text in told) == 1
