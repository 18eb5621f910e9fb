"""Keys, packages and graphics processors, with programs that answer as the makers' own do."""

from __future__ import annotations

import json
import platform
import sys
import time
from pathlib import Path

import pytest

from advisor.domain.facts import Fact, Facts, Gpu, Source
from advisor.domain.machine import Processor
from advisor.world import machine
from advisor.world.machine import hardware, packages
from tests.doctor.conftest import Script, posix

NVIDIA = """
import sys
if len(sys.argv) == 1:
    print("| NVIDIA-SMI 570.86.15    Driver Version: 570.86.15    CUDA Version: 12.8     |")
else:
    print("NVIDIA A100-SXM4-80GB, 81920, 60000, 570.86.15")
    print("NVIDIA RTX, weird, 24576, [N/A], 570.86.15\\n[N/A], [N/A], 1, 2")
"""
CARDS = {
    "card0": {"Card Series": "AMD Instinct MI300X VF", "Card Model": "0x74b5", "VRAM Total Memory (B)": "206141652992",
              "VRAM Total Used Memory (B)": "307900416"},
    "card1": {"Card series": "Radeon \x1b[31mRX", "VRAM Total Memory (B)": "17163091968"},
    "card2": {"Card Series": "nothing told"},
    "system": {"Driver version": "6.10.5"},
}  # fmt: skip


@posix
def test_processors_are_read(driver: Script) -> None:
    driver("nvidia-smi", NVIDIA)
    found = machine.look({})
    assert found.gpus == (Gpu(name="A100-SXM4-80GB", gib=80.0), Gpu(name="RTX, weird", gib=24.0))
    first, second = found.graphics.processors or ()
    assert (first.free_gib, first.driver, first.toolkit) == (58.6, "570.86.15", "cuda")
    assert second.free_gib is None and found.graphics.toolkit_version == "12.8"
    assert found.best("cuda") == first and found.best("rocm") is None
    (fact,) = found.facts(Facts())
    assert (fact.name, fact.source, fact.value) == ("gpus", Source.measured, found.gpus)
    assert fact.evidence == "nvidia-smi"


@posix
def test_an_amd_card_is_read_from_what_rocm_smi_prints(driver: Script) -> None:
    driver("rocm-smi", f"print('WARNING: low power state')\nprint({json.dumps(CARDS)!r})")
    found = machine.look({})
    assert found.graphics.processors == (
        Processor(name="AMD Instinct MI300X VF", toolkit="rocm", gib=192.0, free_gib=191.7, driver="6.10.5"),
        Processor(name="Radeon RX", toolkit="rocm", gib=16.0, driver="6.10.5"),
    )
    (fact,) = found.facts(Facts())
    assert fact.evidence == "rocm-smi"


@posix
@pytest.mark.parametrize("program", ["nvidia-smi", "rocm-smi"])
@pytest.mark.parametrize(
    "body", ["raise SystemExit(9)", "import time; time.sleep(60)", "print('{')\nraise SystemExit(1)"]
)
def test_a_driver_that_fails_or_hangs_says_nothing(
    driver: Script, monkeypatch: pytest.MonkeyPatch, program: str, body: str
) -> None:
    monkeypatch.setattr(machine, "PATIENCE_S", 0.4)
    driver(program, body)
    began = time.monotonic()
    found = machine.look({})
    assert found.gpus is None and found.facts(Facts()) == () and time.monotonic() - began < 5
    assert program in found.graphics.trouble


@posix
@pytest.mark.parametrize(
    "told", ["[]", "null", "1e999", '{"card0": 3}', '{"card0": {"VRAM Total Memory (B)": "٣x"}}', ""]
)
def test_what_is_no_list_of_cards_names_none(driver: Script, told: str) -> None:
    driver("rocm-smi", f"print({told!r})")
    assert not machine.look({}).gpus


@posix
def test_a_program_that_cannot_be_started_says_nothing(driver: Script) -> None:
    driver("nvidia-smi", "").write_text("#!/nowhere/python\n")
    assert machine.look({}).gpus is None


def test_without_a_driver_nothing_is_claimed(driver: Script) -> None:
    found = machine.look({})
    assert not found.gpus and found.facts(Facts()) == ()


