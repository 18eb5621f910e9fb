"""`advisor web [DATA]`: the conversation in a browser, on this computer only."""

from __future__ import annotations

import argparse
import errno
import importlib.util
import socket
import sys
from pathlib import Path

from advisor.commands.table import add_table, table_given
from advisor.domain.file_formats import LISTED
from advisor.errors import UsageError
from advisor.interrupting import run_interruptibly

HOST = "127.0.0.1"
INSTALL = 'pip install "dspy-finetune-advisor[web]"'


def main(argv: list[str]) -> int:
    """Serve the conversation until Ctrl+C; every browser tab holds one of its own."""
    options = _options(argv)
    if importlib.util.find_spec("textual_serve") is None:
        raise UsageError(
            "The conversation in a browser needs textual-serve.", "It is not installed.", f"Install it: {INSTALL}"
        )
    command = tab_command(options.data, options.table, tour=options.tour)
    with listening(options.port) as port:
        from advisor.web.serving import AdvisorServer

        return run_interruptibly(AdvisorServer(command).serve_on(port, _announce))


def tab_command(data: Path | None, table: str | None = None, *, tour: bool) -> list[str]:
    """Return what a tab runs: this interpreter, with a path that can be neither a command nor an option.

    Raises:
        UsageError: there is no such file or no such table in it, or a file was given for the tour.
    """
    # The folder one happens to be in holds data, not modules; 3.10 has no such option.
    here = [sys.executable, *(["-P"] if sys.version_info >= (3, 11) else []), "-m", "advisor"]
    if tour and data is not None:
        raise UsageError("The tour brings its own data.", "", "Leave out the file, or --tour.")
    if data is not None and not data.exists():
        raise UsageError(f"There is no file {str(data)!r}.", "", f"Name a file of {LISTED}.")
    table_given(data, table)
    chosen = [f"--table={table}"] if table is not None else []
    return [*here, *(["tour"] if tour else []), *([str(data.absolute())] if data else []), *chosen]


def listening(port: int) -> socket.socket:
    """Return a socket that listens on the port, on this computer only; 0 takes a free one.

    Raises:
        UsageError: the port cannot be had.
    """
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise UsageError(
            f"Port {port} is taken." if taken else f"Port {port} cannot be used.",
            "Another program listens on it." if taken else error.strerror or "",
            "Name another with --port, or leave it out to take a free one.",
        ) from error


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="advisor web", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="a file with examples")
    add_table(parser)
    parser.add_argument("--port", type=_port, default=0, help="a free one unless given")
    parser.add_argument("--tour", action="store_true", help="the tour instead, with its own data")
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port between 0 and 65535")
    return int(text)


def _announce(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stderr.write("Open it in a browser on this computer; every tab is a conversation of its own. Ctrl+C ends.\n")
