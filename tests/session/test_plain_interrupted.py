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
