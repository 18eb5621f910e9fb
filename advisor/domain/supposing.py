"""What if: the advice for a case that is not this one, next to the advice for this one; nothing is learned."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.advice import Reason, Recommendation, advise
from advisor.domain.alternatives import in_words
from advisor.domain.checklist import Item, best_score, check, examples, said_by
from advisor.domain.cleaning import clean
from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, DatasetReport
from advisor.domain.facts import Believed, Fact, Facts
from advisor.domain.results import without_runs
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import Route
from advisor.domain.shortage import PARTS_NEED, meaning, shortage_at
from advisor.domain.supposed import Supposed
from advisor.domain.wording import SHORT

DONE: tuple[Route, ...] = ("stop", "retrieval")
"""Routes on which no item of the checklist is missing: nothing is to be trained."""


COUNTS = ("labelled_examples", "usable_examples")


class Supposition(NamedTuple):
    """The advice as it would be."""

    supposed: tuple[Fact, ...]
    before: Recommendation
    """What is advised now, whatever was chosen against it."""
    after: Recommendation
    unmet: tuple[Item, ...]
    """Checklist items that would still not be met."""
    text: str

    @property
    def changes(self) -> bool:
        """Whether the advice would be another one."""
        return self.before.route != self.after.route

    @property
    def reason(self) -> Reason:
        """What would decide."""
        return self.after.reasons[0]


def suppose(
    facts: Facts, supposed: tuple[Fact, ...], looked_up: tuple[Fact, ...] = (), report: DatasetReport | None = None
) -> Supposition:
    """Return what the advice would be with these facts, which win over measured ones too.

    `looked_up` is what the catalogue says of the host and the model supposed; `report` tells which labels would be
    rare among another number of rows.
    """
    supposed = tuple(_meant(fact, facts, supposed) for fact in supposed)
    now = Supposed.of(facts).without("overruled")
    then = now
    if _other_model(facts, supposed):
        then = Supposed.of(without_runs(facts)).without("overruled")
    for fact in sorted(supposed, key=lambda fact: fact.name != "prompt_optimization"):
        then = then.supposing(fact.name, fact.value)
    then = then.knowing(looked_up)
    checklist = check(then)
    before, after = advise(now, check(now)), advise(then, checklist)
    said = [_text(facts, supposed, before, after, checklist.unmet)]
    if report is not None and any(fact.name in COUNTS for fact in supposed):
        said += _rare(report, int(then.lower("usable_examples") or 0))
    return Supposition(supposed, before, after, checklist.unmet, " ".join(said))


def _rare(report: DatasetReport, rows: int) -> list[str]:
    """Warn of the labels that so many rows would leave with too few, by the rule the file itself is held to."""
    short = shortage_at(report, rows)
    if not short.rare:
        return []
    few, of = len(short.rare), len(report.label_counts)
    unmeasured = f"the {len(short.unmeasured):,} with under {PARTS_NEED}"
    return [
        f"Careful: spread over the labels as in the file, {rows:,} leave {few:,} of {of:,} labels under "
        f"{MIN_GROUPS_PER_CLASS} different examples. {meaning(short, unmeasured)}."
    ]


def _meant(fact: Fact, facts: Facts, supposed: tuple[Fact, ...]) -> Fact:
    """A score that is not called the baseline is the score of the prompts as they are today."""
    best = best_score(facts)
    others = {other.name for other in supposed}
    if fact.name != "baseline_score" or best is None or others & {"optimized_score", "prompt_optimization"}:
        return fact
    return fact if "base" in fact.evidence.lower() else fact.model_copy(update={"name": best.name})


def _other_model(facts: Facts, supposed: tuple[Fact, ...]) -> bool:
    """Whether what runs measured would say nothing any more."""
    moved = [fact for fact in supposed if fact.name in ("host", "student_model")]
    return any((now := facts.get(fact.name)) is not None and now.value != fact.value for fact in moved)


def _text(
    facts: Facts, supposed: tuple[Fact, ...], before: Recommendation, after: Recommendation, unmet: tuple[Item, ...]
) -> str:
    given = joined([_instead(fact, facts) for fact in supposed], "and")
    still = "still " if before.route == after.route else ""
    said = [f"With {given}, I would {still}{TO_DO[after.route]}."]
    if not still:
        said.append(f"As it is, I would {TO_DO[before.route]}.")
    said.append(f"What decides: {after.reasons[0].text.rstrip('.')} ({after.reasons[0].source})")
    if unmet and after.route not in DONE:
        said.append("Still missing: " + "; ".join(f"{item.name}, {item.needs or item.evidence}" for item in unmet))
    if after.trains and after.unsettled:
        said.append(f"Not known yet: {', '.join(after.unsettled)}")
    if _other_model(facts, supposed) and without_runs(facts) != facts:
        said.append("What runs measured with another model would not count")
    return " ".join(sentence if sentence.endswith(".") else f"{sentence}." for sentence in said)


def _instead(fact: Fact, facts: Believed) -> str:
    """Write a supposed fact with what it stands in for."""
    now = examples(facts) if fact.name in COUNTS else facts.get(fact.name)
    text = f"{SHORT[fact.name]} {in_words(fact.name, fact.value)}"
    if now is None or now.value == fact.value:
        return text
    return f"{text} instead of {in_words(now.name, now.value)} ({clean(said_by(now), 60)})"
