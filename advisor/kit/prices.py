"""What a call and a training token cost, as far as it is known; unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.domain.calls import TUNED_PRICE_FACTOR, WRITES_INSTRUCTIONS
from advisor.kit.endpoint import Endpoint, Roles, priced
from advisor.kit.models import qualified
from advisor.kit.plan import Plan, Role
from advisor.kit.stops import Stop
from advisor.kit.watch import Price


def used(plan: Plan, roles: Roles) -> list[Role]:
    """Return the models this plan asks, each once."""
    asked = [roles.student]
    if "teacher" in plan.stages and roles.teacher:
        asked.append(roles.teacher)
    if plan.optimizer in WRITES_INSTRUCTIONS:
        asked.append(roles.prompt_model)
    if "review" in plan.stages and roles.judge:
        asked.append(roles.judge)
    first: dict[str, Role] = {}
    for role in asked:
        first.setdefault(role.model, role)
    return list(first.values())


def billed_beside(plan: Plan, roles: Roles) -> bool:
    """Return whether a model of another provider costs something, or may."""
    return any(role.elsewhere and role.billed for role in used(plan, roles))


def known(plan: Plan, roles: Roles, endpoint: Endpoint) -> dict[str, Price]:
    """Return the prices by the name DSPy gives the model; a model whose price is not known is left out."""
    prices = {}
    for role in (priced(role, endpoint, plan) for role in used(plan, roles)):
        if role.price_in is not None and role.price_out is not None:
            name = role.model if role.elsewhere else qualified(role.model, plan.host.name)
            prices[name] = (role.price_in, role.price_out)
    return prices


def of_tuned(models: Iterable[str], student: Role, endpoint: Endpoint, plan: Plan) -> dict[str, Price]:
    """Return the prices of models trained from the student; at Together they are rented, not asked by the token."""
    return {} if plan.host.driver == "together" else tuned(models, priced(student, endpoint, plan))


def tuned(models: Iterable[str], student: Role) -> dict[str, Price]:
    """Return the prices of models trained from the student; `student` carries the prices that hold here."""
    if student.price_in is None or student.price_out is None:
        return {}
    price = (student.price_in * TUNED_PRICE_FACTOR, student.price_out * TUNED_PRICE_FACTOR)
    return dict.fromkeys(models, price)


def require(plan: Plan, roles: Roles, endpoint: Endpoint) -> None:
    """Refuse a budget that cannot be kept.

    Raises:
        Stop: a price is not known.
    """
    # What answers on the machine of the run is not billed by the call, nor trained by the token.
    here = plan.host.driver == "local"
    for role in (priced(role, endpoint, plan) for role in used(plan, roles) if role.elsewhere or not here):
        if role.price_in is None or role.price_out is None:
            raise _unknown(f"the price of {role.model}", "price_in and price_out")
    # Together says the price of a training before it begins.
    if plan.trains and plan.host.driver == "openai" and priced(roles.student, endpoint, plan).train_price is None:
        raise _unknown(f"the price of training {roles.student.model}", "train_price")


def _unknown(what: str, fields: str) -> Stop:
    return Stop(
        "over_budget",
        f"A budget cannot be kept: {what} at this host is not known.",
        f"Write {fields} into plan.json, or run without a budget.",
    )
