"""Models served on this computer: how many at a time, and how vLLM is asked for, with programs in its place."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from advisor.kit.local.room import GIB, HALF, WHOLE, command, on_disk, room_for, weights_gib
from advisor.kit.local.servers import Servers
from tests import waiting

NVIDIA_SMI = "#!/bin/sh\nprintf '{told}'\n"
VLLM = """#!{python}
import http.server, json, pathlib, sys
at = sys.argv.index("--port") + 1
pathlib.Path(sys.argv[2] + ".asked.json").write_text(json.dumps(sys.argv[1:]))
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[at])), Healthy).serve_forever()
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cards of 24 GiB, and a vLLM in an environment of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("nvidia-smi", NVIDIA_SMI.format(told="GPU-3f1c, 24576\\nGPU-9a2b, 24576\\n")),
                       ("vllm", VLLM.format(python=sys.executable))):  # fmt: skip
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    return folder


def model_of(gib: float, folder: Path, heads: int = 32) -> str:
    """Write a model with weights of a size; they take no room on the disk."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"num_attention_heads": heads}))
    with (folder / "model.safetensors").open("wb") as weights:
        weights.truncate(int(gib * GIB))
    return folder.name


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Servers, list[str]]]:
    said: list[str] = []
    made = Servers(tmp_path, tmp_path / "logs", said.append)
    yield made, said
    made.end()


def ask(servers: Servers, model: str) -> None:
    servers.address(model)
    servers.on_lm_start(model, SimpleNamespace(model=f"openai/{model}"), {})
    servers.on_lm_end(model, {})


@pytest.mark.parametrize(
    ("gib", "share", "cards"), [(1.0, HALF, 1), (7.0, HALF, 1), (15.0, WHOLE, 1), (28.0, WHOLE, 2), (140.0, WHOLE, 2)]
)
def test_a_model_is_given_half_a_card_a_whole_one_or_several(
    gib: float, share: float, cards: int, programs: Path, tmp_path: Path
) -> None:
    assert room_for(model_of(gib, tmp_path / "m"), tmp_path) == (share, cards)


@pytest.mark.parametrize(
    ("visible", "given"),
    [("1", (WHOLE, 1)), ("0,1", (WHOLE, 2)), ("GPU-9a", (WHOLE, 1)), ("GPU-9a,GPU-3f1c", (WHOLE, 2)),
     ("MIG-abc", (WHOLE, 1))],
)  # fmt: skip
def test_cards_that_are_hidden_from_the_run_are_not_counted(
    visible: str, given: tuple[float, int], programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    model = model_of(28.0, tmp_path / "m")
    room = room_for(model, tmp_path)
    assert room == given
    assert command(model, 1, room)[0] == str(programs / "vllm"), "a GPU is there, whatever it is called"


def test_a_model_is_split_so_that_every_card_has_as_many_heads(programs: Path, tmp_path: Path) -> None:
    four = "".join(f"GPU-{number}, 24576\\n" for number in range(4))
    (programs / "nvidia-smi").write_text(NVIDIA_SMI.format(told=four))
    assert room_for(model_of(50.0, tmp_path / "a", heads=40), tmp_path).cards == 4
    assert room_for(model_of(50.0, tmp_path / "b", heads=14), tmp_path).cards == 2, "no number of cards is enough"
    assert room_for(model_of(50.0, tmp_path / "c", heads=27), tmp_path).cards == 3


def test_a_model_that_is_not_on_disk_yet_is_given_everything(programs: Path, tmp_path: Path) -> None:
    assert room_for("Qwen/Qwen2.5-0.5B-Instruct", tmp_path) == (WHOLE, 1)


def test_weights_are_found_in_the_cache_of_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    model_of(3.0, tmp_path / "hub" / "models--some--model" / "snapshots" / "abc")
    found = on_disk("some/model", tmp_path)
    assert found is not None and weights_gib(found) == 3.0
    assert on_disk("some/other", tmp_path) is None


def test_two_small_models_answer_side_by_side_and_a_large_one_by_itself(
    programs: Path, tmp_path: Path, servers: tuple[Servers, list[str]]
) -> None:
    asked, said = servers
    small, other, large = (model_of(gib, tmp_path / name) for name, gib in (("a", 2), ("b", 2), ("c", 16)))
    for model in (small, other, small):
        ask(asked, model)
    assert len(said) == 2, "each was started once"
    ask(asked, large)
    assert said[2:4] == [f"The server for {other} makes room.", f"The server for {small} makes room."]


def test_vllm_is_told_its_share_its_cards_and_no_more_context_than_fits(
    programs: Path, tmp_path: Path, servers: tuple[Servers, list[str]]
) -> None:
    asked, _ = servers
    model = model_of(28.0, tmp_path / "c")
    ask(asked, model)
    told = json.loads((tmp_path / "c.asked.json").read_text())
    options = dict(zip(told[2::2], told[3::2], strict=True))
    assert told[:2] == ["serve", model]
    assert options["--host"] == "127.0.0.1"
    assert options["--gpu-memory-utilization"] == "0.9" and options["--tensor-parallel-size"] == "2"
    assert options["--max-model-len"] == "auto" and options["--served-model-name"] == model


def two_that_need_a_card_each(servers: Servers, folder: Path) -> tuple[str, str]:
    first, second = (model_of(16, folder / name) for name in ("a", "b"))
    for model in (first, second):
        servers.address(model)
    return first, second


def test_four_that_wait_for_a_model_start_it_once(
    programs: Path, tmp_path: Path, servers: tuple[Servers, list[str]]
) -> None:
    asked, said = servers
    first, second = two_that_need_a_card_each(asked, tmp_path)
    asked.on_lm_start("straggler", SimpleNamespace(model=f"openai/{first}"), {})
    threads = [threading.Thread(target=call, args=(asked, second, str(number))) for number in range(4)]
    for one in threads:
        one.start()
    waiting.until(lambda: len(vars(asked._lock)["_waiters"]) == 4, "all four wait for room")
    asked.on_lm_end("straggler", None)
    for one in threads:
        one.join(60)
    assert sum(f"Starting a server for {second}" in line for line in said) == 1


def call(servers: Servers, model: str, name: str) -> None:
    servers.on_lm_start(name, SimpleNamespace(model=f"openai/{model}"), {})
    servers.on_lm_end(name, None)


def test_calls_that_a_lost_server_leaves_behind_are_not_counted_against_the_next(
    programs: Path, tmp_path: Path, servers: tuple[Servers, list[str]]
) -> None:
    asked, _ = servers
    first, second = two_that_need_a_card_each(asked, tmp_path)
    for name in ("1", "2", "3"):
        asked.on_lm_start(name, SimpleNamespace(model=f"openai/{first}"), {})
    lost = asked._running[first].process
    assert lost.stdin is not None
    lost.stdin.close()
    lost.wait(30)
    asked.on_lm_end("1", None, RuntimeError())
    call(asked, first, "4")
    asked.on_lm_end("2", None, RuntimeError())
    asked.on_lm_end("3", None, RuntimeError())
    assert asked._running[first].busy == 0
    call(asked, second, "5")
    assert list(asked._running) == [second]
