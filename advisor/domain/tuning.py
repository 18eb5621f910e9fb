"""How a model is trained on this computer: the first way that fits its largest GPU."""

from __future__ import annotations

from advisor.domain import fit, sharing
from advisor.domain.facts import Believed, Gpu
from advisor.domain.model_shape import commonly_known
from advisor.domain.plan import Tuning
from advisor.domain.preflight import SHORT_ROW, student_of

ROWS = Tuning().batch
"""Rows of a step, whatever parts it is made in."""

WAYS = (
    Tuning(method="lora"),
    Tuning(method="lora", accumulate=ROWS),
    Tuning(method="qlora", accumulate=ROWS),
)
"""From the quickest to the one that takes least memory; the last is what preflight judges by."""
SHARED_OUT = Tuning(method="lora", accumulate=ROWS)
"""Where no card holds the model and several of a kind do; the kit sees for itself that it has to share it out."""


def tuning_for(facts: Believed) -> Tuning:
    """Return the way to train; the plain one where the GPU or the model's size is not known."""
    fact, known = facts.get("gpus"), commonly_known(student_of(facts) or "")
    gpus = [gpu for gpu in fact.value if isinstance(gpu, Gpu)] if fact and isinstance(fact.value, tuple) else []
    if known is None or not gpus:
        return Tuning()
    memory = max(gpu.gib for gpu in gpus)
    for way in WAYS:
        work = fit.Work(context=SHORT_ROW, batch=way.batch // way.accumulate, rank=way.rank)
        if fit.fit(known.shape, "qlora" if way.method == "qlora" else "lora", work, memory).band != "does not fit":
            return way
    shared = sharing.fits_together(known.shape, "lora", fit.Work(context=SHORT_ROW), gpus)
    return SHARED_OUT if shared else WAYS[-1]
