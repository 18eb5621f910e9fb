"""What the doctor concludes from a machine, and the command from end to end."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from advisor.commands import doctor as command
from advisor.domain import doctor, doctor_text
from advisor.domain.machine import Graphics, Machine, ModelServer, Processor
from advisor.errors import UsageError
from advisor.world import machine
from advisor.world.machine import hosts, servers
from tests import hostile
from tests.doctor import server_stubs as stubs
from tests.doctor.conftest import Script, posix
from tests.doctor.test_fit import LLAMA
from tests.doctor.test_model_servers import is_silent

ROOT = Path(__file__).parents[2]
CARD = Processor(name="RTX 4090", toolkit="cuda", gib=24.0, free_gib=23.1, driver="570.86.15")
TRAINING = {
    "torch": "2.13.0+cu128", "transformers": "5.23.0", "trl": "1.16.0", "peft": "0.21.2", "accelerate": "1.15.0",
    "datasets": "5.2.0",
}  # fmt: skip


def a_machine(**changes: Any) -> Machine:
    bare: dict[str, Any] = {
        "python": "3.11.7", "system": "Linux x86_64", "keys": (), "graphics": Graphics(), "packages": {"dspy": "3.4.1"},
    }  # fmt: skip
    return Machine(**{**bare, **changes})


def ready(machine: Machine) -> set[str]:
    return {one.route for one in doctor.judge(machine) if one.ready}


def lacks(machine: Machine, route: str) -> dict[str, str]:
    (found,) = (one for one in doctor.judge(machine) if one.route == route)
    return {lack.what: lack.command for lack in found.lacks}


def test_a_bare_machine_can_take_the_tour() -> None:
    assert ready(a_machine()) == {"practice"}
    told = lacks(a_machine(), "local_lora")
    assert told == {"torch, transformers, trl, peft": doctor.extra("local")}


def test_a_key_or_a_server_opens_prompt_optimization() -> None:
    assert "prompt_optimization" in ready(a_machine(keys=("ANTHROPIC_API_KEY",)))
    server = ModelServer(kind="ollama", address="http://127.0.0.1:11434/v1", models=("llama3.2:3b",))
    assert "prompt_optimization" in ready(a_machine(servers=(server,)))
    stranger = ModelServer(kind="unknown", address="http://127.0.0.1:8080")
    assert "prompt_optimization" not in ready(a_machine(servers=(stranger,), keys=("HF_TOKEN",)))


def test_a_key_of_a_host_comes_with_where_its_door_is_told() -> None:
    (found,) = (one for one in doctor.judge(a_machine(keys=("OPENAI_API_KEY",))) if one.route == "compatible_host")
    assert found.ready and "OpenAI: `advisor models`" in " ".join(found.notes)


def test_what_is_too_old_is_lacking() -> None:
    assert (
        next(iter(lacks(a_machine(packages={"dspy": "3.3.9"}), "prompt_optimization")))
        == "dspy 3.4.1 or newer, not 3.3.9"
    )
    old = {**TRAINING, "trl": "0.24.0"}
    assert lacks(a_machine(packages=old), "local_lora") == {"trl 1.16 or newer, not 0.24.0": doctor.extra("local")}


def test_what_training_here_lacks_is_said_in_a_sentence() -> None:
    bare = doctor.lacking_here(a_machine(packages={}))
    assert "Not installed here: torch, transformers, trl, peft" in bare and doctor.extra("local") in bare
    assert "No NVIDIA GPU here: on the processor a model of 0.6 billion weights trains for hours" in bare
    graphics = Graphics(processors=(CARD,), told_by="nvidia-smi")
    whole = {**TRAINING, "datasets": "4.0", "uvicorn": "0.35"}
    assert not doctor.lacking_here(a_machine(packages=whole, graphics=graphics))
    assert "GPU" not in doctor.lacking_here(a_machine(graphics=Graphics(processors=None, trouble="failed")))


def test_a_card_opens_qlora_and_vllm() -> None:
    graphics = Graphics(processors=(CARD,), toolkit_version="12.8", told_by="nvidia-smi")
    whole = a_machine(packages={**TRAINING, "bitsandbytes": "0.50.2"}, programs=("vllm",), graphics=graphics)
    assert {"local_lora", "local_qlora", "serve_vllm"} <= ready(whole)
    assert "without a GPU" not in " ".join(note for one in doctor.judge(whole) for note in one.notes)
    idle = whole.model_copy(update={"packages": {**whole.packages, "torch": "2.13.0+cpu"}})
    assert doctor.TORCH_FOR_CUDA in lacks(idle, "local_lora").values()
    amd = whole.model_copy(
        update={"graphics": Graphics(processors=(CARD.model_copy(update={"toolkit": "rocm"}),), told_by="rocm-smi")}
    )
    assert "local_lora" in ready(amd) and not {"local_qlora", "serve_vllm"} & ready(amd)
    silent = whole.model_copy(update={"graphics": Graphics(processors=None, trouble="nvidia-smi failed")})
    assert any("nvidia-smi failed" in what for what in lacks(silent, "local_qlora"))


def test_together_needs_both_its_package_and_its_key() -> None:
    assert len(lacks(a_machine(), "together")) == 2
    assert "together" in ready(a_machine(packages={"together": "3.1.1"}, keys=("TOGETHER_API_KEY",)))


def test_no_route_asks_for_what_its_extra_does_not_bring() -> None:
    table = (
        (ROOT / "pyproject.toml").read_text().partition("[project.optional-dependencies]")[2].partition("\n[project")[0]
    )
    extras = {name: brought for name, brought in re.findall(r"(?ms)^(\w+) = \[(.*?)\]$", table)}
    assert {"deep", "arrow", "web"} <= set(extras)
    judged = {one.route: one for one in doctor.judge(a_machine(packages={}))}
    for route, extra in (("deep", "deep"), ("arrow", "arrow"), ("web", "web"), ("local_lora", "local"),
                         ("local_qlora", "local"), ("skypilot", "sky"), ("together", "together")):  # fmt: skip
        (lack,) = (lack for lack in judged[route].lacks if lack.command == doctor.extra(extra))
        assert extra not in extras or all(name in extras[extra] for name in lack.what.split(", ")), route


@pytest.mark.parametrize(
    ("version", "told"),
    [("2.13.0+cpu", "CPU"), ("2.13.0+cu128", "CUDA 12.8"), ("2.9+rocm6.3", "ROCm 6.3"), ("2.13.0", ""), ("+", "")],
)
def test_the_build_of_torch(version: str, told: str) -> None:
    assert doctor.torch_build(a_machine(packages={"torch": version})) == told


def test_the_words(request: pytest.FixtureRequest) -> None:
    machine = a_machine(
        cores=16, memory_gib=62.6, free_memory_gib=40.1, keys=("OPENAI_API_KEY",), packages=TRAINING,
        graphics=Graphics(processors=(CARD,), toolkit_version="12.8", told_by="nvidia-smi"),
        servers=(ModelServer(kind="lm_studio", address="http://127.0.0.1:1234/v1", models=("a", "b"), more=3),),
    )  # fmt: skip
    text = doctor_text.told(machine, doctor.judge(machine))
    for line in (
        "  system     Linux x86_64, Python 3.11.7, 16 cores, 62.6 GiB of memory, 40.1",
        "  graphics   NVIDIA RTX 4090, 24 GiB, 23.1 free, driver 570.86.15, CUDA 12.8",
        "  servers    LM Studio at http://127.0.0.1:1234/v1: a, b and 3 more",
        "  ✓ LoRA on this computer: ready",
        "  ✗ QLoRA on this computer: lacks",
    ):
        assert line in text.splitlines()
    assert "torch 2.13.0 (CUDA 12.8)" in text and max(map(len, text.splitlines())) <= 80


# The command


def test_json_holds_machine_and_routes_and_no_key(
    quiet: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-AbCd_1234-efgh5678")
    assert command.main(["--json"]) == 0
    out = capsys.readouterr().out
    told = json.loads(out)
    assert told["machine"]["keys"] == ["OPENAI_API_KEY"] and not hostile.leaks(out)
    assert {one["route"] for one in told["routes"]} >= {"local_qlora", "serve_vllm", "skypilot", "web"}
    assert told["machine"]["reached"] == [], "nobody is asked without --online"


@posix
def test_servers_and_cards_stand_in_the_text(
    quiet: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet("nvidia-smi", "import sys\nprint('NVIDIA L4, 23034, 22500, 570.1' if sys.argv[1:] else '')")
    evil: stubs.Answers = {"/api/tags": (200, {"models": [{"name": "\x1b[2Jevil\u202e"}]})}
    with stubs.serving(evil) as port:
        monkeypatch.setattr(servers, "PORTS", (port,))
        assert command.main([]) == 0
    out = capsys.readouterr().out
    assert f"Ollama at http://127.0.0.1:{port}/v1: evil" in out and "NVIDIA L4, 22.5 GiB, 22 free" in out
    assert not hostile.unseen(out) and "✓ prompt optimization: ready" in out


@posix
def test_it_takes_less_than_a_second_of_a_processor() -> None:
    """From a fresh interpreter; what it waits for has a deadline of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "advisor", "doctor", "--json"], capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime < 1


