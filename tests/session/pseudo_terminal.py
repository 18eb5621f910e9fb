"""A terminal that is not there: a pseudo-terminal with a screen that can be read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

DEADLINE_S = 240.0
STILL_LOOKS = 8
SYNC_ASKED, SYNC_GIVEN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME_ENDS = b"\x1b[?2026l"
MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


def _log_in() -> None:
    """Do what a login does: a change of size is told to the program, and Ctrl-C to one that a script started."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class PseudoTerminal:
    """Runs one program; the screen is looked at between whole frames only."""

    def __init__(
        self, command: Sequence[str], cwd: Path, env: Mapping[str, str], columns: int = 80, lines: int = 24
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Everything the program has written."""
        self._shown = self._asked = 0
        self._master, self._slave = pty.openpty()
        self.resize(columns, lines)
        self._before = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            # A size in the environment would stand above that of the terminal.
            env={name: env[name] for name in env if name not in ("COLUMNS", "LINES")}
            | {"TERM": "xterm-256color", "PYTHONFAULTHANDLER": "1"},
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=_log_in,
        )

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def modes(self) -> dict[int, bool]:
        """The private modes the program has set, by number, and whether they are on."""
        changes = ((numbers, how == b"h") for numbers, how in MODE.findall(bytes(self.raw)))
        return {int(number): on for numbers, on in changes for number in numbers.split(b";")}

    @property
    def line_settings_are_back(self) -> bool:
        """Whether echo, line mode and the rest are as they were before."""
        return termios.tcgetattr(self._slave) == self._before

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Change the size; the program is told by a signal."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def until(self, true: Callable[[], object], what: str) -> None:
        """Take in what the program writes until a condition holds."""
        ends = time.monotonic() + DEADLINE_S
        while not true():
            ended = self.process.poll() is not None
            heard = self._hear()
            assert heard or not ended, f"it ended with {self.process.returncode} before: {what}\n{self.text}"
            assert time.monotonic() < ends, f"not within {DEADLINE_S:.0f} s: {what}\n{self.text}\n{self._where_it_is()}"

    def until_seen(self, *words: str) -> None:
        """Wait until the screen shows all of the words."""
        self.until(lambda: all(word in self.text for word in words), f"the screen shows {words}")

    def until_still(self) -> None:
        """Wait until the program has written nothing for a moment."""
        ends, quiet = time.monotonic() + DEADLINE_S, 0
        while quiet < STILL_LOOKS:
            assert time.monotonic() < ends, f"it never stands still\n{self.text}"
            quiet = 0 if self._hear() else quiet + 1

    def until_ended(self) -> int:
        """Wait for the end of the program and return its exit code."""
        self.until(lambda: self.process.poll() is not None, "it ends")
        while self._hear():
            pass
        return self.process.wait()

    def _where_it_is(self) -> str:
        """End the program and return where its threads were."""
        told = len(self.raw)
        self.process.send_signal(signal.SIGABRT)
        self.process.wait()
        while self._hear():
            pass
        return self.raw[told:].decode(errors="replace")

    def _hear(self) -> bool:
        """Take in what there is; the screen stays between two frames while the program lives."""
        ended = self.process.poll() is not None
        if heard := bool(select.select([self._master], [], [], 0.05)[0]):
            self.raw += os.read(self._master, 65536)
        if (asked := self.raw.count(SYNC_ASKED)) > self._asked:
            self._asked = asked
            os.write(self._master, SYNC_GIVEN)
        last = self.raw.rfind(FRAME_ENDS, self._shown)
        whole = len(self.raw) if ended else last + len(FRAME_ENDS) if last >= 0 else self._shown
        self._stream.feed(bytes(self.raw[self._shown : whole]))
        self._shown = whole
        return heard
