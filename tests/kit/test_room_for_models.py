"""Models served on this computer: how many at a time, and how vLLM is asked for, with programs in its place."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from advisor.kit.local.room import GIB, HALF, WHOLE, room_for, weights_gib
from advisor.kit.local.servers import Servers

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
    for name, text in (("nvidia-smi", NVIDIA_SMI.format(told="24576\\n24576\\n")),
                       ("vllm", VLLM.format(python=sys.executable))):  # fmt: skip
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    return folder


def model_of(gib: float, folder: Path) -> str:
    """Write a model with weights of a size; they take no room on the disk."""
    folder.mkdir(parents=True)
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


def test_cards_that_are_hidden_from_the_run_are_not_counted(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    assert room_for(model_of(28.0, tmp_path / "m"), tmp_path) == (WHOLE, 1)


def test_a_model_that_is_not_on_disk_yet_is_given_everything(programs: Path, tmp_path: Path) -> None:
    assert room_for("Qwen/Qwen2.5-0.5B-Instruct", tmp_path) == (WHOLE, 1)


def test_weights_are_found_in_the_cache_of_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    model_of(3.0, tmp_path / "hub" / "models--some--model" / "snapshots" / "abc")
    assert weights_gib("some/model", tmp_path) == 3.0
    assert weights_gib("some/other", tmp_path) is None


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
