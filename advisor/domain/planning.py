"""From a recommendation to a plan: every decision the generated project prints is made here."""

from __future__ import annotations

import re
from typing import cast

from advisor.domain import figures, hosts
from advisor.domain.barred import without_leave
from advisor.domain.checklist import best_score, said_by
from advisor.domain.choice_words import in_words
from advisor.domain.dataset import DatasetReport, SplitSizes, Tokens, split_sizes
from advisor.domain.events import StageName
from advisor.domain.facts import HELPERS, FactName, Facts, Source
from advisor.domain.leave import given_to
from advisor.domain.local_models import address_of
from advisor.domain.looked_up import prices_from
from advisor.domain.pace import pace_for
from advisor.domain.plan import (
    RUNNABLE,
    Gates,
    Host,
    KeptReady,
    Optimizer,
    Plan,
    Reckoned,
    Role,
    RunRoute,
    Task,
    Tuning,
)
from advisor.domain.preflight import student_of
from advisor.domain.providers import elsewhere, provider_of
from advisor.domain.renting import on_a_rented_machine
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import RUN_ROUTES, Route
from advisor.domain.tuning import tuning_for
from advisor.errors import UsageError

STAGES: dict[RunRoute, tuple[StageName, ...]] = {
    "prompt_optimization": ("split", "baseline", "optimize", "compare"),
    "bootstrap_finetune": ("split", "baseline", "optimize", "traces", "train", "compare"),
    "gold_finetune": ("split", "baseline", "optimize", "gold", "compare"),
    "distillation": ("split", "baseline", "optimize", "teacher", "traces", "train", "compare"),
    "better_together": ("split", "baseline", "optimize", "together", "compare"),
}

EFFORTS: dict[str, Optimizer] = {
    "labelled": "labelled_few_shot",
    "bootstrap": "bootstrap_few_shot",
    "light": "mipro_light",
    "medium": "mipro_medium",
    "heavy": "mipro_heavy",
    "gepa": "gepa",
}


def optimizer_for(examples: int) -> Optimizer:
    """Return the prompt optimizer for so many examples (the guide, section 4)."""
    if examples < figures.LABELLED_BELOW.value:
        return "labelled_few_shot"
    if examples < figures.BOOTSTRAP_BELOW.value:
        return "bootstrap_few_shot"
    if examples < figures.LIGHT_BELOW.value:
        return "mipro_light"
    return "mipro_medium" if examples < figures.MEDIUM_BELOW.value else "mipro_heavy"


def make_plan(route: Route, facts: Facts, report: DatasetReport, split: SplitSizes | None = None) -> Plan:
    """Return the plan of a route on an inspected dataset.

    Raises:
        UsageError: the route runs nothing, or something the project needs is not known.
    """
    run_route, task, host = _run_route(route), _task(report), _host(facts)
    student, teacher, prompt_model = _roles(facts, host, run_route)
    beside, judge = run_route == "bootstrap_finetune", _helper("judge_model", facts, host)
    plan = Plan(
        name=project_name(report.path),
        title=_file_name(report.path),
        route=run_route,
        task=task,
        data_path=report.path,
        data_table=report.table if len(report.tables) > 1 else "",
        split=split or split_sizes(report.usable),
        optimizer=EFFORTS.get(facts.text("prompt_effort") or "", optimizer_for(report.usable)),
        gold_beside=beside,
        stages=_stages(run_route, beside=beside, reviewed=judge is not None),
        host=host,
        student=student,
        teacher=teacher,
        prompt_model=prompt_model,
        judge=judge,
        prompts_elsewhere=_has_prompts(facts),
        gates=_gates(facts, report),
        budget_usd=facts.upper("budget_usd"),
        calls_per_month=facts.number("calls_per_month"),
        practice=host.name == "practice",
        tuning=_tuning(facts, host),
        pace=pace_for(facts, student.model) if host.name == "local" else None,
        kept_ready=_kept_ready(facts, host, run_route),
        data_must_stay=facts.flag("data_must_stay") is True,
        rows_may_go_to=given_to(facts),
        reckoned=reckoned(facts, report.tokens),
    )
    if refused := without_leave(plan):
        raise UsageError(refused, "", "Name a model that answers here, or say that the rows may go there.")
    return plan


def _stages(route: RunRoute, *, beside: bool, reviewed: bool) -> tuple[StageName, ...]:
    *first, compare = STAGES[route]
    return (*first, *(("gold",) if beside else ()), compare, *(("review",) if reviewed else ()))


def _tuning(facts: Facts, host: Host) -> Tuning | None:
    if host.driver != "local":
        return None
    return tuning_for(on_a_rented_machine(facts) if host.name == "sky" else facts)


def _kept_ready(facts: Facts, host: Host, route: RunRoute) -> KeptReady | None:
    # A rented machine is billed as a whole, the training with it, at a price that SkyPilot shows.
    if (
        host.free
        or host.driver == "local"
        or route == "prompt_optimization"
        or facts.text("student_served") != "dedicated"
    ):
        return None
    return KeptReady(per_hour=facts.number("student_hosting_per_hour"))


def _has_prompts(facts: Facts) -> bool:
    """Whether the user says that prompts were optimized; those of a run of ours are measured."""
    effort = facts.get("prompt_optimization")
    return effort is not None and effort.source == Source.told and effort.value in ("few_shot", "optimized")


