"""`advisor [DATA]`: the conversation in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from advisor.commands.screen import on_screen
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.domain.facts import Facts
    from advisor.starting import Beginning


def main(data: Path | None, table: str | None = None) -> int:
    """Open the Textual conversation."""
    if data is not None and not data.exists() and data.suffix == "" and data.parent == Path():
        raise UsageError(
            f"There is no file and no command called {str(data)!r}.", "", "See `advisor --help` for the commands."
        )
    if not on_screen():
        raise UsageError(
            "The conversation needs a terminal.", "Input or output is not one.", "Use `advisor plain` instead."
        )
    from advisor.ui.app import run_app

    if table is None:
        return run_app(_beginning, data)
    from advisor.commands.table import table_given

    told = table_given(data, table)
    return run_app(lambda: _beginning(told), data)


def _beginning(told: Facts | None = None) -> Beginning:
    from advisor.starting import Beginning  # behind the first paint

    return Beginning(told=told)
