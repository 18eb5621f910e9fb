"""The record of one conversation: each event is folded into its story and written down as it happens."""

from __future__ import annotations

import time
from pathlib import Path

from advisor.domain.conversation import ConversationEvent, Opened
from advisor.domain.story import Story, story_of
from advisor.errors import UsageError
from advisor.world.sittings import Sitting, sit_down
from advisor.world.transcripts import Transcript, load


class Chronicle:
    """Events, the story they tell, and the file they are kept in."""

    def __init__(self, kept_in: Path | None = None) -> None:
        self.events: list[ConversationEvent] = []
        self.story = Story()
        self._transcript = Transcript.create(kept_in) if kept_in else None
        self._sitting = sit_down(self._transcript.path) if self._transcript else None

    @classmethod
    def reopen(cls, transcript: Path) -> Chronicle:
        """Go on with a conversation that was kept.

        Raises:
            AdvisorError: it cannot be read or written, or it holds no conversation.
        """
        chronicle = cls()
        chronicle.events = load(transcript)
        if not any(isinstance(event, Opened) for event in chronicle.events):
            raise UsageError(
                f"{transcript.name} holds no conversation.",
                "It does not say how it was opened.",
                "Choose another file; `advisor export --list` shows those that are kept.",
            )
        chronicle._sitting = _taken(transcript)
        chronicle._transcript = Transcript.reopen(transcript)
        chronicle.story = story_of(chronicle.events)
        return chronicle

    def leave(self) -> None:
        """Let another process go on with the conversation."""
        if self._sitting is not None:
            self._sitting.leave()
            self._sitting = None

    @property
    def path(self) -> Path | None:
        """The file it is kept in."""
        return self._transcript.path if self._transcript else None

    def record(self, event: ConversationEvent) -> None:
        """Take in an event; it is on disk when this returns.

        Raises:
            AdvisorError: it cannot be written.
        """
        event = event if event.t else event.model_copy(update={"t": round(time.time(), 3)})
        self.events.append(event)
        self.story = self.story.after(event)
        if self._transcript is not None:
            self._transcript.append(event)


def _taken(transcript: Path) -> Sitting:
    try:
        sitting = sit_down(transcript)
    except OSError as error:
        raise UsageError(
            f"{transcript.name} cannot be gone on with.", error.strerror or str(error), "Copy it to a folder of yours."
        ) from error
    if sitting is None:
        raise UsageError(
            f"{transcript.name} is open in another terminal or browser tab.", "", "Go on there, or close it first."
        )
    return sitting
