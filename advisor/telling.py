"""Reports, advice and forecasts as paragraphs: values from the domain, words from `prompts/conversation`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from advisor.domain import report_text, statistics
from advisor.domain.about_runs import NEXT_REAL
from advisor.domain.advice import TITLES, Recommendation
from advisor.domain.cleaning import clean
from advisor.domain.close_look import Deep
from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, DatasetReport, Finding, split_sizes
from advisor.domain.deep_words import NAMES
from advisor.domain.facts import Fact, Source
from advisor.domain.flips import Flip
from advisor.domain.plan import RUNNABLE
from advisor.domain.report_parts import MARKS, Bars, Fields
from advisor.domain.report_view import counted_among, field_rows, label_bars
from advisor.domain.route_words import TO_DO
from advisor.domain.story import Story
from advisor.domain.wording import fact_in_words
from advisor.world.templates import render

LABELS_SHOWN = 30
"""Labels drawn as bars; the rest are counted."""


def opening(*, tour: bool = False) -> str:
    """Say what this is, once."""
    return _paragraphs(render("conversation/opening.txt", tour=tour))


def data(report: DatasetReport, *, examples: bool = False) -> str:
    """Say what a dataset holds and what that means, with rows that show it where `examples` are wanted."""
    stopped = any(found.severity == "blocks" or found.about == "test" for found in report.findings)
    parts = split_sizes(report.usable) if report.task in RUNNABLE and not stopped else None
    shown = statistics.detectable_difference(parts.test) if parts else None
    return _paragraphs(render(
        "conversation/data.txt",
        file=clean(Path(report.path).name, 60),
        table=clean(report.table, 40) if len(report.tables) > 1 else "",
        rows=f"{report.rows:,}",
        usable=f"{report.usable:,}",
        classes=report.classes if report.task in ("classification", "multi_label") else 0,
        label=clean(report.label_field or "", 40),
        findings=[
            {
                "mark": MARKS[found.severity],
                "what": found.what,
                "consequence": found.consequence,
                "examples": [clean(example, 160) for example in found.examples] if examples else [],
            }
            for found in report.findings
        ],
        parts=[f"{rows:,}" for rows in (parts.test, parts.dev, parts.train)] if parts else [],
        detectable=f"{shown * 100:.{0 if shown >= 0.095 else 1}f}" if shown else "",
    ))  # fmt: skip


def closer(before: DatasetReport, after: DatasetReport) -> str:
    """Say what a closer look at a dataset adds to its first report; empty when there was none."""
    return _closer(after, [found for found in after.findings if found not in before.findings])


def closer_warnings(before: DatasetReport, after: DatasetReport) -> str:
    """Say what a closer look warns of; empty when it warns of nothing. What the test part can show was said before."""
    new = [found for found in after.findings if found not in before.findings]
    warned = [found for found in new if found.severity == "warns" and found.about != "test"]
    return _closer(after, warned) if warned else ""


def checked(report: DatasetReport, check: Deep) -> str:
    """Say what a deep check has found, or why it found nothing."""
    topics = (check, "leaks") if check == "near" else (check,)
    return _closer(report, [found for found in report.findings if found.about in topics], NAMES[check])


def _closer(report: DatasetReport, findings: Sequence[Finding], check: str = "") -> str:
    if report.close is None:
        return ""
    return _paragraphs(render(
        "conversation/closer.txt",
        check=check,
        rows="" if report.close.complete else f"{report.close.rows:,}",
        findings=[
            {
                "mark": MARKS[found.severity],
                "what": found.what,
                "consequence": found.consequence,
                "examples": [clean(example, 160) for example in found.examples],
            }
            for found in findings
        ],
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
    against = [f"  {TITLES[route]}: {why}" for route, why in recommendation.against.items()]
    return "\n".join([advice(recommendation), "", "Why not another way:", *against])


def would_change(recommendation: Recommendation, found: tuple[Flip, ...]) -> str:
    """Say which changes would lead to another route, nearest first."""
    if not found:
        return recommendation.would_change
    chosen = f"You chose to {TO_DO[recommendation.route]} against my advice. What would change the advice:"
    head = chosen if recommendation.overruled else f"{recommendation.title}. What would change that:"
    return "\n".join([head, *(f"  · {flip.text}" for flip in found)])


def report(found: DatasetReport) -> str:
    """Write a dataset report for a person: what it holds, its fields, its labels."""
    fields = report_text.part_lines(Fields(tuple(field_rows(found))))
    bars, labels = label_bars(found)
    counted = report_text.part_lines(Bars(bars[:LABELS_SHOWN]))
    if labels > LABELS_SHOWN:
        counted.append(f"  and {labels - LABELS_SHOWN:,} more: --json has them all")
    seen = f" ({among})" if (among := counted_among(found)) else ""
    parts = [data(found, examples=True), "", f"Fields{seen}:", *(f"  {one}" for one in fields)]
    marked = f" (! is under {MIN_GROUPS_PER_CLASS} different examples)" if any(bar.rare for bar in bars) else ""
    parts += ["", f"Labels, by rows{marked}:", *counted] if found.task in ("classification", "multi_label") else []
    fixable = found.label_field and (found.normalized_duplicates or found.missing_labels or found.bad_rows)
    offer = "A cleaned copy, with a reason for every change: the same command with --fix OUT.jsonl"
    copy = ["", offer] if fixable else []
    return "\n".join([*parts, *copy])


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


def after(recommendation: Recommendation) -> str:
    """Say what the advice is now that a run has been measured."""
    prepare = "\nSay yes to prepare it." if recommendation.runs else ""
    return f"Where this leaves you: {advice(recommendation)}{prepare}"


def after_practice(recommendation: Recommendation, practised: Recommendation) -> str:
    """Say what a practice run comes to on that model, that it settles nothing, and how to go on with a real one."""
    return _paragraphs(render(
        "conversation/practised.txt",
        practised=_in_brief(practised),
        advice=advice(recommendation),
        next=NEXT_REAL if recommendation.runs else "",
    ))  # fmt: skip


def end_of_tour(practised: Recommendation) -> str:
    """Say what the tour came to on the practice model, and how to begin with something real."""
    return (
        f"Where this leaves you, on the practice model: {_in_brief(practised)}\nOf a real model it says nothing. For "
        "that: `advisor FILE` with your own examples, and a real host where the tour said practice."
    )


def _in_brief(recommendation: Recommendation) -> str:
    return f"{recommendation.title}. {recommendation.reasons[0].text}"


def _paragraphs(text: str) -> str:
    return text.strip("\n")
