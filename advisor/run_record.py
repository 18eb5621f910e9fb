"""What a run leaves on disk, read when someone looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from advisor.domain.answered import AnsweredRow, Split
from advisor.domain.events import Candidate
from advisor.world.predictions import read_answers, read_instructions
from advisor.world.run_folder import OUTPUT, last_output

FILES = {"log": OUTPUT, "report": "report.md"}


@dataclass(frozen=True)
class RunRecord:
    """The folder of a run, as a person asks for it."""

    folder: Path | None = None
    """Where the run in hand, or the last one, writes."""

    def file(self, name: Literal["log", "report"]) -> Path | None:
        """Return a file of the run, or None before it is written."""
        path = self.folder / FILES[name] if self.folder else None
        return path if path and path.exists() else None

    def answered_rows(self, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
        """Return the rows of a split as a candidate answered them."""
        return read_answers(self.folder, candidate, split) if self.folder else ()

    def instructions(self, candidate: Candidate) -> str:
        """Return what a candidate's prompts say, or nothing before it is on disk."""
        return read_instructions(self.folder, candidate) if self.folder else ""

    def last_output(self) -> str:
        """Return the end of what the run's process wrote, word for word but for keys."""
        return last_output(self.folder) if self.folder else ""
