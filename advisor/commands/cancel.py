"""`advisor cancel DIR`: end a run; its files stay and it can be resumed."""

from __future__ import annotations

import asyncio
import sys

from advisor.commands.chosen import chosen_run, parser_for


def main(argv: list[str]) -> int:
    """End the newest run of a project, or the one named."""
    parser = parser_for("cancel", __doc__)
    parser.add_argument("--now", action="store_true", help="without waiting for the checkpoint of a training here")
    options = parser.parse_args(argv)
    running = chosen_run(options)
    if running.plan.host.driver == "local" and not options.now:
        sys.stderr.write("A training here writes its checkpoint first, for minutes perhaps; Ctrl-C ends it at once.\n")
    was_there = asyncio.run(running.cancel(at_once=options.now))
    sys.stdout.write(f"{running.started.name} {'was ended' if was_there else 'was not running'}\n")
    return 0
