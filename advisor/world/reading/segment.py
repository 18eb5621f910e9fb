"""One part of a reply: the facts its own words state, then the answer to what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.amounts import Amount, amounts
from advisor.world.reading.answers import answer
from advisor.world.reading.asides import asides
from advisor.world.reading.clauses import Span, clauses
from advisor.world.reading.commands import without_unknown
from advisor.world.reading.counts import called, counted, measured_on, paid
from advisor.world.reading.efforts import effort
from advisor.world.reading.held_out import set_apart
from advisor.world.reading.lasting import lasting
from advisor.world.reading.names import files, models, without_names
from advisor.world.reading.places import NUMERIC, SCORES, Place, places, whole
from advisor.world.reading.prices import prices
from advisor.world.reading.roles import names_a_judge
from advisor.world.reading.said import Said
from advisor.world.reading.scores import score, scored
from advisor.world.reading.tallies import rise, tally
from advisor.world.reading.twofold import scores_of, told_twice
from advisor.world.reading.wording import worded

_FILLER = re.compile(
    r"\b(?:it|is|it's|its|we|have|only|just|about|the|that|that's|should|be|so|not|there|are"
    r"|rather|to|say|of|them|no|percent|actually|sorry|wait)\b|\W"
)
"""Words beside a number that do not say what it counts."""
_SOME_OF_THEM = re.compile(
    r"\b(?:half|most|some|part|a few|few|a (?:third|quarter|tenth|fraction|handful)|two thirds|three quarters"
    r"|\d+ ?(?:%|percent))(?: of (?:them|these|those|which|it|that|the \w+))?"
    r" (?:is |are |have been |has been |were |only )*(?:labell?ed|annotated|tagged)\b"
)
"""How many of them are labelled is not said in a number."""
_HOSTING = re.compile(
    r"\bhost\b|\bplace for\b|\b(?:go|went|going|stay|switch|want|like|pick|choose|prefer|train)\w* (?:\w+ )?(?:with"
    r"|at|on|to|for)\b|^\W*open ?ai\b"
)
_NOT_LABELLED = re.compile(r"un-?label|logged|raw|recorded")


class Asked(NamedTuple):
    """The question that stood on the screen."""

    fact: FactName | None
    choices: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Segment(NamedTuple):
    """What a part of a reply says."""

    facts: tuple[Fact, ...]
    note: str
    subject: FactName | None
    """The last fact a number was given for, even one it was said not to be: "not 8 categories"."""


_SCORES: frozenset[FactName] = frozenset({"baseline_score", "optimized_score"})


class _Stated(NamedTuple):
    facts: list[Fact]
    denied: list[Fact]
    free: list[Place]


def read_segment(heard: Said, asked: Asked, subject: FactName | None) -> Segment:
    """Read one part of a reply; a bare number is about `subject`, if a part before named one."""
    lasts, heard = lasting(heard)
    priced, bare = prices(without_names(heard))
    planned, unplanned = (None, heard) if asked.fact == "prompt_effort" else effort(heard)
    found = tuple(amount for amount in amounts(bare.low) if not set_apart(bare.low, amount))
    pair, used = _scores_told(bare, found, asked.fact)
    found = tuple(amount for amount in found if amount not in used)
    if asked.fact and asked.fact not in NUMERIC and _corrects(bare, found):
        return Segment((), "", subject)
    stated = _stated(bare, found, clauses(bare.low, found), asked.fact)
    known = heard._replace(low=without_unknown(_both_blank(unplanned.low, bare.low if priced else heard.low)))
    for name in files(heard):
        known = known.without(name.start, name.end)
    words, note = worded(known, clauses(heard.low, found), asked.fact)
    implied = _implied((*stated.facts, *words))
    beside = (*asides(heard, asked.fact, asked.fields), *lasts, *priced, *pair, *([planned] if planned else ()))
    facts = {fact.name: fact for fact in (*stated.facts, *words, *beside, *implied)}
    facts.update({fact.name: fact for fact in _compared(facts)})
    _drop_what_scores_deny(facts, len(pair))
    facts = _without_mere_mentions(facts, heard, asked.fact)
    if stated.denied and len(stated.free) == 1:
        target: FactName | None = stated.denied[-1].name
    else:
        target = subject if subject and _only_a_number(bare, found) else asked.fact
    taken = target in facts or _meant_otherwise(heard, target, facts)
    if target and not taken and not note:
        given = answer(heard, target, stated.free, asked.choices, asked.fields)
        # A score of the other prompts is a number that was found, and what was meant to be said.
        note = "" if not stated.free and target in _SCORES and _SCORES & facts.keys() else given.note
        if given.fact:
            facts[target] = given.fact
            facts = {fact.name: fact for fact in _implied((given.fact,)) if asked.fact is None} | facts
    facts = _fitted_to_the_question(facts, heard, asked.fact)
    named = (*stated.facts, *stated.denied)
    return Segment(tuple(facts.values()), note, named[-1].name if named else subject)


def _without_mere_mentions(facts: dict[FactName, Fact], heard: Said, asked: FactName | None) -> dict[FactName, Fact]:
    """Leave out a host that is named only as where a model was used before, or where rows may not go."""
    if "openai_tuned_recently" in facts and not _HOSTING.search(heard.low):
        facts = {name: fact for name, fact in facts.items() if not _there(fact, asked)}
    if "data_must_stay" in facts and "host" in facts and facts["host"].evidence in facts["data_must_stay"].evidence:
        del facts["host"]
    return facts


def _fitted_to_the_question(facts: dict[FactName, Fact], heard: Said, asked: FactName | None) -> dict[FactName, Fact]:
    """Leave out what a word means only elsewhere, and take cards for the host they are."""
    if asked == "openai_tuned_recently" and not _HOSTING.search(heard.low):
        facts = {name: fact for name, fact in facts.items() if not _there(fact, asked)}
    if asked == "metric":
        facts.pop("judge_model", None)
    elif names_a_judge(heard) and "metric" in facts and facts["metric"].value == "judge":
        del facts["metric"]
    if asked == "host":
        facts |= _where_the_cards_are(facts)
    return facts


def _where_the_cards_are(facts: Mapping[FactName, Fact]) -> dict[FactName, Fact]:
    """Cards named when asked for a host are the host."""
    cards = facts.get("gpus")
    if "host" in facts or cards is None or not cards.value:
        return {}
    return {"host": cards.model_copy(update={"name": "host", "value": "local"})}


def _scores_told(heard: Said, found: Sequence[Amount], asked: FactName | None) -> tuple[list[Fact], Sequence[Amount]]:
    """Return the scores that more than one amount tells, and these amounts."""
    counted_out = tally(heard, found, asked)
    if counted_out is not None:
        return [counted_out.fact], counted_out.used
    facts, used = rise(heard, found, asked)
    pair = None if facts else told_twice(heard, found, asked)
    return (facts, used) if pair is None else (scores_of(heard, pair), found)


_INSTEAD: dict[FactName, tuple[FactName, ...]] = {
    "teacher_model": ("student_model", "prompt_model", "judge_model"),
    "student_model": ("prompt_model", "judge_model"),
    "current_model": ("prompt_model", "judge_model"),
}
"""What the only model of a reply may be said to be where another was asked for."""


def _meant_otherwise(heard: Said, asked: FactName | None, facts: dict[FactName, Fact]) -> bool:
    """Say whether the only model of a reply is said to be something else than what was asked for, and not both."""
    others = _INSTEAD.get(asked, ()) if asked else ()
    return (
        any(name in facts for name in others)
        and len(models(heard)) == 1
        and not re.search(r"\b(?:also|same|too|both)\b", heard.low)
    )


def _drop_what_scores_deny(facts: dict[FactName, Fact], scores: int) -> None:
    """Drop "not optimized" where a score before and one after the optimizing are told."""
    if scores == 2 and "prompt_optimization" in facts and facts["prompt_optimization"].value != "optimized":
        del facts["prompt_optimization"]


def _compared(facts: dict[FactName, Fact]) -> list[Fact]:
    """Return whether a tuned model reached its target, where a reply gives the scores of both."""
    tuned, target = facts.get("tuned_score"), facts.get("target_score")
    if tuned is None or target is None or "fine_tuning_result" in facts:
        return []
    if not isinstance(tuned.value, float) or not isinstance(target.value, float):
        return []
    value = "reached" if tuned.value >= target.value else "below_target"
    return [tuned.model_copy(update={"name": "fine_tuning_result", "value": value, "split": None})]


def _there(fact: Fact, asked: FactName | None) -> bool:
    """Say whether a fact was only read from where a tuned model was used, or not."""
    tuned = fact.name == "fine_tuning_result" and fact.value == "none" and asked == "openai_tuned_recently"
    return tuned or (fact.name == "host" and fact.value == "openai")


def _both_blank(one: str, other: str) -> str:
    """Return a text with everything blank that is blank in either of two."""
    return "".join(" " if " " in pair else pair[0] for pair in zip(one, other, strict=True))


def _stated(heard: Said, found: Sequence[Amount], spans: Sequence[Span], asked: FactName | None) -> _Stated:
    """Return the facts the amounts state or deny by their own words, and the amounts left over."""
    result = _Stated([], [], [])
    for place in places(heard, found, spans):
        last = result.facts[-1] if result.facts else None
        if last and last.name in SCORES and measured_on(place):
            result.facts[-1] = last.model_copy(update={"n": whole(place.amount)})
            continue
        if (
            asked in SCORES
            and result.free
            and place.amount.low > 100
            and measured_on(place)
            and score(result.free[-1].amount) is not None
        ):
            continue
        facts = _facts(heard, place, asked)
        if place.amount.negated:
            result.denied.extend(facts)
        elif facts:
            result.facts.extend(facts)
        else:
            result.free.append(place)
    result.facts[:] = [fact for fact in result.facts if not _contradicted(fact, result.facts)]
    if _SOME_OF_THEM.search(heard.low):
        result.facts[:] = [fact for fact in result.facts if not _total(fact, heard.low)]
        result.free[:] = [place for place in result.free if asked != "labelled_examples"]
    if asked == "labelled_examples" and not any(fact.name == asked for fact in result.facts):
        result.facts[:] = [_as_labelled(fact) for fact in result.facts]
    return result


def _contradicted(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Say whether a score is given twice and differently, with no word of correction."""
    return fact.name in SCORES and any(other.name == fact.name and other.value != fact.value for other in facts)


