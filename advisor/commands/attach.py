"""`advisor attach DIR`: follow a run that is going on, from its beginning."""

from __future__ import annotations

from advisor.commands.chosen import chosen_run, parser_for
from advisor.following import follow, show_result
from advisor.interrupting import run_interruptibly
from advisor.running import Running


def main(argv: list[str]) -> int:
    """Follow a run to its end; leaving does not end it."""
    parser = parser_for("attach", __doc__)
    parser.add_argument("--json", action="store_true", help="one event a line on stdout")
    options = parser.parse_args(argv)
    return run_interruptibly(_attach(chosen_run(options), options.json))


async def _attach(running: Running, as_json: bool) -> int:
    await follow(running, as_json=as_json, ends_with_us=False)
    return show_result(running, as_json=as_json)
