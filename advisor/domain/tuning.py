"""How a model is trained on this computer: the first way that fits its largest GPU."""

from __future__ import annotations

from advisor.domain import fit, sharing
from advisor.domain.facts import Believed, Gpu
from advisor.domain.held_here import SHORT_ROW
from advisor.domain.model_shape import commonly_known
from advisor.domain.plan import Tuning
from advisor.domain.preflight import student_of

ROWS = Tuning().batch
"""Rows of a step, whatever parts it is made in."""

WAYS = (
    Tuning(method="lora"),
    Tuning(method="lora", accumulate=ROWS),
    Tuning(method="qlora", accumulate=ROWS),
)
"""From the quickest to the one that takes least memory; the last is what preflight judges by."""
SHARED_OUT = Tuning(method="lora", accumulate=ROWS, sharded=True)
"""Where no card holds the model and several of a kind do."""


def tuning_for(facts: Believed) -> Tuning:
    """Return the way to train; the plain one where the GPU or the model's size is not known.

    Whether several cards share the weights out is decided here, by the formula that said they fit. It is left to the
    kit where nothing is known, and where one card leaves nothing to decide.
    """
    fact, known = facts.get("gpus"), commonly_known(student_of(facts) or "")
    gpus = [gpu for gpu in fact.value if isinstance(gpu, Gpu)] if fact and isinstance(fact.value, tuple) else []
    if known is None or not gpus:
        return Tuning()
    memory = max(gpu.gib for gpu in gpus)
    for way in WAYS:
        work = fit.Work(context=SHORT_ROW, batch=way.batch // way.accumulate, rank=way.rank)
        if fit.fit(known.shape, "qlora" if way.method == "qlora" else "lora", work, memory).band != "does not fit":
            return way.model_copy(update={"sharded": _shared_out(way, gpus)})
    shared = sharing.fits_together(known.shape, "lora", fit.Work(context=SHORT_ROW), gpus)
    return SHARED_OUT if shared else WAYS[-1]


def _shared_out(way: Tuning, gpus: list[Gpu]) -> bool | None:
    """What one card holds, each of several holds a copy of. QLoRA never does otherwise."""
    _, alike = sharing.most_of_a_kind([(gpu.gib, gpu.name) for gpu in gpus])
    return False if way.method != "qlora" and sharing.joined(alike) > 1 else None
