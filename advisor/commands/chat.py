"""`advisor [DATA]`: the conversation in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.session import Session


def main(data: Path | None) -> int:
    """Open the Textual conversation."""
    if data is not None and not data.exists() and data.suffix == "" and data.parent == Path():
        raise UsageError(
            f"There is no file and no command called {str(data)!r}.", "", "See `advisor --help` for the commands."
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The conversation needs a terminal.", "Input or output is not one.", "Use `advisor plain` instead."
        )
    from advisor.ui.app import run_app

    return run_app(lambda: _begin(data))


def _begin(data: Path | None) -> Session:
    from advisor.session import Session
    from advisor.world import paths

    return Session(data, kept_in=paths.conversations())
