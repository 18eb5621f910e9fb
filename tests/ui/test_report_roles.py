"""Fields given other roles in the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Footer

from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact, FactName, Source
from advisor.domain.proposal import Proposal, Reader
from advisor.errors import UsageError
from advisor.session import Session
from advisor.ui.app import AdvisorApp
from advisor.ui.port import Ready
from advisor.ui.screens.choice import Choice
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.widgets.report_body import ReportBody
from tests.ui.driving import app_for, reply, settled
from tests.ui.reporting import AS_AN_INPUT, Reads, opened, text


async def test_the_guess_is_confirmed_with_one_key() -> None:
    session = Reads()
    session.asked = "label_field"
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("y")
        assert app.screen is screen, "only where the fields are seen"
        await pilot.press("right", "right")
        await pilot.pause()
        assert "text of row 2" in text(screen) and "label 2" in text(screen)
        await pilot.press("y")
        await settled(pilot)
        assert session.replies == ["yes"]
        assert isinstance(app.screen, ConversationScreen)


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """A file with two fields, of which one is plainly the label."""
    rows = (f"my card number {n} was {('left', 'taken')[n % 2]},{('lost', 'stolen')[n % 2]}" for n in range(60))
    path = tmp_path / "tickets.csv"
    path.write_text("\n".join(("text,queue", *rows)))
    return path


async def test_only_the_question_for_the_fields_is_confirmed_in_the_report(tickets: Path) -> None:
    sent: list[str] = []

    async def propose(reply: str, *rest: object) -> Proposal:
        sent.append(reply)
        fact = Fact(name="task_stability", value="stable", source=Source.told, evidence=reply)
        return Proposal(facts=(fact,))

    session = Session(tickets, reader=Reader("costly/model", propose))
    app = AdvisorApp(lambda: Ready(session))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        assert screen.confirmable
        for said in ("roughly as often as the moon comes back, times a thousand", "yes"):
            await pilot.press("escape")
            await pilot.pause()
            await reply(pilot, said)
            heard = len(session.events)
            screen = await opened(pilot, "fields")
            assert not screen.confirmable and "y these" not in str(screen.query_one(ReportBody).border_subtitle)
            await pilot.press("y")
            await settled(pilot)
            assert app.screen is screen and len(session.events) == heard, "a yes to something else was given"
        assert len(sent) == 1, "by the yes in the conversation"


@pytest.mark.parametrize("section", ["fields", "labels"])
async def test_the_way_back_is_in_the_footer_of_a_small_screen(section: str) -> None:
    session = Reads()
    session.asked = "label_field"
    app = app_for(session)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, section)
        await pilot.pause()
        keys = {key.action: key.region for key in screen.query_one(Footer).query("FooterKey")}  # type: ignore[attr-defined]
        assert keys["back"].right <= 60
        assert section != "fields" or keys["confirm"].right <= 60


async def test_a_field_is_made_the_label_and_everything_is_counted_again() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        screen.query_one(ReportBody).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Choice)
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("label_field", "id")]
        assert screen.report is session.report
        assert "the right answer is id, as you said" in " ".join(text(screen).split())


async def test_a_field_is_made_an_input_by_one_key() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        await pilot.press("i")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("input_fields", "text,id")]
        body = screen.query_one(ReportBody)
        body.focus()
        await pilot.press("down", "down", "i")
        await pilot.pause()
        assert body.marked is not None and body.marked.name == "category"
        assert len(session.corrected) == 1, "the label is no input"


async def test_an_input_the_user_named_changes_roles_one_after_the_other() -> None:
    session = Reads(AS_AN_INPUT)
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("input_fields", "text"), ("label_field", "id")]


async def test_a_double_click_asks_for_another_role_and_escape_changes_nothing() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        body = screen.query_one(ReportBody)
        await pilot.click(body, offset=(6, body.stops[1].line + 2), times=2)
        await pilot.pause()
        assert isinstance(app.screen, Choice)
        await pilot.press("escape")
        await pilot.pause()
        assert body.marked is not None and body.marked.name == "text"
        assert not session.corrected


async def test_a_correction_that_fails_is_said() -> None:
    class Fails(Reads):
        async def correct(self, fact: FactName, text: str) -> Step:
            raise UsageError("I cannot count again.")

    app = app_for(Fails())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert app.screen is screen
        assert [note.message for note in app._notifications] == ["I cannot count again."]


async def test_the_conversation_can_be_busy() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        conversation = app.screen_stack[1]
        assert isinstance(conversation, ConversationScreen)
        conversation.prompt.waiting = True
        await pilot.press("l")
        await pilot.pause()
        assert not session.corrected and app.screen is screen
