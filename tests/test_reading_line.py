"""The line that says how far something is, in a real terminal."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from advisor.domain.dialogue import ReadingProgress
from advisor.reading_line import ReadingLine

TAKEN_AWAY = b"\r\x1b[K"
COLUMNS = 60


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.jsonl"
    path.write_text("".join(f'{{"text": "card {n} is gone", "queue": "{n % 2}"}}\n' for n in range(150_000)))
    return path


def inspected(*options: str) -> tuple[bytes, bytes]:
    """Inspect a file; return what stood on the standard output, and what on a terminal in place of the other."""
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    command = [sys.executable, "-m", "advisor", "inspect", *options]
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    shown = b""
    while piece := _read(control):
        shown += piece
    out, _ = done.communicate(timeout=120)
    os.close(control)
    return out, shown


def _read(control: int) -> bytes:
    try:
        return os.read(control, 4096)
    except OSError:  # the other end is closed
        return b""


def test_a_large_file_shows_how_far_it_is_and_leaves_no_trace(tickets: Path) -> None:
    out, shown = inspected(str(tickets), "--json")
    assert b"reading tickets.jsonl" in shown and b"2 labels" in shown
    assert b"looking closer at tickets.jsonl" in shown
    assert shown.endswith(TAKEN_AWAY)
    assert all(len(line) < COLUMNS for line in shown.decode().split(TAKEN_AWAY.decode()))
    assert out.startswith(b"{"), "the report stands alone on the standard output"


def test_a_cleaned_copy_shows_how_far_it_is(tickets: Path) -> None:
    out, shown = inspected(str(tickets), "--fix", str(tickets.with_name("clean.jsonl")))
    assert b"comparing tickets.jsonl" in shown and b"cleaning tickets.jsonl" in shown
    assert shown.endswith(TAKEN_AWAY) and b"clean.jsonl" in out


@pytest.mark.skipif(importlib.util.find_spec("rensa") is None, reason="rensa is not installed (extra `deep`)")
def test_deep_checks_show_which_one_is_made_and_for_how_long(tmp_path: Path) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text("".join(f'{{"text": "card {n} is gone", "queue": "{n % 2}"}}\n' for n in range(60)))
    out, shown = inspected(str(path), "--deep")
    assert b"looking for near copies in tickets.jsonl  0 s of 8 minutes" in shown
    assert shown.endswith(TAKEN_AWAY) and b"near" in out


def test_without_a_terminal_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    line = ReadingLine()
    for share in range(10):
        line.show(ReadingProgress("a.csv", share, share / 10, 0))
    line.clear()
    assert capsys.readouterr() == ("", "")
