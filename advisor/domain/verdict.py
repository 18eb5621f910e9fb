"""Whether it helped, from the outcomes of the test rows.

Copied into every generated project next to `statistics.py`: standard library only, plain dicts in and out.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

from advisor.domain import statistics
from advisor.domain.statistics import percent, span

SIGNIFICANT = 0.05
"""Below this probability, corrected for the number of questions asked, a difference is called real."""

NAMES = {
    "baseline": "the plain program",
    "optimized": "optimized prompts",
    "teacher": "the teacher",
    "tuned": "the tuned program",
    "gold": "the program tuned on your labels",
    "together": "prompts and weights together",
}

ORDER = ("baseline", "optimized", "tuned", "gold", "together")
"""Simplest first: a later one has to be better to be worth its trouble. The teacher is what is to be replaced."""

TRAINED = ("tuned", "gold", "together")

DAYS_A_MONTH = 30
HOURS_A_MONTH = 730.0


class Hosting(NamedTuple):
    """A tuned model that is billed by the hour while it is kept ready, asked or not."""

    per_hour: float | None
    """None where the price is not known, which is not zero."""
    calls_in_it: bool
    """Whether that is all that is billed, the calls with it."""

    @property
    def per_month(self) -> float | None:
        """Dollars for a month of it."""
        return None if self.per_hour is None else self.per_hour * HOURS_A_MONTH


def compare(
    scored: list[dict[str, Any]],
    *,
    target: float | None = None,
    training_dollars: float | None = None,
    calls_per_month: float | None = None,
    hosting: Hosting | None = None,
) -> dict[str, Any] | None:
    """Compare the candidates that answered the test rows; None before the baseline has.

    `scored` are the `scored` events of the test split as dicts. Every candidate answered the same rows. `hosting` is
    told where the tuned model is billed by the hour.
    """
    by_name = {event["candidate"]: event for event in scored}
    if "baseline" not in by_name:
        return None
    outcomes = {name: event["outcomes"] for name, event in by_name.items()}
    n = len(outcomes["baseline"])
    if not n:
        return None
    rows = [_row(by_name[name]) for name in NAMES if name in by_name]
    pairs = _pairs(outcomes)
    best = recommended(outcomes, pairs)
    kept = statistics.retention(outcomes[best], outcomes["teacher"]) if "teacher" in outcomes else None
    result: dict[str, Any] = {
        "split": "test",
        "n": n,
        "rows": rows,
        "pairs": pairs,
        "recommended": best,
        "detectable_difference": statistics.detectable_difference(n),
        "retention": kept and {"share": kept[0], "low": kept[1].low, "high": kept[1].high},
        "training_dollars": training_dollars,
        "break_even_days": None,
    }
    saved = _saved_a_month(rows, best, calls_per_month, hosting)
    if saved is not None and saved > 0 and training_dollars is not None:
        result["break_even_days"] = training_dollars / saved * DAYS_A_MONTH
    result["verdict"] = " ".join([*_sentences(result, target), *_payback(result, saved, hosting, calls_per_month)])
    return result


def _row(event: dict[str, Any]) -> dict[str, Any]:
    outcomes = event["outcomes"]
    n, correct, failures = len(outcomes), outcomes.count("1"), outcomes.count("x")
    low, high = statistics.wilson(correct, n)
    dollars = event.get("dollars")
    return {
        "candidate": event["candidate"],
        "model": event["model"],
        "n": n,
        "correct": correct,
        "failures": failures,
        "score": correct / n if n else 0.0,
        "low": low,
        "high": high,
        "dollars_per_1000": None if dollars is None or not n else 1000 * dollars / n,
        "seconds_per_call": event.get("seconds_per_call"),
    }


def _pairs(outcomes: dict[str, str]) -> list[dict[str, Any]]:
    """Test every candidate against the baseline, and the trained ones against optimized prompts and each other."""
    there = [name for name in ORDER if name in outcomes]
    asked = list(combinations(there, 2))
    tests = [statistics.compare_pairs(outcomes[before], outcomes[after]) for before, after in asked]
    corrected = statistics.holm([test.p for test in tests])
    return [
        {"before": before, "after": after, **test._asdict(), "p_corrected": p, "outcome": _outcome(test, p)}
        for (before, after), test, p in zip(asked, tests, corrected, strict=True)
    ]


def _outcome(test: statistics.PairedTest, p: float) -> str:
    if p >= SIGNIFICANT:
        return "cannot_tell"
    return "better" if test.difference > 0 else "worse"


def recommended(outcomes: dict[str, str], pairs: list[dict[str, Any]]) -> str:
    """Return the simplest candidate that nothing dearer is shown to beat."""
    shown = {(pair["before"], pair["after"]): pair["outcome"] for pair in pairs}
    best = "baseline"
    for name in ORDER[1:]:
        if name in outcomes and shown[best, name] == "better":
            best = name
    return best


def _saved_a_month(
    rows: list[dict[str, Any]], best: str, calls_per_month: float | None, hosting: Hosting | None
) -> float | None:
    """Return the dollars a month that cheaper calls save, less those for keeping the model ready; None if unknown."""
    cost = {row["candidate"]: row["dollars_per_1000"] for row in rows}
    today, after = cost.get("teacher"), 0.0 if hosting and hosting.calls_in_it else cost.get(best)
    kept = hosting.per_month if hosting else 0.0
    if best not in TRAINED or today is None or after is None or kept is None or not calls_per_month:
        return None
    return float((today - after) / 1000 * calls_per_month - kept)


def _payback(
    result: dict[str, Any], saved: float | None, hosting: Hosting | None, calls_per_month: float | None
) -> list[str]:
    """Say after how long the training has paid for itself, what keeping the model ready costs taken in."""
    kept = f", with about ${hosting.per_month:,.0f} a month to keep it ready," if hosting and hosting.per_month else ""
    if (days := result["break_even_days"]) is not None:
        return [f"At your calls a month{kept} the training has paid for itself after {days:.0f} days."]
    asked = any(row["candidate"] == "teacher" for row in result["rows"])
    if not hosting or not calls_per_month or not asked or result["recommended"] not in TRAINED:
        return []
    if hosting.per_hour is None:
        return [
            "Whether the training pays for itself is not known: the tuned model is billed by the hour while it is kept "
            "ready, at a price I do not know."
        ]
    return [f"At your calls a month{kept} it saves nothing."] if saved is not None and saved <= 0 and kept else []


def _sentences(result: dict[str, Any], target: float | None) -> list[str]:
    pairs = {(pair["before"], pair["after"]): pair for pair in result["pairs"]}
    counts = {row["candidate"]: row["correct"] for row in result["rows"]}
    best = result["recommended"]
    told = [_judge(pairs[before, after], counts) for before, after in pairs if _worth_saying(before, after, pairs)]
    told.append(_advise(best, counts))
    if kept := result["retention"]:
        told.append(
            f"Its score is {percent(kept['share'])} of the teacher's (95% interval {span(kept['low'], kept['high'])})."
        )
    row = next(row for row in result["rows"] if row["candidate"] == best)
    if target is not None:
        told.append(_against_target(row, target))
    if any(row["failures"] for row in result["rows"]):
        failed = ", ".join(
            f"{row['failures']} by {NAMES[row['candidate']]}" for row in result["rows"] if row["failures"]
        )
        told.append(f"Rows without a usable answer count as not right: {failed}.")
    return told


def _worth_saying(before: str, after: str, pairs: dict[tuple[str, str], dict[str, Any]]) -> bool:
    """Against the baseline only where there are no optimized prompts to be measured against."""
    return before != "baseline" or after == "optimized" or ("optimized", after) not in pairs


def _judge(pair: dict[str, Any], counts: dict[str, int]) -> str:
    after, before, n = NAMES[pair["after"]], NAMES[pair["before"]], pair["n"]
    figures = (
        f"{counts[pair['after']]} against {counts[pair['before']]} of {n} rows, {pair['fixed']} fixed, "
        f"{pair['broken']} broken, p {_probability(pair['p_corrected'])} after correction"
    )
    if pair["outcome"] != "cannot_tell":
        return f"{after[0].upper()}{after[1:]} scored {pair['outcome']} than {before}: {figures}."
    sentence = f"Cannot tell {after} from {before}: {figures}."
    if pair["difference"]:
        disagreement = (pair["fixed"] + pair["broken"]) / n
        needed = statistics.rows_needed(pair["difference"], disagreement)
        if needed > n:
            sentence += f" About {_round(needed)} test rows would show a difference this small."
    return sentence


def _advise(best: str, counts: dict[str, int]) -> str:
    dearer = [name for name in ORDER[ORDER.index(best) + 1 :] if name in counts]
    if best == "baseline":
        return "Keep the plain program: nothing here is shown to be better."
    sentence = f"Use {NAMES[best]}"
    return f"{sentence}: nothing dearer is shown to be better." if dearer else f"{sentence}."


def _against_target(row: dict[str, Any], target: float) -> str:
    score, low, high = row["score"], row["low"], row["high"]
    if low >= target:
        lowest = f"even the lower end of its interval, {percent(low)}, is above it"
        return f"The target of {percent(target)} is reached: {lowest}."
    if high < target:
        return f"The target of {percent(target)} is not reached: {percent(score)}, at most {percent(high)}."
    side = "at" if percent(score) == percent(target) else "above" if score > target else "below"
    return (
        f"The score of {percent(score)} is {side} the target of {percent(target)}, but {span(low, high)} is possible."
    )


def _probability(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def _round(rows: int) -> str:
    digits = max(0, len(str(rows)) - 2)
    return f"{round(rows, -digits):,}"
