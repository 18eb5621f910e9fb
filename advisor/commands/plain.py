"""`advisor plain [DATA]`: the conversation on stdin and stdout."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.commands.given import add_facts, facts_given


def main(argv: list[str]) -> int:
    """Run the plain conversation."""
    parser = argparse.ArgumentParser(prog="advisor plain", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--out", type=Path, help="where the project is written")
    add_facts(parser)
    options = parser.parse_args(argv)
    from advisor.plain import talk
    from advisor.session import Session
    from advisor.starting import reader
    from advisor.world import paths

    told = facts_given(options)
    return talk(Session(options.data, told=told, out=options.out, kept_in=paths.conversations(), reader=reader()))
