import os
import sys
import time
from pathlib import Path

import pytest

from advisor.domain.facts import Gpu, Source
from advisor.world import machine

posix = pytest.mark.skipif(os.name != "posix", reason="a script stands in for nvidia-smi")


@pytest.fixture
def nvidia_smi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "nvidia-smi"


def script(path: Path, body: str) -> None:
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(0o755)


@posix
def test_processors_are_read(nvidia_smi: Path) -> None:
    script(nvidia_smi, r"print('NVIDIA A100-SXM4-80GB, 81920\nNVIDIA RTX, weird, 24576\n[N/A], [N/A]\n')")
    found = machine.look({})
    assert found.gpus == (Gpu(name="A100-SXM4-80GB", gib=80.0), Gpu(name="RTX, weird", gib=24.0))
    (fact,) = found.facts()
    assert (fact.name, fact.source, fact.value) == ("gpus", Source.measured, found.gpus)


@posix
@pytest.mark.parametrize("body", ["raise SystemExit(9)", "import time; time.sleep(60)"])
def test_a_driver_that_fails_or_hangs_says_nothing(
    nvidia_smi: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setattr(machine, "NVIDIA_DEADLINE_S", 0.4)
    script(nvidia_smi, body)
    began = time.monotonic()
    found = machine.look({})
    assert found.gpus is None and found.facts() == () and time.monotonic() - began < 5


def test_without_a_driver_nothing_is_claimed(nvidia_smi: Path) -> None:
    assert not machine.look({}).gpus and machine.look({}).facts() == ()


def test_keys_are_names_only(nvidia_smi: Path) -> None:
    found = machine.look({"OPENAI_API_KEY": "sk-secretsecretsecret", "NEBIUS_API_KEY": " ", "OTHER_KEY": "x"})
    assert found.keys == ("OPENAI_API_KEY",) and "secret" not in found.model_dump_json()


def test_versions(nvidia_smi: Path) -> None:
    found = machine.look({})
    assert found.python == ".".join(map(str, sys.version_info[:3])) and "pydantic" in found.packages
    assert "no-such-package" not in found.packages and found.system


def test_the_host_the_environment_names_is_known_without_the_rest_of_its_address() -> None:
    named = {"ADVISED_BASE_URL": "https://user:secret@api.example.com:8443/v1"}
    assert machine.host_in_environment(named) == "api.example.com"
    assert machine.host_in_environment({}) is None
    assert machine.host_in_environment({"ADVISED_BASE_URL": "http://[::1"}) == "an address that cannot be read"
