"""The sentence a yes agrees to names what is billed while nobody asks, at the hosts where something is."""

from __future__ import annotations

import pytest

from advisor import run_telling
from advisor.domain.forecast import forecast
from advisor.domain.hosts import HOSTS
from tests.projects.project_bench import make_plan


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("together", "billed by the minute while it runs, also while nobody asks"),
        ("foundry", "billed by the hour until you delete it"),
    ],
)
def test_it_is_named_where_something_is_rented_and_only_for_a_training(host: str, told: str) -> None:
    def consent(name: str, route: str) -> str:
        plan = make_plan(route, host=HOSTS[name].host, practice=False)  # type: ignore[arg-type]
        return run_telling.consent(plan, forecast(plan))

    assert told in consent(host, "gold_finetune")
    assert told not in consent(host, "prompt_optimization")
    assert "billed" not in consent("openai", "gold_finetune")
