"""What a run says: lines on the terminal while it goes, a table and a report at its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from advisor.domain import reviewed, statistics
from advisor.domain.statistics import percent, span
from advisor.domain.verdict import NAMES
from advisor.kit.journal import Event
from advisor.kit.plan import Plan

HEADER = ("program", "model", "right", "95% interval", "no answer", "$ per 1,000", "s per call")
PRACTICE_NOTE = "These are practice models. They show how a run goes; their scores say nothing about a real model."


class Teller:
    """Shows events as lines; progress on one line that is written over, and only on a terminal."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._live = terminal.isatty()
        self._open = False

    def show(self, event: Event) -> None:
        """Show one event; a terminal that has gone away does not end the run."""
        try:
            if event["kind"] == "progress":
                self._progress(event)
                return
            for line in lines_of(event):
                self._terminal.write(("\r\x1b[K" if self._open else "") + harmless(line) + "\n")
                self._open = False
            self._terminal.flush()
        except (OSError, ValueError):
            self._live = False

    def _progress(self, event: Event) -> None:
        if not self._live:
            return
        self._terminal.write(f"\r\x1b[K  {event['what']}: {event['done']} of {event['total']}")
        self._terminal.flush()
        self._open = True


def harmless(line: str) -> str:
    """A host's message may hold codes that would move the cursor or worse."""
    return "".join(char if char.isprintable() else " " for char in line)


def lines_of(event: Event) -> Iterable[str]:
    """Return what a person wants to read of an event."""
    kind = event["kind"]
    if kind == "started":
        again = "again " if event["resumed"] else ""
        return [f"Run {event['run']} begins {again}at {event['endpoint']}, student {event['student']}."]
    if kind == "stage_started":
        return [f"{event['stage']}"]
    if kind == "stage_skipped":
        return [f"{event['stage']}: {event['reason']}"]
    if kind == "scored":
        return [f"  {NAMES[event['candidate']]} on {event['split']}: {_score(event['outcomes'])}"]
    if kind == "trial":
        of = f" of {event['total']}" if event["total"] else ""
        return [f"  trial {event['number']}{of}: {percent(event['score'])} on {event['rows']} rows"]
    if kind == "traces_kept":
        return [f"  {event['kept']} right answers kept from {event['tried']} rows, {event['failed']} without an answer"]
    if kind == "uploaded":
        return [f"  {event['rows']} rows uploaded to {event['host']}"]
    if kind == "job_reported":
        return [f"  {event['job_id']} {event['status']}: {event['message']}"]
    if kind in ("gate", "said"):
        return [f"  {event.get('reason') or event.get('text')}"]
    if kind == "compared":
        return ["", *table(event["comparison"]), "", event["comparison"]["verdict"]]
    if kind == "reviewed":
        return ["", reviewed.in_words(event, event["model"])]
    if kind == "finished" and event["outcome"] != "done":
        return ["", event["why"], *([event["try_this"]] if event["try_this"] else [])]
    return []


def _score(outcomes: str) -> str:
    right, n, failed = outcomes.count("1"), len(outcomes), outcomes.count("x")
    low, high = statistics.wilson(right, n)
    missing = f", {failed} without a usable answer" if failed else ""
    return f"{right} of {n} right, {percent(right / n)} (95% interval {span(low, high)}){missing}"


def table(comparison: dict[str, Any]) -> list[str]:
    """Return the comparison as aligned lines."""
    rows = [HEADER, *(_cells(row) for row in comparison["rows"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    dollars, seconds = row["dollars_per_1000"], row["seconds_per_call"]
    return (
        NAMES[row["candidate"]],
        row["model"],
        f"{row['correct']} of {row['n']}, {percent(row['score'])}",
        span(row["low"], row["high"]),
        str(row["failures"]),
        "not known" if dollars is None else f"{dollars:.2f}",
        "" if seconds is None else f"{seconds:.2f}",
    )


def seen_before(looks: int) -> str:
    """Return the warning of a run whose test rows were answered by earlier ones."""
    runs = "1 earlier run" if looks == 1 else f"{looks} earlier runs"
    return f"These test rows were already looked at by {runs}; each look makes a lucky result likelier."


def as_markdown(comparison: dict[str, Any], plan: Plan, events: list[Event], looks: int) -> str:
    """Return the report of a run; `looks` counts earlier runs that answered the same test rows."""
    parts = [f"# {escape(plan.title)}: what the run showed", ""]
    if any(event["kind"] == "started" and event["practice"] for event in events):
        parts += [PRACTICE_NOTE, ""]
    parts += [comparison["verdict"], "", f"Every program answered the same {comparison['n']} test rows once.", ""]
    parts += [seen_before(looks), ""] if looks else []
    parts += ["| " + " | ".join(HEADER) + " |", "|" + " --- |" * len(HEADER)]
    parts += ["| " + " | ".join(escape(cell) for cell in _cells(row)) + " |" for row in comparison["rows"]]
    parts += ["", "## Paired tests", ""]
    parts += [_pair(pair) for pair in comparison["pairs"]] or ["There was nothing to compare."]
    if (smallest := comparison["detectable_difference"]) is not None:
        parts += ["", f"Differences under about {percent(smallest)} would be missed by so few test rows."]
    gates = [f"- {escape(event['reason'])}" for event in events if event["kind"] == "gate"]
    parts += ["", "## Checks on the way", "", *(gates or ["None closed or warned."])]
    return "\n".join([*parts, ""])


def _pair(pair: dict[str, Any]) -> str:
    return (
        f"- {NAMES[pair['after']]} against {NAMES[pair['before']]}: {pair['fixed']} fixed, {pair['broken']} broken, "
        f"difference {pair['difference']:+.1%} (95% interval {pair['low']:+.1%} to {pair['high']:+.1%}), "
        f"p {'< 0.001' if pair['p_corrected'] < 0.001 else '= ' + format(pair['p_corrected'], '.3f')} after correction"
    )


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~" else char for char in " ".join(text.split()))
