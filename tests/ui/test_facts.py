"""The facts panel: sources told apart, values corrected where they stand."""

from __future__ import annotations

from textual.widgets import Input, OptionList, Static

from advisor.domain.facts import Source
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.talking import BUSY
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.fact_editor import FactEditor
from advisor.ui.widgets.facts import FactRow, FactsPanel
from advisor.ui.widgets.marked import Marked
from advisor.ui.widgets.paragraph import Paragraph
from advisor.ui.widgets.prompt import Prompt
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import FakeSession
from tests.ui.samples import FIRST, NASTY, fact
from tests.ui.test_conversation import said, standing


def rows(screen: object) -> dict[str, tuple[str, str]]:
    """Return mark and text of each row."""
    assert isinstance(screen, ConversationScreen)
    shown = {row.known.name: row.query_one(Marked) for row in screen.query(FactRow)}
    return {name: (marked.mark, marked.plain) for name, marked in shown.items()}


async def test_sources_differ_in_a_mark_and_in_words() -> None:
    session = FakeSession()
    session.facts = FIRST.learn(
        fact("goal", "cost", Source.assumed, "nothing else was said"),
        fact("forecast_usd", 1.5, Source.computed, "forecast"),
    )
    app = app_for(session)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        shown = rows(app.screen)
        assert shown["classes"] == ("●", "labels  12\nmeasured · tickets.csv")
        assert shown["baseline_score"] == ("❯", "baseline  71%\nyou said")
        assert shown["goal"] == ("○", "goal  cost\nassumed · nothing else was said")
        assert shown["forecast_usd"] == ("◆", "forecast in dollars  1.5\ncomputed · forecast")


async def test_a_value_is_corrected_in_place() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert app.focused is app.screen.query_one(FactsPanel)
        await pilot.press("end", "home", "end", "enter")
        await pilot.pause()
        field = app.screen.query_one(FactEditor).query_one(Input)
        assert field.has_focus
        assert field.value == "0.71"
        assert "a score from 0 to 1" in str(app.screen.query_one(".-expects", Static).content)
        await pilot.press(*"seventy", "enter")
        await settled(pilot)
        assert session.corrected == [("baseline_score", "seventy")]
        assert "baseline_score expects" in str(app.screen.query_one(".-refused", Static).content)
        assert said(app.screen, "noted") == []
        field.value = "78%"
        await pilot.press("enter")
        await settled(pilot)
        assert session.corrected[1:] == [("baseline_score", "78%")]
        assert not app.screen.query(FactEditor)
        assert rows(app.screen)["baseline_score"][1] == "baseline  78%\nyou said"
        assert len(app.screen.query(Answers)) == 1
        assert said(app.screen, "noted") == ["Noted: baseline 78%."]
        assert app.screen.query_one(FactsPanel).has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one(Prompt).has_focus
        assert standing(app.screen) == (True, False, False)


async def test_escape_leaves_a_value_as_it_was() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        await pilot.press("9", "escape")
        await pilot.pause()
        assert (session.corrected, len(app.screen.query(FactEditor))) == ([], 0)
        assert app.focused is app.screen.query_one(FactsPanel)


async def test_what_was_measured_says_why_it_stands() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("down", "up", "enter")
        assert "This was measured" in rows(app.screen)["data_path"][1]
        assert not app.screen.query(FactEditor)
        await pilot.press("down")
        assert "This was measured" not in rows(app.screen)["data_path"][1]


async def test_a_fact_with_choices_shows_them() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await pilot.press("ctrl+e")
        await pilot.pause()
        choices = app.screen.query_one(FactEditor).query_one(OptionList)
        assert (app.focused, choices.highlighted) == (choices, 1)
        shown = [str(choices.get_option_at_index(place).prompt) for place in range(choices.option_count)]
        assert shown == ["not optimized", "tuned by hand", "with few-shot examples", "optimized"]
        await pilot.press("w", "o", "x", "enter")
        await settled(pilot)
        assert session.corrected == [("prompt_optimization", "optimized")]
        assert app.screen.query_one(Prompt).text == ""
        assert app.focused is app.screen.query_one(Prompt)


async def test_pressed_again_the_key_goes_to_the_next_noted_fact() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        assert not app.screen.query(FactEditor)
        await reply(pilot, "by hand")
        edited = []
        for _ in range(3):
            await pilot.press("ctrl+e")
            await pilot.pause()
            edited.append(app.screen.query_one(FactEditor).known.name)
        assert edited == ["prompt_optimization", "baseline_score", "prompt_optimization"]
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is app.screen.query_one(Prompt)


async def test_a_note_and_a_row_can_be_clicked() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        note = app.screen.query("Paragraph.-noted").first(Paragraph)
        # Past the margin and the sentence, on the second link.
        await pilot.click(note, offset=(2 + len(note.plain) + 2 + len("[edit prompts]") + 4, 0))
        await pilot.pause()
        assert app.screen.query_one(FactEditor).known.name == "baseline_score"
        row = next(row for row in app.screen.query(FactRow) if row.known.name == "goal")
        await pilot.click(row, offset=(5, 0))
        await pilot.pause()
        assert app.screen.query_one(FactEditor).known.name == "goal"


async def test_nothing_is_corrected_while_a_reply_is_worked_on() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await pilot.press("ctrl+e")
        await pilot.pause()
        app.screen.query_one(Prompt).waiting = True
        await pilot.press("enter")
        await pilot.pause()
        assert session.corrected == []
        assert app.screen.query(FactEditor)
        assert [notice.message for notice in app._notifications] == [BUSY]


async def test_page_keys_scroll_the_facts_while_they_have_the_focus() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 16)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.wait_for_animation()
        assert app.screen.query_one(FactsPanel).scroll_offset.y > 0


async def test_hostile_values_are_plain_text() -> None:
    session = FakeSession()
    session.facts = FIRST.learn(fact("current_model", NASTY * 3, evidence=NASTY), fact("label_field", NASTY))
    app = app_for(session)
    async with app.run_test(size=(120, 60)) as pilot:
        await settled(pilot)
        assert rows(app.screen)["label_field"][1].startswith("label  [bold red]x[/] red gnp.exe")
        await app.screen.query_one(FactsPanel).edit("label_field")
        await pilot.pause()
        assert "\x1b" not in app.screen.query_one(FactEditor).query_one(Input).value


async def test_the_text_keeps_clear_of_the_scrollbar() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(60, 16)) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await pilot.pause()
        panel = app.screen.query_one(FactsPanel)
        assert panel.show_vertical_scrollbar
        for marked in panel.query(Marked):
            assert marked.content_region.right < panel.vertical_scrollbar.region.x
