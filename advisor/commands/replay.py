"""`advisor replay FILE`: play a transcript again and compare the advice and the project it comes to."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from advisor.commands.kept_file import kept_file
from advisor.domain.cleaning import escaped_json
from advisor.replaying import Difference, replay

DIFFERENT = 1


def main(argv: list[str]) -> int:
    """Replay one conversation; 0 when it comes to the same, 1 when it does not."""
    parser = argparse.ArgumentParser(prog="advisor replay", description=__doc__)
    parser.add_argument("file", help="a transcript, a name that `advisor export --list` shows, or `latest`")
    parser.add_argument("--data", type=Path, help="the data file, when it is no longer where it was")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    file = kept_file(options.file)
    with tempfile.TemporaryDirectory(prefix="advisor-replay-") as folder:
        differences = asyncio.run(replay(file, Path(folder), options.data))
    _show(file, differences, as_json=options.json)
    return DIFFERENT if differences else 0


def _show(file: Path, differences: list[Difference], *, as_json: bool) -> None:
    if as_json:
        found = {"file": str(file), "same": not differences, "differences": [each._asdict() for each in differences]}
        sys.stdout.write(escaped_json(json.dumps(found, ensure_ascii=False, indent=2)) + "\n")
        return
    for each in differences:
        sys.stdout.write(f"{each.what}: was {each.before}, is {each.now}\n")
    sys.stdout.write("It comes to the same.\n" if not differences else "It does not come to the same.\n")
