"""The conversation as a plain object: replies in, steps out. Both front ends show it; neither decides anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from advisor import asides, asking, run_telling, telling
from advisor import project as projects
from advisor.chronicle import Chronicle
from advisor.domain import conversation, wording
from advisor.domain.contradictions import replaced
from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.overruling import chosen_against_advice
from advisor.domain.questions import open_questions, question_for
from advisor.domain.rules import Route
from advisor.errors import AdvisorError
from advisor.exporting import record_of_kept, write_export
from advisor.settling import Reader, Settler

if TYPE_CHECKING:
    from advisor.world.reading import Reading

NOT_YET = 3
"""Exit code when the advice is not to fine-tune yet."""


class Session(Settler):
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
    ) -> None:
        super().__init__(chronicle or Chronicle(kept_in), out, projects_in, reader)
        self._data = data.absolute() if data else None
        self._told_before = (told or Facts()).records

    def opening(self) -> str:
        """Return what is said first."""
        return telling.opening()

    async def open(self) -> Step:
        """Begin: say what this is, read the file if one was given, ask the first question."""
        self.record(conversation.Opened(data=str(self._data) if self._data else None))
        if self._told_before:
            self.record(conversation.Understood(facts=self._told_before))
        await self.look_around()
        self.conclude(self.story.facts)
        self.say(self.opening())
        if self._data is not None:
            await self.read_data(self._data)
        return self.go_on()

    async def reply(self, text: str) -> Step:
        """Take in one reply and say what follows from it."""
        heard = self.hear(text)
        self.record(conversation.Replied(text=heard.text))
        return await self.follow(heard)

    async def correct(self, fact: FactName, text: str) -> Step:
        """Take a value typed over a known one; an unreadable one changes nothing and says what would do."""
        self.record(conversation.Corrected(fact=fact, text=asking.kept(text)))
        return await self.type_over(fact, text)

    def export(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Write the conversation and the decision record as Markdown and JSON; return the files.

        Raises:
            AdvisorError: they cannot be written.
        """
        beside = Path(self.report.path).parent if self.report else Path.cwd()
        return write_export(self.events, record_of_kept(self.events), folder or beside / "advised" / "record")

    def hear(self, text: str) -> Reading:
        """Read a reply to what is open: what has to be settled, else the question."""
        asked = None if self.story.settling else self.asked
        return asking.hear(text, asked, self.story.answered, self.answers(), self.report)

    async def type_over(self, fact: FactName, text: str) -> Step:
        """Say what follows from a correction."""
        facts, note = asking.typed_over(fact, text, self.report)
        if any(known.name == fact and known.value == one.value for known in self.facts.known() for one in facts):
            return self.ask_again("It is that already.")
        return await self.take(facts, note) if facts else self.ask_again(note)

    async def follow(self, heard: Reading) -> Step:
        """Say what follows from a reply."""
        settling = self.story.settling
        if settling is not None and (place := asking.picked(heard, self.answers())) is not None:
            found = await self.settle(settling.key, place)
            return found if isinstance(found, Step) else await self.taken(found)
        if self.phase == "offering" and settling is None and asides.asks(heard) and self.plan and self.forecast:
            return self.ask_again(run_telling.about_the_run(self.plan, self.forecast))
        if (aside := asides.answer(heard, self.facts, self.recommendation, self.asked)) is not None:
            if not heard.facts:
                return self.ask_again(aside)
            self.say(aside)
        if heard.intent == "script" or (self.phase != "offering" and asking.enough(heard.text)):
            self._skip(tuple(question.fact for question in open_questions(self.facts)))
            return self.go_on()
        match heard.intent:
            case "quit":
                self.phase = "closed"
                return self.step()
            case "back":
                return await self._back()
            case "restart":
                return await self._restart()
            case "skip" | "dont_know" if settling is not None and not heard.facts:
                return self.leave_standing()
            case "skip" | "dont_know" if not heard.facts:
                return self._skip_question(find_out=heard.intent == "dont_know")
        agreed = asking.agreed(heard)
        if settling is not None and agreed is not None:
            return self.ask_again("Which of these? A number will do.")
        if self.phase == "offering" and agreed is not None:
            return self.agree() if agreed else self.decline()
        if self.asked is None and agreed:
            return self.go_on()
        if (route := chosen_against_advice(heard.text)) is not None:
            return self._overrule(route, heard.facts)
        return await self._answer(heard)

    async def read_data(self, path: Path) -> None:
        """Inspect a file; its faults are said, not raised."""
        try:
            measured = await self.read_file(path, self.story.facts)
        except AdvisorError as error:
            self._failed(error)
            return
        assert self.report is not None
        self.record(conversation.Measured(facts=measured, state=self.state))
        self.conclude(self.story.facts)
        self.say(telling.data(self.report))
        fault = projects.blocking(self.report)
        self.exit_code = fault.exit_code if fault else 0
        if fault:
            self.say(str(fault), "error")

    async def _answer(self, heard: Reading) -> Step:
        facts = asking.understood(self.asked, heard, self.report)
        if not facts:
            puzzling = heard.intent == "unclear" and self.story.settling is None
            step = await self.puzzle(heard.text) if puzzling else None
            return step or self.ask_again(asking.not_understood(heard, self.asked, self.answers()))
        return await self.take(facts, asking.remark(self.asked, heard))

    async def take(self, facts: tuple[Fact, ...], note: str = "") -> Step:
        """Learn what was told, say so, and go on from it."""
        before = self.facts
        self.learn(facts)
        return await self.taken(facts, note, before)

    async def taken(self, facts: tuple[Fact, ...], note: str = "", before: Facts | None = None) -> Step:
        """Say what was learned, and read the file again where it is about that."""
        noted = " · ".join(wording.fact_in_words(fact) for fact in facts)
        changes = [replaced(before, fact) for fact in facts] if before else []
        text = " ".join(filter(None, (f"Noted: {noted}.", *changes, note)))
        if any(changes):
            self.already_said()
        self.say(text, "noted", about=tuple(fact.name for fact in facts))
        path = next((fact.value for fact in facts if fact.name == "data_path"), None)
        if path is not None:
            await self.read_data(asking.path_in(path))
        elif self.report is not None and self.reads_otherwise(self.story.facts):
            await self.read_data(Path(self.report.path))
        return self.go_on()

    async def _restart(self) -> Step:
        self.record(conversation.Restarted())
        self.project, self.report, self.comparison, self.phase, self.exit_code = None, None, None, "asking", 0
        self.broken_off = False
        self.conclude(self.story.facts)
        self.say("From the beginning.", "noted")
        if self.story.data:
            await self.read_data(Path(self.story.data))
        return self.go_on()

    async def _back(self) -> Step:
        if not self.story.past:
            return self.ask_again("There is nothing to take back.")
        known = self.facts
        self.record(conversation.TookBack())
        self.phase, self.report = "asking", None
        path = self.story.facts.text("data_path")
        try:
            if path:
                measured = await self.read_file(Path(path), self.story.facts)
                self.record(conversation.Measured(facts=measured, state=self.state))
        except AdvisorError as error:
            self._failed(error)
        self.conclude(self.story.facts)
        told = [fact for fact in known.known() if fact.source == Source.told and fact not in self.facts.records]
        gone = " · ".join(wording.fact_in_words(fact) for fact in told)
        self.say(f"Taken back: {gone}." if gone else "Taken back.", "noted")
        return self.go_on()

    def _skip_question(self, *, find_out: bool) -> Step:
        question = question_for(self.asked) if self.asked else None
        if question is None:
            return self.ask_again(telling.arguments(self.recommendation))
        self._skip((question.fact,))
        if find_out and question.find_out:
            self.say(question.find_out)
        return self.go_on()

    def _skip(self, names: tuple[FactName, ...]) -> None:
        self.record(conversation.Skipped(facts=names))
        if assumed := asking.stands_in(names, self.facts):
            self.learn(assumed)

    def _overrule(self, route: Route, facts: tuple[Fact, ...]) -> Step:
        if facts:
            self.learn(facts)
        risk = asking.risk_of(route, self.facts, self.checklist)
        self.record(conversation.Overruled(route=route, risk=risk))
        self.phase = "asking"
        self.conclude(self.story.facts)
        if risk:
            self.say(risk, "warns")
        return self.go_on()

    def _failed(self, error: AdvisorError) -> None:
        self.exit_code = error.exit_code
        self.say(str(error), "error")

    def go_on(self) -> Step:
        """Ask the next question, or say the advice when none is left."""
        if (step := self.disagreement()) is not None:
            return step
        question = asking.next_up(self.facts, self.story.skipped, self.report)
        if question is None:
            return self._advise()
        self.record(conversation.Asked(fact=question.fact))
        return self.ask(asking.worded(question, self.report))

    def _advise(self) -> Step:
        advice = self.recommendation
        self.record_advice()
        self.say(telling.advice(advice))
        if not advice.runs:
            self.exit_code = 0 if advice.route == "stop" else NOT_YET
            return self.step()
        if self.plan is None or self.forecast is None or self.report is None:
            self.say(projects.missing(advice, self.facts, self.report), "warns")
            return self.step()
        try:
            digest = self.write_project(self.plan, self.report)
        except AdvisorError as error:
            self._failed(error)
            return self.step()
        folder = str(self.project)
        self.record(conversation.Planned(plan=self.plan, digest=digest, folder=folder, forecast=self.forecast))
        self.phase, self.exit_code = "offering", 0
        assert self.project is not None
        self.say(run_telling.offer(self.plan, self.forecast, self.project))
        return self.ask(self.consent)
