"""The conversation as a plain object: replies in, steps out. Both front ends show it; neither decides anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from advisor import asking, changing, replying, run_turns, showing
from advisor.case_file import CaseFile
from advisor.chronicle import Chronicle
from advisor.domain import conversation
from advisor.domain.advice import Recommendation
from advisor.domain.answered import AnsweredRow, Split
from advisor.domain.browsing import PathChoice
from advisor.domain.checklist import Checklist
from advisor.domain.comparison import Comparison
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Known, Message, ProjectFile, ReadingProgress, Step
from advisor.domain.events import Candidate
from advisor.domain.facts import Fact, FactName, Facts
from advisor.domain.forecast import Forecast
from advisor.domain.glossary import ENTRIES, terms_in
from advisor.domain.known import known_facts
from advisor.domain.open_now import Nothing
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.proposal import Reader
from advisor.domain.story import Story
from advisor.exporting import record_of_kept, write_export
from advisor.lookup import LookUp, look_up
from advisor.putting import go_on
from advisor.talk import Talk
from advisor.voice import Guide, Voice
from advisor.workbench import Lacking, Workbench
from advisor.world import browsing

if TYPE_CHECKING:
    from advisor.running import Running


class Session:
    """One conversation about one case."""

    def __init__(
        self,
        data: Path | None = None,
        *,
        told: Facts | None = None,
        out: Path | None = None,
        projects_in: Path | None = None,
        kept_in: Path | None = None,
        chronicle: Chronicle | None = None,
        reader: Reader | None = None,
        guide: Guide | None = None,
        look_up: LookUp = look_up,
        found_here: tuple[Fact, ...] = (),
        lacking: Lacking | None = None,
    ) -> None:
        voice = Voice(chronicle or Chronicle(kept_in), guide or Guide())
        bench = Workbench(case := CaseFile(voice.story.facts), out, projects_in, lacking)
        self._talk = Talk(voice, case, bench, reader, look_up, found_here)
        self._data, self._told_before = data.absolute() if data else None, (told or Facts()).records

    # The turns.

    async def open(self) -> Step:
        """Begin: say what this is, read the file if one was given, ask the first question."""
        talk = self._talk
        talk.record(conversation.Opened(data=str(self._data) if self._data else None))
        if self._told_before:
            talk.record(conversation.Understood(facts=self._told_before))
        await talk.look_around()
        talk.say(talk.voice.guide.opening())
        talk.conclude()
        if self._data is not None:
            await changing.read_data(talk, self._data)
        return await go_on(talk)

    async def reply(self, text: str) -> Step:
        """Take in one reply and say what follows from it."""
        return await replying.reply(self._talk, text)

    async def correct(self, fact: FactName, text: str) -> Step:
        """Take a value typed over a known one; an unreadable one changes nothing and says what would do."""
        self._talk.record(conversation.Corrected(fact=fact, text=asking.kept(text)))
        return await changing.type_over(self._talk, fact, text)

    async def start(self) -> Running:
        """Start the run that was agreed to.

        Raises:
            AdvisorError: it cannot be started.
        """
        return await run_turns.start(self._talk)

    def run(self) -> AsyncIterator[RunView]:
        """Run the project, yielding its state after every event; ends when the run has."""
        return run_turns.run(self._talk)

    async def after_run(self) -> Step:
        """Say what the run brought, learn from it and take the advice up again."""
        return await run_turns.after_run(self._talk)

    async def cancel_run(self, *, at_once: bool = False) -> None:
        """End the run in hand; `at_once` waits for nothing it would write first."""
        await self._talk.bench.cancel_run(at_once=at_once)

    async def leave_running(self) -> Step:
        """Follow the run no longer; it goes on by itself."""
        return await run_turns.leave_running(self._talk)

    def suppose(self, facts: tuple[Fact, ...]) -> None:
        """Learn what a run measured; when a conversation is played again, in place of running it."""
        run_turns.suppose(self._talk, facts)

    async def close(self) -> None:
        """End the conversation and whatever it still runs; one left in the middle can be taken up again."""
        self._talk.case.first_look.stop()
        self._talk.case.stop_looking()
        await self._talk.bench.close()
        if isinstance(self.story.open, Nothing) and not self.story.run and not self._talk.bench.waits:
            self._talk.record(conversation.Closed(exit_code=self.exit_code))
        self._talk.voice.chronicle.leave()

    # How the conversation stands.

    def listen(self, hear: Callable[[Message], None]) -> None:
        """Have each message handed over as it is said, before its step is complete."""
        self._talk.voice.listener = hear

    @property
    def earlier(self) -> tuple[Message, ...]:
        """The end of what was said in earlier sittings, to be shown above this one."""
        return ()

    @property
    def story(self) -> Story:
        """Where the conversation stands."""
        return self._talk.story

    @property
    def asked(self) -> FactName | None:
        """The fact the open question is about."""
        return self.story.asked

    @property
    def events(self) -> list[conversation.ConversationEvent]:
        """Everything that happened, as the transcript has it."""
        return self._talk.voice.chronicle.events

    @property
    def transcript(self) -> Path | None:
        """The file this conversation is kept in."""
        return self._talk.voice.chronicle.path

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return self._talk.exit_code

    def export(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Write the conversation and the decision record as Markdown and JSON; return the files.

        Raises:
            AdvisorError: they cannot be written.
        """
        beside = Path(self.report.path).parent if self.report else Path.cwd()
        return write_export(self.events, record_of_kept(self.events), folder or beside / "advised" / "record")

    # The case.

    @property
    def title(self) -> str:
        """The file in hand."""
        return self._talk.case.title

    @property
    def report(self) -> DatasetReport | None:
        """What its inspection found."""
        return self._talk.case.report

    def hear_reading(self, hear: Callable[[ReadingProgress], None]) -> None:
        """Have it said how far a file is read; called in the thread that reads."""
        self._talk.case.first_look.listener = hear

    def stop_reading(self) -> None:
        """End the reading of a file, else the deep checks; the turn then says so."""
        self._talk.case.stop_reading()

    async def look_closer(self) -> None:
        """Wait until the closer look at the file is in its report, or there is none."""
        await self._talk.case.look_closer()

    @property
    def checking(self) -> ReadingProgress | None:
        """How far the deep check in hand is."""
        return self._talk.case.checking

    @property
    def checked(self) -> bool:
        """Whether a deep check is over and that was not said yet."""
        return self._talk.case.checked

    async def tell_checks(self) -> Step:
        """Say what deep checks have found, and put what is open again."""
        return await showing.tell_checked(self._talk)

    @property
    def facts(self) -> Facts:
        """Everything learned so far."""
        return self._talk.case.facts

    @property
    def known_facts(self) -> tuple[Known, ...]:
        """Everything believed, as it is shown and corrected."""
        return known_facts(self.facts)

    @property
    def checklist(self) -> Checklist:
        """What has to be there before a model is tuned."""
        return self._talk.case.checklist

    @property
    def recommendation(self) -> Recommendation:
        """The advice as it is now."""
        return self._talk.case.recommendation

    @property
    def plan(self) -> Plan | None:
        """What the project will do, once there is one."""
        return self._talk.case.plan

    @property
    def forecast(self) -> Forecast | None:
        """What the plan will take."""
        return self._talk.case.forecast

    def explain(self, words: str = "") -> tuple[tuple[str, str], ...]:
        """Return terms with their meaning: those in `words`, or the whole glossary."""
        return tuple((entry.term, entry.meaning) for entry in (terms_in(words) if words else ENTRIES))

    def paths_like(self, text: str) -> tuple[PathChoice, ...]:
        """Return the files and folders that go on from a typed path."""
        return browsing.paths_like(text)

    # The project and its run.

    @property
    def project(self) -> Path | None:
        """Folder of the written project."""
        return self._talk.bench.project

    def project_files(self) -> tuple[ProjectFile, ...]:
        """Return the files of the written project, those one reads first in front."""
        return self._talk.bench.project_files()

    @property
    def consent(self) -> str:
        """The sentence a yes agrees to, or what stands in its place; nothing while there is no project."""
        return self._talk.bench.consent or self._talk.bench.instead

    @property
    def spent(self) -> str:
        """What the case has cost so far, the run in hand included."""
        return run_turns.spent(self._talk)

    @property
    def running(self) -> Running | None:
        """The run in hand."""
        return self._talk.bench.running

    @property
    def view(self) -> RunView | None:
        """How the run in hand, or the last one, stands."""
        return self._talk.bench.view

    @property
    def comparison(self) -> Comparison | None:
        """What the test rows said."""
        return self._talk.bench.comparison

    def run_file(self, name: Literal["log", "report"]) -> Path | None:
        """Return a file of the last run, or None before it is written."""
        return self._talk.bench.record.file(name)

    def answered_rows(self, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
        """Return the rows of a split as a candidate answered them."""
        return self._talk.bench.record.answered_rows(candidate, split)

    def instructions(self, candidate: Candidate) -> str:
        """Return what a candidate's prompts say, or nothing before it is on disk."""
        return self._talk.bench.record.instructions(candidate)

    def last_output(self) -> str:
        """Return the end of what the run's process wrote, word for word but for keys."""
        return self._talk.bench.record.last_output()
