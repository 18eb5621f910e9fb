"""Whether a project can start on this computer: what it needs installed and set, and its models that are folders."""

from __future__ import annotations

from advisor.domain.lacking_to_start import cannot_start, replaced
from advisor.domain.machine import Machine
from advisor.domain.plan import Plan
from advisor.world.machine import configs


def lacks(plan: Plan, here: Machine) -> tuple[str, ...]:
    """Say what keeps a plan from starting on this computer; nothing where it can."""
    local = plan.host.driver == "local" and not plan.rented
    instead = replaced(plan, here)
    asked = [role for part, role in plan.roles if part not in instead]
    folders = dict.fromkeys(role.model for role in asked if local and not role.elsewhere)
    found = (configs.no_model_in(name) for name in folders)
    return (*cannot_start(plan, here), *(f"It cannot start here yet: {told}" for told in found if told))
