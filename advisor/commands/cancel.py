"""`advisor cancel DIR`: end a run; its files stay and it can be resumed."""

from __future__ import annotations

import asyncio
import sys

from advisor.commands.chosen import chosen_run, parser_for
from advisor.domain.run_end import run_end
from advisor.world.run_folder import is_live


def main(argv: list[str]) -> int:
    """End the newest run of a project, or the one named."""
    parser = parser_for("cancel", __doc__)
    parser.add_argument(
        "--now", action="store_true",
        help="without waiting for the checkpoint of a training here; what a host bills is ended first all the same",
    )  # fmt: skip
    options = parser.parse_args(argv)
    running = chosen_run(options)
    end = run_end(running.plan)
    if end.first and (end.waits or not options.now) and is_live(running.started.folder):
        sys.stderr.write(
            f"{end.told}{', and Ctrl-C does not shorten it' if end.waits else '; Ctrl-C ends it at once'}.\n"
        )
        sys.stderr.flush()
    was_there = asyncio.run(running.cancel(at_once=options.now))
    sys.stdout.write(f"{running.started.name} {'was ended' if was_there else 'was not running'}\n")
    if was_there:
        running.read()
        sys.stderr.write(f"{running.view.why} {running.view.try_this}".strip() + "\n")
    return 0
