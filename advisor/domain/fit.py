"""Whether training a model fits a graphics processor: an estimate, the published minimums beside it, and what helps.

The formula is ours, made of what each method keeps in memory; it stands above the minimums published for short
rows and fused kernels. It says what to try, and a few steps on the longest row say whether it was right.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from advisor.domain.machine import GIB
from advisor.domain.model_shape import Known, Shape, common

Method = Literal["qlora", "lora", "full"]
Band = Literal["does not fit", "tight", "fits", "comfortable"]
METHODS: tuple[Method, ...] = ("qlora", "lora", "full")

BANDS: tuple[tuple[float, Band], ...] = ((0.6, "comfortable"), (0.8, "fits"), (0.92, "tight"))
"""Up to which share of the free memory; above 0.92 the driver and fragments leave too little."""

OVERHEAD, FIXED = 1.1, 1e9
RANK, SMALL_RANK = 16, 8
SHORTEST, PUBLISHED_CONTEXT = 512, 2048

PUBLISHED: tuple[tuple[float, float, float], ...] = (
    (3e9, 3.5, 8), (7e9, 5, 19), (8e9, 6, 22), (14e9, 8.5, 33), (27e9, 22, 64), (32e9, 26, 76), (70e9, 41, 164),
)  # fmt: skip
"""Weights, and the least GB for QLoRA and LoRA with short rows."""
PUBLISHED_BY = "Unsloth, requirements, absolute minimum"

CARDS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (15.0, ("T4",)), (22.5, ("L4", "A10G")), (45.0, ("L40S",)), (79.6, ("H100",)), (80.0, ("A100-80GB",)),
    (140.4, ("H200",)),
)  # fmt: skip
"""GiB as the driver reports them, and the cards of the clouds that have them, by SkyPilot's names."""


class Work(NamedTuple):
    """What is done at once."""

    context: int = 2048
    """Tokens of the longest row."""
    batch: int = 1
    rank: int = RANK


class Need(NamedTuple):
    """Bytes, by what they are for."""

    weights: float
    trained: float
    """Trained weights with their gradients and the optimizer's memory."""
    activations: float
    logits: float
    """One score for every word of the vocabulary at every token; the part people forget."""

    @property
    def gib(self) -> float:
        """All of it, with the usual overhead."""
        return (OVERHEAD * sum(self) + FIXED) / GIB


class Fit(NamedTuple):
    """Whether it fits, and what that rests on."""

    band: Band
    need_gib: float
    published_gb: float | None
    """The least anybody has published for a model of this size; None where nobody has."""
    by_published: bool
    """Only the published minimum fits, not the estimate."""


class Knob(NamedTuple):
    """Something to change, on top of those before it."""

    change: str
    need_gib: float
    band: Band


def need(shape: Shape, method: Method, work: Work, among: int = 1) -> Need:
    """Return the memory that training takes on each card, with activations computed again instead of kept.

    What is trained, and what it is trained on, is divided among several; activations and logits are not.
    """
    tokens = work.batch * work.context
    layer = 34 * shape.hidden + 8 * shape.feed_forward
    trained = 14 * shape.parameters if method == "full" else 16 * adapter(shape, work.rank)
    return Need(
        weights=_weights(shape, method) / among + (_gathered(shape, method) if among > 1 else 0.0),
        trained=trained / among,
        activations=tokens * (2 * shape.hidden * shape.layers + layer),
        logits=10 * tokens * shape.vocabulary,
    )


def adapter(shape: Shape, rank: int) -> int:
    """Return the weights of an adapter on every linear part."""
    hidden = shape.hidden
    attention = 2 * (hidden + shape.queries) + 2 * (hidden + shape.keys)
    return rank * shape.layers * (attention + 3 * (hidden + shape.feed_forward))


def _weights(shape: Shape, method: Method) -> float:
    if method != "qlora":
        return 2 * shape.parameters
    # Four bits and their scales; the words stay at sixteen.
    return 0.57 * (shape.parameters - shape.embedding) + 2 * shape.embedding


