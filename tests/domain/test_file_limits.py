"""What a host takes of a training file, in rows, megabytes and tokens, is judged before anything is paid."""

from __future__ import annotations

import pytest

from advisor.domain.checklist import check
from advisor.domain.facts import Fact, FactValue, Range, Source
from advisor.domain.places import places
from advisor.domain.preflight import cut_off, first_refusal
from advisor.world import price_map
from tests.domain.test_advice import READY
from tests.domain.test_planning import report
from tests.domain.test_preflight import CATALOGUE, TODAY, known

AT_FOUNDRY: dict[str, FactValue] = {**READY, "host": "foundry", "student_model": "gpt-4.1-mini"}
AT_NEBIUS: dict[str, FactValue] = {**READY, "host": "nebius", "student_model": "meta-llama/Llama-3.3-70B-Instruct"}

AT_TOGETHER: dict[str, FactValue] = {**READY, "host": "together", "student_model": "Qwen/Qwen3-8B"}


@pytest.mark.parametrize(
    ("facts", "why", "do"),
    [
        ({**AT_FOUNDRY, "usable_examples": 12}, None, None),
        ({**AT_NEBIUS, "usable_examples": 9_000_000, "row_tokens": Range(low=200, high=900)},
         "files of up to 5,000 MB; yours would have about 8,276", "about 60% of the rows"),
        ({**AT_NEBIUS, "usable_examples": 5_000_000, "row_tokens": Range(low=200, high=900)}, None, None),
        ({**AT_FOUNDRY, "usable_examples": 900_000, "row_tokens": Range(low=200, high=900)},
         "files of up to 512 MB; yours would have about 8", "% of the rows, or choose"),
        ({**AT_TOGETHER, "usable_examples": 90_000_000, "row_tokens": Range(low=200, high=900)},
         "files of up to 50,100 MB; yours would have about 82,796", "about 60% of the rows"),
        ({**AT_FOUNDRY, "row_tokens": Range(low=70_000, high=90_000)},
         "gpt-4.1-mini is trained on 65,536 tokens of a row; yours take about 70,000", "Shorten the texts"),
        ({**AT_FOUNDRY, "student_model": "gpt-4.1-nano", "row_tokens": Range(low=70_000, high=90_000)}, None, None),
    ],
)  # fmt: skip
def test_a_file_the_host_would_not_take_is_refused_with_what_to_do(
    facts: dict[str, FactValue], why: str | None, do: str | None
) -> None:
    refusal = first_refusal(known(**facts))
    if why is None or do is None:
        assert refusal is None
        return
    assert refusal is not None and refusal.step == "limits"
    assert why in refusal.why
    assert do in refusal.try_this


def test_a_few_rows_that_are_too_long_are_a_warning_and_close_no_door() -> None:
    facts = known(**{**AT_FOUNDRY, "row_tokens": Range(low=300, high=80_000)})
    assert first_refusal(facts) is None
    assert "your longest row takes about 80,000 tokens, of which it is trained on 65,536" in cut_off(facts)
    compute = next(item for item in check(facts).items if item.name == "compute")
    assert compute.state == "met" and "shorten or leave out the rows that long" in compute.evidence


def test_every_place_is_judged_by_the_rows_of_the_file() -> None:
    read = report(2000)
    assert read.tokens is not None
    tokens = read.tokens.model_copy(update={"longest": 20_000})
    facts = known(**READY).learn(Fact(name="needed_days", value=60, source=Source.told))
    found = {(place.host, place.model): place for place in places(CATALOGUE, price_map.listed, facts, TODAY, tokens)}
    assert found["foundry", "gpt-4.1-mini"].standing == "open"
    small = CATALOGUE.model_copy(
        update={"model": {"foundry/x": CATALOGUE.model["foundry/gpt-4.1-mini"].model_copy(update={"context": 16_384})}}
    )
    place = next(one for one in places(small, price_map.listed, facts, TODAY, tokens) if one.model == "x")
    assert place.standing == "depends" and place.why.startswith("Your longest row takes about 20,")
