"""The answer to "does it fit?" for one model on one computer."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from advisor.domain import fit
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
    methods: tuple[MethodFit, ...]


def fitting(model: str, source: str, shape: Shape, work: Work, machine: Machine) -> Fitting:
    """Judge every method on the processor with the most memory free; several are not added up."""
    best = machine.best()
    free = None if best is None else usable_gib(best)
    four_bit = best is None or best.toolkit == "cuda"
    return Fitting(
        model=model,
        source=source,
        parameters=shape.parameters,
        context=work.context,
        batch=work.batch,
        processor=best,
        free_gib=None if free is None else round(free, 1),
        methods=tuple(
            _method(shape, method, work, free, four_bit) for method in fit.METHODS if four_bit or method != "qlora"
        ),
    )


def _method(shape: Shape, method: Method, work: Work, free: float | None, four_bit: bool) -> MethodFit:
    wanted = round(fit.need(shape, method, work).gib, 1)
    published = fit.published_minimum(shape, method)
    cards = fit.cards(shape, method, work)
    if free is None:
        return MethodFit(method=method, need_gib=wanted, published_gb=published, band=None, cards=cards)
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
        largest=model and model.name,
    )
