"""What a cleaned copy changed, what it left and what to do next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.fixing import CHANGED, LEFT, REMOVED, Fixed, Kind
from advisor.domain.shell_words import shell_line

LABELS_SHOWN = 12
"""Labels named with their rows; the list of changes has them all."""


def told(fixed: Fixed, report: DatasetReport, out: Path) -> str:
    """Say what is different, what is not and why, and what to do next."""
    name = clean(str(out), 300)
    lines = [f"Read {fixed.rows:,} rows; the copy {name} has {fixed.kept:,}."]
    changes = [*_counted(fixed, REMOVED, "removed"), *_counted(fixed, CHANGED, "changed")]
    lines += changes or ["  Nothing had to be changed."]
    left = list(_left(fixed))
    if left:
        lines += ["Left as it is:", *(f"  {line}" for line in left)]
    if changes:
        lines.append(f"Every change, with its reason: {clean(fixed.changes, 300)}")
    elif left:
        lines.append(f"The rows that were left, with the reason: {clean(fixed.changes, 300)}")
    lines.append(f"Next: {_next(report, out)}")
    return "\n".join(lines)


def _counted(fixed: Fixed, kinds: dict[Kind, str], done: str) -> Iterator[str]:
    noun = "row" if kinds is REMOVED else "value"
    for kind, why in kinds.items():
        if n := fixed.counts.get(kind):
            yield f"  {n:>7,} {noun}{'' if n == 1 else 's'} {done}: {why}{_of_labels(fixed, kind)}"


def _of_labels(fixed: Fixed, kind: Kind) -> str:
    """Name the labels that were left out or merged, with their rows."""
    labels = {"rare": fixed.rare_labels, "merged": fixed.merged_labels}.get(kind, {})
    shown = [f"`{name}` {n:,}" for name, n in list(labels.items())[:LABELS_SHOWN]]
    more = [f"{len(labels) - len(shown)} more"] if len(labels) > len(shown) else []
    return f" ({', '.join([*shown, *more])})" if shown else ""


def _left(fixed: Fixed) -> Iterator[str]:
    if rows := fixed.counts.get("conflict_left"):
        inputs = fixed.conflicting_inputs
        settled = inputs - fixed.unsettled
        majority = f"or --conflicts majority, which settles {settled:,} of them" if settled else ""
        none = "" if settled else "; for none of them is there a majority"
        yield (
            f"{rows:,} rows on {inputs:,} input{'' if inputs == 1 else 's'}: {LEFT['conflict_left']}. "
            f"They are listed; correct them in the file, or use --conflicts drop {majority}".rstrip()
            + f"{none}."
        )
    if rows := fixed.counts.get("unlabelled_left"):
        yield (
            f"{rows:,} rows with no label: it may mean that none applies. Say which with --unlabelled empty "
            "or --unlabelled drop."
        )
    if fixed.variants:
        alike = ", ".join(" / ".join(f"`{name}`" for name in names[:3]) for names in fixed.variants[:3])
        yield f"labels apart by spaces or punctuation ({alike}): join them with --merge LABEL=OTHER if they are one."
    if fixed.entity_rows:
        yield f"{fixed.entity_rows:,} rows with HTML entities such as &amp;: --decode-entities decodes them."
    if fixed.unknown_labels:
        yield f"nothing to merge for {', '.join(f'`{name}`' for name in fixed.unknown_labels)}: no row has that label."


def _next(report: DatasetReport, out: Path) -> str:
    """Return the command that reads the copy by the same fields."""
    names = [*(("--input", name) for name in report.input_fields), ("--label", report.label_field or "")]
    if report.task == "chat":
        names = []
    words = ["advisor", "inspect", str(out), *(word for pair in names for word in pair)]
    return clean(shell_line(words), 1000)
