"""What is said where a run measured something else than the user had said."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, Facts, FactValue, Range, Source
from advisor.run_telling import disagreement


@pytest.mark.parametrize(
    ("told", "measured", "said"),
    [
        (0.7, 0.6, "You said 70% for baseline; on these rows it is 60%."),
        (0.7, 0.68, ""),
        (Range(low=0.7, high=0.75), 0.6, "You said 70 to 75% for baseline; on these rows it is 60%."),
        (Range(low=0.7, high=0.75), 0.72, ""),
        (Range(low=0.7, high=0.75), 0.78, ""),
    ],
)
def test_a_measured_score_far_from_the_told_one_is_said(told: FactValue, measured: float, said: str) -> None:
    facts = Facts().learn(
        Fact(name="baseline_score", value=told, source=Source.told),
        Fact(name="baseline_score", value=measured, source=Source.measured, evidence="run 1"),
    )
    shown = disagreement(facts)
    assert shown.startswith(said)
    assert bool(shown) == bool(said)
