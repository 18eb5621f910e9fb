"""Answers about the rows: are they enough, which are wrong, would a simple classifier do, will training help."""

from __future__ import annotations

from advisor.domain import deep_words
from advisor.domain.at_hand import AtHand
from advisor.domain.case import case_of, well_above_chance
from advisor.domain.ceiling import OF_THE_SPLIT, most_right
from advisor.domain.checklist import best_score, examples
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport, split_sizes
from advisor.domain.figures import BETTER_EXAMPLES, ENOUGH_EXAMPLES, ENOUGH_TRACES, FEWEST_EXAMPLES
from advisor.domain.statistics import detectable_difference, span
from advisor.domain.values import count, percent


def simple_classifier(hand: AtHand) -> str:
    """Say what a cheap classical baseline scored, or how to get its score."""
    task = hand.facts.text("task")
    if task not in (None, "classification"):
        return "A classical classifier chooses one of a few labels. What the program here gives is not that."
    measured = _proxy(hand.report)
    if measured is None:
        return (
            "It may, and it is the cheapest thing to try: it trains in seconds on this computer and costs nothing a "
            f"call. I have not measured one on these rows. {_measured_by(hand.report)} If it reaches {_target(hand)}, "
            "nothing has to be tuned."
        )
    score, on = measured
    said = f"I measured one on these rows: a linear classifier over word counts is right on {percent(score)} of {on}."
    return " ".join([said, *_beside(hand, score)])


def _measured_by(report: DatasetReport | None) -> str:
    if report is None:
        return "Give me the file, and it can be measured in minutes, on rows held out."
    return f"To have it measured, in minutes, on rows held out: {deep_words.how('curve', report)}."


def _proxy(report: DatasetReport | None) -> tuple[float, str] | None:
    """Return the best measured score of the classifier behind the deep checks, and on what."""
    close = report.close if report else None
    if close is not None and close.curve is not None:
        last = close.curve.points[-1]
        return last.accuracy, f"{close.curve.test_rows:,} rows held out, after {last.rows:,} to learn from"
    if close is not None and close.noise is not None:
        return close.noise.accuracy, "the rows held out"
    return None


def _beside(hand: AtHand, score: float) -> list[str]:
    """Hold the classifier's score against the target and against the program's."""
    case = case_of(hand.facts)
    said = []
    if case.score is not None:
        said.append(f"Your program stands at {case.score_in_words}, perhaps on other rows.")
    if case.target is not None and score >= case.target:
        said.append(f"That reaches your target of {case.target_in_words}, in milliseconds and for nothing a call.")
        said.append("I would take it before paying for training.")
    elif case.target is not None:
        said.append(f"It falls short of your target of {case.target_in_words}; that is the score training has to beat.")
    else:
        said.append("Whatever is tuned should beat that clearly, or it is not worth its price.")
    return said


def _target(hand: AtHand) -> str:
    shown = case_of(hand.facts).target_in_words
    return f"your target of {shown}" if shown else "the score you need"


def enough_rows(hand: AtHand) -> str:
    """Say which counts matter, who says so, and where this case stands."""
    fact = examples(hand.facts)
    steps = "; ".join(
        (
            f"under {FEWEST_EXAMPLES.value:,.0f} do not train ({FEWEST_EXAMPLES.source})",
            f"{ENOUGH_EXAMPLES.value:,.0f} are enough ({ENOUGH_EXAMPLES.source})",
            f"{BETTER_EXAMPLES.value:,.0f} are better ({BETTER_EXAMPLES.source})",
        )
    )
    said = [_stands(hand, count(fact.value) if fact else "", hand.facts.lower(fact.name) if fact else None)]
    said.append(f"For fine-tuning: {steps}.")
    said += _test_part(hand.facts.lower(fact.name) if fact else None)
    curve = hand.report.close.curve if hand.report and hand.report.close else None
    if curve is not None:
        said.append(
            f"On these rows a simple classifier is at {percent(curve.points[-1].accuracy)} with "
            f"{curve.points[-1].rows:,} and would be at {span(curve.low, curve.high)} with {curve.doubled:,}."
        )
    elif hand.report is not None:
        said.append(f"Whether more would help here is drawn as a curve: {deep_words.how('curve', hand.report)}.")
    return " ".join(said)


def _stands(hand: AtHand, shown: str, least: float | None) -> str:
    if least is None:
        return "How many you have is not known yet."
    missing = ENOUGH_EXAMPLES.value - least
    if missing <= 0:
        return f"You have {shown} usable rows, which are enough: {case_of(hand.facts).put_to_use}."
    place = "too few to train on" if least < FEWEST_EXAMPLES.value else "possible, but expect noise"
    return f"You have {shown} usable rows: {place}. {missing:,.0f} more would reach the guide's number."


def _test_part(least: float | None) -> list[str]:
    parts = split_sizes(int(least)) if least else None
    shown = detectable_difference(parts.test) if parts and parts.test else None
    if parts is None or shown is None:
        return []
    return [f"The {parts.test:,} held back for the test can show differences of about {shown * 100:.0f} points."]


def wrong_rows(hand: AtHand) -> str:
    """Say which rows are at odds with others, and where the rest can be seen."""
    report = hand.report
    if report is None:
        return "I have seen no rows yet. Give me the file and I count those whose labels contradict each other."
    said = [_conflicts(report)]
    noise = report.close.noise if report.close else None
    if noise is not None and noise.judged:
        said.append(f"A simple classifier contradicts {noise.flagged:,} of {noise.rows:,} labels with confidence.")
        said += [f"For example: {clean(example, 160)}." for example in noise.examples[:2]]
    elif noise is not None:
        said.append("The classes overlap too much for a classifier to accuse single labels.")
    else:
        said.append(f"Labels that are only unlikely are found in minutes: {deep_words.how('noise', report)}.")
    said.append(
        "All of them are shown in the report of the data: F9 on the screens, `show conflicts` elsewhere. Which rows a "
        "program gets wrong is seen after a run."
    )
    return " ".join(said)


def _conflicts(report: DatasetReport) -> str:
    if not report.conflicting_inputs:
        return "No input stands in the file with two labels."
    one = report.conflicting_inputs == 1
    many = f"{report.conflicting_inputs:,} input{'' if one else 's'}"
    said = f"{many} {'has' if one else 'have'} different labels, in {report.conflicting_rows:,} rows."
    shown = next((found.examples for found in report.findings if found.about == "conflicts"), ())
    return " ".join([said, *(f"For example: {clean(example, 160)}." for example in shown[:2])])


def likely_gain(hand: AtHand) -> str:
    """Say what can be said of the gain before anything is measured."""
    case = case_of(hand.facts)
    said = ["Nobody can tell before it is measured; a run scores every program on the same rows it has not seen."]
    if (scored := best_score(hand.facts)) is not None and case.target is not None:
        said.append(f"You stand at {percent(scored.value)} and want {case.target_in_words}.")
    ceiling = hand.facts.number("accuracy_ceiling")
    if ceiling is not None and ceiling < 1:
        said.append(f"{most_right(ceiling)} of the file, since some labels contradict. {OF_THE_SPLIT}")
    if case.traces is not None:
        enough = case.traces >= ENOUGH_TRACES.value
        said.append(
            f"About {case.traces:,} of the program's own answers would pass and could be trained on; "
            f"{ENOUGH_TRACES.value:.0f} are {'' if enough else 'not '}reached."
        )
    if case.score is not None and case.chance is not None and not well_above_chance(case) and case.score < 0.5:
        said.append("A score this near to guessing says that the task or the labels come first.")
    return " ".join(said)
