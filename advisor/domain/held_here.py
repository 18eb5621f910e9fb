"""Whether a model can be trained on this computer: by its processor alone, or by what its GPUs hold."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain import fit, pace, sharing
from advisor.domain.cleaning import clean
from advisor.domain.facts import Believed, Gpu
from advisor.domain.model_shape import commonly_known

RENT = (
    "Choose a smaller model, or say `rent a GPU` (`--set host=sky`): the same training, on a GPU rented from a cloud."
)
SHORT_ROW = 512
"""Tokens of a text to label with its prompt; `advisor doctor --model` judges longer ones."""
FOUR_BITS, SIXTEEN_BITS = 0.57, 2
"""Bytes a weight; training comes on top."""


class TooLarge(NamedTuple):
    """Why a model is not trained here, and what to do."""

    why: str
    try_this: str


def too_large(name: str, facts: Believed) -> TooLarge | None:
    """Return why a model is too large for this computer; None where it is not, or its size is not known."""
    fact, weights = facts.get("gpus"), pace.weights_known(name, facts)
    if fact is None or not isinstance(fact.value, tuple) or weights is None:
        return None
    gpus = [gpu for gpu in fact.value if isinstance(gpu, Gpu)]
    return _for_gpus(name, weights, gpus) if gpus else _for_processor(name, weights, facts)


def _for_processor(name: str, weights: float, facts: Believed) -> TooLarge | None:
    hours = pace.training_hours(weights, facts.lower("usable_examples") or facts.lower("labelled_examples"))
    if hours <= pace.LONGEST_HOURS:
        return None
    size = f"{_short(name)}, {weights / 1e9:.1f} billion weights,"
    return TooLarge(f"There is no GPU here: training {size} on a processor takes about {hours:,.0f} hours.", RENT)


def _for_gpus(name: str, weights: float, gpus: list[Gpu]) -> TooLarge | None:
    """By the largest GPU and the method that takes least, and by several of a kind together."""
    known, largest, work = commonly_known(name), max(gpu.gib for gpu in gpus), fit.Work(context=SHORT_ROW)
    if known is None:
        needed = weights * FOUR_BITS / 2**30
        if needed <= largest or weights * SIXTEEN_BITS / 2**30 <= sum(gpu.gib for gpu in gpus):
            return None
        told = f"{_short(name)} does not fit: its weights alone take about {needed:.0f} GiB in 4 bits"
        return TooLarge(f"{told} and the largest GPU has {largest:.0f}.", RENT)
    judged = fit.fit(known.shape, "qlora", work, largest)
    if judged.band != "does not fit" or sharing.fits_together(known.shape, "lora", work, gpus):
        return None
    smaller = fit.largest("qlora", work, largest)
    return TooLarge(
        f"{_short(known.name)} does not fit: QLoRA, one row at a time, takes about {judged.need_gib:.0f} GiB and the "
        f"largest GPU has {largest:.0f}.",
        f"{_short(smaller.name)} would fit. {RENT}" if smaller else RENT,
    )


def _short(name: str) -> str:
    return clean(name.rpartition("/")[2], 60)
