"""A run in paragraphs: what it would do and cost, what a yes agrees to, what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from advisor.domain.calls import WRITES_INSTRUCTIONS
from advisor.domain.cleaning import clean
from advisor.domain.comparison import Comparison
from advisor.domain.conversation import Ended
from advisor.domain.events import Meter, StageName
from advisor.domain.facts import HELPERS, FactName, Facts, Source
from advisor.domain.forecast import Forecast
from advisor.domain.hosts import HOSTS, PRACTICE_LARGE, PRACTICE_SMALL
from advisor.domain.local_models import address_of
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.providers import answers_at, beside, others_asked, roles_in_words
from advisor.domain.route_words import STAGE_WORDS, joined
from advisor.domain.rules import TRAINING_ROUTES
from advisor.domain.shell_words import shell_line
from advisor.domain.statistics import span
from advisor.domain.values import percent
from advisor.domain.verdict import NAMES
from advisor.domain.wording import SHORT, amount, dollars, duration, size_in_words
from advisor.world.templates import render

OWN = (PRACTICE_SMALL, PRACTICE_LARGE)
FAR_APART = 0.05
"""Scores this far apart are worth a word."""


def large_project(folder: Path, size: int) -> str:
    """Say before it is written how much room a project takes, and why."""
    return (
        f"Before I can ask for your yes I write the project to {clean(str(folder), 300)}: about {size_in_words(size)}, "
        "since it holds a copy of your rows. Nothing is sent. You may delete it again."
    )


def offer(plan: Plan, expected: Forecast, folder: Path, size: int = 0) -> str:
    """Say what the written project will do and what it takes."""
    again: dict[StageName, str] = {"optimize": " again"} if plan.prompts_elsewhere else {}
    return render(
        "conversation/offer.txt",
        again=bool(again) and "optimize" in plan.stages,
        folder=clean(str(folder), 300),
        size=size_in_words(size) if size else "",
        stages=[
            {
                "what": STAGE_WORDS[stage.stage] + again.get(stage.stage, ""),
                "calls": amount(stage.calls.likely),
                "minutes": duration(stage.minutes.likely),
            }
            for stage in expected.stages
        ],
        calls=amount(expected.calls.likely),
        minutes=duration(expected.minutes.likely),
        dollars=dollars(expected.dollars),
        calls_note="" if plan.free else expected.prices_note,
    ).strip("\n")  # fmt: skip


def not_asked(plan: Plan, facts: Facts) -> str:
    """Say of models that were named why this run does not ask them; nothing where it asks them all."""
    said = []
    for name in HELPERS:
        model = facts.text(name)
        if model is None:
            continue
        if name == "prompt_model" and plan.optimizer not in WRITES_INSTRUCTIONS:
            said.append(f"{clean(model, 60)} is not asked: with so few examples no instructions are written.")
        elif plan.practice and model not in OWN and beside(model, plan.host.name, address_of(model, facts)) is None:
            said.append(f"{clean(model, 60)} is played by {PRACTICE_LARGE}: nothing leaves this computer in practice.")
    return " ".join(dict.fromkeys(said))


def consent(
    plan: Plan,
    expected: Forecast,
    *,
    elsewhere: str | None = None,
    budget: float | None = None,
    limit: int | None = None,
    against: str = "",
) -> str:
    """Return the one sentence a yes agrees to: how many rows, where to, how much.

    `elsewhere` is the host the environment names instead of the planned one; a practice run has its own server.
    `budget` is the cap that will be enforced; `limit` the rows of each part in a trial, which asks no test row.
    `against` is what is known to stand against the run.
    """
    host = HOSTS[plan.host.name].title if plan.host.name in HOSTS else plan.host.name
    named = clean(elsewhere, 80) if elsewhere and not plan.practice else ""
    if plan.student.elsewhere:
        host = answers_at(plan.student.model, plan.host.name, plan.student.address)
    elif named:
        host = f"{named} (named by ADVISED_BASE_URL)"
    train, dev, test = plan.split if limit is None else (min(limit, plan.split.train), min(limit, plan.split.dev), 0)
    return render(
        "conversation/consent.txt",
        against=against,
        trains=plan.route in TRAINING_ROUTES,
        here=plan.host.driver == "local",
        rented=plan.uploads and plan.host.driver == "together",
        deployed=plan.uploads and plan.host.name == "foundry",
        others=others_in_words(plan),
        roles=roles_in_words(plan, named),
        rows=f"{train:,}",
        measured=f"{dev + test:,}",
        asked=f"{train + dev + test:,}",
        host=host,
        cost=_cost(plan, expected, budget),
    ).strip("\n")  # fmt: skip


def others_in_words(plan: Plan) -> str:
    """Name the providers that are shown rows beside the host; nothing where there is none."""
    return joined([provider.title for provider in others_asked(plan)], "and")


def who_answers(plan: Plan, expected: Forecast) -> str:
    """Say of a run on a rented machine which model answers where, who beside it is shown rows, and what they bill."""
    said = f"Models: {roles_in_words(plan, HOSTS['sky'].title)}."
    if not (others := others_in_words(plan)):
        return said
    bill = _cost(plan, expected, plan.budget_usd) if plan.billed_beside else "nothing"
    return f"{said} Rows are also shown to {others}. The bill of {others}, the machine apart: {bill}."


def rented(plan: Plan, expected: Forecast, folder: Path) -> str:
    """Say how a project for a rented machine is run and who answers, and that this program rents none."""
    command = shell_line(["advisor", "run", str(folder), "--on", "sky"])
    said = [
        who_answers(plan, expected),
        f"The project trains on a rented GPU through SkyPilot. On a terminal: `{command}`, or `sky launch` from its "
        "README. SkyPilot shows the price an hour before its question; I know no price of it and rent nothing.",
    ]
    if plan.budget_usd is not None:
        others = others_in_words(plan)
        kept = f"is kept on the bill of {others} alone" if others else "cannot be kept"
        said.append(
            f"Your limit of ${plan.budget_usd:,.2f} {kept}: the machine is billed by the hour until the run is over or "
            "you end it."
        )
    return " ".join(said)


def hindered(lacks: Iterable[str], folder: Path, *, resumes: bool) -> str:
    """Say what a run lacks before it can start, or be gone on with, and the command that does it then."""
    command = shell_line(["advisor", "run", str(folder), *(["--resume"] if resumes else [])])
    then = "goes on with the run that was broken off" if resumes else "starts it then"
    return "\n".join([*lacks, f"Nothing else is missing: `{command}` {then}."])


def about_the_run(plan: Plan, expected: Forecast) -> str:
    """Say what a yes would start, for whoever asks before giving it: how much, which rows, where, how to end it."""
    train, dev, test = plan.split
    where = HOSTS[plan.host.name].title if plan.host.name in HOSTS else plan.host.name
    trains = plan.route in TRAINING_ROUTES
    sent = f"{train:,} rows to make prompts from"
    if trains:
        sent = f"{train:,} rows are sent to be trained on" if plan.uploads else f"{train:,} rows to be trained on"
    return (
        f"About {amount(expected.calls.likely)} calls in {duration(expected.minutes.likely)}, dollars low / likely / "
        f"high: {dollars(expected.dollars)}. To {where}: {sent}, {dev:,} to choose by and {test:,} once at the end. "
        f"Nothing starts without a yes. While it runs, `c` ends it, and so does "
        "`advisor cancel` with the project's folder; what is done by then is kept."
    )


def _cost(plan: Plan, expected: Forecast, budget: float | None) -> str:
    """Say what it costs; `at most` only where something keeps it."""
    if plan.free:
        return "likely $0.00, at most $0.00"
    known = expected.dollars
    likely = f"likely ${known.likely:,.2f}" if known else "its price is not known"
    if budget is not None:
        ends = ", which is likely to end it unfinished" if known and budget < known.likely else ""
        return f"{likely}, at most ${budget:,.2f} (your limit{ends})"
    return f"{likely}, perhaps ${known.high:,.2f}; no limit is set" if known else f"{likely}, and no limit is set"


def dev_scores(view: RunView) -> str:
    """Write what each candidate scored on the development rows, where the test rows were not asked."""
    scores = [stage.dev for stage in view.stages if stage.dev is not None]
    lines = [
        f"{NAMES[score.candidate]}: {score.correct} of {score.n} development rows right ({span(score.low, score.high)})"
        for score in scores
    ]
    return "\n".join([*lines, "The test rows were not touched."] if lines else ["Nothing has been scored yet."])


def disagreement(facts: Facts) -> str:
    """Say where a run measured something else than the user had said; nothing when they agree."""
    said = []
    names: tuple[FactName, ...] = ("baseline_score", "optimized_score")
    for name in names:
        told = Facts(records=tuple(fact for fact in facts.history(name) if fact.source == Source.told))
        low, high, measured = told.lower(name), told.upper(name), facts.number(name)
        if low is None or high is None or measured is None:
            continue
        if max(low - measured, measured - high) >= FAR_APART:
            said.append(
                f"You said {percent(told.known()[0].value)} for {SHORT[name]}; on these rows it is {percent(measured)}."
            )
    return " ".join([*said, "The program here is a plain one of mine, perhaps not yours."] if said else [])


def go_on(consent: str, *, began: bool = True) -> str:
    """Ask whether to go on with a run that was broken off; `began` once it came to a stage."""
    if not began:
        return f"It ended before its first stage; a yes starts it again. {consent}"
    return f"It can go on from where it broke off; what was paid for is kept. {consent}"


def left(project: Path) -> str:
    """Say how to come back to a run that goes on by itself."""
    folder = clean(str(project), 300)
    return f"The run goes on by itself. `advisor attach {folder}` follows it, `advisor cancel {folder}` ends it."


def spent(ended: Iterable[Ended], meter: Meter, limit: float | None) -> str:
    """Say what runs have cost: those that ended, and one in hand by its `meter`."""
    costs = tuple(ended)
    if not meter.calls and not any(cost.calls for cost in costs):
        return "nothing spent yet"
    total = sum((cost.dollars for cost in costs), meter.dollars)
    unpriced = meter.unpriced_calls or any(cost.unpriced for cost in costs)
    return f"${total:,.2f}{' or more' if unpriced else ''}{f' of ${limit:,.2f}' if limit else ''}"


def result(comparison: Comparison, report: Path | None, looks: int = 0) -> str:
    """Say whether it helped; `looks` are earlier runs that scored the same test rows."""
    return render(
        "conversation/result.txt",
        verdict=comparison.told,
        looks=looks,
        report=clean(str(report), 300) if report else "",
    ).strip("\n")  # fmt: skip
