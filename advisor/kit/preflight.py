"""What can be checked before the first call is paid."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import dspy

from advisor.domain.loopback import is_here, is_this_computer, usual_address
from advisor.kit import prices
from advisor.kit.endpoint import Endpoint, Roles, host_of
from advisor.kit.hosts.dialects import MIB, dialect_of
from advisor.kit.plan import Plan
from advisor.kit.refusals import failed, refused
from advisor.kit.rows import Parts
from advisor.kit.run import Run
from advisor.kit.stops import Stop

SAMPLE = 3
LOCAL = ("torch", "transformers", "trl", "peft", "datasets", "uvicorn")


def lacking(plan: Plan) -> Stop | None:
    """Return what has to be installed before anything of a plan can run."""
    if plan.optimizer.startswith("mipro") and importlib.util.find_spec("optuna") is None:
        return Stop("usage", "MIPROv2 needs optuna, which is not installed.", 'Run: pip install "dspy[optuna]".')
    if plan.host.driver == "together" and importlib.util.find_spec("together") is None:
        return Stop("usage", "Training at Together needs its package.", 'Run: pip install "together>=3.1,<4"')
    if plan.serves_here and (missing := [name for name in LOCAL if importlib.util.find_spec(name) is None]):
        return Stop(
            "usage",
            f"Training on this computer needs {', '.join(missing)}, which is not installed.",
            'Run: pip install "dspy-finetune-advisor[local]", or pip install ".[local]" in a checkout of it.',
        )
    return None


def check(plan: Plan, roles: Roles, endpoint: Endpoint, parts: Parts, task: Any, budget: float | None) -> None:
    """Check everything that needs no call.

    Raises:
        Stop: something is missing or does not fit together.
    """
    if plan.data_must_stay and (away := _away(roles, endpoint)):
        raise Stop(
            "usage",
            f"{away} would receive your rows, and plan.json says they must stay on this computer.",
            "Name a model on this computer, or write the project again without that.",
        )
    if plan.rows_may_go_to and not _as_planned(plan, endpoint):
        raise Stop(
            "usage",
            f"{endpoint.host} would receive your rows, and plan.json says they may go to "
            f"{' and '.join(plan.rows_may_go_to)} alone.",
            "Run it where it was planned, or write the project again for that host.",
        )
    if plan.uploads and endpoint.host != endpoint.upload_to:
        raise Stop(
            "usage",
            f"Training rows may be sent to {endpoint.upload_to or 'no host'}, but this run is at {endpoint.host}.",
            f"If you mean that host, set ADVISED_UPLOAD_TO={endpoint.host}.",
        )
    if plan.host.driver == "local":
        _check_folders(roles)
    if plan.uploads and not endpoint.free:
        _check_limits(plan, parts)
    if budget is not None:
        prices.require(plan, roles, endpoint)
    try:
        _check_metric(task, parts)
    except Exception as error:
        raise Stop("usage", f"The metric in program.py fails: {type(error).__name__}: {error}.") from error


def _away(roles: Roles, endpoint: Endpoint) -> str:
    """Return who away from this computer would be asked; nothing where nobody is."""
    others = [role for role in roles.all() if role.elsewhere]
    away = next((role.model for role in others if not is_here(role.address or usual_address(role.model))), "")
    return away or ("" if is_this_computer(endpoint.host) else endpoint.host)


def _as_planned(plan: Plan, endpoint: Endpoint) -> bool:
    """Say whether rows go where the leave was given for; models of the environment are asked at the same host."""
    if is_this_computer(endpoint.host):
        return True
    if plan.host.base_url is None:
        # Where the plan leaves the address to the user, it is the one of the host they gave leave for.
        return not plan.host.free
    return endpoint.host == host_of(plan.host.base_url)


def _check_folders(roles: Roles) -> None:
    for role in (role for role in roles.all() if not role.elsewhere):
        # The advisor's own rule, which does not travel along: `names_folder`.
        if role.model.startswith((".", "/", "~", "\\")) and not (Path(role.model) / "config.json").is_file():
            raise Stop("usage", f"{role.model} is not the folder of a model.", "It holds a config.json and weights.")


def _check_limits(plan: Plan, parts: Parts) -> None:
    """What the host would refuse at the upload shows before the stages in front of it are paid."""
    if plan.host.driver != "openai":
        return
    dialect, rows = dialect_of(plan.host.name), len(parts.train)
    if rows < dialect.fewest_rows:
        told = f"There are {rows} rows to train on; {plan.host.name} takes no fewer than {dialect.fewest_rows}."
        raise Stop("usage", told, "Give it more rows; a trial with --limit needs as many.")
    # Of the labels every row is sent; of a program's own answers only those that are right.
    size = sum(len(json.dumps(row.toDict(), ensure_ascii=False).encode()) for row in parts.train)
    if "gold" in plan.stages and size > dialect.largest_file:
        told = f"The rows to train on have {size / MIB:,.0f} MiB; {plan.host.name} takes "
        raise Stop("usage", f"{told}{dialect.largest_file / MIB:,.0f} MiB.", "Train on fewer rows, or elsewhere.")


def _check_metric(task: Any, parts: Parts) -> None:
    """A metric that fails would score every program 0, and one that is unsure would keep every answer."""
    name = task.LABEL[0]
    for example in parts.train[:SAMPLE]:
        right = dspy.Prediction(**{name: example[name]})
        found = [metric(example, answer) for metric in (task.score, task.keep) for answer in (right, dspy.Prediction())]
        if found != [True, False, True, False]:
            raise Stop(
                "usage",
                "The metric in program.py must be True for a right answer and False for none.",
                f"For {example[name]!r} it said {found}.",
            )
        if task.feedback(example, right, None, None, None).score != 1.0:
            raise Stop("usage", "`feedback` in program.py must give a right answer the score 1.0.")


def ask_every_model(run: Run) -> None:
    """Ask each model once: a wrong key or name should show before anything is paid.

    The question is the first of dev, so its answer is used again.

    Raises:
        Stop: a model does not answer.
    """
    for role in prices.used(run.plan, run.roles):
        program = run.task.Program()
        # One retry: a host that is down should show in seconds.
        program.set_lm(run.model(role.model).copy(num_retries=1))
        try:
            program(**run.dev[0].inputs().toDict())
        except dspy.utils.exceptions.AdapterParseError:
            run.journal.say(f"{role.model} answered, but not in the form it was asked for.", "warning")
        except dspy.utils.exceptions.LMError as error:
            raise refused(error) or failed(error) from error
