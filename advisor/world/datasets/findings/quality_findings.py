"""What the counts mean, in sentences: the finding, and what follows for the route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from advisor.domain.ceiling import OF_THE_SPLIT, most_right
from advisor.domain.cleaning import shown_label
from advisor.domain.dataset import MIN_ROWS, Finding
from advisor.domain.plan import RUNNABLE
from advisor.domain.planning import OTHER_LABEL, no_project_for
from advisor.domain.shortage import Shortage, shortage
from advisor.domain.statistics import percent
from advisor.world.datasets.counting.counts import Counts
from advisor.world.datasets.counting.repeats import COMPARED
from advisor.world.datasets.counting.tally import EXAMPLES
from advisor.world.datasets.findings.rare_labels import fix_command, rare_label_findings
from advisor.world.datasets.records import CHAT_LABEL, Roles
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, count, named, spelling

MAJORITY = 0.8
"""Share of one label above which plain accuracy says little."""

LOPSIDED = 10
"""Largest class over smallest at which the small ones need a look."""

NOTICEABLE = 0.005
"""Share of rows lost to conflicts that changes a decision."""

_SUSPICIOUS = frozenset({"na", "n/a", "none", "null", "nan", "nil", "-", "?", "unknown", "tbd", "undefined", "#n/a"})
_SEVERITY = {"blocks": 0, "warns": 1, "notes": 2}


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings, those that block first."""
    return tuple(sorted(findings, key=lambda finding: _SEVERITY[finding.severity]))


def quality_findings(counts: Counts, path: Path) -> Iterator[Finding]:
    """Yield what the counts over every row say."""
    yield from _roles(counts.roles, counts)
    yield from _amount(counts)
    yield from _gaps(counts)
    yield from _copies(counts)
    yield from _leaks(counts)
    if counts.roles.task in CLASS_LIKE:
        yield from _classes(counts, path)
        yield from _spellings(counts.labels, path)


def _roles(roles: Roles, counts: Counts) -> Iterator[Finding]:
    if not roles.input_fields:
        yield Finding(
            severity="blocks",
            about="roles",
            what="No column looks like an input.",
            consequence="Name the column the program reads; without one there is nothing to run.",
        )
    if roles.label_field is None:
        yield Finding(
            severity="blocks",
            about="roles",
            what="No column looks like a label.",
            consequence="Name the column with the right answers, or add one: without it nothing is scored or tuned.",
        )
    if roles.task is not None and roles.task not in RUNNABLE:
        yield Finding(
            severity="warns",
            about="roles",
            what=no_project_for(roles.task),
            consequence=f"I say which route fits, and then nothing here can be run. {OTHER_LABEL}",
        )
    if roles.task == "chat":
        yield Finding(
            severity="notes",
            about="roles",
            what=f"The rows are conversations; I take the last assistant turn as the answer (`{CHAT_LABEL}`).",
            consequence="What comes before it is the input; earlier assistant turns are not trained on.",
        )
    if len(counts.label_kinds) > 1:
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in counts.label_kinds.most_common())
        yield Finding(
            severity="warns",
            about="labels",
            what=f"The labels are of different kinds: {kinds}.",
            consequence='I compare them as text, so 1 and "1" are the same label.',
        )


def _amount(counts: Counts) -> Iterator[Finding]:
    if not counts.roles.label_field:
        return
    if not counts.labelled:
        yield Finding(
            severity="blocks",
            about="amount",
            what=f"No row has a value in `{clean(counts.roles.label_field, 40)}`.",
            consequence="Nothing can be scored before some rows are labelled.",
        )
    elif counts.usable < MIN_ROWS:
        yield Finding(
            severity="blocks",
            about="amount",
            what=f"Only {count(counts.usable, 'different usable row')}.",
            consequence=f"Under {MIN_ROWS} I cannot hold any back for testing; add {MIN_ROWS - counts.usable} or more.",
        )


def _gaps(counts: Counts) -> Iterator[Finding]:
    missing = counts.rows - counts.labelled
    if counts.labelled and missing:
        yield Finding(
            severity="warns",
            about="labels",
            what=f"{missing:,} of {counts.rows:,} rows {'has' if missing == 1 else 'have'} no label.",
            consequence="I leave them out, unless no label is itself an answer; tell me if it is.",
        )
    if counts.without_input and counts.roles.input_fields:
        yield Finding(
            severity="warns",
            about="amount",
            what=f"{count(counts.without_input, 'row')} without any input.",
            consequence="They are left out.",
        )
    for name in counts.roles.input_fields:
        empty = counts.rows - counts.without_input - counts.filled.get(name, 0)
        if empty > 0 and len(counts.roles.input_fields) > 1:
            yield Finding(
                severity="notes",
                about="amount",
                what=f"`{clean(name, 40)}` is empty in {count(empty, 'row')} that have another input.",
                consequence="They are used, with that field empty.",
            )
    if counts.bad_rows:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"{count(counts.bad_rows, 'row')} could not be read.",
            consequence="They are left out; correct them if they matter.",
            examples=tuple(f"line {row.line} {row.why}" for row in counts.bad_row_samples[:EXAMPLES]),
        )


