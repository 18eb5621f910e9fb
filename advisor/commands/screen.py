"""Whether the Textual app has something to be shown on."""

from __future__ import annotations

import os
import sys


def on_screen() -> bool:
    """Whether input and output are a terminal, or a browser tab stands in for one."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) or (sys.stdin.isatty() and sys.stdout.isatty())
