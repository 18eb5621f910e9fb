"""The whole tour through a real terminal: typed, resized, run, left."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.waiting import belonging_to, linux, until

pytest.importorskip("pty", reason="pseudo-terminals are POSIX")
from tests.session.pseudo_terminal import PseudoTerminal

ALTERNATE_SCREEN, CURSOR, PASTE, FOCUS = 1049, 25, 2004, 1004
MOUSE = (1000, 1002, 1003, 1006, 1015)


def start(folder: Path, home: Path) -> PseudoTerminal:
    command = [sys.executable, "-m", "advisor", "tour", "--dir", str(folder / "tour")]
    return PseudoTerminal(command, folder, {**os.environ, "ADVISOR_HOME": str(home)})


def resized_and_back(terminal: PseudoTerminal, word: str, *, still: bool = True) -> None:
    """Go through a small and a large size: what matters now is seen in each, and in the end all that was before."""
    if still:
        terminal.until_still()
    before = words_of_the_question(terminal)
    for columns, lines in ((60, 20), (200, 50)):
        terminal.resize(columns, lines)
        terminal.until(lambda: fills(terminal) and word in terminal.text, f"{word!r} at {columns} by {lines}")
    terminal.resize(80, 24)
    back = f"back are {before}"
    terminal.until(lambda: fills(terminal) and (not still or words_of_the_question(terminal) == before), back)


def words_of_the_question(terminal: PseudoTerminal) -> list[str]:
    """Return the words from the open question on, or all where there is none; lines may break elsewhere now."""
    above_the_keys = terminal.text.rpartition("\n")[0]
    return re.findall(r"\w+", above_the_keys[max(above_the_keys.rfind("\n ? "), 0) :])


def fills(terminal: PseudoTerminal) -> bool:
    """Whether the title line reaches from edge to edge and something stands in the last line."""
    title, *_, last = terminal.text.split("\n")
    return len(title) > terminal.screen.columns - 3 and bool(last)


def answer_with_enter(terminal: PseudoTerminal) -> None:
    """Give the suggested answer and wait for the next one to be suggested, or for the run."""
    before = terminal.text
    terminal.press("\r")
    terminal.until(lambda: terminal.text != before and not waiting(terminal), "the next question")


def waiting(terminal: PseudoTerminal) -> bool:
    return "one moment" in terminal.text or not ("Enter for:" in terminal.text or "cancel…" in terminal.text)


def compared(terminal: PseudoTerminal) -> bool:
    """Whether the comparison is shown, and with it the keys of a run that has ended."""
    text = terminal.text
    return "comparison on" in text and "esc back" in text and "cancel…" not in text


@linux
@pytest.mark.timeout(600)
def test_the_tour_from_the_first_question_to_the_comparison(tmp_path: Path, home: Path) -> None:
    with start(tmp_path, home) as terminal:
        terminal.until_seen("Enter for:")
        resized_and_back(terminal, "Enter for:")
        while "y / n" not in terminal.text:
            answer_with_enter(terminal)
        resized_and_back(terminal, "y / n")
        terminal.press("yes\r")
        terminal.until_seen("cancel…")
        resized_and_back(terminal, "cancel…", still=False)
        terminal.until(lambda: compared(terminal), "the comparison")
        resized_and_back(terminal, "comparison on")
        assert all(terminal.modes[mode] for mode in (ALTERNATE_SCREEN, 1000)), "the app has taken the terminal over"
        terminal.press("\x11")
        assert terminal.until_ended() == 0
        assert not any(terminal.modes.get(mode) for mode in (ALTERNATE_SCREEN, PASTE, FOCUS, *MOUSE))
        assert terminal.modes[CURSOR]
        assert terminal.line_settings_are_back
    until(lambda: not belonging_to(home), "every process has ended")
