"""The checks made on request, in words: how they are asked for, how far one is, what is said when they begin."""

from __future__ import annotations

from collections.abc import Collection

from advisor.domain.cleaning import clean
from advisor.domain.close_look import Deep
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.report_parts import SectionName
from advisor.domain.shell_words import shell_line

CHECKS: tuple[Deep, ...] = ("near", "noise", "curve")

NAMES: dict[Deep, str] = {"near": "near copies", "noise": "label noise", "curve": "the learning curve"}

ASKED_BY: dict[Deep, str] = {
    "near": "check for near copies", "noise": "check for label noise", "curve": "draw the learning curve",
}  # fmt: skip
"""The reply that asks for each."""

SECONDS: dict[Deep, float] = {"near": 480.0, "noise": 120.0, "curve": 240.0}
"""After which a check is ended."""

SECTION_OF: dict[Deep, SectionName] = {"near": "copies", "noise": "noise", "curve": "curve"}

_DOING: dict[Deep, str] = {
    "near": "looking for near copies in", "noise": "looking for label noise in", "curve": "drawing the curve of",
}  # fmt: skip


def lacking(report: DatasetReport, section: SectionName) -> Deep | None:
    """Return the check that a section of a report lacks and that can be asked for."""
    check = next((check for check, name in SECTION_OF.items() if name == section), None)
    return check if check is not None and report.close is not None and getattr(report.close, check) is None else None


def on_request(check: Deep, report: DatasetReport) -> str:
    """Say how to ask for a check and how long it takes."""
    return f"Done on request, in {_most(SECONDS[check])} at most: {how(check, report)}."


def how(check: Deep, report: DatasetReport) -> str:
    """Return the words that start a check here, and the command that makes them all."""
    return f"say “{ASKED_BY[check]}”, or {command(report)}"


def command(report: DatasetReport) -> str:
    """Return the command that makes all checks of a file, read by the fields that were named."""
    named = report.label_field if report.label_told else None
    words = ["advisor", "inspect", report.path, *(("--label", named) if named else ()), "--deep"]
    return f"`{clean(shell_line(words), 400)}`"


def under_way(check: Deep, name: str, seconds: float) -> ReadingProgress:
    """Return how far a check of a file is."""
    return ReadingProgress(name, 0, 0.0, 0, doing=_DOING[check], seconds=int(seconds), most=_most(SECONDS[check]))


def begun(checks: Collection[Deep]) -> str:
    """Say that checks are being made."""
    most = _most(sum(SECONDS[check] for check in checks))
    return (
        f"I look into {listed(checks)} now, beside this conversation: {most} at most. I say what I find when it is "
        "there, and before I advise."
    )


def stopped(checks: Collection[Deep]) -> str:
    """Say that checks were ended before they were done."""
    return f"I stopped looking into {listed(checks)}. Ask again to have it done from the beginning."


def failed(check: Deep, report: DatasetReport | None) -> str:
    """Say that a check failed."""
    more = f" {command(report)} may show more;" if report else ""
    return f"The check of {NAMES[check]} failed.{more} {'e' if more else 'E'}verything else stands."


def listed(checks: Collection[Deep]) -> str:
    """Name checks one after another: near copies and label noise."""
    *some, last = (NAMES[check] for check in checks)
    return f"{', '.join(some)} and {last}" if some else last


def _most(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes"
