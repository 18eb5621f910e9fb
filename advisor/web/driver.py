"""The screen of a conversation that is shown in a browser tab."""

from __future__ import annotations

from textual import messages
from textual.drivers.web_driver import WebDriver


class TabDriver(WebDriver):
    """Ends the conversation when the server is gone: nobody could see or answer it any more."""

    def run_input_thread(self) -> None:
        """Take input until the app ends or the server's end of the pipe closes."""
        super().run_input_thread()
        self._app.post_message(messages.ExitApp())
