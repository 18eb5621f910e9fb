"""A browser tab whose terminal can be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, TimeoutError, sync_playwright

DEADLINE_MS = 120_000
ALONE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MADE, SHOWN = "this.terminal=new v.Terminal(", "this.terminal=window.terminal=new v.Terminal("
READ = """() => {
  const terminal = window.terminal, buffer = terminal?.buffer.active;
  const line = (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? "";
  return buffer ? Array.from({ length: terminal.rows }, line).join("\\n") : "";
}"""


class Tab:
    """What one page shows, and everything it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked_for: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(DEADLINE_MS)
        page.on("request", lambda request: self.asked_for.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.route("**/textual.js", _readable)

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return str(self.page.evaluate(READ))

    def until(self, *words: str, gone: tuple[str, ...] = ("one moment",), other_than: str = "") -> str:
        """Wait until the terminal shows all of the words, none that are to be gone, and something else than before."""
        shows = (
            f"([words, gone, before]) => {{ const text = ({READ})(); return text !== before"
            " && words.every((word) => text.includes(word)) && !gone.some((word) => text.includes(word)); }"
        )
        try:
            self.page.wait_for_function(shows, arg=[words, gone, other_than])
        except TimeoutError as error:
            raise AssertionError(f"not seen: {words} without {gone}, but\n{self.text}") from error
        return self.text

    def press(self, *keys: str) -> None:
        """Press keys, wherever the page has put the focus."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a reply and send it."""
        self.page.keyboard.type(text)
        self.press("Enter")


@contextmanager
def browser_tab() -> Iterator[Tab]:
    """Open a browser with one empty tab."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ALONE))
        try:
            yield Tab(browser.new_page(viewport={"width": 1200, "height": 800}))
        finally:
            browser.close()


def _readable(route: Route) -> None:
    """Let the page keep its terminal where it can be asked what it shows."""
    answer = route.fetch()
    assert MADE in answer.text()
    route.fulfill(response=answer, body=answer.text().replace(MADE, SHOWN))
