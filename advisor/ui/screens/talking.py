"""The turns of a conversation: replies go to the session, what it says comes back as paragraphs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from textual import events, on, work
from textual.message import Message as Posted

from advisor.domain.dialogue import Answer, Message, Phase, ReadingProgress, Step
from advisor.domain.facts import FactName
from advisor.domain.field_roles import Correction
from advisor.domain.wording import SHORT
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen, as_message
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.reading_line import LOOK_S, ReadingLine
from advisor.ui.widgets.transcript import Transcript
from advisor.ui.widgets.waiting import PATIENCE, Waiting

BROWSE = Answer(value="browse…", label="browse… (ctrl+o)")
"""Offered at the question for the file; it is for the screen, not for the session."""

BUSY = "One moment: a reply is being worked on."
READING_S = 0.1
"""Seconds between two looks at how far a file is read."""

CLOSED = "The conversation is closed. F6 opens another, Ctrl+Q leaves."


class TalkingScreen(AdvisorScreen[None]):
    """One turn at a time; what is said before a turn is complete is shown at once."""

    @dataclass
    class Heard(Posted):
        """The session said something before its turn was complete."""

        read: bool
        """Whether a file was read before it."""

    @dataclass
    class Read(Posted):
        """A file is read so far."""

        progress: ReadingProgress

    def __init__(self, session: SessionPort, clock: Callable[[], float] = time.time) -> None:
        super().__init__(session)
        self.clock = clock
        self.phase: Phase = "asking"
        self.asked: FactName | None = None
        self._coming: list[Message] = []
        self._shown_early: list[Message] = []
        self._holding = False
        self._tell_at = 0.0
        """When to say next how far a file is read."""
        self._reads = False
        """Whether a file is being read, as far as is known."""
        self._stopped = False
        """Whether the user wanted no more read in this turn."""

    @property
    def transcript(self) -> Transcript:
        """The conversation so far."""
        return self.query_one(Transcript)

    @property
    def prompt(self) -> Prompt:
        """Where the user replies."""
        return self.query_one(Prompt)

    def all_text(self) -> str:
        """Return the conversation."""
        return self.transcript.as_text()

    def begin(self, waited_for: str) -> None:
        """Show what was said in earlier sittings, and have the session say its first turn."""
        self.session.listen(self._hear)
        self.session.hear_reading(self._hear_reading)
        self.set_interval(LOOK_S, self._look_at_checks)
        self._take_turn(self._open, waited_for)

    async def _open(self) -> Step:
        await self.transcript.say(self.session.earlier)
        return await self.session.open()

    def browse(self) -> None:
        """Let the user choose a file."""

    async def moved(self, step: Step, before: Phase) -> None:
        """Follow the session to where a turn has brought it."""

    def _hear(self, message: Message) -> None:
        self._coming.append(message)
        # Nothing is said while a file is read, so that its reading is over.
        read, self._reads = self._reads, False
        self.post_message(self.Heard(read))

    @on(Heard)
    async def _heard(self, message: Heard) -> None:
        if message.read and self.prompt.waiting:
            report = self.session.report
            closer = report is not None and report.close is None
            self._read_out(f"looking closer at {self.session.title}" if closer else "working on what was read")
        await self._show_early()

    async def _show_early(self) -> None:
        """Show what was said; what answers a correction waits for the verdict on it."""
        if self._coming and not self._holding:
            early, self._coming = self._coming, []
            self._shown_early += early
            await self.transcript.say(early)

    def _hear_reading(self, progress: ReadingProgress) -> None:
        """Pass on how far a file is read, a few times a second; called in the thread that reads."""
        self._reads = True
        if (now := time.monotonic()) >= self._tell_at or progress.share >= 1:
            self._tell_at = now + READING_S
            self.post_message(self.Read(progress))

    @on(Read)
    def _show_reading(self, message: Read) -> None:
        if not self.prompt.waiting:
            return
        if message.progress.share >= 1:
            self._read_out(f"counting {message.progress.name}")
        else:
            self.query_one(Waiting).end()
            self._tell_reading(message.progress)

    def _look_at_checks(self) -> None:
        """Show how far a deep check is; what one found is told in a turn of its own, never in the middle of another."""
        if not self._reads:
            self._tell_reading(self.session.checking)
        if self.session.checked and not self.prompt.waiting and self.phase in ("asking", "offering"):
            self.prompt.waiting = True
            self._take_turn(self.session.tell_checks, "")

    def _read_out(self, waited_for: str) -> None:
        """Say what is waited for once there is no reading to be stopped."""
        self._tell_reading(None)
        self.query_one(Waiting).begin(waited_for)

    def _tell_reading(self, progress: ReadingProgress | None) -> None:
        # The report says it too where it is open; a turn that is cut off as its screen goes finds no line any more.
        for screen in self.app.screen_stack:
            for line in screen.query(ReadingLine):
                if line.show(progress):
                    screen.refresh_bindings()

    @on(ReadingLine.Stop)
    def action_stop_reading(self) -> None:
        """Read no more of the file; the turn then says so."""
        self._stopped = True
        self.session.stop_reading()

    @on(Prompt.Replied)
    async def _replied(self, message: Prompt.Replied) -> None:
        answer = self.transcript.answer(message.text)
        if answer is BROWSE:
            self.browse()
        else:
            await self.send(message.text, f"{message.text}  {answer.label}" if answer else message.text)

    @on(Answers.Chosen)
    async def _chose(self, message: Answers.Chosen) -> None:
        if message.answer is BROWSE:
            self.browse()
        else:
            await self.send(message.answer.value, message.answer.label)

    def asked_now(self) -> FactName | None:
        """Return the fact a reply would answer for; None while none would be taken."""
        return self.asked if self.phase == "asking" and not self.prompt.waiting else None

    def free(self) -> bool:
        """Say whether the session can take something now; where it cannot, tell why."""
        if self.prompt.waiting or self.phase == "running":
            self.notify(BUSY, markup=False)
        elif self.phase == "closed":
            self.notify(CLOSED, markup=False)
        else:
            return True
        return False

    async def send(self, text: str, shown: str) -> None:
        """Give a reply to the session; a second one waits for the first, or it would be cut off."""
        if not self.free():
            return
        self.prompt.waiting = True
        self.prompt.focus()
        await self.transcript.heard(shown)
        waited_for = f"reading {text}" if self.asked == "data_path" else "working on your reply"
        self._take_turn(lambda: self.session.reply(text), waited_for)

    @work(exclusive=True, group="conversation")
    async def _take_turn(self, turn: Callable[[], Awaitable[Step]], waited_for: str) -> None:
        with self._busy(waited_for):
            try:
                step = await turn()
            except AdvisorError as error:
                await self.transcript.say([as_message(error)])
            else:
                await self.show(step)

    @work(exclusive=True, group="conversation")
    async def correct(
        self,
        told: tuple[Correction, ...],
        refused: Callable[[str], None],
        taken: Callable[[], Awaitable[None]],
        over: Callable[[], None] = lambda: None,
    ) -> None:
        """Give the session other values for facts, each when it is done with the one before.

        `refused` is told why one does not do; those after it are then not given. `over` is called when the session can
        take something again. All of it is one piece of work of this screen: nothing comes between two that belong
        together, and it goes on whatever becomes of the screen it was asked from.
        """
        with self._busy(""):
            for one in told:
                if self._stopped:
                    refused(f"You stopped the reading, so the {SHORT[one.fact]} stays as it was.")
                    break
                self.query_one(Waiting).begin(f"taking in {one.text}")
                if not await self._take_over(one, refused, taken):
                    break
        over()

    async def _take_over(
        self, told: Correction, refused: Callable[[str], None], taken: Callable[[], Awaitable[None]]
    ) -> bool:
        before, self._holding, self._shown_early = self.session.known_facts, True, []
        try:
            step = await self.session.correct(told.fact, told.text)
            why = "" if self.session.known_facts != before else _objection(step)
        except AdvisorError as error:
            why = str(error)
        finally:
            self._holding = False
        if why:
            self._coming.clear()
            refused(why)
            return False
        await taken()
        await self.show(step)
        return True

    @contextmanager
    def _busy(self, waited_for: str) -> Iterator[None]:
        """Let nothing else be sent, and say what is waited for."""
        prompt, waiting = self.prompt, self.query_one(Waiting)
        prompt.waiting = True
        self._shown_early, self._reads, self._stopped = [], False, False
        self._tell_at = time.monotonic() + PATIENCE
        waiting.begin(waited_for)
        try:
            yield
        finally:
            waiting.end()
            prompt.waiting = self._reads = False
            self._tell_reading(None)

    async def show(self, step: Step) -> None:
        """Show a turn: what of it was not said before."""
        await self._show_early()
        early, self._shown_early = self._shown_early, []
        rest = list(step.messages)
        for message in early:
            if message in rest:
                rest.remove(message)
        answers = (*step.answers, BROWSE) if step.asked == "data_path" else step.answers
        await self.transcript.say(rest)
        await self.transcript.answer_with(answers)
        self.prompt.suggestion = step.suggestion
        self.asked = step.asked
        before, self.phase = self.phase, step.phase
        await self.moved(step, before)

    def on_key(self, event: events.Key) -> None:
        """Typing anywhere goes to the prompt."""
        prompt = self.prompt
        if event.is_printable and event.character and self.focused is not prompt and prompt.display:
            event.stop()
            prompt.focus()
            prompt.insert(event.character)


def _objection(step: Step) -> str:
    """Return why a value was not taken; nothing when the turn notes it."""
    if any(message.kind == "noted" for message in step.messages):
        return ""
    return next((message.text for message in step.messages if message.kind != "asks"), "")
