"""Files: chosen in a pane, or completed where the reply is written."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from advisor.domain.browsing import PathChoice, completed, quoted
from advisor.ui.screens.talking import TalkingScreen
from advisor.ui.text import line
from advisor.ui.widgets.prompt import Prompt

SHOWN = 40
"""Names under the prompt; the pane shows more."""


class FilingScreen(TalkingScreen):
    """A conversation in which paths need not be typed out."""

    _completed = ""

    def browse(self) -> None:
        """Let the user choose a file, and reply with its path."""
        from advisor.ui.screens.picker import FilePicker

        async def picked(path: str | None) -> None:
            if path:
                await self.send(quoted(path), path)

        self.app.push_screen(FilePicker(self.session.paths_like), picked)

    def action_browse(self) -> None:
        """Choose a file."""
        self.browse()

    @on(Prompt.Completing)
    def _complete(self, message: Prompt.Completing) -> None:
        self._complete_path(message.text)

    @work(exclusive=True, group="listing")
    async def _complete_path(self, text: str) -> None:
        """Complete the path that the text is or ends in; where there is none, Tab goes on as everywhere."""
        before, space, last = text.rpartition(" ")
        for said, typed in (("", text), (before + space, last)):
            choices = await asyncio.to_thread(self.session.paths_like, typed) if typed else ()
            if choices and self.prompt.text == text:
                self._completed = said + completed(typed, choices)
                self.prompt.complete(self._completed)
                self._show_matches(choices if len(choices) > 1 else ())
                return
        self.focus_next()

    @on(Prompt.Changed)
    def _typed_on(self) -> None:
        if self.prompt.text != self._completed:
            self._show_matches(())

    def _show_matches(self, choices: tuple[PathChoice, ...]) -> None:
        matches = self.query_one("#matches", Static)
        matches.display = bool(choices)
        matches.update(Content("  ".join(line(choice.name, 40) for choice in choices[:SHOWN])))
