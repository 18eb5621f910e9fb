"""A session with a script: the domain is real, files, models and time are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Literal

from advisor.domain.advice import Recommendation, advise
from advisor.domain.answered import AnsweredRow, Split
from advisor.domain.browsing import PathChoice
from advisor.domain.checklist import Checklist, check, said_by
from advisor.domain.comparison import Comparison, compare
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Answer, Known, Message, Offer, Phase, ProjectFile, ReadingProgress, Step
from advisor.domain.events import Candidate, RunEvent
from advisor.domain.facts import Fact, FactName, Source
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.plan import Plan
from advisor.domain.planning import make_plan
from advisor.domain.progress import RunView
from advisor.domain.values import SPECS, parse_value, write_value
from advisor.domain.wording import SHORT, value_in_words
from advisor.errors import AdvisorError, UsageError
from tests.domain.reports import reckoned
from tests.ui.samples import ANSWERS, FIRST, NASTY, PATHS, PROGRAM, QUESTION, REPORT, SECOND, TERMS


class FakeSession:
    """Answers every reply by a small script: any reply leads to the offer, `y` to the run."""

    def __init__(self, events: Iterable[RunEvent] = (), *, title: str = "tickets.csv", consent: str = "") -> None:
        self.title = title
        self.facts = FIRST
        self.report: DatasetReport | None = None
        self.closer: DatasetReport | None = None
        """The report after a closer look; without one the look fails."""
        self.look_held = asyncio.Event()
        """Until released, the closer look is under way."""
        self.checking: ReadingProgress | None = None
        self.checked = False
        self.hear: Callable[[ReadingProgress], None] = lambda progress: None
        self.plan: Plan | None = None
        self.forecast: Forecast | None = None
        self.project: Path | None = None
        self.view: RunView | None = None
        self.comparison: Comparison | None = None
        self.spent = "nothing spent yet"
        self.consent = consent
        self.exit_code = 0
        self.replies: list[str] = []
        self.calls: list[str] = []
        self.fails: AdvisorError | None = None
        self.concludes_without_plan = False
        """Whether the advice after the run is one that runs nothing."""
        self.held: asyncio.Event | None = None
        self.ending: asyncio.Event | None = None
        """While set and not released, the run waits after its events instead of ending."""
        self.transcript: Path | None = Path("/data/user/talks/1.jsonl")
        self.corrected: list[tuple[FactName, str]] = []
        self.asked: FactName | None = None
        self.step_held: asyncio.Event | None = None
        """While set and not released, a reply is said message by message and its turn does not end."""
        self._hear: Callable[[Message], None] = lambda message: None
        self.caught_up = asyncio.Event()
        """Set when every event of the run has been taken in."""
        self._events = tuple(events)
        self._phase: Phase = "asking"

    @property
    def checklist(self) -> Checklist:
        return check(self.facts)

    @property
    def recommendation(self) -> Recommendation:
        return advise(self.facts, self.checklist)

    @property
    def known_facts(self) -> tuple[Known, ...]:
        return tuple(
            Known(
                name=fact.name, label=SHORT[fact.name], value=value_in_words(fact.name, fact.value),
                source=fact.source, said_by=said_by(fact), written=write_value(fact.value),
                expects=SPECS[fact.name].expects,
                choices=tuple(
                    Answer(value=choice, label=value_in_words(fact.name, choice)) for choice in SPECS[fact.name].choices
                ),
                editable=fact.source < Source.computed,
            )
            for fact in self.facts.known()
        )  # fmt: skip

    @property
    def earlier(self) -> tuple[Message, ...]:
        return ()

    def listen(self, hear: Callable[[Message], None]) -> None:
        self._hear = hear

    async def look_closer(self) -> None:
        await self.look_held.wait()
        self.report = self.closer or self.report

    async def tell_checks(self) -> Step:
        self.calls.append("tell_checks")
        self.checked = False
        return self.step(Message(kind="says", text="I looked into near copies: 3 of 812."), answers=ANSWERS)

    def hear_reading(self, hear: Callable[[ReadingProgress], None]) -> None:
        self.hear = hear

    def stop_reading(self) -> None:
        self.calls.append("stop_reading")

    async def correct(self, fact: FactName, text: str) -> Step:
        self.corrected.append((fact, text))
        try:
            _, value = parse_value(fact, text)
        except ValueError as error:
            return self.said(Message(kind="says", text=str(error)), Message(kind="asks", text=QUESTION))
        self.facts = self.facts.learn(Fact(name=fact, value=value, source=Source.told))
        noted = Message(kind="noted", text=f"Noted: {SHORT[fact]} {value_in_words(fact, value)}.", facts=(fact,))
        return self.said(noted, Message(kind="asks", text=QUESTION), answers=ANSWERS)

    def explain(self, words: str = "") -> tuple[tuple[str, str], ...]:
        return tuple(term for term in TERMS if not words or term[0].lower() in words.lower())

    def export(self, folder: Path | None = None) -> tuple[Path, ...]:
        if self.fails is not None:
            raise self.fails
        return Path("/data/user/tickets.md"), Path("/data/user/tickets.json")

    def paths_like(self, text: str) -> tuple[PathChoice, ...]:
        inside = "/" in text
        return tuple(path for path in PATHS if path.text.startswith(text) and ("/" in path.text[:-1]) == inside)

    async def open(self) -> Step:
        told = (
            "I read tickets.csv: 812 rows, 797 with a label, 12 labels in `category`. Three texts appear twice with "
            "different labels, so no model can score above 99.6% here."
        )
        return self.step(Message(kind="says", text=told), Message(kind="asks", text=QUESTION), answers=ANSWERS)

    async def reply(self, text: str) -> Step:
        self.replies.append(text)
        if self.fails is not None:
            raise self.fails
        if text == "?":
            return self.step(Message(kind="says", text="Prompts are cheaper than weights."), answers=ANSWERS)
        if text == "quit":
            self._phase = "closed"
            return self.step()
        if self._phase == "offering" and text in ("y", "yes", "n", "no"):
            self._phase = "running" if text.startswith("y") else "asking"
            return self.step()
        if self.step_held is not None:
            for part in ("Reading it.", "Halfway there."):
                self._hear(Message(kind="says", text=part))
            await self.step_held.wait()
            return self.step(*(Message(kind="says", text=part) for part in ("Reading it.", "Halfway there.", "Done.")))
        return self._offer(text)

    def _offer(self, text: str) -> Step:
        self.facts = SECOND
        self.plan = make_plan("distillation", self.facts, REPORT)
        self.forecast = forecast(reckoned(self.plan, REPORT.tokens, 0.71))
        self.project = Path("advised/tickets")
        self.consent = self.consent or (
            "638 rows go to the practice model on this computer for training and 160 are only asked about; "
            "likely $0.00, at most $0.00. Run? y / n"
        )
        self._phase = "offering"
        return self.step(
            Message(
                kind="noted", text=f"Noted: prompts optimized {text}.", facts=("prompt_optimization", "baseline_score")
            ),
            Message(kind="warns", text="The label `refund` has 4 examples. They may all fall into one part."),
            Message(kind="says", text="Distil into a cheaper model. The project is in advised/tickets."),
            Message(kind="asks", text=self.consent),
            answers=(Answer(value="yes", label="run it"), Answer(value="no", label="not now")),
        )

    async def run(self) -> AsyncIterator[RunView]:
        self.calls.append("run")
        view = RunView()
        for event in self._events:
            view = view.after(event)
            self.view = view
            yield view
        self.caught_up.set()
        if self.held is not None:
            await self.held.wait()

    async def after_run(self) -> Step:
        self.calls.append("after_run")
        self._phase = "asking"
        self.comparison = compare(self._events, self.plan)
        self.plan = None if self.concludes_without_plan else self.plan
        self.spent = "$0.00 of $20.00"
        verdict = self.comparison.told if self.comparison else "Nothing was compared."
        return self.step(Message(kind="says", text=verdict))

    async def cancel_run(self, *, at_once: bool = False) -> None:
        self.calls.append("cancel_run at once" if at_once else "cancel_run")
        if self.ending is not None:
            if not at_once:
                await self.ending.wait()
            self.ending.set()
        if self.held is not None:
            self.held.set()

    async def leave_running(self) -> Step:
        self.calls.append("leave_running")
        if self.fails is not None:
            raise self.fails
        self._phase = "asking"
        return self.step(Message(kind="says", text="The run goes on by itself."))

    def project_files(self) -> tuple[ProjectFile, ...]:
        return (
            ProjectFile(name="README.md", text="# tickets\n\nRun `python optimize.py`.\n"),
            ProjectFile(name="program.py", text=PROGRAM),
            ProjectFile(name="optimize.py", text="print('optimize')\n"),
            ProjectFile(name=f"data/{NASTY}.jsonl", text=f'{{"text": "{NASTY}"}}\n'),
        )

    def run_file(self, name: Literal["log", "report"]) -> Path | None:
        return Path("advised/tickets/runs/2026-11-22T10-31-07") / {"log": "output.log", "report": "report.md"}[name]

    def answered_rows(self, candidate: Candidate, split: Split) -> tuple[AnsweredRow, ...]:
        outcomes = {(event.candidate, event.split): event.outcomes for event in self._events if event.kind == "scored"}
        return tuple(
            AnsweredRow(
                number=number,
                text=f"row {number} {NASTY}",
                expected="refund",
                answer={"1": "refund", "0": NASTY, "x": None}[outcome],
                right=outcome == "1",
            )
            for number, outcome in enumerate(outcomes.get((candidate, split), ""))
        )

    def instructions(self, candidate: Candidate) -> str:
        return f"Read the ticket and choose. {NASTY}"

    def last_output(self) -> str:
        return "Traceback (most recent call last):\nOSError: [Errno 28] No space left on device"

    async def close(self) -> None:
        self.calls.append("close")

    def said(self, *messages: Message, answers: tuple[Answer, ...] = ()) -> Step:
        """Say each message as it comes, then the turn with all of them."""
        for message in messages:
            self._hear(message)
        return self.step(*messages, answers=answers)

    def step(self, *messages: Message, answers: tuple[Answer, ...] = ()) -> Step:
        return Step(
            messages=messages,
            answers=answers,
            asked=self.asked,
            phase=self._phase,
            checklist=self.checklist,
            recommendation=self.recommendation,
        )


REFUSED = UsageError("I cannot read [tickets].csv.", "Row 41 has 7 columns.", "Quote the commas in row 41.")


OFFERS = (
    Offer(kind="run", title="tickets", detail="optimizing prompts since 14:02", target="advised/tickets"),
    Offer(
        kind="conversation", title=f"invoices {NASTY}.csv", detail="yesterday, asked for a metric", target="/t/2.jsonl"
    ),
    Offer(kind="data", title="open a dataset", detail="JSON, JSONL, CSV, TSV or Parquet"),
    Offer(kind="tour", title="take the tour", detail="two minutes, nothing is spent"),
)


class FakeBeginning:
    """Offers, and a session for each."""

    def __init__(self, *offers: Offer) -> None:
        self.offered = offers
        self.begun: list[Offer | None] = []
        self.sessions: list[FakeSession] = []
        self.fails: AdvisorError | None = None

    def offers(self) -> tuple[Offer, ...]:
        return self.offered

    def begin(self, offer: Offer | None = None, data: Path | None = None) -> FakeSession:
        self.begun.append(offer)
        if self.fails is not None:
            raise self.fails
        self.sessions.append(FakeSession(title=offer.title if offer else "no file yet"))
        return self.sessions[-1]
