"""The answer read from a reply."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.facts import Fact


class Answer(NamedTuple):
    """What the answer to a question was read as, and what was not understood of it."""

    fact: Fact | None = None
    note: str = ""
