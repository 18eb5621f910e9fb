"""What is believed, as a person reads and corrects it."""

from __future__ import annotations

from advisor.domain.checklist import said_by
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import Answer, Known
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.leave import told
from advisor.domain.questions import question_for
from advisor.domain.values import SPECS, write_value
from advisor.domain.wording import SHORT, limited, value_in_words

UNTOLD: tuple[FactName, ...] = (
    "rows",
    "usable_examples",
    "accuracy_ceiling",
    "majority_share",
    "forecast_usd",
    "routes_run",
)
"""Facts nobody's word stands for: they are counted or calculated."""


def known_facts(facts: Facts) -> tuple[Known, ...]:
    """Return every believed fact in the order first learned; empty ones are left out."""
    return tuple(_known(fact) for fact in facts.known() if fact.value != () and fact.name != "overruled")


def _known(fact: Fact) -> Known:
    return Known(
        name=fact.name,
        label=SHORT[fact.name],
        value=limited(fact) if fact.only else value_in_words(fact.name, fact.value),
        source=fact.source,
        said_by=clean(said_by(fact), 60),
        written=told(fact.only) if fact.only else write_value(fact.value),
        expects=SPECS[fact.name].expects,
        choices=_choices(fact.name),
        editable=fact.name not in UNTOLD and (fact.source != Source.measured or fact.name == "data_path"),
    )


def _choices(name: FactName) -> tuple[Answer, ...]:
    """Return what a fact can be: the answers to its question, else all it may hold."""
    question, spec = question_for(name), SPECS[name]
    values = tuple(choice.value for choice in question.choices) if question else ()
    return tuple(Answer(value=value, label=value_in_words(name, spec.parse(value))) for value in values or spec.choices)
