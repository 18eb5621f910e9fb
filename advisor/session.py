"""The conversation as a plain object: replies in, steps out. Both front ends show it; neither decides anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

from advisor import asking, telling
from advisor import project as projects
from advisor.domain import wording
from advisor.domain.cleaning import clean
from advisor.domain.comparison import Comparison
from advisor.domain.conversation import (
    Advised,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Measured,
    Opened,
    Overruled,
    Planned,
    Ran,
    Replied,
    Said,
    Understood,
)
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Answer, Message, Phase, ProjectFile, Step
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.overruling import chosen_against_advice
from advisor.domain.progress import RunView
from advisor.domain.questions import next_question, open_questions, question_for
from advisor.domain.results import learned_from
from advisor.domain.rules import Route
from advisor.domain.values import SPECS
from advisor.errors import AdvisorError, UnreadableDataset
from advisor.running import Running
from advisor.tour import script
from advisor.world import paths, reading, transcripts

NOT_YET = 3
"""Exit code when the advice is not to fine-tune yet."""

NO_MORE = ("go", "enough", "that's enough", "advise", "just advise me", "what do you recommend", "go ahead", "run it")
"""Replies that end the questions."""


class _Turn(NamedTuple):
    """What `back` returns to."""

    facts: Facts
    report: DatasetReport | None
    skipped: frozenset[FactName]
    asked: FactName | None


class Session:
    """One conversation about one case."""

    def __init__(
        self, data: Path | None = None, *, told: Facts | None = None, out: Path | None = None, tour: bool = False
    ) -> None:
        self.tour = tour
        self.out = out
        self.report: DatasetReport | None = None
        self.project: Path | None = None
        self.view: RunView | None = None
        self.comparison: Comparison | None = None
        self.exit_code = 0
        self.transcript: transcripts.Transcript | None = None
        self._data = data
        self._asked: FactName | None = None
        self._skipped: frozenset[FactName] = frozenset()
        self._past: list[_Turn] = []
        self._phase: Phase = "asking"
        self._running: Running | None = None
        self._take(projects.conclude(told or Facts(), None))

    @property
    def title(self) -> str:
        """The file in hand."""
        return clean(Path(self.report.path).name, 60) if self.report else "no file yet"

    @property
    def asked(self) -> FactName | None:
        """The fact the open question is about."""
        return self._asked

    @property
    def spent(self) -> str:
        """What the conversation has cost so far."""
        meter = self.view.meter if self.view else None
        if meter is None or not meter.calls:
            return "nothing spent yet"
        limit = f" of ${self.plan.budget_usd:,.2f}" if self.plan and self.plan.budget_usd else ""
        more = " or more" if meter.unpriced_calls else ""
        return f"${meter.dollars:,.2f}{more}{limit}"

    @property
    def consent(self) -> str:
        """The sentence a yes agrees to, or nothing while there is no project."""
        return telling.consent(self.plan, self.forecast) if self.plan and self.forecast and self.project else ""

    async def open(self) -> Step:
        """Begin: say what this is, read the file if one was given, ask the first question."""
        self.transcript = transcripts.Transcript.create(paths.conversations())
        self._record(Opened(data=str(self._data) if self._data else None))
        messages = [self._says(telling.opening(tour=self.tour))]
        if self._data is not None:
            messages += await self._read_data(self._data)
        return self._next(messages)

    async def reply(self, text: str) -> Step:
        """Take in one reply and say what follows from it."""
        self._record(Replied(text=text))
        heard = reading.read(
            text, self._asked, tuple(answer.value for answer in self._answers()), asking.field_names(self.report)
        )
        if heard.intent in ("why", "help", "show", "back", "restart", "quit", "skip", "dont_know"):
            return await self._command(heard.intent)
        if self._phase == "offering" and heard.yes is not None and not heard.facts:
            return self._agree() if heard.yes else self._decline()
        if (route := chosen_against_advice(text)) is not None:
            return self._overrule(route)
        if text.strip().lower().rstrip(".") in NO_MORE:
            self._skipped |= {question.fact for question in open_questions(self.facts)}
            return self._next([])
        return await self._answer(heard)

    async def start(self) -> Running:
        """Start the run that was agreed to."""
        assert self.project is not None and self.plan is not None
        self._running = Running(self.project, self.plan)
        folder = await self._running.start(budget=self.plan.budget_usd)
        self._record(Ran(folder=str(folder)))
        return self._running

    async def run(self) -> AsyncIterator[RunView]:
        """Run the project, yielding its state after every event; ends when the run has."""
        running = await self.start()
        async for _ in running.events():
            self.view = running.view
            yield running.view

    async def after_run(self) -> Step:
        """Say what the run brought, learn from it and take the advice up again."""
        running, self._running = self._running, None
        assert running is not None
        self.view = running.view
        await running.close()
        self.exit_code = self.view.exit_code or 0
        self.comparison = running.comparison()
        report = running.write_report()
        if self.comparison is None or report is None:
            self._phase = "asking"
            return self._step([Message(kind="error", text=f"{self.view.why} {self.view.try_this}".strip())])
        messages = [self._says(telling.result(self.comparison, report))]
        facts = learned_from(self.comparison, self.view.run, self.facts.number("target_score"))
        self._learn(*facts)
        self._record(Measured(facts=facts))
        self._phase, self.project = "asking", None
        return self._step([*messages, self._says(telling.after(self.recommendation))])

    async def cancel_run(self) -> None:
        """End the run in hand."""
        if self._running is not None:
            await self._running.cancel()

    def leave_running(self) -> None:
        """Let the run go on by itself."""
        if self._running is not None:
            self._running.leave()

    def project_files(self) -> tuple[ProjectFile, ...]:
        """Return the files of the written project, those one reads first."""
        return projects.files_of(self.project) if self.project else ()

    async def close(self) -> None:
        """End the conversation and whatever it still runs."""
        if self._running is not None:
            await self._running.close()
            self._running = None
        self._record(Closed(exit_code=self.exit_code))

    async def _read_data(self, path: Path, told: Facts | None = None) -> list[Message]:
        """Inspect a file; its faults are said, not raised."""
        try:
            study = await projects.study(path, told or Facts())
        except AdvisorError as error:
            self.exit_code = error.exit_code
            return [Message(kind="error", text=str(error))]
        assert study.report is not None
        self.report = study.report
        self._record(Measured(facts=study.facts.records))
        self._learn(*study.facts.records)
        self.exit_code = 0
        if (fault := projects.blocking(study.report)) is not None:
            self.exit_code = UnreadableDataset.exit_code
            return [self._says(telling.data(study.report)), Message(kind="error", text=str(fault))]
        return [self._says(telling.data(study.report))]

    async def _answer(self, heard: reading.Reading) -> Step:
        facts = asking.confirmed(self._asked, heard.yes, self.report) or heard.facts
        if not facts:
            return self._ask_again(heard.note)
        self._remember()
        self._phase = "asking"
        self._record(Understood(facts=facts))
        self._learn(*facts)
        noted = " · ".join(wording.fact_in_words(fact) for fact in facts)
        messages = [Message(kind="noted", text=f"Noted: {noted}.{' ' + heard.note if heard.note else ''}")]
        named = {fact.name for fact in facts}
        if "data_path" in named:
            self.report = None
            messages += await self._read_data(Path(self.facts.text("data_path") or "").expanduser())
        elif named & {"label_field", "input_fields"} and self.report and not self._as_read():
            told = Facts().learn(*(fact for fact in self.facts.known() if fact.name in ("label_field", "input_fields")))
            messages += await self._read_data(Path(self.report.path), told)
        return self._next(messages)

    def _as_read(self) -> bool:
        """Whether the roles the user named are those the file was read with."""
        assert self.report is not None
        inputs = self.facts.words("input_fields")
        return self.facts.text("label_field") == self.report.label_field and inputs == self.report.input_fields

    async def _command(self, intent: reading.Intent) -> Step:
        if intent == "quit":
            self._phase = "closed"
            return self._step([])
        if intent == "back":
            return self._back()
        if intent == "restart":
            self._past.clear()
            self.report, self.project, self._skipped = None, None, frozenset()
            self._phase = "asking"
            self._take(projects.conclude(Facts(), None))
            return self._next(await self._read_data(self._data) if self._data else [])
        if intent == "show":
            facts = [wording.fact_with_source(fact) for fact in self.facts.known()]
            return self._ask_again("\n".join(facts) or "Nothing is known yet.")
        question = question_for(self._asked) if self._asked else None
        if question is None:
            return self._ask_again(self._reasons())
        if intent in ("skip", "dont_know"):
            self._remember()
            self._skipped |= {question.fact}
            found = question.find_out if intent == "dont_know" else ""
            return self._next([self._says(found)] if found else [])
        return self._ask_again(question.why if intent == "why" else f"It expects {SPECS[question.fact].expects}.")

    def _reasons(self) -> str:
        against = [f"{route.replace('_', ' ')}: {why}" for route, why in self.recommendation.against.items()]
        return "\n".join([telling.advice(self.recommendation), "", "Why not another way:", *against])

    def _overrule(self, route: Route) -> Step:
        self._remember()
        fact = Fact(name="overruled", value=(*self.facts.words("overruled"), route), source=Source.told)
        self._learn(fact)
        self._record(Overruled(route=route, risk=self.recommendation.risk))
        self._phase = "asking"
        return self._next([Message(kind="warns", text=self.recommendation.risk)] if self.recommendation.risk else [])

    def _agree(self) -> Step:
        self._record(Consented(sentence=self.consent))
        self._phase = "running"
        return self._step([])

    def _decline(self) -> Step:
        self._phase = "asking"
        self._asked = None
        return self._step([self._says(f"Nothing was run. The project stays in {clean(str(self.project), 300)}.")])

    def _back(self) -> Step:
        if not self._past:
            return self._ask_again("There is nothing to take back.")
        turn = self._past.pop()
        self._skipped, self.report = turn.skipped, turn.report
        self._phase = "asking"
        self._take(projects.conclude(turn.facts, turn.report))
        return self._next([Message(kind="noted", text="Taken back.")])

    def _remember(self) -> None:
        self._past.append(_Turn(self.facts, self.report, self._skipped, self._asked))

    def _learn(self, *facts: Fact) -> None:
        self._take(projects.conclude(self.facts.learn(*facts), self.report))

    def _take(self, advice: projects.Advice) -> None:
        self.facts, self.checklist, self.recommendation, self.plan, self.forecast = advice

    def _next(self, messages: list[Message]) -> Step:
        """Ask the next question, or say the advice when none is left."""
        question = next_question(self.facts, self._skipped)
        if question is not None:
            self._asked = question.fact
            self._record(Asked(fact=question.fact))
            return self._step([*messages, Message(kind="asks", text=asking.worded(question, self.report))])
        self._asked = None
        return self._advise(messages)

    def _advise(self, messages: list[Message]) -> Step:
        recommendation = self.recommendation
        self._record(Advised(route=recommendation.route, reasons=tuple(r.text for r in recommendation.reasons)))
        messages.append(self._says(telling.advice(recommendation)))
        if not recommendation.runs:
            self.exit_code = self.exit_code or (0 if recommendation.route == "stop" else NOT_YET)
            return self._step(messages)
        if self.plan is None or self.forecast is None or self.report is None:
            missing = projects.missing(recommendation, self.facts, self.report)
            return self._step([*messages, Message(kind="warns", text=missing)])
        try:
            self.project, self.plan = projects.write(self.plan, self.report, self.out)
        except AdvisorError as error:
            self.exit_code = error.exit_code
            return self._step([*messages, Message(kind="error", text=str(error))])
        self._record(Planned(plan=self.plan, digest=projects.digest(self.project)))
        self._phase, self.exit_code = "offering", 0
        offer = self._says(telling.offer(self.plan, self.forecast, self.project))
        return self._step([*messages, offer, Message(kind="asks", text=self.consent)])

    def _ask_again(self, text: str) -> Step:
        messages = [self._says(text)] if text else []
        question = question_for(self._asked) if self._asked else None
        if question is not None:
            messages.append(Message(kind="asks", text=asking.worded(question, self.report)))
        elif self._phase == "offering":
            messages.append(Message(kind="asks", text=self.consent))
        return self._step(messages)

    def _answers(self) -> tuple[Answer, ...]:
        return asking.answers(self._asked, self._phase, self.report)

    def _suggestion(self) -> str:
        """On the tour every question comes with the answer of the story it tells."""
        if not self.tour:
            return ""
        return script.CONSENT if self._phase == "offering" else script.ANSWERS.get(self._asked or "", "")

    def _says(self, text: str) -> Message:
        return Message(kind="says", text=text)

    def _step(self, messages: list[Message]) -> Step:
        for message in messages:
            self._record(Said(text=message.text))
        return Step(
            messages=tuple(messages),
            answers=self._answers(),
            asked=self._asked,
            suggestion=self._suggestion(),
            phase=self._phase,
            checklist=self.checklist,
            recommendation=self.recommendation,
        )

    def _record(self, event: ConversationEvent) -> None:
        if self.transcript is not None:
            self.transcript.append(event)