def _gathered(shape: Shape, method: Method) -> float:
    """The words, the layer at work and the next, whole again in sixteen bits; their gradients where all are trained."""
    layer = (shape.parameters - shape.embedding) / shape.layers
    return 2 * (shape.embedding + 2 * layer) * (2 if method == "full" else 1)


def fit(shape: Shape, method: Method, work: Work, free_gib: float) -> Fit:
    """Judge one method against the memory that is free."""
    wanted, published = need(shape, method, work).gib, published_minimum(shape, method)
    band = band_of(wanted, free_gib)
    if band == "does not fit" and published is not None and published <= BANDS[-1][0] * free_gib and _short(work):
        return Fit("tight", wanted, published, by_published=True)
    return Fit(band, wanted, published, by_published=False)


def _short(work: Work) -> bool:
    return work.batch == 1 and work.context <= PUBLISHED_CONTEXT


def band_of(wanted: float, free_gib: float) -> Band:
    """Return how well a need goes with the memory that is free."""
    return next((band for share, band in BANDS if wanted <= share * free_gib), "does not fit")


def published_minimum(shape: Shape, method: Method) -> float | None:
    """Return the least published GB for the next size up; names of sizes are rounded, so a little more still counts."""
    if method == "full":
        return None
    row = next((row for row in PUBLISHED if shape.parameters <= 1.06 * row[0]), None)
    return row and row[1 if method == "qlora" else 2]


def largest(method: Method, work: Work, free_gib: float) -> Known | None:
    """Return the largest common model whose estimate fits."""
    fitting = (one for one in common() if _fits(one.shape, method, work, free_gib))
    return max(fitting, key=lambda one: one.shape.parameters, default=None)


def cards(shape: Shape, method: Method, work: Work) -> tuple[str, ...]:
    """Return the cards that hold it, the smallest first."""
    wanted = need(shape, method, work).gib
    return tuple(name for gib, names in CARDS for name in names if band_of(wanted, gib) != "does not fit")


def knobs(shape: Shape, method: Method, work: Work, free_gib: float, *, four_bit: bool) -> tuple[Knob, ...]:
    """Return what to change when it does not fit, the least harmful first, each on top of the ones before it."""
    turned: list[Knob] = []

    def turn(change: str) -> bool:
        wanted = need(shape, method, work).gib
        turned.append(Knob(change, wanted, band_of(wanted, free_gib)))
        return turned[-1].band != "does not fit"

    if work.batch > 1:
        steps, work = work.batch, work._replace(batch=1)
        if turn(f"one row at a time, gradients added up over {steps:,}"):
            return tuple(turned)
    # Rows are cut only where that is enough; the method that needs least comes before cutting in vain.
    cheaper = _cheaper(method, four_bit)
    for after in (*cheaper, None):
        shorter = _shorter(shape, method, work, free_gib)
        if shorter.context < work.context and (after is None or _fits(shape, method, shorter, free_gib)):
            work = shorter
            if turn(f"rows of up to {work.context:,} tokens"):
                return tuple(turned)
        if after is not None:
            method = after
            if turn(f"{TITLES[method]} instead"):
                return tuple(turned)
    if method != "full" and work.rank > SMALL_RANK:
        work = work._replace(rank=SMALL_RANK)
        turn(f"adapters of rank {SMALL_RANK}")
    return tuple(turned)


TITLES: dict[Method, str] = {"qlora": "QLoRA", "lora": "LoRA", "full": "all weights"}


def _cheaper(method: Method, four_bit: bool) -> tuple[Method, ...]:
    after: tuple[Method, ...] = ("lora", "qlora") if method == "full" else ("qlora",) if method == "lora" else ()
    return tuple(one for one in after if four_bit or one != "qlora")


def _shorter(shape: Shape, method: Method, work: Work, free_gib: float) -> Work:
    """Return the work with the longest half, quarter ... of its rows that fits, or the shortest worth trying."""
    while work.context > SHORTEST:
        work = work._replace(context=max(SHORTEST, work.context // 2))
        if _fits(shape, method, work, free_gib):
            break
    return work


def _fits(shape: Shape, method: Method, work: Work, free_gib: float) -> bool:
    return band_of(need(shape, method, work).gib, free_gib) != "does not fit"
