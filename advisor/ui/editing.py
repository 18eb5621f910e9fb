"""A file handed to the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from textual.app import App, SuspendNotSupported

from advisor.ui.text import line


def edit(app: App[None], path: Path) -> str:
    """Open a file in `$VISUAL` or `$EDITOR` until it is closed; return a sentence where that cannot be done."""
    command, where = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "", line(str(path), 1000)
    if not command.strip():
        return f"No editor is set. Set VISUAL or EDITOR, for example EDITOR=nano. The file is {where}"
    try:
        with app.suspend():
            code = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
    except SuspendNotSupported:
        return f"This terminal cannot be lent to an editor. The file is {where}"
    except (OSError, ValueError) as error:
        return f"{line(command)} could not be started: {line(str(error))}. The file is {where}"
    return f"{line(command)} ended with {code}. The file is {where}" if code else ""
