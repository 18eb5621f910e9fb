"""Where a fault of the advisor's own is written down."""

from __future__ import annotations

import traceback
from pathlib import Path

from advisor.domain.cleaning import redact
from advisor.world import paths


def write_fault(error: Exception) -> Path:
    """Write the traceback, keys masked, and return the file."""
    folder = paths.faults()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "last.txt"
    text = "".join(traceback.format_exception(error))
    path.write_text(redact(text), encoding="utf-8")
    return path
