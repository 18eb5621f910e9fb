"""The line that says how far a file is read, in a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.dialogue import ReadingProgress
from advisor.reading_line import ReadingLine


def test_a_large_file_shows_how_far_it_is_and_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text("".join(f'{{"text": "card {n} is gone", "queue": "{n % 2}"}}\n' for n in range(150_000)))
    control, terminal = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "advisor", "inspect", str(path), "--json"], stdout=subprocess.PIPE, stderr=terminal
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(control, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if b"\x1b[K" in shown and shown.endswith(b"\r\x1b[K"):
            break
    out, _ = done.communicate(timeout=120)
    os.close(control)
    assert b"reading tickets.jsonl" in shown and b"2 labels" in shown
    assert shown.endswith(b"\r\x1b[K")
    assert out.startswith(b"{"), "the report stands alone on the standard output"


def test_without_a_terminal_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    line = ReadingLine()
    for share in range(10):
        line.show(ReadingProgress("a.csv", share, share / 10, 0))
    line.clear()
    assert capsys.readouterr() == ("", "")
