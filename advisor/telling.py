"""Reports, advice and forecasts as paragraphs: values from the domain, words from `prompts/conversation`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from advisor.domain import statistics
from advisor.domain.advice import TITLES, Recommendation
from advisor.domain.cleaning import clean
from advisor.domain.comparison import Comparison
from advisor.domain.dataset import DatasetReport, split_sizes
from advisor.domain.events import StageName
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.figures import DEFAULT_PASS
from advisor.domain.flips import Flip
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.story import Story
from advisor.domain.values import percent
from advisor.domain.verdict import NAMES
from advisor.domain.wording import SHORT, amount, dollars, duration, fact_in_words
from advisor.world.templates import render

FAR_APART = 0.05
"""Scores this far apart are worth a word."""

LABELS_SHOWN = 30
"""Labels drawn as bars; the rest are counted."""

PROFILED_ROWS = 5000
"""Rows the inspection looks at for what kind of field each is."""

MARKS = {"blocks": "✗", "warns": "!", "notes": "·"}

STAGE_WORDS: dict[StageName, str] = {
    "split": "split the rows",
    "baseline": "score the plain program",
    "optimize": "optimize the prompts",
    "teacher": "optimize the teacher",
    "traces": "collect answers that pass the metric",
    "train": "train on the kept answers",
    "gold": "train on your labels",
    "together": "prompts, weights, prompts",
    "compare": "score everything once on the test rows",
}


def opening(*, tour: bool = False) -> str:
    """Say what this is, once."""
    return _paragraphs(render("conversation/opening.txt", tour=tour))


def data(report: DatasetReport) -> str:
    """Say what a dataset holds and what that means."""
    stopped = any(found.severity == "blocks" for found in report.findings)
    parts = split_sizes(report.usable) if report.task == "classification" and not stopped else None
    shown = statistics.detectable_difference(parts.test) if parts else None
    return _paragraphs(render(
        "conversation/data.txt",
        file=clean(Path(report.path).name, 60),
        rows=f"{report.rows:,}",
        usable=f"{report.usable:,}",
        classes=report.classes if report.task in ("classification", "multi_label") else 0,
        label=clean(report.label_field or "", 40),
        findings=[
            {"mark": MARKS[found.severity], "what": found.what, "consequence": found.consequence}
            for found in report.findings
        ],
        parts=parts,
        detectable=f"{shown * 100:.0f}" if shown else "",
    ))  # fmt: skip


def label_guess(report: DatasetReport) -> str:
    """Ask to confirm which field is the right answer, with three rows to judge by."""
    return _paragraphs(render(
        "conversation/label.txt",
        label=clean(report.label_field or "", 40),
        inputs=", ".join(f"`{clean(name, 40)}`" for name in report.input_fields),
        samples=[
            {
                "input": clean(" | ".join(row.get(name, "") for name in report.input_fields), 60),
                "label": clean(row.get(report.label_field or "", ""), 40),
            }
            for row in report.samples
        ],
    ))  # fmt: skip


def advice(recommendation: Recommendation) -> str:
    """Say what to do and why."""
    return _paragraphs(render(
        "conversation/advice.txt",
        title=recommendation.title,
        reasons=[reason.text for reason in recommendation.reasons],
        first=", ".join(TITLES[route].lower() for route in recommendation.first if not recommendation.runs),
        next=TITLES[recommendation.next_route].lower() if recommendation.next_route else "",
        would_change=recommendation.would_change,
        unsettled=", ".join(recommendation.unsettled) if recommendation.trains else "",
    ))  # fmt: skip


def arguments(recommendation: Recommendation) -> str:
    """Say what to do and why, and what speaks against every other route."""
    against = [f"  {route.replace('_', ' ')}: {why}" for route, why in recommendation.against.items()]
    return "\n".join([advice(recommendation), "", "Why not another way:", *against])


def would_change(recommendation: Recommendation, found: tuple[Flip, ...]) -> str:
    """Say which changes would lead to another route, nearest first."""
    if not found:
        return recommendation.would_change
    title = f"You chose {recommendation.title.lower()}; my advice is another" if recommendation.overruled else ""
    return "\n".join(
        [f"{title or recommendation.title}. What would change that:", *(f"  · {flip.text}" for flip in found)]
    )


def offer(plan: Plan, expected: Forecast, folder: Path) -> str:
    """Say what the written project will do and what it takes."""
    return _paragraphs(render(
        "conversation/offer.txt",
        folder=clean(str(folder), 300),
        stages=[
            {
                "what": STAGE_WORDS[stage.stage],
                "calls": amount(stage.calls.likely),
                "minutes": duration(stage.minutes.likely),
            }
            for stage in expected.stages
        ],
        calls=amount(expected.calls.likely),
        minutes=duration(expected.minutes.likely),
        dollars=dollars(expected.dollars),
        calls_note="" if plan.host.free else f"Prices as of {expected.prices_checked}.",
    ))  # fmt: skip


def consent(
    plan: Plan,
    expected: Forecast,
    *,
    elsewhere: str | None = None,
    budget: float | None = None,
    limit: int | None = None,
) -> str:
    """Return the one sentence a yes agrees to: how many rows, where to, how much.

    `elsewhere` is the host the environment names instead of the planned one; a practice run has its own server.
    `budget` is the cap that will be enforced; `limit` the rows of each part in a trial, which asks no test row.
    """
    host = HOSTS[plan.host.name].title if plan.host.name in HOSTS else plan.host.name
    if elsewhere and not plan.practice:
        host = f"{clean(elsewhere, 80)} (named by ADVISED_BASE_URL)"
    train, dev, test = plan.split if limit is None else (min(limit, plan.split.train), min(limit, plan.split.dev), 0)
    return _paragraphs(render(
        "conversation/consent.txt",
        trains=plan.route != "prompt_optimization",
        rows=f"{train:,}",
        measured=f"{dev + test:,}",
        asked=f"{train + dev + test:,}",
        host=host,
        cost=_cost(plan, expected, budget),
    ))  # fmt: skip


def about_the_run(plan: Plan, expected: Forecast) -> str:
    """Say what a yes would start, for whoever asks before giving it: how much, which rows, where, how to end it."""
    train, dev, test = plan.split
    where = HOSTS[plan.host.name].title if plan.host.name in HOSTS else plan.host.name
    trains = plan.route != "prompt_optimization"
    sent = f"{train:,} rows are sent to be trained on" if trains else f"{train:,} rows to make prompts from"
    return (
        f"About {amount(expected.calls.likely)} calls in {duration(expected.minutes.likely)}, dollars low / likely / "
        f"high: {dollars(expected.dollars)}. To {where}: {sent}, {dev:,} to choose by and {test:,} once at the end. "
        f"Nothing starts without a yes. While it runs, `c` ends it, and so does "
        "`advisor cancel` with the project's folder; what is done by then is kept."
    )


def _cost(plan: Plan, expected: Forecast, budget: float | None) -> str:
    """Say what it costs; `at most` only where something keeps it."""
    if plan.host.free:
        return "likely $0.00, at most $0.00"
    known = expected.dollars
    likely = f"likely ${known.likely:,.2f}" if known else "its price is not known"
    if budget is not None:
        return f"{likely}, at most ${budget:,.2f} (your limit)"
    return f"{likely}, perhaps ${known.high:,.2f}; no limit is set" if known else f"{likely}, and no limit is set"


def report(found: DatasetReport) -> str:
    """Write a dataset report for a person: what it holds, its fields, its labels."""
    seen = f" in the first {PROFILED_ROWS:,}" if found.rows > PROFILED_ROWS else ""
    fields = [
        f"  {field.role:<8} {clean(field.name, 40)}  ({field.kind}, {field.distinct:,} different{seen})"
        for field in found.fields
    ]
    most = max(found.label_counts.values(), default=1)
    counted = sorted(found.label_counts.items(), key=lambda pair: -pair[1])[:LABELS_SHOWN]
    labels = [
        f"  {clean(name, 32):<32} {count:>7,} {'█' * max(1, round(24 * count / most))}" for name, count in counted
    ]
    if len(found.label_counts) > LABELS_SHOWN:
        labels.append(f"  and {len(found.label_counts) - LABELS_SHOWN:,} more")
    shown = labels if found.task in ("classification", "multi_label") else []
    return "\n".join([data(found), "", "Fields:", *fields, *(["", "Labels:", *shown] if shown else [])])


def forecast_of(plan: Plan) -> Forecast:
    """Return the forecast of a plan read back from its project, the pass rate not known."""
    return forecast(plan, None, DEFAULT_PASS.value)


def dev_scores(view: RunView) -> str:
    """Write what each candidate scored on the development rows, where the test rows were not asked."""
    scores = [stage.dev for stage in view.stages if stage.dev is not None]
    lines = [
        f"{NAMES[score.candidate]}: {score.correct} of {score.n} development rows right "
        f"({score.low:.0%} to {score.high:.0%})"
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
                f"You said {percent(told.known()[0].value)} for {SHORT[name]}; on these rows it is {measured:.0%}."
            )
    return " ".join([*said, "The program here is a plain one of mine, perhaps not yours."] if said else [])


def may_read(model: str) -> str:
    """Ask whether a model may read what the rules did not understand."""
    return (
        f"I did not understand that. {model} is set up to read replies: may I send it this one, and later ones I do "
        "not understand? It gets the reply and the question, no rows of your data, and its provider bills a fraction "
        "of a cent. What it reads counts only after your yes. y / n"
    )


def proposal(facts: tuple[Fact, ...]) -> str:
    """Put what a model took from a reply to the user."""
    read = "\n".join(f"  {fact_in_words(fact)}, from “{clean(fact.evidence, 80)}”" for fact in facts)
    return f"The model reads that as:\n{read}\nIs that right? y / n"


def taken_up(story: Story) -> str:
    """Say where a conversation is taken up again."""
    told = [fact_in_words(fact) for fact in story.facts.known() if fact.source == Source.told and fact.value != ()]
    return "We were here before." + (f" You told me: {' · '.join(told)}." if told else "")


def changed_since(name: str) -> str:
    """Say that a file is no longer the one that was read."""
    return f"{clean(name, 60)} has changed since. I read it again."


def where_it_stood(replies: int, route: str | None, *, live: bool, opened: float) -> str:
    """Say in a few words when a conversation was held and how far it came."""
    when = datetime.fromtimestamp(opened).astimezone().strftime("%Y-%m-%d %H:%M")
    said = "a run is going" if live else f"{replies} answer" + ("" if replies == 1 else "s")
    heading = f", {TITLES[route].lower()}" if route in TITLES else ""
    return f"{when}, {said}{heading}"


def go_on(consent: str) -> str:
    """Ask whether to go on with a run that was broken off."""
    return f"It can go on from where it broke off; what was paid for is kept. {consent}"


def left(project: Path) -> str:
    """Say how to come back to a run that goes on by itself."""
    folder = clean(str(project), 300)
    return f"The run goes on by itself. `advisor attach {folder}` follows it, `advisor cancel {folder}` ends it."


def after(recommendation: Recommendation) -> str:
    """Say what the advice is now that a run has been measured."""
    prepare = "\nSay yes to prepare it." if recommendation.runs else ""
    return f"Where this leaves you: {advice(recommendation)}{prepare}"


def result(comparison: Comparison, report: Path | None, looks: int = 0) -> str:
    """Say whether it helped; `looks` are earlier runs that scored the same test rows."""
    return _paragraphs(render(
        "conversation/result.txt",
        verdict=comparison.told,
        looks=looks,
        report=clean(str(report), 300) if report else "",
    ))  # fmt: skip


def _paragraphs(text: str) -> str:
    return text.strip("\n")
