"""Fields given other roles, from the section of the report that shows them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from advisor.domain.dataset import DatasetReport
from advisor.domain.field_roles import WORDS, Correction, Wish, corrections, role_now, wishes
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way
from advisor.ui.widgets.report_body import ReportBody

Change = Callable[
    [tuple[Correction, ...], Callable[[str], None], Callable[[], Awaitable[None]], Callable[[], None]], bool
]
"""Has other values for facts given to the session, whatever becomes of this screen; False while it can take none.

It tells why one was refused, that one was taken, and that it is over.
"""

KEYS: dict[Wish, str] = {"label": "l", "input": "i", "only_input": "o", "ignored": "x"}


class RolesScreen(AdvisorScreen[str]):
    """A report whose fields can be the label, an input, or left out."""

    def __init__(self, session: SessionPort, change: Change) -> None:
        super().__init__(session)
        assert session.report is not None
        self.report: DatasetReport = session.report
        self.change = change

    @property
    def open(self) -> bool:
        """Whether it has not been left."""
        return self in self.app.screen_stack

    def look(self) -> None:
        """Show the report anew where there is another one."""

    def show_again(self) -> None:
        """Show the section anew; the reader stays where they are."""

    def action_role(self, wish: Wish) -> None:
        """Make the marked field the label, or an input; an input is left out."""
        field = self.query_one(ReportBody).marked
        if field is not None:
            self._give(field.name, "ignored" if wish == "input" == field.role else wish)

    def ask_role(self) -> None:
        """Ask which role the marked field is to have."""
        field = self.query_one(ReportBody).marked
        if field is None:
            return
        name, possible = field.name, {KEYS[wish]: wish for wish in wishes(self.report, field.name)}
        ways = (Way("n", "leave it as it is"), *(Way(key, WORDS[wish]) for key, wish in possible.items()))

        def chosen(key: str | None) -> None:
            if key in possible:
                self._give(name, possible[key])

        self.app.push_screen(Choice(role_now(field), *ways), chosen)

    def _give(self, name: str, wish: Wish) -> None:
        told = corrections(self.report, name, wish)
        if isinstance(told, str):
            self._refused(told)
        elif self.change(told, self._refused, self._taken, self._over):
            self.query_one(ReportBody).border_subtitle = "counting again…"
            self.refresh_bindings()

    # Heard from the conversation, perhaps when this screen has been left.

    def _refused(self, why: str) -> None:
        self.app.notify(why, severity="warning", markup=False)

    async def _taken(self) -> None:
        self.look()

    def _over(self) -> None:
        self.look()
        if self.session.report is None and self.is_current:
            # It could not be counted again, and the conversation says why: what is shown here no longer holds.
            self.dismiss("")
        elif self.open:
            self.show_again()
