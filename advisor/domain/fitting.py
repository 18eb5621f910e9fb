"""The answer to "does it fit?" for one model on one computer."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from advisor.domain import fit, sharing
from advisor.domain.fit import Band, Method, Work
from advisor.domain.machine import Machine, Processor, usable_gib
from advisor.domain.model_shape import Shape


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Change(_Part):
    """Something that makes it smaller, on top of the changes before it."""

    change: str
    need_gib: float
    band: Band


class Several(_Part):
    """The weights shared out among cards of a kind."""

    cards: int
    need_gib: float
    """On each."""
    band: Band


class MethodFit(_Part):
    """One way to train it."""

    method: Method
    need_gib: float
    published_gb: float | None
    band: Band | None
    """None without a processor to compare with."""
    by_published: bool = False
    changes: tuple[Change, ...] = ()
    """What would make it fit, in the order to try."""
    cards: tuple[str, ...] = ()
    """Rented cards that hold it as it is."""
    together: Several | None = None
    """Where one card does not hold it and there are more of the kind."""
    sets: tuple[str, ...] = ()
    """Rented cards of which several hold it, where none does alone."""
    largest: str | None = None
    """The largest common model that fits this way, one row at a time."""


class Fitting(_Part):
    """What training a model takes, and whether this computer has it."""

    model: str
    source: str
    parameters: int
    context: int
    batch: int
    processor: Processor | None
    free_gib: float | None
    alike: int = 1
    """Processors of its kind, itself among them."""
    methods: tuple[MethodFit, ...]


def fitting(model: str, source: str, shape: Shape, work: Work, machine: Machine) -> Fitting:
    """Judge every method on the processor with the most memory free, and on all of its kind where it is too small."""
    best = machine.best()
    free = None if best is None else usable_gib(best)
    four_bit = best is None or best.toolkit == "cuda"
    alike = machine.alike(best) if best else ()
    methods = [_method(shape, one, work, free, four_bit) for one in fit.METHODS if four_bit or one != "qlora"]
    if len(alike) > 1:
        least = min(usable_gib(one) for one in alike)
        methods = [_with_others(one, sharing.together(shape, one.method, work, least, len(alike))) for one in methods]
    return Fitting(
        model=model,
        source=source,
        parameters=shape.parameters,
        context=work.context,
        batch=work.batch,
        processor=best,
        free_gib=None if free is None else round(free, 1),
        alike=max(1, len(alike)),
        methods=tuple(methods),
    )


def _with_others(alone: MethodFit, judged: sharing.Together | None) -> MethodFit:
    """What one card holds is not shared out; what several hold has nothing to be changed."""
    if judged is None or (alone.band != "does not fit" and not alone.by_published):
        return alone
    shared = Several(cards=judged.cards, need_gib=round(judged.need_gib, 1), band=judged.band)
    changes = alone.changes if judged.band == "does not fit" else ()
    return alone.model_copy(update={"together": shared, "changes": changes})


def _method(shape: Shape, method: Method, work: Work, free: float | None, four_bit: bool) -> MethodFit:
    wanted = round(fit.need(shape, method, work).gib, 1)
    published = fit.published_minimum(shape, method)
    cards = fit.cards(shape, method, work)
    several = () if cards else tuple(map(str, sharing.sets(shape, method, work)))
    if free is None:
        return MethodFit(method=method, need_gib=wanted, published_gb=published, band=None, cards=cards, sets=several)
    judged, model = fit.fit(shape, method, work, free), fit.largest(method, work._replace(batch=1), free)
    tight = judged.by_published or judged.band == "does not fit"
    turned = fit.knobs(shape, method, work, free, four_bit=four_bit) if tight else ()
    return MethodFit(
        method=method,
        need_gib=wanted,
        published_gb=published,
        band=judged.band,
        by_published=judged.by_published,
        changes=tuple(Change(change=knob.change, need_gib=round(knob.need_gib, 1), band=knob.band) for knob in turned),
        cards=cards,
        sets=several,
        largest=model and model.name,
    )
