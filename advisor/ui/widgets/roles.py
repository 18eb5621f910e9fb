"""Which model does what, and where the data goes."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan, Role
from advisor.domain.providers import answers_at, keys_wanted, rows_go_to
from advisor.domain.route_words import joined
from advisor.ui.text import line

NAME = 13
"""Cells of a role's name."""


class RolesPanel(Static):
    """Student, teacher, prompt model, host, where rows are sent."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._roles: list[tuple[str, str]] = []

    def plan(self, plan: Plan) -> None:
        """Show a plan's roles."""
        host = "practice model" if plan.practice else plan.host.name
        host = HOSTS[host].title if host in HOSTS else host
        self._roles = [
            ("student", _role(plan.student, plan)),
            ("teacher", _role(plan.teacher, plan) if plan.teacher else "none"),
            ("prompt model", _role(plan.prompt_model, plan)),
            *([("judge", _role(plan.judge, plan))] if plan.judge else []),
            ("host", host),
            ("data goes to", _goes_to(plan)),
            ("key", _keys(plan)),
            ("rows", f"{plan.split.train:,} train, {plan.split.dev:,} dev, {plan.split.test:,} test"),
        ]
        self._draw()

    def on_resize(self) -> None:
        """Wrap what is long to the new width."""
        self._draw()

    def _draw(self) -> None:
        room = max(10, self.size.width - NAME)
        lines: list[Content] = []
        for name, value in self._roles:
            first, *rest = Content(line(value, 400)).wrap(room) or [Content()]
            lines.append(Content.assemble((f"{name:<{NAME}}", "$foreground-muted"), first))
            lines += [Content(" " * NAME) + more for more in rest]
        self.update(Content("\n").join(lines))


def _role(role: Role, plan: Plan) -> str:
    name = f"{role.model} at {answers_at(role.model, plan.host.name, role.address)}" if role.elsewhere else role.model
    if not role.price_in or not role.price_out:
        return name
    return f"{name}, ${role.price_in:g} / ${role.price_out:g} per million in / out"


def _keys(plan: Plan) -> str:
    keys = keys_wanted(plan)
    if keys is None:
        return "as LiteLLM wants them"
    return f"read from {joined([*keys], 'and')}" if keys else "none needed"


def _goes_to(plan: Plan) -> str:
    place = rows_go_to(plan)
    if place == "cloud":
        return "a machine and a bucket in your cloud account"
    if place == "here":
        return f"{plan.host.upload_to}, this computer"
    return plan.host.upload_to or "wherever ADVISED_UPLOAD_TO says; not set, nothing is uploaded"
