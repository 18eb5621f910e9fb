"""A conversation handed on: the talk and its decision record, each as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from advisor.domain.advice import advise
from advisor.domain.checklist import check
from advisor.domain.comparison import Comparison
from advisor.domain.conversation import ConversationEvent, Planned, Ran
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.plan import Plan
from advisor.domain.planning import reckoned
from advisor.domain.record import DecisionRecord, record_of
from advisor.domain.retelling import to_json, to_markdown
from advisor.domain.story import Story
from advisor.errors import AdvisorError, UsageError
from advisor.project import conclude
from advisor.world.templates import render


class Found(NamedTuple):
    """What is left of a conversation's runs."""

    folder: str | None = None
    comparison: Comparison | None = None
    looks: int = 0
    """Earlier runs that had scored the same test rows."""


def record_as_markdown(record: DecisionRecord) -> str:
    """Return the record as a page to read."""
    return render("conversation/record.md", record=record)


def record_as_json(record: DecisionRecord) -> str:
    """Return the record as one JSON object."""
    return record.model_dump_json(indent=2) + "\n"


def write_export(events: Sequence[ConversationEvent], record: DecisionRecord, folder: Path) -> tuple[Path, ...]:
    """Write conversation.md, conversation.json, record.md and record.json into a folder; nothing is written over.

    Where one of these names is taken, all four get the same number.

    Raises:
        UsageError: the folder cannot be written.
    """
    texts = {
        "conversation{}.md": to_markdown(events),
        "conversation{}.json": to_json(events),
        "record{}.md": record_as_markdown(record),
        "record{}.json": record_as_json(record),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            named = {folder / name.format("" if number == 1 else f"-{number}"): text for name, text in texts.items()}
            if _written(named):
                return tuple(named)
    except OSError as error:
        raise UsageError(
            f"Nothing could be exported to {folder.name or folder}.", error.strerror or str(error),
            "Name another folder.",
        ) from error  # fmt: skip
    raise UsageError(f"{folder.name} is full of exports.", "", "Name another folder.")


def _written(texts: dict[Path, str]) -> bool:
    """Write all of them or none; False where a name is taken."""
    made: list[Path] = []
    try:
        for path, text in texts.items():
            with path.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
                made.append(path)
                file.write(text)
    except FileExistsError:
        _remove(made)
        return False
    except OSError:
        _remove(made)
        raise
    return True


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def record_of_kept(events: Sequence[ConversationEvent], beside: Path | None = None) -> DecisionRecord:
    """Return the record of a conversation that is over: its advice from its facts, its result from its run.

    `beside` is the folder its relative paths may start from.
    """
    story, known, planned = Story(), Facts(), None
    for event in events:
        story = story.after(event)
        if isinstance(event, Planned):
            known, planned = story.facts, event
    plan, shown = (planned.plan, planned.forecast) if planned else (None, None)
    expected = shown or (forecast(_as_reckoned(plan, known)) if plan else None)
    facts, checklist, recommendation, _, _ = conclude(story.facts, None)
    if plan is not None and expected is not None and plan.route == recommendation.route:
        facts = _priced(facts, expected)
        checklist = check(facts)
        recommendation = advise(facts, checklist)
    found = find_run(events, beside)
    return record_of(
        facts, checklist, recommendation, events, plan=plan, forecast=expected, comparison=found.comparison,
        project=_project(events, found.folder), run=found.folder, looks=found.looks,
        when=max((event.t for event in events), default=0.0), reworked=shown is None,
    )  # fmt: skip


def _as_reckoned(plan: Plan, known: Facts) -> Plan:
    """Return a plan with what its forecast goes by, where an earlier version did not keep that."""
    return plan if plan.reckoned else plan.model_copy(update={"reckoned": reckoned(known)})


def _priced(facts: Facts, expected: Forecast) -> Facts:
    """Return the facts with the forecast among them, as the conversation had it."""
    if expected.dollars is None:
        return facts
    return facts.learn(
        Fact(name="forecast_usd", value=expected.dollars.likely, source=Source.computed, evidence="the forecast")
    )


def _project(events: Sequence[ConversationEvent], run: str | None) -> str | None:
    if run is not None:
        return str(Path(run).parent.parent)
    return next((event.folder for event in reversed(events) if isinstance(event, Planned) and event.folder), None)


def find_run(events: Sequence[ConversationEvent], beside: Path | None = None) -> Found:
    """Return the newest run of a conversation that has a result, or the newest one without."""
    folders = [event.folder for event in reversed(events) if isinstance(event, Ran)]
    for folder in folders:
        for path in (Path(folder), *([beside / folder] if beside else [])):
            if (result := _result_in(path)) is not None:
                return Found(folder, *result)
    return Found(folders[0] if folders else None)


def _result_in(folder: Path) -> tuple[Comparison, int] | None:
    """Return what a run's own record says; None where the folder is gone or nothing was scored on the test rows."""
    from advisor.running import followed  # only where there was a run
    from advisor.world.run_folder import EVENTS

    try:
        if not (folder / EVENTS).is_file():
            return None
        running = followed(folder)
        comparison = running.comparison()
        return (comparison, running.earlier_looks()) if comparison else None
    except (AdvisorError, OSError, ValueError):
        return None
