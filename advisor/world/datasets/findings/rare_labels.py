"""What is said of labels with too few different examples, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from advisor.domain.cleaning import shown_label
from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, Finding
from advisor.domain.shell_words import shell_line
from advisor.domain.shortage import PARTS_NEED, Shortage, meaning
from advisor.world.datasets.text import clean, count, named

EXAMPLES = 3


def rare_label_findings(short: Shortage, path: Path) -> Iterator[Finding]:
    """Yield what to know before a split."""
    rare = short.rare
    if not rare:
        return
    if len(rare) == 1:
        ((name, n),) = rare.items()
        what = f"The label {named([name])} has {count(n, 'different example')}; I need {MIN_GROUPS_PER_CLASS}."
    else:
        total = short.measured + len(short.unmeasured)
        under = f"under {MIN_GROUPS_PER_CLASS} different examples"
        what = f"{len(rare)} of {total} labels have {under}: {named(list(rare))}."
    yield Finding(
        severity="warns",
        about="test" if short.refused else "labels",
        what=what,
        consequence=f"{meaning(short, named(list(short.unmeasured)))}: {ways_out(short, path)}.",
        examples=tuple(f"{shown_label(name, 40)}: {n}" for name, n in list(rare.items())[:EXAMPLES]),
    )


def split_findings(short: Shortage, path: Path) -> Iterator[Finding]:
    """Yield what a split in three leaves unmeasured; it blocks where that is too much."""
    if short.unmeasured:
        them = named(list(short.unmeasured))
        yield Finding(
            severity="blocks" if short.refused else "warns",
            about="test",
            what=f"{them} under {PARTS_NEED} different examples: in train only.",
            consequence=f"{meaning(short, named(list(short.unmeasured)))}: {ways_out(short, path)}.",
        )
    if short.thin:
        yield Finding(
            severity="warns",
            about="test",
            what=f"{named(list(short.thin))} under {MIN_GROUPS_PER_CLASS} different examples.",
            consequence="One or two test rows each say next to nothing about them.",
        )


def fix_command(path: Path, *options: str) -> str:
    """Return the command that writes a cleaned copy of a file."""
    return f"`{clean(shell_line(['advisor', 'inspect', str(path), '--fix', 'OUT.jsonl', *options]), 400)}`"


def ways_out(short: Shortage, path: Path) -> str:
    """Return what can be done about the rare labels of a file."""
    them, many = ("it", "") if len(short.rare) == 1 else ("them", " rows in all")
    ways = [
        f"add {short.missing:,}{many}",
        f"merge {them}, {fix_command(path, '--merge', 'LABEL=OTHER')}",
    ]
    if short.below:
        gone = [name for name, n in short.rare.items() if n < short.below]
        ways.append(
            f"leave out {count(len(gone), 'label')} with under {short.below} different examples, {named(gone)}, by "
            f"`--drop-rare {short.below}` in the place of `--merge`"
        )
    if short.folds and short.single:
        folds, rows = short.folds
        ways.append(f"test by {folds}-fold, {rows} rows in turn, which I do not run")
    return f"{'; '.join(ways[:-1])}; or {ways[-1]}"
