"""What the front end costs before its first question."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from advisor.session import Session
from advisor.ui.port import SessionPort

HEAVY = ("dspy", "litellm", "duckdb", "jinja2", "openai", "numpy", "advisor.world", "advisor.session", "pygments")


def test_importing_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, advisor.ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_session_fits_the_screens() -> None:
    session: SessionPort = Session()
    assert session.title == "no file yet"


def test_sizes_of_the_house() -> None:
    folder = Path(__file__).parents[2] / "advisor" / "ui"
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py")}
    assert lengths["app.py"] <= 120
    assert max(lengths.values()) < 300
