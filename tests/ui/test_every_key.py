"""Every key that is bound anywhere does what its binding says where it can be pressed."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from advisor import ui
from advisor.domain.close_look import CloseLook
from advisor.domain.deep_words import under_way
from advisor.domain.dialogue import ReadingProgress
from advisor.ui.app import AdvisorApp
from advisor.ui.screens.choice import Choice
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.glossary import Glossary
from advisor.ui.screens.keys import Keys
from advisor.ui.screens.picker import FilePicker
from advisor.ui.screens.project import ProjectScreen
from advisor.ui.screens.reading import ReadingScreen
from advisor.ui.screens.report import ReportScreen
from advisor.ui.screens.rows import RowsScreen
from advisor.ui.screens.run import RunScreen
from advisor.ui.screens.stage import StageScreen
from advisor.ui.screens.start import StartScreen
from advisor.ui.widgets.code import CodeView
from advisor.ui.widgets.fact_editor import FactEditor
from advisor.ui.widgets.facts import FactsPanel
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.log_panel import LogPanel
from advisor.ui.widgets.pairs import PairList
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.reading_line import ReadingLine
from advisor.ui.widgets.stages import StageList
from tests.domain.reports import CLOSER, TICKETS
from tests.ui.driving import app_for, reply, settled
from tests.ui.events import until, whole_run
from tests.ui.fakes import OFFERS, FakeBeginning, FakeSession
from tests.ui.runs import ended, running

Way = tuple[Callable[[Pilot[None]], Awaitable[object]], tuple[str, ...], type[Screen[Any]]]
"""How to get near, the keys from there, and the screen they lead to."""


async def offered(pilot: Pilot[None]) -> None:
    """Go to where the project is written and a run can be looked at."""
    await settled(pilot)
    await reply(pilot, "by hand")
    session = pilot.app.session  # type: ignore[attr-defined]
    session.report = TICKETS
    async for _ in session.run():
        pass
    pilot.app.screen.refresh_bindings()
    await pilot.pause()


async def asked_for_the_label(pilot: Pilot[None]) -> None:
    """Go to where the fields of a file are to be confirmed."""
    await settled(pilot)
    session = pilot.app.session  # type: ignore[attr-defined]
    session.report, session.asked = TICKETS, "label_field"
    await reply(pilot, "?")


async def unchecked(pilot: Pilot[None]) -> None:
    """Go to where a section lacks its deep check."""
    await settled(pilot)
    pilot.app.session.report = CLOSER.model_copy(update={"close": CloseLook(rows=1, complete=True)})  # type: ignore[attr-defined]
    await reply(pilot, "?")


async def checking(pilot: Pilot[None]) -> None:
    """Go to where a deep check is under way."""
    await asked_for_the_label(pilot)
    pilot.app.session.checking = under_way("near", "tickets.csv", 12)  # type: ignore[attr-defined]


async def reading(pilot: Pilot[None]) -> None:
    """Go to where a file is being read."""
    await settled(pilot)
    session, screen = pilot.app.session, pilot.app.screen  # type: ignore[attr-defined]
    session.step_held = asyncio.Event()
    screen.query_one(Prompt).text = "tickets.csv"
    screen.query_one(Prompt).action_send()
    while not any(line.display for line in screen.query(ReadingLine)):
        # The turn may begin only after a while.
        screen.post_message(ConversationScreen.Read(ReadingProgress("tickets.csv", 800, 0.5, 12)))
        await pilot.pause()


CONVERSATION: Way = (offered, (), ConversationScreen)
RUNNING: Way = (running, (), RunScreen)

WAYS: dict[str, Way] = {
    "Shell": CONVERSATION,
    "ConversationScreen": CONVERSATION,
    "ConversationScreen escape": (reading, (), ConversationScreen),
    "Prompt": CONVERSATION,
    "FactsPanel": (offered, ("f8",), ConversationScreen),
    "FactEditor": (offered, ("f8", "end", "up", "enter"), ConversationScreen),
    "Pane": (offered, ("f1",), Keys),
    "Keys": (offered, ("f1",), Keys),
    "Glossary": (offered, ("f7",), Glossary),
    "FilePicker": (offered, ("ctrl+o",), FilePicker),
    "StartScreen": (settled, (), StartScreen),
    "StartScreen escape": (offered, ("f6",), StartScreen),
    "ProjectScreen": (offered, ("f3",), ProjectScreen),
    "ReportScreen": (asked_for_the_label, ("f9", "right", "right"), ReportScreen),
    "ReportScreen d": (unchecked, ("f9", "left", "left"), ReportScreen),
    "ReportScreen x": (checking, ("f9",), ReportScreen),
    "AdvisorScreen": (offered, ("f3",), ProjectScreen),
    "CodeView": (offered, ("f3", "f2", "enter"), ProjectScreen),
    "FollowingScreen": RUNNING,
    "RunScreen": RUNNING,
    "RunScreen s": (ended, (), RunScreen),
    "RunScreen o": (ended, (), RunScreen),
    "StageList": (running, ("up",), RunScreen),
    "LogPanel": (running, ("slash", "t", "enter"), RunScreen),
    "PairList": (ended, (), RunScreen),
    "Choice": (running, ("c",), Choice),
    "ReadingScreen": (running, ("e",), ReadingScreen),
    "StageScreen": (running, ("up", "enter"), StageScreen),
    "RowsScreen": (ended, ("enter",), RowsScreen),
    "Rows": (ended, ("enter",), RowsScreen),
}
"""By the class of the binding, or by class and key where one key needs another state."""

FOCUS: dict[str, type[Widget]] = {
    "Prompt": Prompt, "FactsPanel": FactsPanel, "FactEditor": FactEditor, "CodeView": CodeView, "Rows": Rows,
    "LogPanel": LogPanel, "PairList": PairList, "StageList": StageList,
}  # fmt: skip
"""What has the focus when the key is pressed."""


def bound() -> Iterator[tuple[type[DOMNode], str, str]]:
    """Yield every class of the front end with each of its own keys and its action."""
    for module in pkgutil.walk_packages(ui.__path__, "advisor.ui."):
        for owner in vars(importlib.import_module(module.name)).values():
            if isinstance(owner, type) and owner.__module__ == module.name and "BINDINGS" in vars(owner):
                for binding in vars(owner)["BINDINGS"]:
                    assert isinstance(binding, Binding)
                    for key in binding.key.split(","):
                        yield owner, key, binding.action


BOUND = list(bound())


def app_on(way: Way) -> AdvisorApp:
    if way[0] is settled:
        return AdvisorApp(lambda: FakeBeginning(*OFFERS, *OFFERS))
    if way[0] is ended:
        return app_for(FakeSession(whole_run()))
    session = FakeSession(until("train"))
    if way[0] is running:
        session.held = asyncio.Event()
    return app_for(session)


def test_there_is_a_way_to_every_binding_and_none_too_many() -> None:
    classes = {owner.__name__ for owner, _, _ in BOUND}
    assert classes == {name.split()[0] for name in WAYS}
    assert len(BOUND) > 80


@pytest.mark.parametrize(("owner", "key", "action"), BOUND, ids=[f"{owner.__name__}-{key}" for owner, key, _ in BOUND])
async def test_a_key_does_what_it_is_bound_to(
    owner: type[DOMNode], key: str, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = owner.__name__
    way = WAYS.get(f"{name} {key}", WAYS[name])
    near, keys, screen = way
    done: list[tuple[object, ...]] = []
    app = app_on(way)
    async with app.run_test(size=(120, 36)) as pilot:
        await near(pilot)
        for before in keys:
            await pilot.press(before)
            await pilot.pause()
            await pilot.pause()
        assert type(app.screen) is screen
        if name in FOCUS:
            assert app.focused is not None
            assert any(isinstance(node, FOCUS[name]) for node in app.focused.ancestors_with_self)
        called = action.split("(")[0]
        target: type[Any] = type(app) if called.startswith("app.") else owner
        method = f"action_{called.removeprefix('app.')}"
        assert callable(getattr(target, method, None))
        monkeypatch.setattr(target, method, lambda self, *parameters: done.append(parameters))
        await pilot.press(key)
        await pilot.pause()
        monkeypatch.undo()
        if isinstance(app.session, FakeSession) and app.session.held is not None:
            app.session.held.set()
    given = action.partition("(")[2].rstrip(")")
    assert done == [(int(given) if given.lstrip("-").isdecimal() else given.strip("'"),) if given else ()]
