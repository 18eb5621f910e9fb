"""The way to train on this computer is the first that fits its largest GPU."""

from __future__ import annotations

import pytest

from advisor.domain import fit, sharing
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Source
from advisor.domain.held_here import SHORT_ROW
from advisor.domain.model_shape import common
from advisor.domain.tuning import ROWS, tuning_for


def case(gib: float | None, model: str) -> Facts:
    told: dict[FactName, FactValue] = {"host": "local", "student_model": model}
    if gib is not None:
        told["gpus"] = (Gpu(name="card", gib=gib),)
    return Facts().learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told.items()))


@pytest.mark.parametrize(
    ("gib", "model", "method", "accumulate"),
    [
        (80.0, "Qwen/Qwen3-8B", "lora", 1),
        (24.0, "Qwen/Qwen3-8B", "lora", 8),
        (12.0, "Qwen/Qwen3-8B", "qlora", 8),
        (4.0, "Qwen/Qwen3-8B", "qlora", 8),
        (None, "Qwen/Qwen3-8B", "auto", 1),
        (24.0, "my/own-model", "auto", 1),
    ],
)
def test_the_first_way_that_fits_is_taken(gib: float | None, model: str, method: str, accumulate: int) -> None:
    chosen = tuning_for(case(gib, model))
    assert (chosen.method, chosen.accumulate) == (method, accumulate)


def cards(count: int, gib: float) -> tuple[Gpu, ...]:
    return (Gpu(name="card", gib=gib),) * count


@pytest.mark.parametrize(
    ("gpus", "model", "method", "sharded"),
    [
        (cards(2, 24.0), "Qwen/Qwen3-8B", "lora", False),
        (cards(8, 80.0), "Qwen/Qwen3-8B", "lora", False),
        (cards(8, 39.4), "Llama-3.3-70B-Instruct", "lora", True),
        (cards(2, 12.0), "Qwen/Qwen3-8B", "qlora", None),
        (cards(1, 80.0), "Qwen/Qwen3-8B", "lora", None),
        ((*cards(1, 80.0), *cards(4, 24.0)), "Qwen/Qwen3-8B", "lora", None),
        (cards(2, 24.0), "my/own-model", "auto", None),
    ],
)
def test_whether_weights_are_shared_out_is_decided_where_the_cards_are_known(
    gpus: tuple[Gpu, ...], model: str, method: str, sharded: bool | None
) -> None:
    facts = case(None, model).learn(Fact(name="gpus", value=gpus, source=Source.told))
    chosen = tuning_for(facts)
    assert (chosen.method, chosen.sharded) == (method, sharded)


@pytest.mark.parametrize("count", [2, 4, 8])
@pytest.mark.parametrize("gib", [11.0, 15.0, 22.5, 24.0, 31.5, 39.4, 45.0, 79.6])
def test_what_each_card_takes_fits_by_the_formula_that_offered_it(count: int, gib: float) -> None:
    for known in common():
        facts = case(None, known.name).learn(Fact(name="gpus", value=cards(count, gib), source=Source.told))
        chosen = tuning_for(facts)
        if chosen.method != "lora":
            continue
        assert chosen.sharded is not None
        work = fit.Work(context=SHORT_ROW, batch=ROWS // chosen.accumulate, rank=chosen.rank)
        judged = sharing.together(known.shape, "lora", work, gib, count)
        band = judged and judged.band if chosen.sharded else fit.fit(known.shape, "lora", work, gib).band
        assert band != "does not fit", known.name