def _copies(counts: Counts) -> Iterator[Finding]:
    copies = counts.normalized_duplicates
    if copies:
        yield Finding(
            severity="notes",
            about="copies",
            what=f"{count(copies, 'copy')} of earlier inputs, {counts.duplicates:,} letter for letter.",
            consequence="One of each counts, and copies never stand on both sides of the split.",
        )
    conflicts = counts.conflicting_inputs
    if not conflicts:
        return
    labels = "different labels" if counts.roles.task in CLASS_LIKE else "different answers"
    lost = 1 - counts.accuracy_ceiling
    best = most_right(counts.accuracy_ceiling)
    yield Finding(
        severity="warns" if lost >= NOTICEABLE else "notes",
        about="conflicts",
        what=f"{count(conflicts, 'input')} with {labels} ({counts.conflicting_rows:,} rows).",
        consequence=f"{best}; settle them before paying for training. {OF_THE_SPLIT}"
        if lost >= NOTICEABLE
        else f"{best}. {OF_THE_SPLIT}",
        examples=counts.examples,
    )


def _leaks(counts: Counts) -> Iterator[Finding]:
    for leak in counts.leaks:
        yield Finding(
            severity="warns",
            about="leaks",
            what=f"{count(leak.normalized_inputs, 'input')} in both `{clean(leak.first, 30)}` and "
            f"`{clean(leak.second, 30)}`, {leak.inputs:,} letter for letter.",
            consequence="A score on those rows tests memory; I pool the splits and split again by input.",
        )
    if len(counts.splits) > COMPARED:
        yield Finding(
            severity="notes",
            about="leaks",
            what=f"The rows stand in {len(counts.splits):,} splits; I compared the first {COMPARED} with each other.",
            consequence="Inputs that the others share are not listed, but none stands on both sides of my own split.",
        )


def _classes(counts: Counts, path: Path) -> Iterator[Finding]:
    if len(counts.labels) == 1:
        only = clean(next(iter(counts.labels)), 40)
        yield Finding(
            severity="blocks",
            about="labels",
            what=f"Every labelled row has the same label, `{only}`.",
            consequence="A program that always says so is already right; there is nothing to tune.",
        )
    if len(counts.labels) < 2:
        return
    yield from rare_label_findings(rare_labels(counts), path)
    top, most = counts.labels.most_common(1)[0]
    share, fewest = most / counts.labelled, min(counts.labels.values())
    if share >= MAJORITY and counts.roles.task == "classification":
        yield Finding(
            severity="warns",
            about="labels",
            what=f"`{clean(top, 40)}` is {percent(share)} of the rows.",
            consequence=f"Always answering it scores {percent(share)}; judge by the other labels too.",
        )
    elif most / fewest >= LOPSIDED:
        yield Finding(
            severity="notes",
            about="labels",
            what=f"The largest label has {most:,} rows, the smallest {fewest:,}.",
            consequence="Accuracy mostly measures the large ones; look at the score of each label.",
        )


def rare_labels(counts: Counts) -> Shortage:
    """Return the labels with too few different examples."""
    sizes = {name: counts.groups.get(name, 0) for name in counts.labels}
    return shortage(sizes, counts.usable, single=counts.roles.task != "multi_label")


def _spellings(labels: Mapping[str, int], path: Path) -> Iterator[Finding]:
    spellings: dict[str, list[str]] = {}
    for name in labels:
        spellings.setdefault(spelling(name), []).append(name)
    several = [names for names in spellings.values() if len(names) > 1]
    if several:
        quoted = [[shown_label(name, 40, always=True) for name in names[:4]] for names in several[:EXAMPLES]]
        yield Finding(
            severity="warns",
            about="labels",
            what=f"{count(len(several), 'label')} spelled in more than one way, by case, spaces or punctuation.",
            consequence="Each spelling counts as a label of its own, and a model cannot learn which. To merge the "
            f"spellings: {fix_command(path)} joins those apart by case or spaces at the ends, "
            "`--merge LABEL=OTHER` any others.",
            examples=tuple(map(" / ".join, quoted)),
        )
    padded = [name for name in labels if name != name.strip()]
    if padded and not several:
        yield Finding(
            severity="notes",
            about="labels",
            what=f"{count(len(padded), 'label')} with spaces at the ends.",
            consequence="A model rarely repeats them, and exact match then counts a right answer as wrong.",
            examples=tuple(shown_label(name, 40, always=True) for name in padded[:EXAMPLES]),
        )
    odd = [name for name in labels if name.strip().casefold() in _SUSPICIOUS]
    if odd:
        yield Finding(
            severity="warns",
            about="labels",
            what=f"{named(odd)} could be a label or a missing one.",
            consequence="I count it as a label; tell me if it means that nobody labelled the row.",
        )
