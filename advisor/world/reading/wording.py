"""Values of facts named by words: a task, a metric, a goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from advisor.domain.choice_words import in_words
from advisor.domain.facts import Fact, FactName
from advisor.domain.values import OPTIMIZATIONS
from advisor.world.reading.clauses import Span, clause_at
from advisor.world.reading.goals import COMPLAINT, KEEPS, KEPT
from advisor.world.reading.places import QUANTITIES, told
from advisor.world.reading.prompting import FAILED, HYPOTHETICAL, LATER
from advisor.world.reading.said import Said
from advisor.world.reading.stability import OTHER_SUBJECT, OURS
from advisor.world.reading.term import Term, When
from advisor.world.reading.topics import WHOLE, about
from advisor.world.reading.vocabulary import EARLIER, NEGATION, TERMS

MOST_WORDS = 6
"""A shorter reply to a question for a column names nothing but the column."""
LONGEST_ANSWER = 800
"""Characters; in a longer reply words have to say themselves which fact they are about."""
SEVERAL = "I read more than one answer there"


_SAYS_NO = re.compile(r"(?:^\W{0,4}|[,.;!]\s)no\s$")
_SENTENCE = re.compile(r"(?:it|we|they|this|that|the|nothing|never|not|our|i)\b")
"""What follows a "no" as a sentence of its own, and is not what the "no" denies."""


class Worded(NamedTuple):
    """A value named by words."""

    fact: FactName
    value: str
    start: int
    end: int
    when: When
    negated: bool
    earlier: bool
    """Said of how it was before."""


def worded(said: Said, spans: Sequence[Span], asked: FactName | None) -> tuple[tuple[Fact, ...], str]:
    """Return the facts named by words, and what stayed unclear of the one asked."""
    found = _found(said, spans, asked)
    facts, note = [], ""
    answered = (
        _best(asked, [term for term in found if term.fact == asked and not term.negated], asked) if asked else None
    )
    if answered and answered.when != "weak":
        found = [
            term
            for term in found
            if term.fact == asked or not _overlap(term, answered, clause_at(spans, answered.start))
        ]
    for name in dict.fromkeys(term.fact for term in found):
        own = [term for term in found if term.fact == name]
        if name == "task_stability" and len({term.value for term in own}) > 1:
            own = [term for term in own if _TASK_ITSELF.search(_sentence_part(said, spans, term))] or own
        best = _best(name, [term for term in own if not term.negated], asked)
        if best is None and name == asked == "prompt_optimization" and any(term.negated for term in own):
            first = own[0]
            best = first._replace(value="none", start=clause_at(spans, first.start).start)
        if best is not None:
            facts.append(told(said, name, best.value, best.start, best.end))
        elif name == asked and (values := sorted({term.value for term in own if not term.negated})):
            read = ", ".join(in_words(name, value) for value in values)
            note = f"{SEVERAL}: {read}. Which is it?"
    return tuple(facts), note


_TASK_ITSELF = re.compile(r"\btask itself\b|\b(?:the|our) task\b")


def _sentence_part(said: Said, spans: Sequence[Span], term: Worded) -> str:
    span = clause_at(spans, term.start)
    return said.low[span.start : max(span.end, term.end)]


def value_of(label: str, fact: FactName) -> str | None:
    """Return the value that a label shown for a fact names, if it names just one."""
    values = {term.value for term in TERMS if term.fact == fact and term.pattern.search(label.lower())}
    return values.pop() if len(values) == 1 else None


def _found(said: Said, spans: Sequence[Span], asked: FactName | None) -> list[Worded]:
    found: list[Worded] = []
    column = asked in ("label_field", "input_fields") and len(said.low.split()) <= MOST_WORDS
    brief = len(said.low.strip()) <= LONGEST_ANSWER
    for term in () if column else TERMS:
        if not brief and term.when in ("asked", "weak"):
            continue
        if term.fact != asked and term.when in ("asked", "weak"):
            continue
        for match in term.pattern.finditer(said.low):
            span = clause_at(spans, match.start())
            clause = said.low[span.start : max(span.end, match.end())]
            if not _meant(term, match, (said.low, span), asked):
                continue
            before = said.low[max(span.start, match.start() - 200) : match.start()]
            after = said.low[match.end() : max(span.end, match.end())][:200]
            if term.fact == "prompt_optimization" and _undone(term.value, before, after, said.low):
                continue
            if term.fact == "goal" and _kept(match, after, said.low):
                continue
            if term.fact == "task_stability" and _of_no_task(
                before, match[0] + after, said.low[match.end() : match.end() + 12], asked
            ):
                continue
            says_no = _SAYS_NO.search(before) and _SENTENCE.match(match[0])
            negated = NEGATION.search(before) is not None and not says_no
            earlier = EARLIER.search(clause) is not None
            found.append(Worded(term.fact, term.value, *match.span(), term.when, negated, earlier))
    return [term for term in found if not _covered(term, found)]


def _meant(term: Term, match: re.Match[str], where: tuple[str, Span], asked: FactName | None) -> bool:
    """Say whether words name the value where they stand."""
    whole, span = where
    clause = whole[span.start : max(span.end, match.end())]
    if term.when != "topic" or term.fact == asked:
        return True
    if term.fact == "goal" and asked in QUANTITIES:
        return False
    if clause.strip() == match[0].strip() and term.fact not in WHOLE:
        return len({other.fact for other in TERMS if other.when == "topic" and other.pattern.fullmatch(match[0])}) == 1
    start = match.start() - span.start
    return about(term.fact, whole if term.fact in WHOLE else f"{clause[:start]} ", match[0]) or about(
        term.fact, clause[start + len(match[0]) :], match[0]
    )


_NO_LONGER = re.compile(r"\s?[,;]?\s?(?:and )?(?:then|until|till|before)\b")
"""After "it was settled": it is no longer."""


def _of_no_task(before: str, rest: str, following: str, asked: FactName | None) -> bool:
    """Say whether it is something else than the task that changes or stays, or "a fixed schema" that is filled."""
    if asked != "task_stability" and re.search(r"\ban?\s$", before):
        return True
    if _NO_LONGER.match(following) and re.search(r"\b(?:was|were|had been)\s(?:\w+\s)?$", before):
        return True
    if re.search(r"\bin (?:the|a|our|my)\s$", before):
        return True
    return OTHER_SUBJECT.search(before) is not None and not OURS.search(before + rest)


def _undone(value: str, before: str, after: str, whole: str) -> bool:
    """Say whether an optimizer was only planned, or broke off."""
    if value not in ("optimized", "few_shot"):
        return False
    planned = HYPOTHETICAL.search(before) is not None and NEGATION.search(before) is None
    return FAILED.search(whole) is not None or planned or LATER.match(after) is not None


_SHARE = re.compile(r"(?:%|percent|pct)\s?$")
_SHARE_AFTER = re.compile(r"\s(?:of|above|over|at|is|around|about|from|to|:)*\s?(?:at least |about )?\d")


def _kept(match: re.Match[str], after: str, whole: str) -> bool:
    """Say whether words for a goal tell what must stay as it is."""
    if _SHARE.search(whole[: match.start()]) or _SHARE_AFTER.match(after):
        return True
    if any(keep.end() >= match.end() for keep in KEEPS.finditer(whole[: match.end()])):
        return True
    return KEPT.match(after) is not None and not COMPLAINT.search(match[0] + after[:40])


def _overlap(term: Worded, answer: Worded, clause: Span) -> bool:
    """Say whether words that answer the question asked would name something else besides."""
    end = min(answer.end, max(clause.end, answer.start + 1))
    return term.start < end and answer.start < term.end and term.end - term.start <= answer.end - answer.start


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
    if name == "prompt_optimization" and any(term.value == "by_hand" and term.when != "weak" for term in found):
        found = [term for term in found if term.value != "none"]
    for lesser in ("weak", "asked", "topic"):
        stronger = [term for term in found if term.when != lesser]
        if stronger and (lesser == "weak" or len({term.value for term in found}) > 1):
            found = stronger
    if name == "prompt_optimization" and found:
        return max(found, key=lambda term: OPTIMIZATIONS.index(term.value))
    if len({term.value for term in found}) > 1:
        found = [term for term in found if not term.earlier] or found
    values = {term.value for term in found}
    if name == "task" and "multi_label" in values:
        return next(term for term in found if term.value == "multi_label")
    if len(values) != 1:
        return None
    return min(found, key=lambda term: term.start)
