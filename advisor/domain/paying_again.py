"""A training job was cancelled, or its host has lost it: going on is a second bill, and has a yes of its own."""

from __future__ import annotations

from advisor.domain.progress import RunView

_FLAG = "--train-again"
"""A run names it where it stopped to be told that it may pay a second time, and nowhere else."""


def waits_for_leave(view: RunView | None) -> bool:
    """Say whether a run has stopped to be told that it may train once more."""
    return view is not None and view.over and _FLAG in view.try_this


def question(consent: str) -> str:
    """Ask for the second bill, and for nothing beside what was agreed to before."""
    return f"A yes to this trains once more and pays for the training a second time; a no leaves it as it is. {consent}"
