"""`advisor plain [DATA]`: the conversation on stdin and stdout."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.commands.given import add_facts, facts_given
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.session import Session


def main(argv: list[str]) -> int:
    """Run the plain conversation."""
    parser = argparse.ArgumentParser(prog="advisor plain", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--out", type=Path, help="where the project is written")
    parser.add_argument(
        "--resume",
        nargs="?",
        const="latest",
        metavar="FILE",
        help="go on with a kept conversation (default: the newest unfinished one)",
    )
    add_facts(parser)
    options = parser.parse_args(argv)
    from advisor.plain import talk

    return talk(_resumed(options.resume) if options.resume else _begun(options))


def _begun(options: argparse.Namespace) -> Session:
    from advisor.session import Session
    from advisor.starting import Beginning, guide_to, reader
    from advisor.world import paths

    unfinished = [offer for offer in Beginning(options.data).offers() if offer.kind in ("run", "conversation")]
    if unfinished:
        newest = f"{unfinished[0].title}, {unfinished[0].detail}"
        sys.stderr.write(f"Not finished: {newest}. `advisor plain --resume` goes on with it.\n")
    told = facts_given(options)
    return Session(
        options.data, told=told, out=options.out, kept_in=paths.conversations(), reader=reader(),
        guide=guide_to(options.data),
    )  # fmt: skip


def _resumed(which: str) -> Session:
    """Return a conversation to go on with, the newest unfinished one or that of a file.

    Raises:
        UsageError: there is none.
    """
    from advisor.commands.kept_file import kept_file
    from advisor.resuming import ResumedSession
    from advisor.starting import Beginning, reader

    if which != "latest":
        return ResumedSession(kept_file(which), reader=reader())
    for offer in Beginning().offers():
        if offer.kind in ("run", "conversation"):
            return ResumedSession(Path(offer.target), reader=reader())
    raise UsageError(
        "There is no unfinished conversation.",
        "",
        "Begin one with `advisor plain DATA`; `advisor export --list` names the finished ones, "
        "and `advisor plain --resume NAME` goes on with one.",
    )
