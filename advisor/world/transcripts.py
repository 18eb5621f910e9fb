"""Conversations on disk: one line an event, written as it happens."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from advisor.domain.cleaning import clean, markdown, redact
from advisor.domain.conversation import (
    CONVERSATION_EVENT,
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
    parse_conversation_event,
)
from advisor.domain.wording import fact_in_words
from advisor.errors import AdvisorError

SUFFIX = ".jsonl"


class Transcript:
    """Appends to one conversation; a line is with the system before `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, folder: Path) -> Transcript:
        """Begin a new transcript in `folder`, readable by its owner only.

        Raises:
            AdvisorError: the folder cannot be written.
        """
        stamp = time.strftime("%Y-%m-%dT%H-%M-%S")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, 1000):
                path = folder / f"{stamp}{'' if number == 1 else f'-{number:03}'}{SUFFIX}"
                try:
                    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
                except FileExistsError:
                    continue
                return cls(path)
        except OSError as error:
            raise _unwritable(folder, error) from error
        raise AdvisorError("Too many conversations were opened within one second.", "", "Try again.")

    @classmethod
    def reopen(cls, path: Path) -> Transcript:
        """Go on with a transcript; a line torn by a crash is ended first.

        Raises:
            AdvisorError: it cannot be written.
        """
        try:
            with path.open("rb+") as file:
                size = file.seek(0, os.SEEK_END)
                if size:
                    file.seek(size - 1)
                    if file.read(1) != b"\n":
                        file.write(b"\n")
        except OSError as error:
            raise _unwritable(path, error) from error
        return cls(path)

    def append(self, event: ConversationEvent) -> None:
        """Write an event, keys masked.

        Raises:
            AdvisorError: it cannot be written.
        """
        if not event.t:
            event = event.model_copy(update={"t": round(time.time(), 3)})
        line = json.dumps(_without_keys(event.model_dump(mode="json")), ensure_ascii=False) + "\n"
        try:
            with self.path.open("ab") as file:
                file.write(line.encode("utf-8", errors="replace"))
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def events(self) -> list[ConversationEvent]:
        """Return what was written so far."""
        return load(self.path)


def load(path: Path) -> list[ConversationEvent]:
    """Return the events of a transcript; lines that are torn or of a later version are passed over.

    Raises:
        AdvisorError: it cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise AdvisorError(
            f"I could not read the conversation {path.name}.", error.strerror or str(error), "Check the path."
        ) from error
    found = (parse_conversation_event(line.decode("utf-8", errors="replace")) for line in lines if line.strip())
    return [event for event in found if event is not None]


class Unfinished(NamedTuple):
    """A conversation that was not closed."""

    path: Path
    opened: float
    """Unix time."""
    data: str | None
    replies: int


def unfinished(folder: Path) -> tuple[Unfinished, ...]:
    """Return the conversations in which something was said and no end was reached, newest first."""
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stem, reverse=True)
    except OSError:
        return ()
    return tuple(found for path in paths if (found := _unfinished(path)) is not None)


def _unfinished(path: Path) -> Unfinished | None:
    try:
        events = load(path)
    except AdvisorError:
        return None
    replies = sum(isinstance(event, Replied) for event in events)
    if not replies or isinstance(events[-1], Closed):
        return None
    data = next((event.data for event in events if isinstance(event, Opened)), None)
    return Unfinished(path, events[0].t, data, replies)


def to_json(events: Iterable[ConversationEvent]) -> str:
    """Return a conversation as one JSON list."""
    plain = [_without_keys(CONVERSATION_EVENT.dump_python(event, mode="json")) for event in events]
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def to_markdown(events: Iterable[ConversationEvent]) -> str:
    """Return a conversation to read: what was said, noted, advised and agreed to."""
    told = (_told(event) for event in events)
    return "\n\n".join(["# Conversation", *(text for text in told if text)]) + "\n"


def _told(event: ConversationEvent) -> str:
    match event:
        case Opened(data=str(data)):
            return f"About {_plain(data)}."
        case Asked(text=text) | Said(text=text):
            return _plain(text)
        case Replied(text=text):
            return f"> {_plain(text)}"
        case Understood(facts=facts) | Measured(facts=facts) if facts:
            what = "Noted" if isinstance(event, Understood) else "Measured"
            return "\n".join([f"{what}:", "", *(f"- {_plain(fact_in_words(fact))}" for fact in facts)])
        case Advised(route=route, reasons=reasons):
            listed = "".join(f"\n- {_plain(reason)}" for reason in reasons)
            return f"**Advised: {_route(route)}**" + (f"\n{listed}" if listed else "")
        case Overruled(route=route, risk=risk):
            return f"**Chosen against the advice: {_route(route)}.** {_plain(risk)}".strip()
        case Planned(plan=plan):
            return f"Planned: {_plain(plan.title)}, {_route(plan.route)}."
        case Consented(sentence=sentence):
            return f"Agreed to: {_plain(sentence)}"
        case Ran(folder=folder):
            return f"Ran in {_plain(folder)}."
        case _:
            return ""


def _route(name: str) -> str:
    return _plain(name.replace("_", " "))


def _plain(text: str) -> str:
    return markdown(clean(text, 4000))


def _without_keys(value: object) -> object:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_keys(item) for name, item in value.items()}
    return value


def _unwritable(path: Path, error: OSError) -> AdvisorError:
    return AdvisorError(
        f"The conversation could not be written to {path.name}.",
        error.strerror or str(error),
        "Make room, or set ADVISOR_HOME to a folder that can be written.",
    )
