"""Ctrl-C at a prompt of the plain conversation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.session.pseudo_terminal import PseudoTerminal


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")
def test_ctrl_c_at_the_prompt_leaves_at_once(tmp_path: Path, ticket_file: Path) -> None:
    command = [sys.executable, "-m", "advisor", "plain", str(ticket_file)]
    with PseudoTerminal(command, tmp_path, os.environ) as terminal:
        terminal.until(lambda: terminal.raw.endswith(b"> "), "it asks")
        terminal.press("\x03")
        assert terminal.until_ended() == 130
        assert "Traceback" not in terminal.text


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")
def test_a_request_to_end_is_heard_at_the_prompt_and_so_is_the_end_of_the_input(
    tmp_path: Path, ticket_file: Path
) -> None:
    command = [sys.executable, "-m", "advisor", "plain", str(ticket_file)]
    with PseudoTerminal(command, tmp_path, os.environ) as terminal:
        terminal.until(lambda: terminal.raw.endswith(b"> "), "it asks")
        terminal.process.terminate()
        assert terminal.until_ended() == 130
    with PseudoTerminal(command, tmp_path, os.environ) as terminal:
        terminal.until(lambda: terminal.raw.endswith(b"> "), "it asks")
        terminal.press("\x04")
        assert terminal.until_ended() == 2
        assert "ended before this was answered" in " ".join(terminal.text.split())


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")
def test_two_lines_typed_before_the_first_is_asked_for_are_both_taken(tmp_path: Path, ticket_file: Path) -> None:
    command = [sys.executable, "-m", "advisor", "plain", str(ticket_file)]
    with PseudoTerminal(command, tmp_path, os.environ) as terminal:
        terminal.press("help\nquit\n")
        assert terminal.until_ended() == 0
        assert terminal.raw.count(b"> ") >= 2
