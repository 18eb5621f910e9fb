"""`advisor inspect PATH --fix OUT`: a cleaned copy, with a reason for everything that is different in it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.domain.dataset import DatasetReport
    from advisor.domain.dialogue import ReadingProgress
    from advisor.domain.fixing import Choices

ONLY_WITH_FIX = ("conflicts", "unlabelled", "decode_entities", "drop_rare", "merge")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add `--fix` and what can be decided about it."""
    group = parser.add_argument_group("a cleaned copy; nothing is ever changed in place")
    group.add_argument("--fix", type=Path, metavar="OUT", help="write it to OUT (.jsonl or .csv), which must be free")
    group.add_argument(
        "--conflicts", choices=("keep", "drop", "majority"),
        help="rows whose input stands with different labels: keep them (the default), drop them all, or keep the "
        "label most of them have",
    )  # fmt: skip
    group.add_argument(
        "--unlabelled", choices=("drop", "keep", "empty"),
        help="rows without a label: dropped by default, kept where a row may have several; `empty`: none applies",
    )  # fmt: skip
    group.add_argument("--decode-entities", action="store_true", help="turn &amp; into & and the like")
    group.add_argument(
        "--drop-rare", type=int, metavar="N", help="leave out labels with fewer than N different examples",
    )  # fmt: skip
    group.add_argument(
        "--merge", action="append", metavar="LABEL=OTHER", help="write one label as another; may be repeated"
    )


def wanted(options: argparse.Namespace) -> bool:
    """Say whether a copy is asked for.

    Raises:
        UsageError: something is decided about a copy that is not asked for.
    """
    if options.fix is not None:
        return True
    for name in ONLY_WITH_FIX:
        if getattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} is about a cleaned copy.", "", "Add --fix OUT.")
    return False


def run(options: argparse.Namespace, report: DatasetReport, watch: Callable[[ReadingProgress], None]) -> str:
    """Write the copy and return what to print; `watch` hears how far it is."""
    from advisor.commands.fix_telling import told
    from advisor.world.datasets.fixing.fix import fix

    fixed = fix(options.path, report, options.fix, _choices(options), watch)
    return fixed.model_dump_json(indent=2) if options.json else told(fixed, report, options.fix)


def _choices(options: argparse.Namespace) -> Choices:
    from advisor.domain.fixing import Choices  # pydantic takes longer than `--help` may

    if options.drop_rare is not None and options.drop_rare < 1:
        raise UsageError("--drop-rare takes a number from 1 on.", "", "For example --drop-rare 10.")
    return Choices(
        conflicts=options.conflicts or "keep",
        unlabelled=options.unlabelled,
        decode_entities=options.decode_entities,
        drop_rare=options.drop_rare or 0,
        merge=dict(_merges(options.merge or [])),
    )


def _merges(texts: list[str]) -> Iterator[tuple[str, str]]:
    from advisor.domain.cleaning import clean

    pairs = [text.partition("=") for text in texts]
    into = {new.strip().casefold() for _, _, new in pairs}
    for text, (old, equals, new) in zip(texts, pairs, strict=True):
        if not equals or not old.strip() or not new.strip():
            raise UsageError(f"--merge {clean(text, 60)} names no two labels.", "", "Write it as LABEL=OTHER.")
        if old.strip().casefold() in into:
            raise UsageError(
                f"`{clean(old.strip(), 40)}` is merged and merged into.", "", "Name the last of the chain for both."
            )  # fmt: skip
        yield old.strip(), new.strip()
