"""A practice run teaches how it goes, and nothing about the user's own program."""

from __future__ import annotations

from pathlib import Path

from advisor import telling
from advisor.domain.facts import Fact, FactValue, Source
from advisor.domain.results import on_practice
from advisor.domain.retelling import to_markdown
from advisor.exporting import record_of_kept
from advisor.session import Session
from advisor.tour.guide import TourGuide
from tests.session.test_session import READY, said, talk

MEASURED: tuple[tuple[str, FactValue], ...] = (
    ("baseline_score", 0.6), ("optimized_score", 0.93), ("prompt_optimization", "optimized"), ("tuned_score", 0.95),
    ("fine_tuning_result", "reached"), ("routes_run", ("bootstrap_finetune",)),
)  # fmt: skip


async def practised(data: Path) -> Session:
    session = Session(data)
    await talk(session, *READY)
    evidence = "run x, practice model"
    session.suppose(tuple(
        Fact.model_validate({"name": name, "value": value, "source": Source.measured, "evidence": evidence})
        for name, value in MEASURED
    ))  # fmt: skip
    return session


async def test_it_settles_no_advice_and_replaces_nothing_told(ticket_file: Path) -> None:
    before = Session(ticket_file)
    await talk(before, *READY)
    session = await practised(ticket_file)
    assert session.recommendation == before.recommendation and session.recommendation.trains
    assert session.checklist == before.checklist
    score = session.facts.get("optimized_score")
    assert score is not None and (score.value, score.source) == (0.72, Source.told)
    record = record_of_kept(session.events)
    assert record.advice.route == session.recommendation.route
    assert not any("practice model" in fact.evidence for fact in record.facts)
    assert ", on the practice model:** baseline 60%" in to_markdown(session.events)


async def test_its_verdict_is_told_as_the_practice_models_with_the_next_step(ticket_file: Path) -> None:
    session = await practised(ticket_file)
    verdict = on_practice(session.facts, session.story.practised)
    assert verdict.route == "stop"
    told = telling.after_practice(session.recommendation, verdict)
    assert told.startswith("Where this leaves you, on the practice model: Stop here. Fine-tuning has done what")
    assert f"so does my advice.\n{session.recommendation.title}." in told and "say where it may run" in told
    tour = TourGuide().after_practice(session.recommendation, verdict)
    assert "on the practice model: Stop here." in tour and "`advisor FILE`" in tour


async def test_the_way_to_a_real_model_is_said_and_open(ticket_file: Path) -> None:
    session = await practised(ticket_file)
    step = await session.reply("what now for a real model?")
    assert "say where it may run" in said(step)
    step = await session.reply("nebius")
    assert session.facts.text("host") == "nebius" and step.asked == "student_model"
    assert session.facts.number("optimized_score") == 0.72


async def test_another_file_forgets_what_was_practised(tmp_path: Path, ticket_file: Path) -> None:
    session = await practised(ticket_file)
    other = tmp_path / "other.csv"
    other.write_text("body,kind\n" + "".join(f"text number {n} here,{'ab'[n % 2]}\n" for n in range(60)))
    await session.reply(f'"{other}"')
    assert session.story.practised == ()
