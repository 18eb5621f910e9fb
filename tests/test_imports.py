"""Start-up is a budget: what a fresh interpreter may import for each way in."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("dspy", "litellm", "openai", "duckdb", "numpy", "jinja2")

SNIPPETS = {
    "help": (
        "from advisor.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass",
        (*HEAVY, "textual", "pydantic", "asyncio"),
    ),
    "app": (
        "import advisor.ui.app, advisor.ui.screens.conversation, advisor.ui.screens.start, advisor.starting, "
        "advisor.resuming",
        HEAVY,
    ),
    "plain": ("import advisor.plain, advisor.session", (*HEAVY, "textual")),
    "inspect": ("import advisor.commands.inspect", (*HEAVY, "textual", "pydantic")),
    "models": ("from advisor.commands.models import main\nmain([])", (*HEAVY, "textual", "asyncio")),
    "doctor": (
        "from advisor.commands.doctor import main\nmain(['--json'])",
        (*HEAVY, "textual", "torch", "transformers", "sky", "together"),
    ),
    "practice": ("import advisor.practice.__main__", ("dspy", "litellm", "openai", "pydantic", "textual", "jinja2")),
}


@pytest.mark.parametrize("way_in", SNIPPETS)
def test_a_fresh_interpreter_imports_no_more_than_it_needs(way_in: str) -> None:
    code, banned = SNIPPETS[way_in]
    probe = f"{code}\nimport sys\nfound = sorted(set(sys.modules) & set({banned!r}))\nsys.exit(', '.join(found) or 0)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{way_in} imports {done.stderr.strip()}"


def test_a_kit_module_imports_only_the_standard_library_dspy_and_openai() -> None:
    probe = (
        "import sys, pkgutil, advisor.kit\n"
        "for found in pkgutil.walk_packages(advisor.kit.__path__, 'advisor.kit.'):\n"
        "    try:\n        __import__(found.name)\n"
        # Training on this computer is an extra; the rest of the kit does without.
        "    except ModuleNotFoundError as error:\n"
        "        if not (found.name.startswith('advisor.kit.local.') and error.name in ('torch', 'transformers')):\n"
        "            raise\n"
        "ours = {name for name in sys.modules if name.startswith('advisor.')}\n"
        "carried = {f'advisor.domain.{name}' for name in ('calls', 'loopback', 'reviewed', 'statistics', 'verdict')}\n"
        "plain = {'advisor.kit', 'advisor.domain'} | carried\n"
        "extra = sorted(name for name in ours - plain if not name.startswith('advisor.kit.'))\n"
        "sys.exit(', '.join(extra) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.strip()
