"""`advisor tour`: the whole thing on a practice model and a bundled data set, for a newcomer."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.values import parse_value
from advisor.errors import UsageError
from advisor.session import Session
from advisor.tour import script
from advisor.tour.session import TourSession
from advisor.world import paths

BUNDLED = Path(__file__).resolve().parent.parent / "tour" / "tickets.csv"


def main(argv: list[str]) -> int:
    """Take the tour; with --yes it plays itself and ends in the comparison table."""
    parser = argparse.ArgumentParser(prog="advisor tour", description=__doc__)
    parser.add_argument("--yes", action="store_true", help="play every suggested answer, in plain mode")
    parser.add_argument("--plain", action="store_true", help="on stdin and stdout")
    parser.add_argument("--dir", type=Path, default=Path("advisor-tour"), help="where its files go")
    options = parser.parse_args(argv)
    session = TourSession(_own_copy(options.dir), told=_told(), kept_in=paths.conversations())
    if options.yes or options.plain or not sys.stdout.isatty():
        return _plain(session, plays_itself=options.yes)
    from advisor.ui.app import run_app

    return run_app(lambda: session)


def _plain(session: Session, *, plays_itself: bool) -> int:
    from advisor.plain import talk

    if not plays_itself:
        return talk(session)
    began = time.monotonic()
    code = talk(session, _suggested)
    sys.stderr.write(f"The tour took {time.monotonic() - began:.0f} seconds.\n")
    return code


def _suggested(step: Step) -> str | None:
    """Give the suggested answer; leave once there is nothing more to answer."""
    reply = step.suggestion or ("skip" if step.asked else None)
    if reply is not None:
        sys.stdout.write(f"> {reply}\n\n")
    return reply


def _own_copy(folder: Path) -> Path:
    """Copy the bundled tickets where the newcomer can look at them."""
    target = folder / "tickets.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(BUNDLED, target)
    except OSError as error:
        raise UsageError(
            f"The tour cannot write to {folder}.", error.strerror or "", "Name another folder with --dir."
        ) from error
    return target


def _told() -> Facts:
    facts = (parse_value(name, text) for name, text in script.FACTS.items())
    return Facts().learn(
        *(Fact(name=name, value=value, source=Source.assumed, evidence="the tour") for name, value in facts)
    )
