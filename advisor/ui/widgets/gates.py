"""The checks between stages."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from advisor.domain.events import GatePassed
from advisor.ui.text import line

MARKS = {"go_on": ("✓", "$text-success"), "warn": ("!", "bold $text-warning"), "stop": ("■", "bold $text-error")}

NAMES = {
    "target_reached": "target",
    "baseline_at_chance": "chance",
    "traces": "traces",
    "better_than_prompts": "against prompts",
    "budget": "budget",
}
"""What a gate is about; what it found stands in its reason."""

SHOWN = 3


class Gates(Static):
    """The last checks, the newest at the end; the log has them all."""

    def show(self, gates: tuple[GatePassed, ...]) -> None:
        """Show gates."""
        self.display = bool(gates)
        lines = [
            Content.assemble(MARKS[gate.outcome], f" {NAMES[gate.gate]}: {line(gate.reason, 300)}")
            for gate in gates[-SHOWN:]
        ]
        self.update(Content("\n").join(lines))
