"""What the doctor says of a model on a computer with several cards of a kind."""

from __future__ import annotations

import json

import pytest

from advisor.commands import doctor as command
from tests.doctor.conftest import Script, posix

CARD = "NVIDIA L40S, 46068, 45900, 570.1"


def on(quiet: Script, *cards: str) -> None:
    quiet("nvidia-smi", f"import sys\nprint({chr(10).join(cards)!r} if sys.argv[1:] else '')")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


@posix
def test_a_model_that_two_cards_hold_and_one_does_not_is_shared_out(
    quiet: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    on(quiet, *[CARD] * 4, "NVIDIA T4, 15360, 15000, 570.1")
    assert command.main(["--model", "Qwen/Qwen3-32B"]) == 0
    out = said(capsys)
    assert "All 4 of that kind train together" in out and "by QLoRA always" in out
    assert "LoRA about 75.6 GiB does not fit; shared out among 4: about 28.8 GiB on each, fits" in out
    assert "To make LoRA fit" not in out and "To make all weights fit" in out
    assert "our formula, not validated on a GPU" in out
    assert command.main(["--model", "Qwen/Qwen3-32B", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["fit"]
    qlora, lora, full = told["methods"]
    assert told["alike"] == 4 and qlora["together"] is None
    assert lora["together"] == {"cards": 4, "need_gib": 28.8, "band": "fits"}
    assert full["together"]["band"] == "does not fit" and full["sets"] == ["H200:8"]


@posix
def test_cards_that_cannot_share_a_step_evenly_are_left_out(quiet: Script, capsys: pytest.CaptureFixture[str]) -> None:
    on(quiet, *[CARD] * 3)
    assert command.main(["--model", "Qwen/Qwen3-32B"]) == 0
    out = said(capsys)
    assert "2 of the 3 of that kind train together" in out and "shared out among 2: about 46.1 GiB on each" in out


@posix
def test_one_card_or_none_is_told_of_sets_to_rent(quiet: Script, capsys: pytest.CaptureFixture[str]) -> None:
    on(quiet, CARD)
    assert command.main(["--model", "llama-3.3-70b-instruct"]) == 0
    out = said(capsys)
    assert "train together" not in out
    assert "several rented cards that share the weights out: L40S:8, H100:4, A100-80GB:4, H200:2" in out
    assert "not even eight cards of the largest kind have that" in out
    on(quiet)
    assert command.main(["--model", "llama-3.3-70b-instruct"]) == 0
    out = said(capsys)
    assert "LoRA about 155.4 GiB L40S:8, H100:4" in out and "more than eight cards" in out
