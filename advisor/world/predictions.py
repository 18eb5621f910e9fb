"""What the candidates of a run answered and were told, read from its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from advisor.domain.answered import AnsweredRow, Split, answered
from advisor.domain.events import Candidate

MOST_BYTES = 1 << 25
"""More of a predictions file is not read: nobody looks through that many rows on a screen."""


def read_answers(run: Path, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
    """Return the rows a candidate answered; none where nothing, or nothing readable, is on disk."""
    lines = _text(run / "predictions" / f"{candidate}-{split}.jsonl").splitlines()
    found = ((number, _object(line)) for number, line in enumerate(lines))
    return tuple(answered(row, number) for number, row in found if row)


def read_instructions(run: Path, candidate: Candidate) -> str:
    """Return what a candidate's prompts say, or nothing before it was saved."""
    program = _object(_text(run / "programs" / f"{candidate}.json"))
    signatures = (part.get("signature") for part in program.values() if isinstance(part, dict))
    told = (signature.get("instructions") for signature in signatures if isinstance(signature, dict))
    return "\n\n".join(text for text in told if isinstance(text, str))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return ""
