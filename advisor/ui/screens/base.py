"""What every screen of the advisor shares."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message as Event

from advisor.domain.dialogue import Message, Offer
from advisor.domain.hosts import HOSTS
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.leaving import LeftOnce
from advisor.ui.widgets.title_bar import TitleBar

Result = TypeVar("Result")


class TakeUp(Event):
    """Another conversation is to be gone on with in place of the one that is open."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer


class AdvisorScreen(LeftOnce[Result], Generic[Result]):
    """A screen over the session, with the title line and the keys common to all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.keys", "keys"),
        Binding("f5", "copy_all", "copy all", show=False),
        # A text field has uses of its own for these two.
        Binding("f6", "app.resume", "conversations and runs", show=False, priority=True),
        Binding("f7,ctrl+g", "glossary", "what the words mean", show=False, priority=True),
        Binding("question_mark", "glossary", "what the words mean", show=False),
        Binding("ctrl+s", "export", "save the conversation", show=False, priority=True),
    ]

    def __init__(self, session: SessionPort) -> None:
        super().__init__()
        self.session = session

    @property
    def unfinished(self) -> bool:
        """Whether leaving now needs a question first."""
        return False

    def all_text(self) -> str:
        """Return everything the screen shows, to be copied."""
        return ""

    def words_here(self) -> str:
        """Return the text whose terms the glossary explains first."""
        return self.all_text()

    def action_copy_all(self) -> None:
        """Copy what the screen shows."""
        self.app.copy_to_clipboard(self.all_text())
        self.notify("Copied.", markup=False, timeout=2)

    def action_glossary(self) -> None:
        """Explain the terms on this screen, and all others."""
        from advisor.ui.screens.glossary import Glossary

        self.app.push_screen(Glossary(self.session.explain(self.words_here()), self.session.explain()))

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Save conversation and decision beside the transcript."""
        try:
            files = await asyncio.to_thread(self.session.export)
        except AdvisorError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        await self.exported(files)

    async def exported(self, files: tuple[Path, ...]) -> None:
        """Say what was saved."""
        self.notify("Saved " + "\n".join(map(str, files)), markup=False)

    def show_title(self, *middle: str) -> None:
        """Show the title line; what is cut off where it is narrow comes last, and that is never the host."""
        host = host_named(self.session)
        self.query_one(TitleBar).show((*middle[:1], host, *middle[1:]), self.session.spent)


def host_named(session: SessionPort) -> str:
    """Name the host; the practice model is named as long as it is in play."""
    plan, view = session.plan, session.view
    name = plan.host.name if plan else session.facts.text("host") or (view.host if view else "")
    if name == "practice" or (plan and plan.practice) or (view and view.practice and plan is None):
        return "practice model"
    return HOSTS[name].title if name in HOSTS else name


def as_message(error: AdvisorError) -> Message:
    """Return an error as something to show: what happened, why, what to try; what lies behind it on request."""
    told = "\n".join(part for part in (error.what, error.why, error.try_this) if part)
    cause = error.__cause__
    return Message(kind="error", text=told, detail=f"{type(cause).__name__}: {cause}" if cause else "")
