"""The conversation as somebody sees it who opens the address in a browser."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.waiting import belonging_to, until
from tests.web.conftest import Start

if TYPE_CHECKING:
    from tests.web.browsing import Tab

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(not importlib.util.find_spec("playwright"), reason="needs Playwright: make test-web"),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium, Debian's package `chromium`"),
]

OFFER, RUNNING, RESULT = "y / n", "cancel…", "comparison on"


@pytest.fixture
def tab() -> Iterator[Tab]:
    from tests.web.browsing import browser_tab

    with browser_tab() as opened:
        yield opened


def to_the_offer(tab: Tab) -> None:
    """Type the first answer, then take each suggested one."""
    shown = tab.until("1,000 usable, 12 labels", "Tour, 1 of 4", "Enter for: yes", "leave")
    tab.type("yes")
    while OFFER not in (shown := tab.until("Enter for: ", other_than=shown)):
        tab.press("Enter")


def test_the_tour_from_the_address_to_the_comparison(start: Start, tab: Tab, tmp_path: Path) -> None:
    _, address = start("--tour")
    tab.page.goto(address)
    to_the_offer(tab)
    tab.type("yes")
    tab.until("baseline", RUNNING)
    shown = tab.until(RESULT, "candidate", "plain program", "tuned on labels", "esc back", gone=(RUNNING,))
    assert "→  tuned on labels" in shown
    tab.press("Escape")
    tab.until("Where this leaves you", "your answer, or ? to ask why")
    tab.press("Control+q")
    tab.page.get_by_text("The conversation has ended.").wait_for()
    own = address.removesuffix("/").rpartition("/")[0]
    assert len(tab.asked_for) > 4
    assert [url for url in tab.asked_for if not url.startswith(f"{own}/")] == []
    assert tab.faults == []
    assert list(tmp_path.glob("advisor-tour/advised/tickets/runs/*/report.md"))


def test_closing_the_tab_ends_a_run_that_is_going(start: Start, tab: Tab, served: Path) -> None:
    server, address = start("--tour")
    tab.page.goto(address)
    to_the_offer(tab)
    tab.type("yes")
    tab.until("baseline", RUNNING)
    assert len(belonging_to(served)) >= 4, "server, conversation, practice server and run"
    tab.page.close()
    until(lambda: list(belonging_to(served)) == [server.pid], "only the server is left")


def test_the_page_fits_its_window(start: Start, tab: Tab) -> None:
    _, address = start("--tour")
    tab.page.goto(address)
    tab.until("before you fine-tune", "Enter for: yes")
    tab.page.set_viewport_size({"width": 560, "height": 480})
    tab.until("Enter for: yes", gone=("before you fine-tune",))
    tab.page.set_viewport_size({"width": 1600, "height": 1000})
    tab.until("Enter for: yes", "before you fine-tune", "Should you fine-tune?")
    bars = (
        "() => [document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight]"
    )
    assert tab.page.evaluate(bars) == [False, False]


def test_another_page_reaches_nothing(start: Start, tab: Tab) -> None:
    _, address = start("--tour")
    tab.page.route("http://other.example/", lambda route: route.fulfill(content_type="text/html", body="<p>other"))
    tab.page.goto("http://other.example/")
    socket = f"""() => new Promise((done) => {{
      const socket = new WebSocket("{address.replace("http", "ws", 1)}ws");
      socket.onopen = () => done("opened");
      socket.onerror = () => done("refused");
    }})"""
    assert tab.page.evaluate(socket) == "refused"
    assert tab.page.evaluate(f"() => fetch('{address}').then(() => 'read', () => 'refused')") == "refused"
    framed = f"""() => new Promise((done) => {{
      const frame = document.createElement("iframe");
      frame.src = "{address}";
      frame.onload = () => done("loaded");
      document.body.append(frame);
    }})"""
    tab.page.evaluate(framed)
    assert all("textual" not in frame.content() for frame in tab.page.frames)
