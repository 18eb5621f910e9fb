"""From what is known to one recommendation, with the reasons for it and against every other route."""

from __future__ import annotations

from typing import cast, get_args

from pydantic import BaseModel, ConfigDict

from advisor.domain.barred import against_it, barred
from advisor.domain.case import Case, case_of
from advisor.domain.checklist import Checklist
from advisor.domain.facts import Believed
from advisor.domain.objections import objection, risk
from advisor.domain.questions import open_questions
from advisor.domain.rules import CLOSED, OVERRULE, RUN_ROUTES, TABLE, TRAINING_ROUTES, Route

TITLES: dict[Route, str] = {
    "define_task": "Define the task first",
    "define_metric": "Define a metric first",
    "fix_task_or_data": "Fix the task or the data first",
    "collect_data": "Collect more data",
    "retrieval": "Look the facts up instead",
    "prompt_optimization": "Optimize the prompts",
    "stop": "Stop here",
    "bootstrap_finetune": "Fine-tune on the program's own right answers",
    "gold_finetune": "Fine-tune on your labels",
    "distillation": "Distil into a cheaper model",
    "better_together": "Prompts and weights together",
    "switch_host": "Right idea, closed door: choose another host",
}


class Reason(BaseModel):
    """One argument, with where the rule behind it comes from."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    source: str


class Recommendation(BaseModel):
    """What to do, why, and why not something else."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    route: Route
    title: str
    reasons: tuple[Reason, ...]
    against: dict[Route, str]
    """The objection to every other route."""
    first: tuple[Route, ...] = ()
    """What else has to be in place before fine-tuning, in order."""
    next_route: Route | None = None
    """What to try when this brings too little."""
    would_change: str
    """What would make the advice another one."""
    overruled: bool = False
    risk: str = ""
    """What going against the advice risks; empty unless overruled."""
    unsettled: tuple[str, ...] = ()
    """Checklist items not known yet; they have to be before a yes."""
    questions_open: tuple[str, ...] = ()
    """Facts whose answers are still missing."""

    @property
    def runs(self) -> bool:
        """Whether a project is generated for it."""
        return self.route in RUN_ROUTES

    @property
    def trains(self) -> bool:
        """Whether it pays for training."""
        return self.route in TRAINING_ROUTES


def advise(facts: Believed, checklist: Checklist) -> Recommendation:
    """Return the one recommendation for these facts; the route the user chose against it, if any."""
    case = case_of(facts)
    advised, reasons = _decide(case)
    chosen = chosen_route(facts)
    route = chosen if chosen is not None else advised
    bar = barred(facts, trains=route in TRAINING_ROUTES) if route in RUN_ROUTES else None
    overruled = bar is None and chosen is not None and chosen != advised
    if bar is not None:
        route, reasons = "switch_host", tuple(Reason(text=text, source=CLOSED) for text in (bar.why, bar.try_this))
    against = {other: objection(other, case, checklist) for other in TITLES if other != route}
    if overruled:
        against[advised] = f"My advice would have been this: {reasons[0].text.removesuffix(OVERRULE)}"
        reasons = (Reason(text="You chose this against the advice.", source="you"),)
    return Recommendation(
        route=route,
        title=TITLES[route],
        reasons=reasons,
        against=against,
        first=_first(case, route),
        next_route=_next(route, case),
        would_change=_would_change(route, case),
        overruled=overruled,
        risk=_risk(advised, route, case) if overruled else "",
        unsettled=tuple(item.name for item in checklist.items if item.state == "unknown"),
        questions_open=tuple(question.fact for question in open_questions(facts)),
    )


def route_for(facts: Believed) -> Route:
    """Return the route these facts come to, whatever the user chose against it."""
    case = case_of(facts)
    return next(rule.route for rule in TABLE if rule.when(case))


def training_route(facts: Believed) -> Route:
    """Return the training route these facts would come to if nothing stood before training."""
    case = case_of(facts)
    return next(rule.route for rule in TABLE if rule.route in TRAINING_ROUTES and rule.when(case))


def chosen_route(facts: Believed) -> Route | None:
    """Return the route the user chose against the advice, if any."""
    chosen = facts.words("overruled")
    return cast(Route, chosen[-1]) if chosen and chosen[-1] in get_args(Route) else None


def _decide(case: Case) -> tuple[Route, tuple[Reason, ...]]:
    for rule in TABLE:
        if texts := rule.when(case):
            return rule.route, tuple(Reason(text=text, source=rule.source) for text in texts)
    raise AssertionError("the last rule of the table always holds")


def _risk(advised: Route, chosen: Route, case: Case) -> str:
    """What it risks to choose a route, and what of the host it does not change."""
    return f"{risk(advised, chosen, case)} {against_it(case.facts, trains=chosen in TRAINING_ROUTES)}".strip()


def _first(case: Case, route: Route) -> tuple[Route, ...]:
    """Every rule that stands before training and holds, so that all gaps are named at once."""
    found = dict.fromkeys(
        rule.route
        for rule in TABLE
        if rule.route not in (*TRAINING_ROUTES, "stop", route) and rule.when(case)
    )  # fmt: skip
    return tuple(found)


def _next(route: Route, case: Case) -> Route | None:
    following: dict[Route, Route] = {
        "prompt_optimization": "bootstrap_finetune",
        "bootstrap_finetune": "better_together",
        "gold_finetune": "better_together",
        "collect_data": "bootstrap_finetune" if case.optimized else "prompt_optimization",
    }
    return following.get(route)


def _would_change(route: Route, case: Case) -> str:
    target = f"your target of {case.target_in_words}" if case.target is not None else "your target"
    texts: dict[Route, str] = {
        "define_task": "Would change once the task stands still.",
        "define_metric": "Would change with a metric, even a rough one.",
        "fix_task_or_data": "Would change if the score rose well above chance, or the conflicting labels were settled.",
        "collect_data": "Would change with 500 usable examples, or if you accept the noise and overrule it.",
        "retrieval": "Would change if the answers needed a skill or a style rather than facts.",
        "prompt_optimization": f"Would change if an optimized score is below {target}.",
        "stop": "Would change with a higher target, or if cost or speed mattered.",
        "bootstrap_finetune": f"Would change if optimized prompts reach {target}, or cost matters more than quality.",
        "gold_finetune": f"Would change if optimized prompts reach {target}.",
        "distillation": "Would change if quality mattered more than cost or speed.",
        "better_together": "Would change if fine-tuning alone reached the target.",
        "switch_host": "Would change with a host that is open to you and fits the budget.",
    }
    return texts[route]
