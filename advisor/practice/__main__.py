"""Starts the practice server: `python -m advisor.practice`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from advisor.practice.server import PracticeServer


def main(argv: list[str] | None = None) -> int:
    """Serve until told to stop; 0 after a clean end, 2 if the server cannot start."""
    options = _parser().parse_args(argv)
    # One small matrix at a time: more threads only take the processor from the client.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    try:
        if options.state is not None:
            return _serve(options, options.state)
        with tempfile.TemporaryDirectory(prefix="practice-", ignore_cleanup_errors=True) as folder:
            return _serve(options, Path(folder))
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="advisor practice",
        description="An OpenAI-compatible server with a small model that really learns. No key, no network.",
    )
    parser.add_argument("--port", type=_port, default=0, help="port on 127.0.0.1; 0 picks a free one (default)")
    parser.add_argument("--port-file", type=Path, help="file to write the base URL to once the server listens")
    parser.add_argument("--state", type=Path, help="folder for files, jobs and models (default: forgotten at the end)")
    parser.add_argument("--exit-with-stdin", action="store_true", help="end when standard input closes")
    parser.add_argument("--allow-faults", action="store_true", help="let POST /practice/faults arm faults")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; use a number from 0 to 65535")
    return int(text)


def _serve(options: argparse.Namespace, state: Path) -> int:
    # Imported here: numpy reads its thread settings when it is first imported.
    from advisor.practice.api import Api
    from advisor.practice.disk import claim, write_bytes
    from advisor.practice.server import PracticeServer

    try:
        server = PracticeServer(options.port)
    except OSError as reason:
        return _refuse(f"port {options.port}", reason)
    with server:
        try:
            claimed = claim(state)
        except OSError as reason:
            return _refuse(f"the folder {state}", reason)
        with claimed:
            server.api = Api(state, allow_faults=options.allow_faults)
            try:
                if options.port_file:
                    write_bytes(options.port_file, f"{server.base_url}\n".encode())
            except OSError as reason:
                return _refuse(f"the file {options.port_file}", reason)
            sys.stdout.write(f"{server.base_url}\n")
            sys.stdout.flush()
            if options.exit_with_stdin:
                threading.Thread(target=_stop_with_stdin, args=(server,), daemon=True).start()
            server.serve_forever(poll_interval=0.2)
    return 0


def _leave(code: int) -> NoReturn:
    """End without waiting for the threads of jobs: numpy aborts the process when one is cut off inside it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _refuse(what: str, reason: OSError) -> int:
    sys.stderr.write(f"The practice server cannot use {what}: {reason.strerror or reason}.\n")
    return 2


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _stop_with_stdin(server: PracticeServer) -> None:
    # Unbuffered: a thread that waits in a buffered read keeps the interpreter from ending.
    while os.read(sys.stdin.fileno(), 4096):
        continue
    server.shutdown()


if __name__ == "__main__":
    _leave(main())
