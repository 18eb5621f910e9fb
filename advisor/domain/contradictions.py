"""What does not fit together in what is known, and the ways to settle it."""

from __future__ import annotations

from collections.abc import Callable

from advisor.domain.checklist import best_score, examples, said_by
from advisor.domain.cleaning import clean
from advisor.domain.contradiction import Contradiction, Way, chosen, host_title, stand_by, still_open, withdraw
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.recounting import effect, far
from advisor.domain.row_contradictions import rows_allowed_elsewhere, rows_must_stay, shown_to_another
from advisor.domain.values import percent
from advisor.domain.wording import SHORT, value_in_words

LABELLED_TASKS = ("classification", "multi_label", "numeric")
"""Tasks a file shows plainly; the others look alike in one."""


def contradictions(facts: Facts) -> tuple[Contradiction, ...]:
    """Return what does not fit together, what changes the advice most first."""
    return tuple(found for look in _LOOKED_FOR if (found := look(facts)) is not None)


def _shown(fact: Fact) -> str:
    return f"{SHORT[fact.name]} {value_in_words(fact.name, fact.value)} ({clean(said_by(fact), 60)})"


def _last_told(facts: Facts, *names: FactName) -> Fact | None:
    told = [fact for fact in facts.records if fact.name in names and fact.source == Source.told]
    return told[-1] if told else None


def _optimized_without_optimizer(facts: Facts) -> Contradiction | None:
    score, effort = still_open(facts.get("optimized_score")), still_open(facts.get("prompt_optimization"))
    if score is None or effort is None or effort.value not in ("none", "by_hand") or score.source != Source.told:
        return None
    plain = facts.get("baseline_score")
    if plain is not None and plain.value == score.value:
        return None
    value = percent(score.value)
    by_hand = (chosen("baseline_score", score.value), chosen("prompt_optimization", "by_hand"))
    return Contradiction(
        "optimized_without_optimizer",
        f"{_shown(score)}, but {_shown(effort)}.",
        f"Which prompts scored {value}?",
        (
            Way("those an optimizer wrote", (chosen("prompt_optimization", "optimized"),)),
            Way("those written by hand", by_hand),
        ),
    )


def _baseline_above_optimized(facts: Facts) -> Contradiction | None:
    plain, optimized = facts.get("baseline_score"), still_open(facts.get("optimized_score"))
    low, high = facts.lower("baseline_score"), facts.upper("optimized_score")
    if plain is None or optimized is None or low is None or high is None or low <= high:
        return None
    if optimized.source != Source.told:
        return None
    swapped = (chosen("baseline_score", optimized.value), chosen("optimized_score", plain.value))
    other_way = Way("it is the other way round", swapped)
    ways = (Way(f"optimizing made it worse; go on from {percent(plain.value)}",
                (chosen("optimized_score", plain.value),)),
            Way("leave it so", (stand_by(optimized),)))  # fmt: skip
    told = plain.source == Source.told
    return Contradiction(
        "baseline_above_optimized",
        f"{_shown(plain)} is above {_shown(optimized)}.",
        "Which score is which?",
        (other_way, *ways) if told else ways,
    )


def _scores_without_metric(facts: Facts) -> Contradiction | None:
    score, metric = still_open(best_score(facts)), facts.get("metric")
    if score is None or metric is None or metric.value != "none" or score.source != Source.told:
        return None
    return Contradiction(
        "scores_without_metric",
        f"{_shown(score)}, but {_shown(metric)}.",
        f"How was {percent(score.value)} measured?",
        (
            Way("each answer compared with the right one", (chosen("metric", "exact_match"),)),
            Way("a model judged the answers", (chosen("metric", "judge"),)),
            Way("a function of ours", (chosen("metric", "own"),)),
            Way("people looked at some answers; there is no metric", (stand_by(score),)),
        ),
    )


def _target_above_ceiling(facts: Facts) -> Contradiction | None:
    target, ceiling = still_open(facts.get("target_score")), facts.get("accuracy_ceiling")
    wanted, best = facts.number("target_score"), facts.number("accuracy_ceiling")
    if target is None or ceiling is None or wanted is None or best is None or wanted <= best:
        return None
    reachable = int(best * 100 + 1e-9) / 100
    return Contradiction(
        "target_above_ceiling",
        f"{_shown(target)} is above the {_shown(ceiling)}: some texts appear with different labels.",
        "Lower the target, or settle those labels first?",
        (
            Way(f"lower the target to {percent(reachable)}", (chosen("target_score", reachable),)),
            Way("settle the labels first", (stand_by(target),)),
        ),
    )


def _nothing_to_spend(facts: Facts) -> Contradiction | None:
    budget, host = still_open(facts.get("budget_usd")), facts.get("host")
    if budget is None or facts.upper("budget_usd") != 0 or host is None or host.value in ("practice", "local"):
        return None
    title = host_title(host)
    likely = facts.number("forecast_usd")
    allow = Way(f"spend ${likely:,.2f}", (chosen("budget_usd", likely),)) if likely else None
    return Contradiction(
        "nothing_to_spend",
        f"Nothing may be spent ({clean(said_by(budget), 60)}), but {title} ({clean(said_by(host), 60)}) is paid for.",
        "Where may it run?",
        (
            Way("here, with the practice model, which is free", (chosen("host", "practice"),)),
            *([allow] if allow else []),
            Way(f"{title}; I shall name another limit", (withdraw(budget),)),
        ),
    )


def _task_differs(facts: Facts) -> Contradiction | None:
    told = still_open(facts.get("task"))
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
            Way(named, (chosen("task", looks.value),)),
            Way(value_in_words("task", told.value), (stand_by(told),)),
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


_LOOKED_FOR: tuple[Callable[[Facts], Contradiction | None], ...] = (
    _scores_without_metric, _optimized_without_optimizer, _baseline_above_optimized, _target_above_ceiling,
    rows_must_stay, rows_allowed_elsewhere, shown_to_another, _nothing_to_spend, _task_differs, _examples_differ,
    _classes_differ,
    _judge_of_labels,
)  # fmt: skip
