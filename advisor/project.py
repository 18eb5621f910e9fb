"""From a data file and what is known to a written project: the wiring the session and the commands share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from advisor.domain.advice import Recommendation, advise
from advisor.domain.checklist import Checklist, check
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport, Finding, SplitSizes
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.implied import imply
from advisor.domain.places import row_length
from advisor.domain.plan import Plan
from advisor.domain.planning import make_plan
from advisor.domain.route_words import joined
from advisor.domain.rules import RUN_ROUTES
from advisor.errors import UnreadableDataset, UsageError
from advisor.lookup import with_looked_up


class Study(NamedTuple):
    """A dataset with everything known about the case."""

    facts: Facts
    report: DatasetReport | None


class Advice(NamedTuple):
    """What the facts come to; plan and forecast are there when something can be run."""

    facts: Facts
    checklist: Checklist
    recommendation: Recommendation
    plan: Plan | None
    forecast: Forecast | None


async def study(path: Path | None, told: Facts = Facts()) -> Study:  # noqa: B008 - frozen
    """Inspect a data file and add what it shows to what was told.

    Raises:
        UnreadableDataset: it cannot be read, or its faults stop any route.
        UsageError: the user's own catalogue cannot be read.
    """
    if path is None:
        return Study(imply(with_looked_up(told)), None)
    report = await inspect(path, told)
    return Study(imply(with_looked_up(told.learn(*facts_of(report)))), report)


Watch = Callable[[ReadingProgress], None]
"""Hears how far a file is read, in the thread that reads it; what it raises ends the reading."""


async def inspect(path: Path, told: Facts = Facts(), watch: Watch | None = None) -> DatasetReport:  # noqa: B008 - frozen
    """Inspect a data file by the table and fields that were told, or by guesses.

    Raises:
        UnreadableDataset: it cannot be read.
    """
    from advisor.world.datasets.inspection import Progress
    from advisor.world.datasets.inspection import inspect as look_into

    table, label, inputs = told.text("data_table") or "", told.text("label_field"), told.words("input_fields")
    name = clean(path.name, 60)

    def hear(progress: Progress) -> None:
        if watch is not None:
            watch(ReadingProgress(name, *progress))

    return await asyncio.to_thread(look_into, path, table=table, label_field=label, input_fields=inputs, watch=hear)


def facts_of(report: DatasetReport) -> tuple[Fact, ...]:
    """Return what a report lets the advisor know."""
    from advisor.world.datasets.facts import facts_of as found_in

    return found_in(report)


def blocking(report: DatasetReport) -> UnreadableDataset | None:
    """Return the first finding that stops every route, as an error to show."""
    return _first_block(report.findings)


def _first_block(findings: tuple[Finding, ...]) -> UnreadableDataset | None:
    for finding in findings:
        if finding.severity == "blocks":
            return UnreadableDataset(finding.what, finding.consequence)
    return None


def conclude(facts: Facts, report: DatasetReport | None) -> Advice:
    """Return the advice; a forecast is made and checked against the budget before it stands.

    A forecast without a plan means that a price is missing to keep the user's limit by.
    """
    facts = imply(_with_row_length(facts, report))
    checklist = check(facts)
    recommendation = advise(facts, checklist)
    plan = plan_of(recommendation, facts, report)
    if plan is None or report is None:
        return Advice(facts, checklist, recommendation, None, None)
    expected = forecast(plan)
    if expected.dollars is None and plan.budget_usd is not None and not _machine_alone(plan):
        return Advice(facts, checklist, recommendation, None, expected)
    if expected.dollars is not None:
        cost = Fact(name="forecast_usd", value=expected.dollars.likely, source=Source.computed, evidence="the forecast")
        facts = facts.learn(cost)
    checklist = check(facts)
    priced = advise(facts, checklist)
    if priced.route != recommendation.route:
        return Advice(facts, checklist, priced, None, None)
    return Advice(facts, checklist, priced, plan, expected)


def _with_row_length(facts: Facts, report: DatasetReport | None) -> Facts:
    """Return the facts with the length of a training row, where a limit of the host asks for it."""
    limits: tuple[FactName, ...] = ("host_most_megabytes", "student_context")
    if report is None or not any(facts.has(name) for name in limits):
        return facts
    return facts.learn(*row_length(facts, report.tokens))


def _machine_alone(plan: Plan) -> bool:
    """Whether a rented machine is all that is billed; SkyPilot shows its price before its question."""
    return plan.rented and not plan.billed_beside


def plan_of(recommendation: Recommendation, facts: Facts, report: DatasetReport | None) -> Plan | None:
    """Return the plan of a recommendation, or None when it runs nothing or something is missing."""
    if recommendation.route not in RUN_ROUTES or report is None or blocking(report):
        return None
    try:
        return make_plan(recommendation.route, facts, report)
    except UsageError:
        return None


def write(
    plan: Plan, report: DatasetReport, out: Path | None = None, projects_in: Path | None = None
) -> tuple[Path, Plan]:
    """Write the project folder and return it with the plan as written, its split now exact.

    `out` is the folder itself; without it a free one is made in `projects_in`, or in `advised` beside the data.

    Raises:
        UnreadableDataset: too few labels could be measured.
        UsageError: the folder is taken or cannot be written.
    """
    from advisor.world import projects, templates
    from advisor.world.datasets.splitting.split import split

    parts = split(Path(report.path), report, seed=plan.seed)
    if (fault := _first_block(parts.findings)) is not None:
        raise fault
    sizes = SplitSizes(len(parts.train), len(parts.dev), len(parts.test))
    exact = plan.model_copy(update={"split": sizes})
    rows = {"train": parts.train, "dev": parts.dev, "test": parts.test}
    folder = place_for(plan, report, out, projects_in)
    return projects.write(exact, folder, rows, templates.render), exact


def place_for(plan: Plan, report: DatasetReport, out: Path | None = None, projects_in: Path | None = None) -> Path:
    """Return the folder a project would be written to now."""
    return out or free_folder(projects_in or Path(report.path).parent / "advised", plan.name)


def free_folder(parent: Path, name: str) -> Path:
    """Return the first folder of this name, or with a number after it, that does not exist yet."""
    folder, number = parent / name, 2
    while folder.exists():
        folder, number = parent / f"{name}-{number}", number + 1
    return folder


def missing(recommendation: Recommendation, facts: Facts, report: DatasetReport | None) -> str:
    """Say what keeps a recommendation from being run."""
    if report is None:
        return "To run it I need the file with the examples: give me its path."
    if (fault := blocking(report)) is not None:
        return str(fault)
    try:
        plan = make_plan(recommendation.route, facts, report)
    except UsageError as error:
        return str(error)
    if plan.budget_usd is None:
        return ""
    student, limit = clean(plan.student.model, 60), f"I cannot keep your limit of ${plan.budget_usd:,.2f}"
    if (hosting := plan.kept_ready) is not None and hosting.per_hour is None:
        return (
            f"{limit}: what an hour costs in which the tuned {student} is kept ready is not known. Tell me, for "
            "example: hosting 3.99 an hour; or drop the limit."
        )
    unknown = [role.model for _, role in plan.roles[1:] if role.price_in is None or role.price_out is None]
    lacks = (plan.student.price_in, plan.student.price_out, plan.student.train_price)
    if unknown and (plan.student.elsewhere or None not in lacks):
        names = joined(list(dict.fromkeys(clean(model, 60) for model in unknown)), "and")
        return f"{limit}: what {names} costs is not known. Name another model for it, go on without, or drop the limit."
    return (
        f"{limit}: a price of {student} is not known. Tell me "
        "all three in dollars per million tokens, for example: input price 0.40, output price 1.60, training price 5."
    )
