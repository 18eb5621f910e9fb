"""The conversation as a plain object: replies in, steps out. Both front ends show it; neither decides anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from advisor import asking, telling
from advisor import project as projects
from advisor.case_file import Known
from advisor.domain import conversation, wording
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Answer, Message, Phase, Step, says
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.overruling import chosen_against_advice
from advisor.domain.questions import open_questions, question_for
from advisor.domain.rules import Route
from advisor.domain.values import SPECS
from advisor.errors import AdvisorError
from advisor.workbench import Workbench
from advisor.world import transcripts

if TYPE_CHECKING:
    from advisor.running import Running
    from advisor.world.reading import Intent, Reading

NOT_YET = 3
"""Exit code when the advice is not to fine-tune yet."""


class _Turn(NamedTuple):
    """What `back` returns to."""

    known: Known
    skipped: frozenset[FactName]


class Session(Workbench):
    """One conversation about one case."""

    def __init__(
        self,
        data: Path | None = None,
        *,
        told: Facts | None = None,
        out: Path | None = None,
        projects_in: Path | None = None,
        kept_in: Path | None = None,
    ) -> None:
        super().__init__(told or Facts(), out, projects_in)
        self.exit_code = 0
        self.events: list[conversation.ConversationEvent] = []
        """Everything that happened, as the transcript has it."""
        self._transcript = transcripts.Transcript.create(kept_in) if kept_in else None
        self._data = data
        self._asked: FactName | None = None
        self._answered: FactName | None = None
        self._skipped: frozenset[FactName] = frozenset()
        self._past: list[_Turn] = []
        self._phase: Phase = "asking"
        self._told = self.facts

    @property
    def asked(self) -> FactName | None:
        """The fact the open question is about."""
        return self._asked

    def opening(self) -> str:
        """Return what is said first."""
        return telling.opening()

    async def open(self) -> Step:
        """Begin: say what this is, read the file if one was given, ask the first question."""
        self._record(conversation.Opened(data=str(self._data.absolute()) if self._data else None))
        if self.facts.records:
            self._record(conversation.Understood(facts=self.facts.records))
        await self.look_around()
        self._told = self.facts
        messages = [says(self.opening())]
        if self._data is not None:
            messages += await self._read_data(self._data)
        return self._next(messages)

    async def reply(self, text: str) -> Step:
        """Take in one reply and say what follows from it."""
        heard = asking.hear(text, self._asked, self._answered, self._answers(), self.report)
        self._record(conversation.Replied(text=heard.text))
        if heard.intent in ("why", "help", "show", "back", "restart", "quit", "skip", "dont_know"):
            return await self._command(heard.intent)
        agreed = asking.agreed(heard)
        if self._phase == "offering" and agreed is not None:
            return self._agree() if agreed else self._decline()
        if self._asked is None and agreed:
            return self._next([])
        if (route := chosen_against_advice(text)) is not None:
            return self._overrule(route, heard.facts)
        if asking.enough(text):
            self._skipped |= {question.fact for question in open_questions(self.facts)}
            self.learn(*(() if self.facts.has("host") else asking.stands_in("host")))
            return self._next([])
        return await self._answer(heard)

    async def start(self) -> Running:
        """Start the run that was agreed to."""
        running = await super().start()
        self._record(conversation.Ran(folder=str(running.started.folder)))
        return running

    async def after_run(self) -> Step:
        """Say what the run brought, learn from it and take the advice up again."""
        facts, report = await self.finish_run()
        view = self.view
        self.exit_code = (view.exit_code if view else None) or 0
        self._phase = "asking"
        self._record(conversation.Ended(facts=facts))
        self.learn_result(facts)
        if self.comparison is None or report is None:
            why = f"{view.why} {view.try_this}".strip() if view else ""
            return self._step([Message(kind="error", text=why or "The run ended without a result.")])
        result = telling.result(self.comparison, report, self.looks)
        apart = telling.disagreement(self.facts)
        told = (result, *([apart] if apart else []), telling.after(self.recommendation))
        return self._step([says(text) for text in told])

    async def leave_running(self) -> Step:
        """Follow the run no longer; it goes on by itself."""
        await self.leave_run()
        self._phase = "asking"
        return self._step([says(telling.left(self.project))] if self.project else [])

    def suppose(self, facts: tuple[Fact, ...]) -> None:
        """Let the results of an earlier run stand for one, when a conversation is played again."""
        self._phase = "asking"
        self.project = None if facts else self.project
        self._record(conversation.Ended(facts=facts))
        self.learn_result(facts)

    async def close(self) -> None:
        """End the conversation and whatever it still runs."""
        await super().close()
        self._record(conversation.Closed(exit_code=self.exit_code))

    async def _read_data(self, path: Path) -> list[Message]:
        """Inspect a file; its faults are said, not raised."""
        try:
            return self._read(await self.read_file(path))
        except AdvisorError as error:
            self.exit_code = error.exit_code
            return [Message(kind="error", text=str(error))]

    def _read(self, report: DatasetReport) -> list[Message]:
        self._record(conversation.Measured(facts=self.facts.known()))
        messages = [says(telling.data(report))]
        fault = projects.blocking(report)
        self.exit_code = fault.exit_code if fault else 0
        return [*messages, Message(kind="error", text=str(fault))] if fault else messages

    async def _answer(self, heard: Reading) -> Step:
        facts = asking.understood(self._asked, heard, self.report)
        if not facts:
            return self._ask_again(asking.not_understood(heard, self._answers()))
        path = next((fact.value for fact in facts if fact.name == "data_path"), None)
        self._remember()
        self._phase = "asking"
        self._answered = self._asked or self._answered
        self._record(conversation.Understood(facts=facts))
        self.learn(*(fact for fact in facts if fact.name != "data_path"))
        noted = " · ".join(wording.fact_in_words(fact) for fact in facts)
        messages = [Message(kind="noted", text=f"Noted: {noted}.{asking.remark(self._asked, heard)}")]
        if path is not None:
            messages += await self._read_data(asking.path_in(path))
        elif any(fact.name in ("label_field", "input_fields") for fact in facts):
            messages += await self._with_other_fields()
        return self._next(messages)

    async def _with_other_fields(self) -> list[Message]:
        try:
            report = await self.read_again()
        except AdvisorError as error:
            return [Message(kind="error", text=str(error))]
        return self._read(report) if report else []

    async def _command(self, intent: Intent) -> Step:
        if intent == "quit":
            self._phase = "closed"
            return self._step([])
        if intent == "back":
            return self._back()
        if intent == "restart":
            self._past.clear()
            self.project, self._skipped, self._phase = None, frozenset(), "asking"
            self.restore(Known(self._told, None))
            return self._next(await self._read_data(self._data) if self._data else [])
        if intent == "show":
            facts = [wording.fact_with_source(fact) for fact in self.facts.known()]
            return self._ask_again("\n".join(facts) or "Nothing is known yet.")
        question = question_for(self._asked) if self._asked else None
        if question is None:
            return self._ask_again(telling.arguments(self.recommendation))
        if intent in ("skip", "dont_know"):
            self._remember()
            self._skipped |= {question.fact}
            self.learn(*asking.stands_in(question.fact))
            found = question.find_out if intent == "dont_know" else ""
            return self._next([says(found)] if found else [])
        return self._ask_again(question.why if intent == "why" else f"It expects {SPECS[question.fact].expects}.")

    def _overrule(self, route: Route, facts: tuple[Fact, ...]) -> Step:
        self._remember()
        chosen = Fact(name="overruled", value=(*self.facts.words("overruled"), route), source=Source.told)
        self.learn(*facts, chosen)
        self._record(conversation.Overruled(route=route, risk=self.recommendation.risk))
        self._phase = "asking"
        return self._next([Message(kind="warns", text=self.recommendation.risk)] if self.recommendation.risk else [])

    def _agree(self) -> Step:
        self._record(conversation.Consented(sentence=self.consent))
        self._phase = "running"
        return self._step([])

    def _decline(self) -> Step:
        return self._step(
            [says(f"Nothing was run. The project is in {clean(str(self.project), 300)}; say yes to run it.")]
        )

    def _back(self) -> Step:
        if not self._past:
            return self._ask_again("There is nothing to take back.")
        turn = self._past.pop()
        self._skipped, self._phase = turn.skipped, "asking"
        self.restore(turn.known)
        return self._next([Message(kind="noted", text="Taken back.")])

    def _remember(self) -> None:
        self._past.append(_Turn(self.known, self._skipped))

    def _next(self, messages: list[Message]) -> Step:
        """Ask the next question, or say the advice when none is left."""
        question = asking.next_up(self.facts, self._skipped, self.report)
        if question is not None:
            self._asked = question.fact
            self._record(conversation.Asked(fact=question.fact))
            return self._step([*messages, Message(kind="asks", text=asking.worded(question, self.report))])
        self._asked = None
        return self._advise(messages)

    def _advise(self, messages: list[Message]) -> Step:
        recommendation = self.recommendation
        self._record(
            conversation.Advised(route=recommendation.route, reasons=tuple(r.text for r in recommendation.reasons))
        )
        messages.append(says(telling.advice(recommendation)))
        if not recommendation.runs:
            self.exit_code = 0 if recommendation.route == "stop" else NOT_YET
            return self._step(messages)
        if self.plan is None or self.forecast is None or self.report is None:
            missing = projects.missing(recommendation, self.facts, self.report)
            return self._step([*messages, Message(kind="warns", text=missing)])
        try:
            digest = self.write_project(self.plan, self.report)
        except AdvisorError as error:
            self.exit_code = error.exit_code
            return self._step([*messages, Message(kind="error", text=str(error))])
        assert self.project is not None
        self._record(conversation.Planned(plan=self.plan, digest=digest))
        self._phase, self.exit_code = "offering", 0
        offer = says(telling.offer(self.plan, self.forecast, self.project))
        return self._step([*messages, offer, Message(kind="asks", text=self.consent)])

    def _ask_again(self, text: str) -> Step:
        messages = [says(text)] if text else []
        question = question_for(self._asked) if self._asked else None
        if question is not None:
            messages.append(Message(kind="asks", text=asking.worded(question, self.report)))
        elif self._phase == "offering":
            messages.append(Message(kind="asks", text=self.consent))
        return self._step(messages)

    def _answers(self) -> tuple[Answer, ...]:
        return asking.answers(self._asked, self._phase, self.report, self.keys)

    def _step(self, messages: list[Message]) -> Step:
        for message in messages:
            self._record(conversation.Said(text=message.text))
        return Step(
            messages=tuple(messages),
            answers=self._answers(),
            asked=self._asked,
            phase=self._phase,
            checklist=self.checklist,
            recommendation=self.recommendation,
        )

    def _record(self, event: conversation.ConversationEvent) -> None:
        self.events.append(event)
        if self._transcript is not None:
            self._transcript.append(event)
