"""A conversation taken up again from its transcript: nothing is asked twice, nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from advisor import asking, telling
from advisor.chronicle import Chronicle
from advisor.domain import conversation
from advisor.domain.conversation import ConversationEvent, Corrected, Replied, Said
from advisor.domain.dialogue import Message, Step
from advisor.domain.facts import FactName
from advisor.domain.story import Story
from advisor.errors import AdvisorError
from advisor.session import Session
from advisor.settling import Reader
from advisor.world import run_folder

if TYPE_CHECKING:
    from advisor.world.run_folder import Run


MOST_SHOWN_AGAIN = 40
"""Messages of earlier sittings; all of them are in the transcript."""


class ResumedSession(Session):
    """A session that begins where another broke off."""

    def __init__(self, transcript: Path, *, projects_in: Path | None = None, reader: Reader | None = None) -> None:
        chronicle = Chronicle.reopen(transcript)
        data = chronicle.story.data
        self._earlier = tuple(_shown_again(chronicle.events))[-MOST_SHOWN_AGAIN:]
        super().__init__(Path(data) if data else None, projects_in=projects_in, chronicle=chronicle, reader=reader)

    @property
    def earlier(self) -> tuple[Message, ...]:
        """The end of what was said before the break."""
        return self._earlier

    async def open(self) -> Step:
        """Say what is known already and go on with what was being said."""
        story = self.story
        self.record(conversation.Resumed())
        await self.look_around()
        self.conclude(story.facts)
        self.say(telling.taken_up(story))
        await self._find_data(story)
        if (run := _run_of(story)) is not None and self._follow_run(run):
            return self.step()
        if story.project and story.plan is not None:
            self.take_up_project(Path(story.project), story.plan, story.project_state)
        return await self._answer_again(story)

    async def _find_data(self, story: Story) -> None:
        """Read the file that was named last, or look whether the one in hand is still what it was."""
        if story.unread:
            await self.read_data(asking.path_in(story.unread))
            return
        known = story.facts.text("data_path")
        if known is None:
            return
        try:
            await self.read_file(Path(known), story.facts)
        except AdvisorError as error:
            self.say(str(error), "error")
            return
        if self.state == story.state:
            self.conclude(story.facts)
            return
        self.say(telling.changed_since(Path(known).name), "warns")
        await self.read_data(Path(known))

    def _follow_run(self, run: Run) -> bool:
        """Go back to a run that was started; say so where its project is gone."""
        try:
            self.take_up_run(run.folder)
        except AdvisorError as error:
            self.say(str(error), "error")
            self.record(conversation.Ended())
            return False
        if not self.story.run:
            self.record(conversation.Ran(folder=str(run.folder)))
        self.phase = "running"
        return True

    async def _answer_again(self, story: Story) -> Step:
        """Take in what the user had said last if nothing had followed from it."""
        said = story.unanswered
        if said is None:
            return self.put() or self.go_on()
        advised = None if self.asked or self.story.settling else self.go_on()
        if isinstance(said, Corrected):
            step = await self.type_over(cast(FactName, said.fact), said.text)
        else:
            heard = self.hear(said.text)
            if advised is not None and asking.agreed(heard) is not None:
                # Whatever a yes stood for then was just put again, and has to be agreed to anew.
                return advised
            step = await self.follow(heard)
        return step.model_copy(update={"messages": (*(advised.messages if advised else ()), *step.messages)})


def _shown_again(events: Iterable[ConversationEvent]) -> Iterator[Message]:
    for event in events:
        if isinstance(event, Replied):
            yield Message(kind="heard", text=event.text)
        elif isinstance(event, Said):
            yield Message(kind=event.manner, text=event.text)


def _run_of(story: Story) -> Run | None:
    """Return the run in hand; after a yes it may have been started and not yet noted."""
    if story.run:
        folder = Path(story.run)
        return run_folder.Run(folder.parent.parent, folder)
    if story.agreed and story.project:
        return run_folder.newest_run(Path(story.project))
    return None
