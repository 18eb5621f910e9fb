"""What the screens need of a session; `advisor.session.Session` fits it, and so does a fake."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Literal, Protocol

from advisor.domain.answered import AnsweredRow, Split
from advisor.domain.browsing import PathChoice
from advisor.domain.checklist import Checklist
from advisor.domain.comparison import Comparison
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Known, Message, Offer, ProjectFile, ReadingProgress, Step
from advisor.domain.events import Candidate
from advisor.domain.facts import FactName, Facts
from advisor.domain.forecast import Forecast
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.errors import UsageError


class SessionPort(Protocol):
    """A conversation as the screens see it; every coroutine raises AdvisorError at most."""

    @property
    def title(self) -> str:
        """File name, or "no file yet"."""

    @property
    def facts(self) -> Facts:
        """Everything learned so far."""

    @property
    def checklist(self) -> Checklist:
        """The five items."""

    @property
    def report(self) -> DatasetReport | None:
        """What was found in the file in hand; another one once a closer look has added to it."""

    async def look_closer(self) -> None:
        """Wait until the closer look at the file is in its report, or there is none."""

    def hear_reading(self, hear: Callable[[ReadingProgress], None]) -> None:
        """Have it said how far a file is read; called in the thread that reads."""

    def stop_reading(self) -> None:
        """End the reading of a file, else the deep checks; the turn then says so."""

    @property
    def checking(self) -> ReadingProgress | None:
        """How far the deep check in hand is."""

    @property
    def checked(self) -> bool:
        """Whether a deep check is over and that was not said yet."""

    async def tell_checks(self) -> Step:
        """Return the turn that says what deep checks have found, and puts what is open again."""

    @property
    def plan(self) -> Plan | None:
        """What the project will do, once there is one."""

    @property
    def forecast(self) -> Forecast | None:
        """What the plan will take."""

    @property
    def project(self) -> Path | None:
        """Folder of the written project."""

    @property
    def view(self) -> RunView | None:
        """The run in hand, or the last one."""

    @property
    def comparison(self) -> Comparison | None:
        """What the test rows said."""

    @property
    def spent(self) -> str:
        """What was spent, in words."""

    @property
    def consent(self) -> str:
        """The sentence a yes agrees to."""

    @property
    def exit_code(self) -> int:
        """What the command ends with."""

    @property
    def known_facts(self) -> tuple[Known, ...]:
        """Everything believed, as it is shown and corrected."""

    @property
    def transcript(self) -> Path | None:
        """The file this conversation is kept in."""

    @property
    def earlier(self) -> tuple[Message, ...]:
        """The end of what was said in earlier sittings, to be shown above this one."""

    def listen(self, hear: Callable[[Message], None]) -> None:
        """Have each message handed over as it is said, before its step is complete."""

    async def correct(self, fact: FactName, text: str) -> Step:
        """Take a value typed over a known one; an unreadable one changes nothing and says what would do."""

    def explain(self, words: str = "") -> tuple[tuple[str, str], ...]:
        """Return terms with their meaning: those in `words`, or the whole glossary."""

    def export(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Write the conversation and the decision record as Markdown and JSON; return the files."""

    def run_file(self, name: Literal["log", "report"]) -> Path | None:
        """Return a file of the last run, or None before it is written."""

    def answered_rows(self, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
        """Return the rows of a split as a candidate answered them."""

    def instructions(self, candidate: Candidate) -> str:
        """Return what a candidate's prompts say, or nothing before it is on disk."""

    def last_output(self) -> str:
        """Return the end of what the run's process wrote, word for word but for keys."""

    def paths_like(self, text: str) -> tuple[PathChoice, ...]:
        """Return the files and folders that go on from a typed path; reads one folder."""

    async def open(self) -> Step:
        """Return the first turn."""

    async def reply(self, text: str) -> Step:
        """Return the turn after a reply."""

    def run(self) -> AsyncIterator[RunView]:
        """Yield the run's views until it has ended."""

    async def after_run(self) -> Step:
        """Return what the run brought and what comes next."""

    async def cancel_run(self, *, at_once: bool = False) -> None:
        """End the run; `at_once` waits for nothing it would write first."""

    async def leave_running(self) -> Step:
        """Follow no longer; the run goes on."""

    def project_files(self) -> tuple[ProjectFile, ...]:
        """Return the files of the written project."""

    async def close(self) -> None:
        """End what the session started."""


class Beginning(Protocol):
    """What a front end shows before there is a session."""

    def offers(self) -> tuple[Offer, ...]:
        """Return live runs and unfinished conversations, newest first, a new one, the tour, and finished ones."""

    def begin(self, offer: Offer | None = None, data: Path | None = None) -> SessionPort:
        """Return the session of an offer, or a new one about `data`.

        Raises:
            AdvisorError: it cannot be read or kept.
        """


class Ready:
    """A beginning that starts with a session there already is; later ones come from another beginning."""

    def __init__(self, session: SessionPort, later: Beginning | None = None) -> None:
        self._session: SessionPort | None = session
        self._later = later

    def offers(self) -> tuple[Offer, ...]:
        """Return nothing at first."""
        return self._later.offers() if self._later and self._session is None else ()

    def begin(self, offer: Offer | None = None, data: Path | None = None) -> SessionPort:
        """Return the session, or a later one."""
        session, self._session = self._session, None
        if session is not None:
            return session
        if self._later is None:
            raise UsageError("There is no other conversation here.")
        return self._later.begin(offer, data)
