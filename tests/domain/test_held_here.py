"""Whether a model can be trained on this computer, judged by its name where its shape is not known."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Gpu
from advisor.domain.held_here import too_large
from tests.domain.test_advice import told

CARD = Gpu(name="A card", gib=24.0)


@pytest.mark.parametrize(
    ("model", "cards", "why"),
    [
        ("acme/Fine-0.5B", (), None),
        (
            "meta-llama/Llama-3.1-70B-Instruct",
            (),
            "There is no GPU here: training Llama-3.1-70B-Instruct, 70.0",
        ),
        ("Qwen/Qwen3-14B", (), "14.8 billion weights, on a processor takes about"),
        ("acme/Fine-30B", (CARD,), None),
        ("meta-llama/Llama-3.1-70B-Instruct", (CARD,), "its weights alone take about 37 GiB in 4 bits"),
        ("meta-llama/Llama-3.1-70B-Instruct", (CARD,) * 8, None),
        ("acme/nameless", (), None),
        ("./tiny", (), None),
    ],
)
def test_a_model_is_judged_by_its_size(model: str, cards: tuple[Gpu, ...], why: str | None) -> None:
    found = too_large(model, told(gpus=cards, usable_examples=700))
    if why is None:
        assert found is None
    else:
        assert found is not None and why in found.why and "rent a GPU" in found.try_this


def test_what_is_not_known_of_the_computer_refuses_nothing() -> None:
    assert too_large("meta-llama/Llama-3.1-70B-Instruct", told(usable_examples=700)) is None
