"""What the doctor suggests works on the computer it looked at, names all that would do, and fits the terminal."""

from __future__ import annotations

import pytest

from advisor.domain import doctor, doctor_text
from tests.doctor.test_doctor import a_machine, lacks


@pytest.mark.parametrize(
    ("system", "programs", "vllm", "extra", "key"),
    [
        (
            "Linux x86_64",
            ("pip",),
            "python3 -m venv vllm-env && vllm-env/bin/pip install vllm",
            "pip install",
            "export",
        ),
        ("Linux x86_64", ("pip", "uv"), "uv tool install vllm", "pip install", "export"),
        ("Linux x86_64", ("uv",), "uv tool install vllm", "uv pip install", "export"),
        ("Linux x86_64", ("pip", "pipx"), "pipx install vllm", "pip install", "export"),
        ("Windows AMD64", (), "python3 -m venv vllm-env && vllm-env/Scripts/pip install vllm", "pip install", "set"),
    ],
)
def test_what_is_suggested_is_a_command_of_this_computer(
    system: str, programs: tuple[str, ...], vllm: str, extra: str, key: str
) -> None:
    found = a_machine(system=system, programs=programs)
    assert vllm in lacks(found, "serve_vllm").values()
    assert next(iter(lacks(found, "local_lora").values())).startswith(f'{extra} "dspy-finetune-advisor[local]"')
    assert lacks(found, "together")["the key TOGETHER_API_KEY"] == f"{key} TOGETHER_API_KEY=…"


def test_every_key_that_would_do_is_named_with_its_host() -> None:
    told = next(iter(lacks(a_machine(), "compatible_host")))
    for part in ("OPENAI_API_KEY (OpenAI)", "NEBIUS_API_KEY (Nebius Token Factory)", "ADVISED_API_KEY (another"):
        assert part in told
    model = next(iter(lacks(a_machine(), "prompt_optimization")))
    assert all(name in model for name in doctor.MODEL_KEYS)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_words_fit_a_narrow_terminal_and_no_command_is_broken(width: int) -> None:
    bare = a_machine(packages={})
    text = doctor_text.told(bare, doctor.judge(bare), width)
    commands = {lack.command for one in doctor.judge(bare) for lack in one.lacks if lack.command}
    long = [line for line in text.splitlines() if len(line) > width]
    assert {line.strip() for line in long} <= commands
    assert all(f"        {command}" in text.splitlines() for command in commands)