@posix
def test_drivers_and_servers_that_hang_are_waited_for_together(
    quiet: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet("nvidia-smi", "import time; time.sleep(60)")
    with stubs.talking(is_silent) as port:
        monkeypatch.setattr(servers, "PORTS", (port,) * 4)
        began = time.monotonic()
        assert command.main([]) == 0
        took = time.monotonic() - began
    assert took < machine.BRIEF_S + servers.DEADLINE_S and "not found out: nvidia-smi failed" in capsys.readouterr().out


def test_hosts_are_asked_only_online(
    quiet: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with stubs.serving(stubs.WEB_PAGE) as port:
        monkeypatch.setattr(hosts, "HOSTS", {"X": "http://127.0.0.1:9/"})
        monkeypatch.setenv("ADVISED_BASE_URL", f"http://user:secret@127.0.0.1:{port}/v1")
        assert command.main(["--online"]) == 0
    out = capsys.readouterr().out
    assert f"127.0.0.1:{port} answers" in out and "127.0.0.1:9 Connection refused" in out and "secret" not in out


@posix
def test_a_model_in_a_folder_is_judged_against_the_card(
    quiet: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet("nvidia-smi", "import sys\nprint('NVIDIA L4, 23034, 22500, 570.1' if sys.argv[1:] else '')")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_text(json.dumps(LLAMA))
    assert command.main(["--model", str(tmp_path / "mine"), "--batch", "2"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "8.03 billion weights, rows of up to 2,048 tokens, 2 at a time" in out
    assert "On NVIDIA L4, 22 of 22.5 GiB to use:" in out
    assert "To make LoRA fit, in this order" in out and "Qwen/Qwen3-14B with QLoRA" in out
    assert command.main(["--model", str(tmp_path / "mine"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["fit"]
    assert [one["band"] for one in told["methods"]] == ["comfortable", "does not fit", "does not fit"]


def test_a_model_in_the_cache_is_found_and_nothing_is_downloaded(
    quiet: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "cache" / "hub" / "models--acme--tiny" / "snapshots" / "abc"
    kept.mkdir(parents=True)
    (kept / "config.json").write_text(json.dumps(LLAMA))
    assert command.main(["--model", "acme/tiny"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "No GPU was found here" in out and "QLoRA about 11.6 GiB T4, L4" in out
    assert command.main(["--model", "qwen3-8b"]) == 0
    assert "huggingface.co/Qwen/Qwen3-8B" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["acme/unknown", "../../etc", "", "\x1b[2J", "a" * 5000, "x\x00y"])
def test_an_unknown_model_is_a_usage_error(quiet: Script, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        command.main(["--model", name])
    assert "hf download" in refused.value.try_this and not hostile.unseen(refused.value.what)


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "[]", '{"hidden_size": 3}', " " * 1_000_001])
def test_a_config_that_cannot_be_used_is_a_usage_error(quiet: Script, tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    with pytest.raises(UsageError):
        command.main(["--model", str(tmp_path)])


@pytest.mark.parametrize("arguments", [["--context", "0"], ["--context", "x"], ["--batch", "99999"], ["--batch", "2"]])
def test_numbers_that_say_nothing_are_refused(quiet: Script, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