def _total(fact: Fact, low: str) -> bool:
    """Say whether a count is the whole of which only a part is labelled."""
    return fact.name == "labelled_examples" and not _NOT_LABELLED.search(fact.evidence) and "label" not in fact.evidence


def _as_labelled(fact: Fact) -> Fact:
    """Return "800 rows" as labelled examples, since these were asked for; rows said to have no label stay rows."""
    rows = fact.name == "rows" and not _NOT_LABELLED.search(fact.evidence.lower())
    return fact.model_copy(update={"name": "labelled_examples"}) if rows else fact


def _facts(heard: Said, place: Place, asked: FactName | None) -> tuple[Fact, ...]:
    """Return what an amount states; money and periods come first, because "$8k a month" counts no rows."""
    if place.amount.numeral.loose:
        return ()
    single = paid(heard, place) or called(heard, place) or counted(heard, place)
    if single is None:
        return scored(heard, place, asked)
    whole_file = place.amount.out_of if single.name == "labelled_examples" else None
    if whole_file and re.match(r"\s?(?:rows|lines|records|entries|log lines)\b", place.after):
        return (single, single.model_copy(update={"name": "rows", "value": int(whole_file)}))
    return (single,)


def _corrects(heard: Said, found: Sequence[Amount]) -> bool:
    """Say whether a text is "no" and a number: it corrects an earlier answer and gives none here."""
    return re.match(r"\W*no+\b", heard.low) is not None and _only_a_number(heard, found)


def _only_a_number(heard: Said, found: Sequence[Amount]) -> bool:
    """Say whether a text holds one amount and nothing else of weight."""
    if len(found) != 1:
        return False
    return not _FILLER.sub("", heard.low[: found[0].start] + heard.low[found[0].end :])


def _implied(said: Sequence[Fact]) -> list[Fact]:
    """Return what follows from what was said: categories make it classification."""
    have = {fact.name: fact for fact in said}
    if "classes" in have and "task" not in have:
        return [have["classes"].model_copy(update={"name": "task", "value": "classification"})]
    return []
