"""Conversations on disk: one line an event, written as it happens."""

from __future__ import annotations

import errno
import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from advisor.domain.cleaning import redact
from advisor.domain.conversation import (
    Advised,
    Closed,
    ConversationEvent,
    Opened,
    Ran,
    parse_conversation_event,
)
from advisor.errors import AdvisorError

SUFFIX = ".jsonl"

LARGEST = 1 << 26
"""Bytes of a file that may still be a conversation; months of talk stay below."""

TAIL = 1 << 13
"""Bytes at the end of a transcript that nearly always hold its last event."""


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
        AdvisorError: it cannot be read, or it is no file of a size a conversation can have.
    """
    try:
        lines = _read(path).split(b"\n")
    except OSError as error:
        raise AdvisorError(
            f"I could not read the conversation {path.name}.", error.strerror or str(error), "Check the path."
        ) from error
    return list(_parsed(lines))


class Kept(NamedTuple):
    """A conversation as its file tells at a glance."""

    path: Path
    opened: float
    """Unix time."""
    data: str | None
    replies: int
    route: str | None
    """The last advice."""
    run: str | None
    """Folder of the run started last."""
    finished: bool


def unfinished(folder: Path) -> tuple[Kept, ...]:
    """Return the conversations in which something was said and no end was reached, newest first."""
    found = (_glance(path) for path in _paths(folder) if not _is_closed(path))
    return tuple(one for one in found if one is not None and one.replies and not one.finished)


def finished(folder: Path) -> Iterator[Kept]:
    """Yield the conversations in which something was said and an end was reached, newest first."""
    found = (_glance(path) for path in _paths(folder) if _is_closed(path))
    return (one for one in found if one is not None and one.replies and one.finished)


def kept(folder: Path) -> tuple[Kept, ...]:
    """Return the conversations in which something was said, newest first."""
    return tuple(one for path in _paths(folder) if (one := _glance(path)) is not None and one.replies)


def _paths(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stem, reverse=True)
    except OSError:
        return []


def _glance(path: Path) -> Kept | None:
    """Return what a transcript tells without every line being read as an event; None for what is none."""
    try:
        content = _read(path)
    except OSError:
        return None
    first = next(_parsed(_forward(content)), None)
    if first is None:
        return None
    opened = next(_lines_of(content, "opened"), first)
    advised, ran = next(_lines_of(content, "advised"), None), next(_lines_of(content, "ran"), None)
    return Kept(
        path=path,
        opened=first.t,
        data=opened.data if isinstance(opened, Opened) else None,
        replies=sum(content.count(how) for kind in ("replied", "corrected") for how in _spellings(kind)),
        route=advised.route if isinstance(advised, Advised) else None,
        run=ran.folder if isinstance(ran, Ran) else None,
        finished=isinstance(next(_lines_of(content), None), Closed),
    )


def _forward(content: bytes) -> Iterator[bytes]:
    """Yield the lines, each only when it is asked for."""
    begin = 0
    while begin < len(content):
        end = content.find(b"\n", begin)
        end = end if end >= 0 else len(content)
        yield content[begin:end]
        begin = end + 1


def _spellings(kind: str) -> tuple[bytes, ...]:
    """Return how a line says what it holds; inside a text of the user's the quotes would be escaped."""
    return tuple(f'"kind":{gap}"{kind}"'.encode() for gap in (" ", ""))


def _lines_of(content: bytes, kind: str = "") -> Iterator[ConversationEvent]:
    """Yield the events of one kind, or all, last first; no more lines are read than are asked for."""
    end = len(content)
    while end > 0:
        at = max(content.rfind(spelling, 0, end) for spelling in _spellings(kind)) if kind else end - 1
        if at < 0:
            return
        begin, stop = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
        yield from _parsed([content[begin : stop if stop >= 0 else len(content)]])
        end = begin - (0 if kind else 1)


def _is_closed(path: Path) -> bool:
    """Say whether the end of a file already shows that the conversation came to its own."""
    try:
        _, *lines = _read(path, from_end=TAIL).split(b"\n")
    except OSError:
        return True
    return isinstance(next(_parsed(reversed(lines)), None), Closed)


def _parsed(lines: Iterator[bytes] | list[bytes]) -> Iterator[ConversationEvent]:
    found = (parse_conversation_event(line.decode("utf-8", errors="replace")) for line in lines if line.strip())
    return (event for event in found if event is not None)


def _read(path: Path, from_end: int | None = None) -> bytes:
    """Return a file's bytes, or its last ones; what would keep a reader waiting is not opened for long.

    Raises:
        OSError: it cannot be read, is no file, or is larger than any conversation.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "It is not a file.")
        if found.st_size > LARGEST:
            raise OSError(errno.EFBIG, "It is larger than any conversation.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            if from_end is not None:
                file.seek(max(0, found.st_size - from_end))
            return file.read(LARGEST)
    finally:
        os.close(handle)


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
