"""The checks between stages."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from advisor.domain.events import GatePassed
from advisor.domain.standing import GATES
from advisor.ui.text import line

MARKS = {"go_on": ("✓", "$text-success"), "warn": ("!", "bold $text-warning"), "stop": ("■", "bold $text-error")}

SHOWN = 3


class Gates(Static):
    """The last checks, the newest at the end; the log has them all."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._gates: tuple[GatePassed, ...] | None = None

    def show(self, gates: tuple[GatePassed, ...]) -> None:
        """Show gates."""
        if gates is self._gates:
            return
        self._gates = gates
        self.display = bool(gates)
        lines = [
            Content.assemble(MARKS[gate.outcome], f" {GATES[gate.gate]}: {line(gate.reason, 300)}")
            for gate in gates[-SHOWN:]
        ]
        self.update(Content("\n").join(lines))
