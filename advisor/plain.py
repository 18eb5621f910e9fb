"""Front end 1: the conversation on stdin and stdout, for pipes, screen readers and scripts."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable

from advisor.domain.checklist import Checklist
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import Message, Offer, Step
from advisor.domain.table import comparison_table
from advisor.domain.wording import SHORT, checklist_in_words
from advisor.errors import AdvisorError
from advisor.following import fitted, follow
from advisor.interrupting import read_line, run_interruptibly
from advisor.reading_line import ReadingLine
from advisor.session import Session
from advisor.starting import Beginning

Reader = Callable[[Step], Awaitable[str | None]]
"""Gives the next reply, or None when there is none left."""

MISSING_ANSWER = 2


def talk(session: Session, reader: Reader | None = None) -> int:
    """Hold the conversation to its end and return its exit code."""
    return run_interruptibly(_talk(session, reader or ask))


async def _talk(session: Session, reader: Reader) -> int:
    shown: Checklist | None = None
    line = ReadingLine()

    def hear(message: Message) -> None:
        line.clear()
        say(message)

    try:
        step = await _opened(session, hear, line)
        show(step, shown)
        while step.phase != "closed":
            shown, step = step.checklist, await _turn(session, step, reader)
            if step.takes_up is not None and (other := _in_place(step.takes_up)) is not None:
                await session.close()
                session, shown = other, None
                step = await _opened(session, hear, line)
            show(step, shown)
    except EOFError:
        return _ended_early(session)
    finally:
        line.clear()
        await session.close()
    return session.exit_code


async def _opened(session: Session, hear: Callable[[Message], None], line: ReadingLine) -> Step:
    """Begin a conversation that is shown here."""
    session.hear_reading(line.show)
    session.listen(hear)
    return await session.open()


def _in_place(offer: Offer) -> Session | None:
    """Return a conversation to go on with; None where it cannot be, which is said."""
    try:
        return Beginning().begin(offer)
    except AdvisorError as error:
        say(Message(kind="error", text=str(error)))
        return None


async def _turn(session: Session, step: Step, reader: Reader) -> Step:
    if step.phase == "running":
        try:
            running = session.running or await session.start()
        except AdvisorError as error:
            say(Message(kind="error", text=str(error)))
            return await session.leave_running()
        await follow(running)
        after = await session.after_run()
        if session.comparison is not None:
            print("\n" + comparison_table(session.comparison) + "\n")
        return after
    reply = await reader(step)
    if reply is None:
        raise EOFError
    try:
        return await session.reply(reply or step.suggestion)
    except AdvisorError as error:
        say(Message(kind="error", text=" ".join(filter(None, (error.what, error.why, error.try_this)))))
        return step


async def ask(step: Step) -> str | None:
    """Read one reply from stdin; the end of the input ends the conversation."""
    print(f"[{step.suggestion}] > " if step.suggestion else "> ", end="", flush=True)
    line = await read_line(sys.stdin)
    if not sys.stdin.isatty():
        print(clean(line, len(line)))
    return line.rstrip("\r\n") if line else None


def say(message: Message) -> None:
    """Print a message as soon as it is said."""
    mark = {"warns": "! ", "error": "! "}.get(message.kind, "")
    print(fitted(f"{mark}{message.text}") + "\n", flush=True)


def show(step: Step, before: Checklist | None = None) -> None:
    """Print what goes with a turn: the checklist when the advice stands and has changed, and the answers."""
    if step.asked is None and step.checklist != before and step.phase != "closed":
        print(f"Before you fine-tune:\n{checklist_in_words(step.checklist)}\n")
    for number, answer in enumerate(step.answers, 1):
        print(f"  {number}  {answer.label}")


def _ended_early(session: Session) -> int:
    """The input ended: fine when the advice stood, a missing answer when a question was open."""
    if session.asked is None:
        return session.exit_code
    sys.stderr.write(f"The input ended before this was answered: {SHORT[session.asked]} (`--set {session.asked}=`).\n")
    return session.exit_code or MISSING_ANSWER
