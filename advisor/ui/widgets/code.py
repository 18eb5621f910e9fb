"""A file of the generated project."""

from __future__ import annotations

from pathlib import PurePosixPath

from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.highlight import highlight
from textual.widgets import Static

from advisor.domain.dialogue import ProjectFile
from advisor.ui.text import visible

LANGUAGES = {
    ".py": "python", ".md": "markdown", ".json": "json", ".jsonl": "json",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".sh": "bash",
}  # fmt: skip

MOST_COLOURED = 60_000
"""Characters beyond which a file is shown without colours; it is data, not code."""

MOST_SHOWN = 200_000


class CodeView(ScrollableContainer):
    """Highlighted text that scrolls both ways; hidden characters show as a mark."""

    HELP = "Arrows and page keys scroll. Select with the mouse; `c` copies the whole file."

    def compose(self) -> ComposeResult:
        """One block of text."""
        yield Static(markup=False)

    def show(self, file: ProjectFile) -> None:
        """Show a file from its beginning."""
        text = visible(file.text[:MOST_SHOWN], mark="�")
        if len(file.text) > MOST_SHOWN:
            text += f"\n… {len(file.text) - MOST_SHOWN:,} more characters"
        language = LANGUAGES.get(PurePosixPath(file.name).suffix)
        coloured = language is not None and len(text) <= MOST_COLOURED
        self.query_one(Static).update(highlight(text, language=language) if coloured else Content(text))
        self.scroll_home(animate=False)
