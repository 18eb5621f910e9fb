"""What the deep checks mean, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.close_look import CloseLook, LabelNoise, NearCopies, ProxyCurve
from advisor.domain.dataset import Finding
from advisor.domain.statistics import percent, span
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, count

HELPS = 0.01
"""Gain of the proxy from twice the rows from which more data is said to help still."""


def deep_findings(close: CloseLook, task: str | None) -> Iterator[Finding]:
    """Yield what the checks that were run found."""
    if close.near:
        yield from _near(close.near, task)
    if close.noise:
        yield _noise(close.noise)
    if close.curve:
        yield _curve(close.curve)


def _near(near: NearCopies, task: str | None) -> Iterator[Finding]:
    drawn = f" among {near.compared:,} drawn" if near.sampled else ""
    if not near.inputs:
        yield Finding(
            severity="notes",
            about="near",
            what=f"No near copies of other inputs{drawn}.",
            consequence="The test part is not answered by memory, as far as three-word sequences show.",
        )
        return
    otherwise = f", {near.labelled_otherwise:,} with another label" if near.labelled_otherwise else ""
    consequence = (
        "The split keeps copies on one side, near copies not, so some of a test score is memory; drop them or keep "
        "each family together."
    )
    if task not in CLASS_LIKE and near.labelled_otherwise > near.inputs / 2:
        otherwise = f", {near.labelled_otherwise:,} with another answer"
        consequence = "They look like several questions on one text: keep each text on one side of the split."
    yield Finding(
        severity="warns" if near.inputs >= 0.01 * near.compared else "notes",
        about="near",
        what=f"{count(near.inputs, 'input')}{drawn} nearly the same as an earlier one (at least 70% of "
        f"their three-word sequences shared){otherwise}.",
        consequence=consequence,
        examples=near.examples,
    )
    if near.across:
        pairs = ", ".join(f"{n:,} in {clean(names, 60)}" for names, n in near.across.items())
        yield Finding(
            severity="warns",
            about="leaks",
            what=f"Inputs with a copy or near copy in another split of the file: {pairs}.",
            consequence="A score on that split is partly memory.",
        )


def _noise(noise: LabelNoise) -> Finding:
    if not noise.judged:
        return Finding(
            severity="notes",
            about="noise",
            what=f"The classes overlap too much to judge label noise (a simple classifier is right on "
            f"{percent(noise.accuracy)} of held-out rows and contradicts "
            f"{percent(noise.flagged / noise.rows)} of the labels).",
            consequence="Have two people label the same fifty rows instead: their agreement is the bar for any model.",
        )
    if not noise.flagged:
        return Finding(
            severity="notes",
            about="noise",
            what=f"A simple classifier contradicts none of {count(noise.rows, 'label')} with confidence.",
            consequence="Wrong labels may still stand where every similar row is wrong too.",
        )
    drawn = " drawn" if noise.sampled else ""
    return Finding(
        severity="warns" if noise.flagged >= 0.03 * noise.rows else "notes",
        about="noise",
        what=f"{count(noise.flagged, 'label')} of {noise.rows:,}{drawn} that a simple classifier contradicts with "
        f"confidence ({percent(noise.flagged / noise.rows)}; it is right on "
        f"{percent(noise.accuracy)} of held-out rows).",
        consequence="Read these rows before training: some are wrong labels, some only hard; correcting is cheaper "
        "than tuning.",
        examples=noise.examples,
    )


def _curve(curve: ProxyCurve) -> Finding:
    last = curve.points[-1]
    gain = (curve.high + curve.low) / 2 - last.accuracy
    tenth = curve.points[0]
    helps = gain >= HELPS
    drawn = " (on rows drawn from more)" if curve.sampled else ""
    return Finding(
        severity="notes",
        about="curve",
        what=f"More data {'still helps' if helps else 'hardly helps'} a cheap linear proxy: "
        f"{percent(tenth.accuracy)} right with {tenth.rows:,} rows, {percent(last.accuracy)} with {last.rows:,}, an "
        f"expected {span(curve.low, curve.high)} with {curve.doubled:,}{drawn}.",
        consequence=f"{'Label more before or beside tuning' if helps else 'Label more only for rare classes'}; this is "
        "the curve of the proxy, not of a fine-tuned model"
        f" (drawn from half the rows it missed the whole by {abs(curve.missed_by) * 100:.1f} points).",
    )
