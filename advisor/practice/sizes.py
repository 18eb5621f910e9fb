"""The two sizes of the practice model and what each may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much one base model can see and remember."""

    name: str
    rich: bool
    """Whether it sees word pairs and character n-grams, not words alone."""
    demo_limit: int
    """Demonstrations it attends to, counted from the last."""
    demo_weight: float
    """Logit of a label whose demonstration equals the input."""
    cue_limit: int
    """Words it keeps of each label's description."""
    columns: int
    """Hashed features of its fine-tuned head."""


SMALL = Size("practice-small", rich=False, demo_limit=8, demo_weight=3.0, cue_limit=8, columns=2**11)
LARGE = Size("practice-large", rich=True, demo_limit=64, demo_weight=6.0, cue_limit=60, columns=2**15)

SIZES = {size.name: size for size in (SMALL, LARGE)}
