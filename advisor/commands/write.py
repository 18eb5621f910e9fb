"""`advisor write DATA`: write the project for the recommended route."""

from __future__ import annotations

import argparse
import asyncio
import sys
from difflib import get_close_matches
from pathlib import Path

from advisor.commands.given import add_facts, facts_given
from advisor.domain.advice import training_route
from advisor.domain.barred import barred
from advisor.domain.facts import HELPERS, Fact, FactName, Facts, Source
from advisor.domain.forecast import forecast
from advisor.domain.hosts import example_student
from advisor.domain.machine import Machine
from advisor.domain.plan import Plan
from advisor.domain.preflight import closed_door, rows_would_leave, student_of
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import RUN_ROUTES, TRAINING_ROUTES, Route
from advisor.errors import HostRefused, UsageError
from advisor.project import Advice, Study, blocking, conclude, missing, study, write
from advisor.startable import lacks
from advisor.world import machine

NOT_YET = 3

ABOUT_THE_SCORE = ("labels", "test", "conflicts", "leaks")
"""What findings are about that limit what a run's score says."""


def main(argv: list[str]) -> int:
    """Write a project and print its folder; 3 when the advice runs nothing."""
    parser = argparse.ArgumentParser(prog="advisor write", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, help="a folder that does not exist yet (default: advised/ beside the data)")
    parser.add_argument(
        "--route", type=_route, metavar="NAME", help="this route, whatever the advice is; its risk is said"
    )
    add_facts(parser)
    listed = "\n".join(f"  {route:<20}{TO_DO[route]}" for route in RUN_ROUTES)
    parser.epilog = f"routes:\n{listed}\n\n{parser.epilog or ''}"
    options = parser.parse_args(argv)
    studied = asyncio.run(study(options.data, _chosen(facts_given(options), options.route)))
    if studied.report is not None and (fault := blocking(studied.report)):
        raise fault
    here = machine.look()
    advice, doubt = _concluded(studied, here)
    from advisor import telling

    _refuse_what_is_barred(advice, options.route)
    advised = telling.advice(advice.recommendation)
    if not advice.recommendation.runs:
        sys.stderr.write(f"{advised}\n\n{_overruled_by(advice)}\n")
        return NOT_YET
    _ask_for_the_student(advice, studied.facts)
    if advice.plan is None or advice.forecast is None or studied.report is None:
        flags = _prices_asked(studied.facts) if advice.forecast is not None else ""
        raise UsageError(missing(advice.recommendation, studied.facts, studied.report), "", flags)
    if advice.recommendation.risk:
        sys.stderr.write(f"! {advice.recommendation.risk}\n")
    folder, plan = write(advice.plan, studied.report, options.out)
    for found in studied.report.findings:
        if found.severity == "warns" and found.about in ABOUT_THE_SCORE:
            sys.stderr.write(f"! {found.what} {found.consequence}\n")
    sys.stderr.write(f"{advised}\n\n")
    _tell(plan, folder, (*([doubt] if doubt else []), *lacks(plan, here)))
    sys.stdout.write(f"{folder}\n")
    return 0


def _ask_for_the_student(advice: Advice, facts: Facts) -> None:
    if advice.plan is None and (host := facts.text("host")) != "practice" and not student_of(facts):
        example = example_student(host or "")
        raise UsageError(
            "The model to improve is not known.", "", f"Say which, for example: --set student_model={example}"
        )


def _tell(plan: Plan, folder: Path, warnings: tuple[str, ...]) -> None:
    """Say what the written project will do, what it takes, and what stands against it here."""
    from advisor import run_telling

    expected = forecast(plan)
    sys.stderr.write(f"{run_telling.offer(plan, expected, folder)}\n")
    if plan.rented:
        sys.stderr.write(f"{run_telling.rented(plan, expected, folder)}\n")
    for warning in warnings:
        sys.stderr.write(f"! {warning}\n")


def _refuse_what_is_barred(advice: Advice, route: Route | None) -> None:
    """Stop where `--route` changes nothing.

    Raises:
        HostRefused: rows that must stay would leave, or nobody trains there.
    """
    if (bar := barred(advice.facts, trains=route in TRAINING_ROUTES)) is not None:
        stays = rows_would_leave(advice.facts) is not None
        raise HostRefused(bar.why, "Where they may go: --set data_must_stay=no." if stays else "", bar.try_this)


def _route(text: str) -> Route:
    """Return a route that a project is written for, by its name."""
    found = next((route for route in RUN_ROUTES if route == text), None)
    if found is not None:
        return found
    if (other := next((route for route in TO_DO if route == text), None)) is not None:
        raise argparse.ArgumentTypeError(f"{other} runs nothing, so no project is written for it")
    word = text.casefold().replace("-", "").replace("_", "")
    held = [route for route in RUN_ROUTES if word and word in route.replace("_", "")]
    near = held or [route for route in RUN_ROUTES if route in get_close_matches(text, RUN_ROUTES, n=2)]
    meant = f"; did you mean {joined([*near], 'or')}?" if near else f"; the routes are {', '.join(RUN_ROUTES)}."
    raise argparse.ArgumentTypeError(f"there is no route {text[:40]!r}{meant} `advisor write --help` explains each")


def _overruled_by(advice: Advice) -> str:
    """Say that nothing was written, and what would write a project all the same."""
    following = advice.recommendation.next_route
    route = following if following in RUN_ROUTES else training_route(advice.facts)
    if barred(advice.facts, trains=route in TRAINING_ROUTES) is not None:
        return "Nothing was written, and `--route` does not open that door."
    return (
        f"Nothing was written. `--route {route}` overrules the advice and writes the project to {TO_DO[route]}; "
        "`advisor write --help` explains the other routes."
    )


def _concluded(studied: Study, here: Machine) -> tuple[Advice, str]:
    """Return the advice for this computer, with what speaks against it: the project may be for another one."""
    facts = studied.facts.learn(*here.facts(studied.facts))
    advice = conclude(facts, studied.report)
    if advice.plan is not None or (doubt := closed_door(facts)) is None or closed_door(studied.facts) is not None:
        return advice, ""
    return conclude(studied.facts, studied.report), f"{doubt.why} {doubt.try_this}"


def _prices_asked(facts: Facts) -> str:
    """Return the flags by which the prices that are missing can be told."""
    examples: dict[FactName, str] = {
        "student_price_in": "0.40", "student_price_out": "1.60", "student_price_training": "5",
    }  # fmt: skip
    if facts.text("student_served") == "dedicated":
        examples["student_hosting_per_hour"] = "3.99"
    for name, prices in HELPERS.items():
        examples |= dict.fromkeys(prices, "1.60") if facts.has(name) else {}
    lacking = [f"--set {name}={price}" for name, price in examples.items() if not facts.has(name)]
    return f"Here that is {' '.join(lacking)}" if lacking else ""


def _chosen(facts: Facts, route: str | None) -> Facts:
    """Without an answer about the host a project is for the practice model; that is said, as assumed."""
    if not facts.has("host"):
        practice = Fact(name="host", value="practice", source=Source.assumed, evidence="no host was named")
        facts = facts.learn(practice)
    if route is None:
        return facts
    return facts.learn(Fact(name="overruled", value=(route,), source=Source.told, evidence="--route"))
