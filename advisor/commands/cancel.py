"""`advisor cancel DIR`: end a run; its files stay and it can be resumed."""

from __future__ import annotations

import asyncio
import sys

from advisor.commands.chosen import chosen_run, parser_for


def main(argv: list[str]) -> int:
    """End the newest run of a project, or the one named."""
    options = parser_for("cancel", __doc__).parse_args(argv)
    running = chosen_run(options)
    was_there = asyncio.run(running.cancel())
    sys.stdout.write(f"{running.started.name} {'was ended' if was_there else 'was not running'}\n")
    return 0
