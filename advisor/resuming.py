"""A conversation taken up again from its transcript: nothing is asked twice, nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from advisor import asking, changing, replying, telling
from advisor.chronicle import Chronicle
from advisor.domain import conversation
from advisor.domain.conversation import ConversationEvent, Corrected, Replied, Said
from advisor.domain.dialogue import Message, Step
from advisor.domain.facts import FactName
from advisor.domain.open_now import FactAsked, RunInHand, RunOffered, ToSettle
from advisor.domain.proposal import Reader
from advisor.domain.story import Story
from advisor.errors import AdvisorError
from advisor.putting import go_on, put_offer, put_to_settle
from advisor.session import Session
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
        talk, story = self._talk, self.story
        talk.record(conversation.Resumed())
        await talk.look_around()
        talk.say(telling.taken_up(story))
        talk.conclude()
        await self._find_data(story)
        if (run := _run_of(story)) is not None and self._follow_run(run):
            return talk.step()
        if story.project and story.plan is not None:
            talk.bench.take_up_project(Path(story.project), story.plan, story.project_state)
        return await self._answer_again(story)

    async def _find_data(self, story: Story) -> None:
        """Read the file that was named last, or look whether the one in hand is still what it was."""
        talk = self._talk
        if story.unread:
            await changing.read_data(talk, asking.path_in(story.unread))
            return
        known = story.facts.text("data_path")
        if known is None:
            return
        try:
            await talk.case.read_file(Path(known), story.facts)
        except AdvisorError as error:
            talk.say(str(error), "error")
            return
        if talk.case.state == story.state:
            talk.conclude()
            return
        talk.say(telling.changed_since(Path(known).name), "warns")
        await changing.read_data(talk, Path(known))

    def _follow_run(self, run: Run) -> bool:
        """Go back to a run that was started; say so where its project is gone."""
        try:
            self._talk.bench.take_up_run(run.folder)
        except AdvisorError as error:
            self._talk.say(str(error), "error")
            self._talk.record(conversation.Ended())
            return False
        if not self.story.run:
            self._talk.record(conversation.Ran(folder=str(run.folder)))
        return True

    async def _answer_again(self, story: Story) -> Step:
        """Put what was open; take in what the user had said last if nothing had followed from it."""
        talk, said = self._talk, story.unanswered
        if said is None:
            return await self._put_again()
        # Whatever a yes stood for has to be seen again before it is agreed to; a question or a matter to settle was.
        put = None if isinstance(talk.open, FactAsked | ToSettle) else await self._put_again()
        if isinstance(said, Corrected):
            step = await changing.type_over(talk, cast(FactName, said.fact), said.text)
        else:
            heard = replying.hear(talk, said.text)
            if put is not None and asking.agreed(heard) is not None:
                return put
            step = await replying.follow(talk, heard)
        return step.model_copy(update={"messages": (*(put.messages if put else ()), *step.messages)})

    async def _put_again(self) -> Step:
        """Put what was open before the break, as far as it still is."""
        talk = self._talk
        if (step := put_to_settle(talk)) is not None:
            return step
        match talk.open:
            case RunOffered(broken=folder) if folder and self._still_broken_off(Path(folder)):
                return put_offer(talk) or await go_on(talk)
        return await go_on(talk)

    def _still_broken_off(self, folder: Path) -> bool:
        try:
            return self._talk.bench.take_up_broken(folder)
        except AdvisorError as error:
            self._talk.say(str(error), "error")
            return False


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
    if isinstance(story.open, RunInHand) and story.project:
        return run_folder.newest_run(Path(story.project))
    return None
