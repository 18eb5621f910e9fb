"""`advisor tour`: the whole thing on a practice model and a bundled data set, for a newcomer."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from advisor.commands.screen import on_screen
from advisor.domain.dialogue import Step
from advisor.session import Session
from advisor.tour.beginning import tour_session


def main(argv: list[str]) -> int:
    """Take the tour; with --yes it plays itself and ends in the comparison table."""
    parser = argparse.ArgumentParser(prog="advisor tour", description=__doc__)
    parser.add_argument("--yes", action="store_true", help="play every suggested answer, in plain mode")
    parser.add_argument("--plain", action="store_true", help="on stdin and stdout")
    parser.add_argument("--dir", type=Path, default=Path("advisor-tour"), help="where its files go")
    options = parser.parse_args(argv)
    session = tour_session(options.dir)
    if options.yes or options.plain or not on_screen():
        return _plain(session, plays_itself=options.yes)
    from advisor.starting import Beginning
    from advisor.ui.app import run_app
    from advisor.ui.port import Ready

    return run_app(lambda: Ready(session, Beginning()))


def _plain(session: Session, *, plays_itself: bool) -> int:
    from advisor.plain import talk

    if not plays_itself:
        return talk(session)
    began = time.monotonic()
    code = talk(session, _suggested)
    sys.stderr.write(f"The tour took {time.monotonic() - began:.0f} seconds.\n")
    return code


async def _suggested(step: Step) -> str | None:
    """Give the suggested answer; leave once there is nothing more to answer."""
    reply = step.suggestion or ("skip" if step.asked else None)
    if reply is not None:
        sys.stdout.write(f"> {reply}\n\n")
    return reply
