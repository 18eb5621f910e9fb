"""The verb: what it refuses in a sentence, what it starts, and how it ends."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.commands.web import HOST, tab_command
from tests.waiting import belonging_to, linux, until
from tests.web.conftest import Start


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["web", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_a_missing_extra_is_named_with_its_install_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "textual_serve" else found(name))
    assert 'pip install "dspy-finetune-advisor[web]"' in refusal(capsys)


def test_a_taken_port_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = str(other.getsockname()[1])
        assert refusal(capsys, "--port", port).startswith(f"Port {port} is taken.\n")


def test_a_file_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no file 'tikets.csv'." in refusal(capsys, "tikets.csv")


def test_the_tour_takes_no_file(capsys: pytest.CaptureFixture[str], ticket_file: Path) -> None:
    assert "The tour brings its own data." in refusal(capsys, "--tour", str(ticket_file))


@pytest.mark.parametrize("port", ["-1", "65536", "http", "²"])
def test_a_port_is_a_number_a_port_can_have(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["web", f"--port={port}"])
    assert ended.value.code == 2
    assert "is not a port" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["tour", "--yes", "$(touch x); 'a b\".csv"])
def test_a_file_is_never_taken_for_a_command_or_an_option(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).touch()
    *before, path = tab_command(Path(name), tour=False)
    assert path == str(tmp_path / name)
    assert before[0] == sys.executable
    assert before[-2:] == ["-m", "advisor"]


def test_help_imports_neither_the_server_nor_textual() -> None:
    probe = (
        "import sys\nfrom advisor.__main__ import main\ntry:\n    main(['web', '--help'])\nexcept SystemExit:\n"
        "    sys.exit(', '.join(sorted({'aiohttp', 'textual', 'textual_serve'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_quietly(number: str, start: Start) -> None:
    process, address = start()
    assert address.startswith(f"http://{HOST}:")
    process.send_signal(signal.Signals[number])
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith("Ctrl+C ends.\n")


@linux
async def test_a_conversation_ends_when_its_server_is_killed(start: Start, served: Path) -> None:
    from aiohttp import ClientSession

    process, address = start()
    own = address.removesuffix("/").rpartition("/")[0]
    async with ClientSession() as client, client.ws_connect(f"{address}ws", headers={"Origin": own}) as socket:
        assert await socket.receive_bytes()
        assert len(belonging_to(served)) == 2
        process.kill()
        await socket.receive()
    until(lambda: not belonging_to(served), "the conversation has ended")
