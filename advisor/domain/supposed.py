"""A case as it would be with other answers: nothing is learned, and a supposed value wins even over a measured one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisor.domain.facts import HELPERS, LOOKED_UP, Believed, Fact, FactName, Facts, FactValue, Source

SUPPOSED = "supposed"
"""The evidence of a supposed fact."""

PRICED_BY: tuple[FactName, ...] = ("host", "student_model", *HELPERS)
"""Facts a forecast rests on: with others it says nothing."""


class Supposed(Believed):
    """What would be believed; cheap to make, so that thousands of answers can be tried."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[FactName, Fact]) -> None:
        self._known = known

    @classmethod
    def of(cls, facts: Believed) -> Supposed:
        """Return the case as it is."""
        if isinstance(facts, Supposed):
            return facts
        assert isinstance(facts, Facts)
        return cls({fact.name: fact for fact in facts.known()})

    def get(self, name: FactName) -> Fact | None:
        """Return the believed record of a fact, or None."""
        return self._known.get(name)

    def without(self, *names: FactName) -> Supposed:
        """Return the case with nothing known of these facts."""
        return Supposed({name: fact for name, fact in self._known.items() if name not in names})

    def knowing(self, facts: Iterable[Fact]) -> Supposed:
        """Return the case with these facts known too; what is said already stands."""
        return Supposed({**{fact.name: fact for fact in facts}, **self._known})

    def supposing(self, name: FactName, value: FactValue) -> Supposed:
        """Return the case with another value of a fact, and with what follows from it."""
        known = dict(self._known)
        known[name] = supposed_fact(name, value)
        if name in ("labelled_examples", "usable_examples"):
            known["labelled_examples"] = supposed_fact("labelled_examples", value)
            known["usable_examples"] = supposed_fact("usable_examples", value)
        elif name == "optimized_score" and "prompt_optimization" not in known:
            known["prompt_optimization"] = _follows("prompt_optimization", "optimized")
        elif name == "task":
            _imply_metric(known)
        elif name in PRICED_BY:
            known.pop("forecast_usd", None)
            _forget_looked_up(known)
            if value == "practice":
                known["forecast_usd"] = _follows("forecast_usd", 0.0)
        return Supposed(known)


@lru_cache(maxsize=1024, typed=True)
def supposed_fact(name: FactName, value: FactValue) -> Fact:
    """Return a value as if it had been told."""
    return Fact(name=name, value=value, source=Source.told, evidence=SUPPOSED)


@lru_cache(maxsize=16)
def _follows(name: FactName, value: FactValue) -> Fact:
    return Fact(name=name, value=value, source=Source.computed, evidence="follows from what is supposed")


def _forget_looked_up(known: dict[FactName, Fact]) -> None:
    """What was looked up says nothing of another host or model."""
    for name in LOOKED_UP:
        fact = known.get(name)
        if fact is not None and fact.source == Source.assumed:
            del known[name]


def _imply_metric(known: dict[FactName, Fact]) -> None:
    metric = known.get("metric")
    if metric is not None and metric.source == Source.computed:
        del known["metric"]
    if known["task"].value == "classification" and "metric" not in known:
        known["metric"] = _follows("metric", "exact_match")