def test_without_a_driver_there_is_no_gpu_to_train_on_here(driver: Script) -> None:
    here = Facts().learn(Fact(name="host", value="local", source=Source.told))
    (fact,) = machine.look({}).facts(here)
    assert (fact.name, fact.source, fact.value) == ("gpus", Source.measured, ())
    named = here.learn(Fact(name="gpus", value=(Gpu(name="A100", gib=80),), source=Source.told))
    assert machine.look({}).facts(named) == (), "what the user has in another computer stands"


@posix
def test_a_driver_that_fails_does_not_count_as_none(driver: Script) -> None:
    driver("nvidia-smi", "raise SystemExit(9)")
    here = Facts().learn(Fact(name="host", value="local", source=Source.told))
    assert machine.look({}).facts(here) == ()


@posix
def test_a_mac_tells_of_its_shared_memory(driver: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    driver("sysctl", "print('Apple M4 Max\\n68719476736')")
    found = machine.look({})
    assert found.graphics.processors == (Processor(name="Apple M4 Max", toolkit="metal", gib=64.0),)
    assert found.facts(Facts()) == (), "nothing has been trained on it, so nothing is claimed for it"


def test_keys_are_names_only(driver: Script) -> None:
    found = machine.look({"OPENAI_API_KEY": "sk-secretsecretsecret", "NEBIUS_API_KEY": " ", "OTHER_KEY": "x"})
    assert found.keys == ("OPENAI_API_KEY",) and "secret" not in found.model_dump_json()


def test_versions(driver: Script) -> None:
    found = machine.look({})
    assert found.python == ".".join(map(str, sys.version_info[:3])) and "pydantic" in found.packages
    assert "no-such-package" not in found.packages and found.system


@pytest.mark.parametrize(
    ("torch", "runtime", "told"),
    [("2.13.0+cpu", None, "2.13.0+cpu"), ("2.13.0", "12.8.90", "2.13.0+cu128"), ("2.13.0", None, "2.13.0")],
)
def test_the_build_of_torch_is_told_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torch: str, runtime: str | None, told: str
) -> None:
    for name, version in (("torch", torch), ("nvidia_cuda_runtime_cu12", runtime)):
        if version:
            info = tmp_path / f"{name}-{version}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert packages.versions() == {"torch": told}
    assert "torch" not in sys.modules


def test_programs_on_the_path(driver: Script) -> None:
    driver("uv", "")
    assert packages.programs() == ("uv",)


def test_the_host_the_environment_names_is_known_without_the_rest_of_its_address() -> None:
    named = {"ADVISED_BASE_URL": "https://user:secret@api.example.com:8443/v1"}
    assert machine.host_in_environment(named) == "api.example.com"
    assert machine.host_in_environment({}) is None
    assert machine.host_in_environment({"ADVISED_BASE_URL": "http://[::1"}) == "an address that cannot be read"


def test_disk_is_told_where_things_will_be_written(tmp_path: Path) -> None:
    missing = tmp_path / "not" / "yet"
    ollama = tmp_path / "ollama"
    ollama.mkdir()
    found = hardware.rooms({"HF_HOME": str(missing), "OLLAMA_MODELS": str(ollama)})
    assert [one.holds for one in found] == ["projects", "models", "Ollama's models"]
    assert found[1].folder == str(missing / "hub") and all(one.free_gib > 0 for one in found)
    assert len(hardware.rooms({"OLLAMA_MODELS": str(missing)})) == 2


def test_memory_is_no_more_than_the_container_may_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meminfo").write_text("MemTotal:       65536000 kB\nMemFree:  1 kB\nMemAvailable:   33554432 kB\n")
    monkeypatch.setattr(hardware, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(hardware, "CONTAINER_LIMIT", tmp_path / "memory.max")
    assert hardware.memory_gib() == (62.5, 32.0)
    (tmp_path / "memory.max").write_text("max\n")
    assert hardware.memory_gib() == (62.5, 32.0)
    (tmp_path / "memory.max").write_text(f"{8 * 2**30}\n")
    assert hardware.memory_gib() == (8.0, 8.0)
