"""What the command palette offers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.themes import CONTRAST, DARK, LIGHT

CONVERSATION = (
    ("browse", "Open a dataset", "Choose a file; what was known of the one before is void"),
    ("report", "Data", "What was found in the file: fields, labels, copies, conflicts, leaks and a closer look"),
    ("facts", "Facts", "Everything known with its source, to be corrected"),
    ("checklist", "Checklist", "What has to be in place before fine-tuning, and where this is heading"),
    ("project", "Project", "The generated files, what running them takes, where the data goes"),
    ("last_run", "Run and comparison", "The last run, its log and what it brought"),
)
COMMON = (
    ("export", "Save the conversation", "Conversation and decision as Markdown and JSON"),
    ("glossary", "Glossary", "What the words on this screen mean, and all others"),
    ("copy_all", "Copy", "Copy everything this screen shows as text"),
)
APP = (
    ("resume", "Conversations and runs", "Go on with another one, or begin anew"),
    ("keys", "Keys", "What every key does here"),
    ("quit", "Leave", "End the conversation; it can be resumed"),
)
THEMES = ((DARK, "Dark"), (LIGHT, "Light"), (CONTRAST, "High contrast"))


def commands(app: App[Any], screen: Screen[Any]) -> Iterable[SystemCommand]:
    """Yield what can be done from a screen now."""
    if isinstance(screen, ConversationScreen):
        yield from (_command(screen, *one) for one in CONVERSATION if screen.check_action(one[0], ()))
    if isinstance(screen, AdvisorScreen):
        yield from (_command(screen, *one) for one in COMMON)
    yield from (_command(app, *one) for one in APP)
    for theme, name in THEMES:
        yield SystemCommand(f"Theme: {name.lower()}", f"{name} colours", partial(setattr, app, "theme", theme))


def _command(owner: App[Any] | Screen[Any], action: str, title: str, told: str) -> SystemCommand:
    return SystemCommand(title, told, partial(owner.run_action, action))
