"""A file of the generated project."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.highlight import highlight

from advisor.domain.dialogue import ProjectFile
from advisor.ui.text import visible
from advisor.ui.widgets.lines import Rows

LANGUAGES = {
    ".py": "python", ".md": "markdown", ".json": "json", ".jsonl": "json",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".sh": "bash",
}  # fmt: skip

MOST_COLOURED = 60_000
"""Characters beyond which a file is shown without colours; it is data, not code."""

MOST_SHOWN = 200_000


class CodeView(Rows):
    """Highlighted lines with their numbers, one of them marked; hidden characters show as a mark."""

    HELP = "Arrows, page keys and the mouse move the marked line; Enter or `e` explains it. `c` copies the whole file."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "explain", show=False)]

    def show_file(self, file: ProjectFile) -> None:
        """Show a file from its beginning."""
        # A file has the same lines here as wherever its line is explained: only a line feed ends one.
        lines = visible(file.text[:MOST_SHOWN], mark="�")
        language = LANGUAGES.get(PurePosixPath(file.name).suffix)
        coloured = language is not None and len(lines) <= MOST_COLOURED
        content = highlight(lines, language=language) if coloured else Content(lines)
        shown = content.split("\n", allow_blank=True)
        if len(file.text) > MOST_SHOWN:
            shown.append(Content(f"… {len(file.text) - MOST_SHOWN:,} more characters"))
        while len(shown) > 1 and not shown[-1].plain.strip():
            shown.pop()
        self.lead = len(str(len(shown))) + 2
        self.cursor = None
        self.show(shown)
        self.scroll_home(animate=False)
        self.cursor = 0

    def before(self, index: int) -> str:
        """Return the number of a line."""
        return f"{index + 1:>{self.lead - 2}}  "
