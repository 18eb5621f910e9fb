"""What there is to go on with."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from advisor.domain.dialogue import Offer
from advisor.ui.app import AdvisorApp
from advisor.ui.port import Ready
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.keys import Keys
from advisor.ui.screens.picker import FilePicker
from advisor.ui.screens.run import RunScreen
from advisor.ui.screens.start import StartScreen
from advisor.ui.widgets.prompt import Prompt
from tests.ui.driving import reply, settled
from tests.ui.events import until
from tests.ui.fakes import OFFERS, REFUSED, FakeBeginning, FakeSession


def app_with(*offers: Offer) -> tuple[AdvisorApp, FakeBeginning]:
    beginning = FakeBeginning(*offers)
    return AdvisorApp(lambda: beginning), beginning


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def shown(app: AdvisorApp) -> list[str]:
    offers = app.screen.query_one(OptionList)
    return [str(offers.get_option_at_index(index).prompt) for index in range(offers.option_count)]


async def test_runs_and_conversations_are_offered_in_words_before_a_new_one() -> None:
    app, _ = app_with(*OFFERS)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, StartScreen)
        assert shown(app)[0] == " 1 ▶ tickets\n     run · optimizing prompts since 14:02"
        assert shown(app)[1].startswith(" 2 ❯ invoices [bold red]x[/] red gnp.exe")
        assert [offer.split("\n")[0][5:] for offer in shown(app)[2:]] == [
            "open a dataset",
            "take the tour",
            "something else",
        ]


@pytest.mark.parametrize("offers", [(), OFFERS[2:]])
async def test_with_nothing_to_go_on_with_the_conversation_begins(offers: tuple[Offer, ...]) -> None:
    app, beginning = app_with(*offers)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ConversationScreen)
        assert beginning.begun == [None]


@pytest.mark.parametrize(
    ("keys", "begun"),
    [
        (("1",), OFFERS[0]),
        (("down", "enter"), OFFERS[1]),
        (("4",), OFFERS[3]),
        (("5",), None),
        (("up", "enter"), None),
    ],
)
async def test_an_offer_is_chosen_by_number_or_arrows(keys: tuple[str, ...], begun: Offer | None) -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "9", *keys)
        assert isinstance(app.screen, ConversationScreen)
        assert beginning.begun == [begun]


async def test_finished_conversations_stand_behind_all_that_is_new() -> None:
    ended = Offer(kind="finished", title="old.csv", detail="2026-11-20 10:00, 4 answers", target="/t/1.jsonl")
    app, beginning = app_with(*OFFERS[2:], ended)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        heads = [offer.split("\n")[0][5:] for offer in shown(app)]
        assert heads == ["open a dataset", "take the tour", "something else", "old.csv"]
        assert shown(app)[3].endswith("finished · 2026-11-20 10:00, 4 answers")
        await press(pilot, "4")
        assert beginning.begun == [ended]


async def test_an_offer_is_clicked() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.click(OptionList, offset=(8, 2))
        await settled(pilot)
        assert beginning.begun == [OFFERS[1]]


async def test_opening_a_dataset_begins_with_the_file_picker() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "3")
        assert isinstance(app.screen, FilePicker)
        assert beginning.begun == [None]


async def test_typing_begins_a_new_conversation_with_it() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "w")
        assert app.screen.query_one(Prompt).text == "w"
        assert beginning.begun == [None]


async def test_the_list_has_its_keys_and_no_way_back_at_first() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("escape")
        for key in ("f1", "question_mark"):
            await pilot.press(key)
            assert isinstance(app.screen, Keys)
            await pilot.press("escape")
        assert isinstance(app.screen, StartScreen)
        assert beginning.begun == []


async def test_the_list_comes_back_and_closes_what_is_left() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2")
        first = app.screen
        await press(pilot, "f6")
        assert isinstance(app.screen, StartScreen)
        await press(pilot, "escape")
        assert app.screen is first
        await press(pilot, "f6")
        await press(pilot, "4")
        assert beginning.begun == [OFFERS[1], OFFERS[3]]
        assert beginning.sessions[0].calls == ["close"]
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.session is beginning.sessions[1]
        assert len(app.screen_stack) == 2
        await reply(pilot, "by hand")
        assert beginning.sessions[1].replies == ["by hand"]


async def test_an_offer_that_cannot_be_read_leaves_the_list() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        beginning.fails = REFUSED
        await press(pilot, "1")
        await settled(pilot)
        assert isinstance(app.screen, StartScreen)
        assert [notice.message for notice in app._notifications] == [str(REFUSED)]
        beginning.fails = None
        await press(pilot, "2")
        assert isinstance(app.screen, ConversationScreen)


async def test_a_conversation_that_cannot_begin_ends_with_its_code() -> None:
    app, beginning = app_with()
    beginning.fails = REFUSED
    async with app.run_test() as pilot:
        while app.return_code is None:
            await pilot.pause()
    assert app.return_code == REFUSED.exit_code


async def test_no_other_conversation_is_opened_over_a_run() -> None:
    session = FakeSession(until("optimize"))
    session.held = asyncio.Event()
    app = AdvisorApp(lambda: Ready(session))
    async with app.run_test() as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await reply(pilot, "y")
        assert isinstance(app.screen, RunScreen)
        await press(pilot, "f6")
        assert isinstance(app.screen, RunScreen)
        assert [notice.message[:15] for notice in app._notifications] == ["A run is going."]
        session.held.set()


async def test_words_typed_fast_or_pasted_all_begin_the_same_conversation() -> None:
    for burst in (
        [events.Key("space" if letter == " " else letter, letter) for letter in "we have 3"],
        [events.Paste("we have 3")],
    ):
        app, beginning = app_with(*OFFERS)
        async with app.run_test() as pilot:
            await settled(pilot)
            for event in burst:
                app.post_message(event)
            await settled(pilot)
            await settled(pilot)
            assert isinstance(app.screen, ConversationScreen)
            assert beginning.begun == [None]
            assert app.screen.query_one(Prompt).text == "we have 3"


async def test_a_key_held_down_chooses_once() -> None:
    app, beginning = app_with(*OFFERS)
    async with app.run_test() as pilot:
        await settled(pilot)
        for _ in range(3):
            app.post_message(events.Key("2", "2"))
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, ConversationScreen)
        assert beginning.begun == [OFFERS[1]]
