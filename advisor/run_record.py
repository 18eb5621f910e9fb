"""What the last run left on disk, read when someone looks at it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from advisor.domain.answered import AnsweredRow, Split
from advisor.domain.events import Candidate
from advisor.world.predictions import read_answers, read_instructions
from advisor.world.run_folder import OUTPUT, last_output

FILES = {"log": OUTPUT, "report": "report.md"}


class RunRecord:
    """The folder of a run, as a person asks for it."""

    run_folder: Path | None = None
    """Where the run in hand, or the last one, writes."""

    def run_file(self, name: Literal["log", "report"]) -> Path | None:
        """Return a file of the run, or None before it is written."""
        path = self.run_folder / FILES[name] if self.run_folder else None
        return path if path and path.exists() else None

    def answered_rows(self, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
        """Return the rows of a split as a candidate answered them."""
        return read_answers(self.run_folder, candidate, split) if self.run_folder else ()

    def instructions(self, candidate: Candidate) -> str:
        """Return what a candidate's prompts say, or nothing before it is on disk."""
        return read_instructions(self.run_folder, candidate) if self.run_folder else ""

    def last_output(self) -> str:
        """Return the end of what the run's process wrote, word for word but for keys."""
        return last_output(self.run_folder) if self.run_folder else ""
