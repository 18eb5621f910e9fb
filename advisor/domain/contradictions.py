"""What does not fit together in what is known, and the ways to settle it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from advisor.domain.checklist import best_score, examples, said_by
from advisor.domain.cleaning import clean
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.hosts import HOSTS
from advisor.domain.preflight import shown_away
from advisor.domain.recounting import effect, far
from advisor.domain.route_words import joined
from advisor.domain.values import percent
from advisor.domain.wording import SHORT, value_in_words

KEPT = "kept all the same"
"""The evidence of a fact the user stands by although it does not fit; it is not brought up again."""

MAY_GO = "the rows may go to "
"""How the evidence of a leave begins that was given for one host; its title follows."""

LABELLED_TASKS = ("classification", "multi_label", "numeric")
"""Tasks a file shows plainly; the others look alike in one."""


class Way(NamedTuple):
    """One way to settle a contradiction."""

    label: str
    facts: tuple[Fact, ...]
    """What to learn when it is chosen."""


class Contradiction(NamedTuple):
    """Two things known that cannot both hold."""

    key: str
    """The same as long as it is the same contradiction."""
    what: str
    """Both sides, with who says so."""
    ask: str = ""
    """The question that settles it; none where it is only to be said, once."""
    ways: tuple[Way, ...] = ()


def contradictions(facts: Facts) -> tuple[Contradiction, ...]:
    """Return what does not fit together, what changes the advice most first."""
    return tuple(found for look in _LOOKED_FOR if (found := look(facts)) is not None)


def _told(name: FactName, value: FactValue, evidence: str = "chosen") -> Fact:
    return Fact(name=name, value=value, source=Source.told, evidence=evidence)


def _stand_by(fact: Fact) -> Fact:
    return fact.model_copy(update={"source": Source.told, "evidence": KEPT})


def _withdraw(fact: Fact) -> Fact:
    return fact.model_copy(update={"source": Source.told, "evidence": "chosen", "withdrawn": True})


def _open(fact: Fact | None) -> Fact | None:
    """Return a fact the user has not said to stand by."""
    return None if fact is None or fact.evidence == KEPT else fact


def _shown(fact: Fact) -> str:
    return f"{SHORT[fact.name]} {value_in_words(fact.name, fact.value)} ({clean(said_by(fact), 60)})"


def _last_told(facts: Facts, *names: FactName) -> Fact | None:
    told = [fact for fact in facts.records if fact.name in names and fact.source == Source.told]
    return told[-1] if told else None


def _optimized_without_optimizer(facts: Facts) -> Contradiction | None:
    score, effort = _open(facts.get("optimized_score")), _open(facts.get("prompt_optimization"))
    if score is None or effort is None or effort.value not in ("none", "by_hand") or score.source != Source.told:
        return None
    plain = facts.get("baseline_score")
    if plain is not None and plain.value == score.value:
        return None
    value = percent(score.value)
    by_hand = (_told("baseline_score", score.value), _told("prompt_optimization", "by_hand"))
    return Contradiction(
        "optimized_without_optimizer",
        f"{_shown(score)}, but {_shown(effort)}.",
        f"Which prompts scored {value}?",
        (
            Way("those an optimizer wrote", (_told("prompt_optimization", "optimized"),)),
            Way("those written by hand", by_hand),
        ),
    )


def _baseline_above_optimized(facts: Facts) -> Contradiction | None:
    plain, optimized = facts.get("baseline_score"), _open(facts.get("optimized_score"))
    low, high = facts.lower("baseline_score"), facts.upper("optimized_score")
    if plain is None or optimized is None or low is None or high is None or low <= high:
        return None
    if optimized.source != Source.told:
        return None
    swapped = (_told("baseline_score", optimized.value), _told("optimized_score", plain.value))
    other_way = Way("it is the other way round", swapped)
    ways = (Way(f"optimizing made it worse; go on from {percent(plain.value)}",
                (_told("optimized_score", plain.value),)),
            Way("leave it so", (_stand_by(optimized),)))  # fmt: skip
    told = plain.source == Source.told
    return Contradiction(
        "baseline_above_optimized",
        f"{_shown(plain)} is above {_shown(optimized)}.",
        "Which score is which?",
        (other_way, *ways) if told else ways,
    )


def _scores_without_metric(facts: Facts) -> Contradiction | None:
    score, metric = _open(best_score(facts)), facts.get("metric")
    if score is None or metric is None or metric.value != "none" or score.source != Source.told:
        return None
    return Contradiction(
        "scores_without_metric",
        f"{_shown(score)}, but {_shown(metric)}.",
        f"How was {percent(score.value)} measured?",
        (
            Way("each answer compared with the right one", (_told("metric", "exact_match"),)),
            Way("a model judged the answers", (_told("metric", "judge"),)),
            Way("a function of ours", (_told("metric", "own"),)),
            Way("people looked at some answers; there is no metric", (_stand_by(score),)),
        ),
    )


def _target_above_ceiling(facts: Facts) -> Contradiction | None:
    target, ceiling = _open(facts.get("target_score")), facts.get("accuracy_ceiling")
    wanted, best = facts.number("target_score"), facts.number("accuracy_ceiling")
    if target is None or ceiling is None or wanted is None or best is None or wanted <= best:
        return None
    reachable = int(best * 100 + 1e-9) / 100
    return Contradiction(
        "target_above_ceiling",
        f"{_shown(target)} is above the {_shown(ceiling)}: some texts appear with different labels.",
        "Lower the target, or settle those labels first?",
        (
            Way(f"lower the target to {percent(reachable)}", (_told("target_score", reachable),)),
            Way("settle the labels first", (_stand_by(target),)),
        ),
    )


def _rows_must_stay(facts: Facts) -> Contradiction | None:
    stay, host = facts.get("data_must_stay"), facts.get("host")
    if stay is None or stay.value is not True or host is None or host.value in ("practice", "local"):
        return None
    if _open(host) is None or _open(stay) is None:
        return None
    title = _title(host)
    return Contradiction(
        "rows_must_stay",
        f"The rows must stay on this computer ({clean(said_by(stay), 60)}), but {title} ({clean(said_by(host), 60)}) "
        "would receive them.",
        "Where may it run?",
        (
            *_HERE,
            Way(f"{MAY_GO}{title}", (_may_go(title),)),
        ),
    )


_HERE = (
    Way("here, with the practice model", (_told("host", "practice"),)),
    Way("train on this computer", (_told("host", "local"),)),
)


def _may_go(title: str) -> Fact:
    return _told("data_must_stay", False, f"{MAY_GO}{title}")


def _rows_allowed_elsewhere(facts: Facts) -> Contradiction | None:
    """A leave given for one host is none for the next."""
    allowed, host = facts.get("data_must_stay"), facts.get("host")
    if allowed is None or allowed.value is not False or not allowed.evidence.startswith(MAY_GO) or host is None:
        return None
    title = _title(host)
    if host.value in ("practice", "local") or allowed.evidence == f"{MAY_GO}{title}":
        return None
    return Contradiction(
        "rows_allowed_elsewhere",
        f"You said {clean(allowed.evidence, 60)}; {title} ({clean(said_by(host), 60)}) would receive them now.",
        "Where may it run?",
        (*_HERE, Way(f"{MAY_GO}{title}", (_may_go(title),))),
    )


def _shown_to_another(facts: Facts) -> Contradiction | None:
    stay, away = facts.get("data_must_stay"), shown_away(facts)
    if stay is None or stay.value is not True or _open(stay) is None or not away:
        return None
    helpers = [fact for name, _ in away if (fact := facts.get(name)) is not None]
    names = joined(list(dict.fromkeys(clean(str(fact.value), 60) for fact in helpers)), "and")
    titles = joined(list(dict.fromkeys(provider.title for _, provider in away)), "and")
    return Contradiction(
        "shown_to_another",
        f"The rows must stay on this computer ({clean(said_by(stay), 60)}); {names} would be shown some, at {titles}.",
        "Which is it?",
        (
            Way(f"go on without {names}", tuple(_withdraw(fact) for fact in helpers)),
            Way(f"the rows may be shown to {titles}", (_told("data_must_stay", False),)),
        ),
    )


def _nothing_to_spend(facts: Facts) -> Contradiction | None:
    budget, host = _open(facts.get("budget_usd")), facts.get("host")
    if budget is None or facts.upper("budget_usd") != 0 or host is None or host.value in ("practice", "local"):
        return None
    title = _title(host)
    likely = facts.number("forecast_usd")
    allow = Way(f"spend ${likely:,.2f}", (_told("budget_usd", likely),)) if likely else None
    return Contradiction(
        "nothing_to_spend",
        f"Nothing may be spent ({clean(said_by(budget), 60)}), but {title} ({clean(said_by(host), 60)}) is paid for.",
        "Where may it run?",
        (
            Way("here, with the practice model, which is free", (_told("host", "practice"),)),
            *([allow] if allow else []),
            Way(f"{title}; I shall name another limit", (_withdraw(budget),)),
        ),
    )


def _task_differs(facts: Facts) -> Contradiction | None:
    told = _open(facts.get("task"))
    seen = [fact for fact in facts.history("task") if fact.source == Source.assumed and fact.evidence]
    if told is None or told.source != Source.told or not seen or told.value == seen[-1].value:
        return None
    looks = seen[-1]
    if not {told.value, looks.value} & set(LABELLED_TASKS):
        return None
    file, named = clean(looks.evidence, 60), value_in_words("task", looks.value)
    return Contradiction(
        "task_differs",
        f"{_shown(told)}, but {file} looks like {named}.",
        "Which is it?",
        (
            Way(named, (_told("task", looks.value),)),
            Way(value_in_words("task", told.value), (_stand_by(told),)),
        ),
    )


def _examples_differ(facts: Facts) -> Contradiction | None:
    told, counted = _last_told(facts, "labelled_examples", "usable_examples"), examples(facts)
    if told is None or counted is None or counted.source != Source.measured or not far(told, counted):
        return None
    return _only_said("examples_differ", facts, told, counted)


def _classes_differ(facts: Facts) -> Contradiction | None:
    told, counted = _last_told(facts, "classes"), facts.get("classes")
    if told is None or counted is None or counted.source != Source.measured or told.value == counted.value:
        return None
    return _only_said("classes_differ", facts, told, counted)


def _judge_of_labels(facts: Facts) -> Contradiction | None:
    task, metric = facts.text("task"), _last_told(facts, "metric")
    if task != "classification" or metric is None or metric.value != "judge" or facts.has("judge_model"):
        return None
    return Contradiction(
        "judge_of_labels",
        "Labels need no judge: an answer is the right label or it is not, and the run scores so. What is wrong then a "
        "model can look at again: say for example `use gpt-4.1 as judge`.",
    )


def _only_said(key: str, facts: Facts, told: Fact, counted: Fact) -> Contradiction:
    """Say which count holds and what that does to the advice; said again only when it comes to do something else."""
    said, found = (value_in_words(fact.name, fact.value) for fact in (told, counted))
    where = clean(counted.evidence, 60) or "the file"
    both = f"You said {said} {SHORT[told.name]}; {where} has {found} {SHORT[counted.name]}."
    return Contradiction(key, f"{both} I use what was measured: {effect(facts, told, counted)}.")


def _title(host: Fact) -> str:
    known = HOSTS.get(str(host.value))
    return known.title if known else clean(str(host.value), 60)


_LOOKED_FOR: tuple[Callable[[Facts], Contradiction | None], ...] = (
    _scores_without_metric, _optimized_without_optimizer, _baseline_above_optimized, _target_above_ceiling,
    _rows_must_stay, _rows_allowed_elsewhere, _shown_to_another, _nothing_to_spend, _task_differs, _examples_differ,
    _classes_differ,
    _judge_of_labels,
)  # fmt: skip