def _run_route(route: Route) -> RunRoute:
    if route not in RUN_ROUTES:
        raise UsageError(
            f"There is nothing to run: I would {TO_DO[route]}.", "It is work on the task, the data or the host.",
            "Choose a route that runs, or change the facts.",
        )  # fmt: skip
    return cast(RunRoute, route)


def _host(facts: Facts) -> Host:
    named = facts.text("host")
    if named not in hosts.HOSTS:
        raise UsageError("Where training may run is not known.", "", "Name a host; the practice model is free.")
    return hosts.HOSTS[named].host


def project_name(path: str) -> str:
    """Return a folder name made of letters, digits, `-` and `_` only."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", _file_name(path).rsplit(".", 1)[0]).strip("-_").lower()
    return stem[:48] or "dataset"


def _file_name(path: str) -> str:
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1]


OTHER_LABEL = "Name another label field if that is not the task."


def no_project_for(task: str | None) -> str:
    """Say that a task is one no project is generated for."""
    runs = joined([in_words("task", kind) for kind in RUNNABLE], "and")
    shown = in_words("task", task) if task else "text without labels"
    return f"The task looks like {shown}; this version writes and runs projects for {runs} only."


def _task(report: DatasetReport) -> Task:
    if report.task not in RUNNABLE:
        raise UsageError(no_project_for(report.task), "", OTHER_LABEL)
    if report.label_field is None or not report.input_fields:
        raise UsageError("The label field is not known.", "", "Name it, for example: the label is category.")
    labels = tuple(sorted(report.label_counts))
    if len(labels) < 2:
        raise UsageError(
            "All rows have the same label.", "There is nothing to tell apart.", "Add rows of other labels."
        )
    inputs = " and ".join(_words(name) for name in report.input_fields)
    return Task(
        input_fields=report.input_fields,
        label_field=report.label_field,
        labels=labels,
        instruction=f"Read the {inputs} and choose its {_words(report.label_field)}.",
    )


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().lower() or "text"


def _roles(facts: Facts, host: Host, route: RunRoute) -> tuple[Role, Role | None, Role]:
    teacher, writer = _helper("teacher_model", facts, host), _helper("prompt_model", facts, host)
    if host.name == "practice":
        teacher = teacher or hosts.free_role(hosts.PRACTICE_LARGE)
        student = hosts.free_role(hosts.PRACTICE_SMALL)
        return student, teacher if route == "distillation" else None, writer or teacher
    model = student_of(facts)
    if model is None:
        named = hosts.example_student(host.name)
        raise UsageError("The model to improve is not known.", "", f"Say which, for example: the student is {named}.")
    if route == "prompt_optimization" and (other := elsewhere(model, host.name, address_of(model, facts))):
        # What is not trained may answer anywhere.
        student = _elsewhere(other, ("student_price_in", "student_price_out"), facts)
        return student, None, writer or teacher or student
    student = hosts.free_role(model) if host.free else Role(
        model=model,
        price_in=facts.number("student_price_in"),
        price_out=facts.number("student_price_out"),
        train_price=facts.number("student_price_training"),
    )  # fmt: skip
    if route == "distillation" and teacher is None:
        raise UsageError("The teacher model is not known.", "", "Say which, for example: the teacher is gpt-4.1.")
    return student, teacher if route == "distillation" else None, writer or teacher or student


def _helper(name: FactName, facts: Facts, host: Host) -> Role | None:
    """Return a model that helps: one of the host, or another provider's that is asked beside it."""
    model = facts.text(name)
    if model is None:
        return None
    other = elsewhere(model, host.name, address_of(model, facts))
    if other is None and host.name == "practice":
        return hosts.free_role(hosts.PRACTICE_LARGE)
    if other is None and host.free:
        return hosts.free_role(model)
    if other is not None:
        return _elsewhere(other, HELPERS[name], facts)
    price_in, price_out = (facts.number(price) for price in HELPERS[name])
    return Role(model=model, price_in=price_in, price_out=price_out)


def _elsewhere(model: str, prices: tuple[FactName, FactName], facts: Facts) -> Role:
    """Return a model that another provider, or a server on this computer, answers for."""
    address = address_of(model, facts)
    provider = provider_of(model, address)
    here = 0.0 if provider is not None and provider.here else None
    price_in, price_out = (facts.number(price) if here is None else here for price in prices)
    return Role(model=model, price_in=price_in, price_out=price_out, elsewhere=True, address=address)


def _gates(facts: Facts, report: DatasetReport) -> Gates:
    counted = sum(report.label_counts.values())
    return Gates(
        target_score=facts.number("target_score"),
        chance_score=max(report.label_counts.values()) / counted if counted else 0.0,
        min_traces=int(figures.FEWEST_TRACES.value),
        warn_traces=int(figures.ENOUGH_TRACES.value),
    )


def reckoned(facts: Facts, tokens: Tokens | None = None) -> Reckoned:
    """Return what a forecast goes by beside the plan."""
    scored = best_score(facts)
    share = facts.number(scored.name) if scored else None
    known = share if share is not None and 0 < share <= 1 else None
    return Reckoned(
        input_tokens=tokens.input_mean if tokens else None,
        label_tokens=tokens.label_mean if tokens else None,
        pass_rate=known or figures.DEFAULT_PASS.value,
        pass_rate_from=f"{scored.name}: {said_by(scored)}" if scored and known else "assumed",
        prices_checked=prices_from(facts),
    )
