"""Values of facts named by words: a task, a metric, a goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.domain.values import OPTIMIZATIONS
from advisor.world.reading.circumstances import KEEPS
from advisor.world.reading.clauses import Span, clause_at
from advisor.world.reading.places import told
from advisor.world.reading.said import Said
from advisor.world.reading.vocabulary import FAILED, HYPOTHETICAL, NEGATION, TERMS


class Worded(NamedTuple):
    """A value named by words."""

    fact: FactName
    value: str
    start: int
    end: int
    sure: bool
    negated: bool


def worded(said: Said, spans: Sequence[Span], asked: FactName | None) -> tuple[tuple[Fact, ...], str]:
    """Return the facts named by words, and what stayed unclear of the one asked."""
    found = _found(said, spans, asked)
    facts, note = [], ""
    for name in dict.fromkeys(term.fact for term in found):
        own = [term for term in found if term.fact == name]
        best = _best(name, [term for term in own if not term.negated], asked)
        if best is None and name == asked == "prompt_optimization" and any(term.negated for term in own):
            first = own[0]
            best = first._replace(value="none", start=clause_at(spans, first.start).start)
        if best is not None:
            facts.append(told(said, name, best.value, best.start, best.end))
        elif name == asked and (values := sorted({term.value for term in own if not term.negated})):
            read = ", ".join(value.replace("_", " ") for value in values)
            note = f"I read more than one answer there: {read}. Which is it?"
    return tuple(facts), note


def value_of(label: str, fact: FactName) -> str | None:
    """Return the value that a label shown for a fact names, if it names just one."""
    values = {term.value for term in TERMS if term.fact == fact and term.pattern.search(label.lower())}
    return values.pop() if len(values) == 1 else None


def _found(said: Said, spans: Sequence[Span], asked: FactName | None) -> list[Worded]:
    found: list[Worded] = []
    for term in TERMS:
        if term.fact != asked and not term.sure:
            continue
        for match in term.pattern.finditer(said.low):
            span = clause_at(spans, match.start())
            before = said.low[span.start : match.start()]
            if term.fact == "prompt_optimization" and _undone(term.value, before, said.low):
                continue
            if term.fact == "goal" and any(
                keep.end() >= match.end() for keep in KEEPS.finditer(said.low[: match.end()])
            ):
                continue
            negated = NEGATION.search(before) is not None
            found.append(Worded(term.fact, term.value, *match.span(), term.sure, negated))
    return [term for term in found if not _covered(term, found)]


def _undone(value: str, before: str, whole: str) -> bool:
    """Say whether an optimizer was only planned, or broke off."""
    if value not in ("optimized", "few_shot"):
        return False
    return FAILED.search(whole) is not None or (HYPOTHETICAL.search(before) is not None and "never" not in before)


def _covered(term: Worded, found: Sequence[Worded]) -> bool:
    """Say whether a longer wording of the same fact covers this one: "not stable" covers "stable"."""
    return any(
        other.fact == term.fact
        and other.start <= term.start
        and other.end >= term.end
        and other.end - other.start > term.end - term.start
        for other in found
    )


def _best(name: FactName, found: Sequence[Worded], asked: FactName | None) -> Worded | None:
    """Return the one value meant, or None where two stand against each other."""
    sure = [term for term in found if term.sure]
    if sure and name != asked:
        found = sure
    if name == "prompt_optimization" and found:
        return max(found, key=lambda term: OPTIMIZATIONS.index(term.value))
    values = {term.value for term in found}
    if sure and len(values) > 1:
        found, values = sure, {term.value for term in sure}
    if name == "task" and "multi_label" in values:
        return next(term for term in found if term.value == "multi_label")
    if len(values) != 1:
        return None
    return min(found, key=lambda term: term.start)


def flagged(said: Said) -> Fact | None:
    """Return whether the data must stay, if the reply says so."""
    for value, pattern in _STAY:
        found = pattern.search(said.low)
        if found:
            return told(said, "data_must_stay", value, *found.span())
    return None


_STAY = (
    (
        True,
        re.compile(
            r"\b(?:data|rows|it|they|tickets|texts|nothing|everything)\s(?:must|has to|have to|needs? to"
            r"|should) (?:stay|remain)\b[^,;.]{0,24}"
            r"|\b(?:can(?:'t|not)|can not|must not|mustn't|may not|not allowed to|never|nothing (?:can"
            r"|may)|won't) leave\b[^,;.]{0,24}|\bno cloud\b|\bon[- ]prem(?:ises)? only\b"
            r"|\b(?:air[- ]gapped|offline only)\b"
        ),
    ),
    (
        False,
        re.compile(
            r"\b(?:data|rows|it|they|tickets|texts|everything)\s(?:can|may|is allowed to"
            r"|are allowed to) (?:leave|go (?:out|to|anywhere)|be (?:sent|uploaded|shared))\b[^,;.]{0,24}"
            r"|\bcloud is (?:fine|ok|okay)\b|\b(?:doesn't|does not|needn't|don't) (?:have to"
            r"|need to) stay\b|\bpublic data\b|\bmay leave\b|\bcan leave\b"
        ),
    ),
)
"""Only the negative of leaving, or the positive of staying, forbids it."""
