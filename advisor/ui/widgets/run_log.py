"""What a run said."""

from __future__ import annotations

from datetime import datetime

from textual.widgets import Log

from advisor.domain.run_log import Log as Lines
from advisor.domain.run_log import LogLine
from advisor.ui.text import line

LINES_KEPT = 1000
LINES_AT_ONCE = 500

MARKS = {"info": " ", "warning": "!", "error": "✗"}


class RunLog(Log):
    """Plain lines with their time; only the new ones are written."""

    HELP = "Arrows and page keys scroll. Select with the mouse, `ctrl+c` copies."

    def __init__(self) -> None:
        super().__init__(max_lines=LINES_KEPT)
        self._last: LogLine | None = None

    def on_resize(self) -> None:
        """Keep the newest line in view, unless someone is reading here."""
        if not self.has_focus:
            self.scroll_end(animate=False)

    def show(self, log: Lines) -> None:
        """Write the lines that came since the last call; of a flood only the newest."""
        fresh: list[LogLine] = []
        for said in reversed(log):
            if said is self._last or len(fresh) == LINES_AT_ONCE:
                break
            fresh.append(said)
        if fresh:
            self._last = fresh[0]
            self.write_lines([_written(said) for said in reversed(fresh)])


def _written(said: LogLine) -> str:
    time = datetime.fromtimestamp(said.t).astimezone().strftime("%H:%M:%S") if said.t else "        "
    return f"{time} {MARKS[said.level]} {line(said.text, 500)}"
