"""A wish to run on fewer rows than the file has: what of it can be done."""

from __future__ import annotations

import re

from advisor.domain.facts import FactName

COUNTED: tuple[FactName, ...] = ("rows", "labelled_examples", "usable_examples")
"""Facts such a reply would be read as; the file has been counted already."""

_COUNT = r"(?P<{0}>\d[\d,]*\s?k?)\s"
_WHAT = r"(?:of (?:the|my|our) )?(?:\w+ )?(?:rows?|records?|lines?|examples?|samples?)\b"
_LIMIT = re.compile(
    r"(?:\b(?:limit|cap|restrict|reduce|cut|shrink)\b[^.?!]{0,30}?\b(?:to|at)|"
    r"(?:^\W*|[,;.] |(?:yes|please|you|but|and|then|to) )(?:use|take|run|try)\b[^.?!]{0,20}?"
    r"\b(?:only|just|the first|with|on|no more than|at most))\s"
    rf"(?:only |just |the first |at most )?{_COUNT.format('asked')}{_WHAT}"
    rf"|\b(?:only|just)\s(?:with |on |the first )?{_COUNT.format('bare')}(?:rows?|records?|lines?)\b"
    rf"|\b(?:with|on)\s{_COUNT.format('after')}(?:rows?|records?|lines?) only\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:have|has|had|got|there (?:are|were)|labell?ed|measured|scored?)\b", re.IGNORECASE)
"""Words of who tells what there is."""


def rows_wished(reply: str) -> int | None:
    """Return the rows a reply would limit a run to; None where it does not ask for that."""
    if len(reply) > 200 or _TOLD.search(reply) or (found := _LIMIT.search(reply)) is None:
        return None
    written = next(filter(None, found.groups())).replace(",", "").lower().strip()
    return int(written.removesuffix("k").strip()) * (1000 if written.endswith("k") else 1)


def on_fewer_rows(rows: int) -> str:
    """Say what can be changed instead: a run of the conversation takes the file as it is."""
    return (
        f"A run from here takes every usable row of the file: for {rows:,}, open a file that holds those, or try the "
        f"written project with `advisor run FOLDER --limit {rows}`, which asks no test row and so proves nothing."
    )
