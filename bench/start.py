"""Start-up against a minimal Textual app, CPU seconds in one run: `python bench/start.py`.

A program runs in a pseudo-terminal until it has painted a word; its user and system time are read at that moment.
"""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import sys
import tempfile
import termios
from pathlib import Path

RUNS = 7
MINIMAL = """
from textual.app import App
from textual.widgets import Label
class Minimal(App):
    def compose(self):
        yield Label("painted")
Minimal().run()
"""
ADVISOR = "import sys; from advisor.__main__ import main; sys.exit(main(sys.argv[1:]))"
ROWS: tuple[tuple[str, list[str], bytes, float | None], ...] = (
    ("minimal Textual app", ["-c", MINIMAL], b"painted", None),
    ("advisor, first paint", ["-c", ADVISOR], b" advisor", 2.0),
    ("advisor, first question", ["-c", ADVISOR], b"Where are your", None),
    ("advisor --help", ["-c", ADVISOR, "--help"], b"interrupted", None),
)
"""Name, arguments, the word waited for, the goal as a ratio to the first row."""


def main() -> int:
    """Print a Markdown table; 1 when a goal is missed."""
    best = {name: min(_cpu_seconds(arguments, word) for _ in range(RUNS)) for name, arguments, word, _ in ROWS}
    base, missed = best[ROWS[0][0]], False
    print("| program | CPU s | ratio | goal |\n|---|---|---|---|")
    for name, _, _, goal in ROWS:
        ratio = best[name] / base
        missed |= goal is not None and ratio > goal
        print(f"| {name} | {best[name]:.2f} | {ratio:.1f} | {'' if goal is None else f'under {goal:g}'} |")
    return int(missed)


def _cpu_seconds(arguments: list[str], word: bytes) -> float:
    """Run Python until it has painted `word`, and return the CPU time it took."""
    with tempfile.TemporaryDirectory() as home:
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", ADVISOR_HOME=home)
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        painted = b""
        while word not in painted:
            painted += os.read(terminal, 1 << 16)
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
