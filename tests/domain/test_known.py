"""What is believed, as a person reads it and corrects it."""

from __future__ import annotations

import re

import pytest

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.known import known_facts
from advisor.domain.values import SPECS, parse_value
from advisor.domain.wording import fact_in_words, value_in_words

CHOSEN = [name for name, spec in SPECS.items() if spec.choices]


@pytest.mark.parametrize("name", CHOSEN)
def test_a_choice_is_shown_in_words_and_typed_back_as_it_is_written(name: FactName) -> None:
    for value in SPECS[name].choices:
        (known,) = known_facts(Facts().learn(Fact(name=name, value=value, source=Source.told)))
        assert "_" not in known.value and parse_value(name, known.written) == (name, value)
        for choice in known.choices:
            _, parsed = parse_value(name, choice.value)
            assert parse_value(name, choice.label) == (name, parsed)
            assert choice.label == value_in_words(name, parsed) and not re.search(r"_|f1\b", choice.label, re.I)


def test_a_metric_is_called_what_its_question_calls_it() -> None:
    (known,) = known_facts(Facts().learn(Fact(name="metric", value="token_f1", source=Source.told)))
    assert (known.value, known.written) == ("words in common", "token_f1")
    labels = {choice.value: choice.label for choice in known.choices}
    assert labels["token_f1"] == "words in common" and labels["none"] == "none"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [("label_field", "label", "label “label”"), ("label_field", "category", "label category"),
     ("input_fields", ("input",), "input “input”"), ("gpus", (), "GPUs none")],
)  # fmt: skip
def test_a_field_called_as_we_call_it_is_told_apart(name: FactName, value: FactValue, shown: str) -> None:
    assert fact_in_words(Fact(name=name, value=value, source=Source.told)) == shown
