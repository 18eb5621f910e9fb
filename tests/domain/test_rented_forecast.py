"""What a run on a rented machine is forecast to cost: by the token what others bill, the machine apart."""

from __future__ import annotations

import pytest

from advisor.domain.about_runs import cost
from advisor.domain.advice import advise
from advisor.domain.at_hand import AtHand
from advisor.domain.bill import MACHINE_APART
from advisor.domain.checklist import check
from advisor.domain.forecast import forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan, Role
from advisor.domain.record_parts import Planned
from tests.domain.reports import reckoned
from tests.domain.test_supposing import READY, case
from tests.projects.project_bench import make_plan

TEACHER = Role(model="openai/gpt-4.1", price_in=2.0, price_out=8.0, elsewhere=True)
WRITER = Role(model="openai/gpt-5", price_in=1.25, price_out=10.0, elsewhere=True)
OWN = Role(model="Qwen/Qwen3-8B")


def rented_plan(teacher: Role = TEACHER, writer: Role = WRITER, student: Role = OWN) -> Plan:
    return make_plan(
        "distillation", host=HOSTS["sky"].host, practice=False, student=student, teacher=teacher, prompt_model=writer
    )


def test_a_student_on_the_rented_machine_bills_nothing_by_the_token() -> None:
    expected = forecast(reckoned(rented_plan(), None, 0.6))
    assert expected.dollars is not None and expected.dollars.likely > 0
    priced = OWN.model_copy(update={"price_in": 50.0, "price_out": 50.0, "train_price": 50.0})
    assert forecast(reckoned(rented_plan(student=priced), None, 0.6)).dollars == expected.dollars
    by_stage = {stage.stage: stage.dollars for stage in expected.stages}
    assert by_stage["traces"] is not None and by_stage["traces"].high > 0
    assert by_stage["train"] is not None and by_stage["train"].high == 0


def test_the_machine_is_said_apart_wherever_the_sum_stands() -> None:
    expected = forecast(reckoned(rented_plan(), None, 0.6))
    assert MACHINE_APART in expected.apart and "The machine apart: its price is shown" in expected.prices_note
    planned = Planned(
        title="t", host="h", student="s", teacher=None, train=1, dev=1, test=1, budget_usd=None, forecast=expected
    )
    assert planned.dollars.startswith("$") and planned.dollars.endswith(MACHINE_APART)


def test_of_a_machine_alone_no_price_is_known() -> None:
    alone = forecast(reckoned(rented_plan(teacher=Role(model="Qwen/Qwen3-32B"), writer=OWN), None, 0.6))
    assert alone.dollars is None and not alone.apart


def test_a_price_of_others_that_is_not_known_blanks_the_sum() -> None:
    unknown = Role(model="openai/gpt-9", elsewhere=True)
    assert forecast(reckoned(rented_plan(teacher=unknown), None, 0.6)).dollars is None


@pytest.mark.parametrize(("limit", "state"), [(5.0, "unmet"), (50.0, "met")])
def test_what_others_bill_is_held_against_the_limit(limit: float, state: str) -> None:
    facts = case({**READY, "host": "sky", "budget_usd": limit, "forecast_usd": 9.0})
    assert check(facts)["budget"].state == state


def test_asked_what_it_costs_both_are_said() -> None:
    facts = case(READY)
    plan = rented_plan().model_copy(update={"budget_usd": 20.0})
    told = cost(AtHand(facts, advise(facts, check(facts)), plan, forecast(reckoned(plan, None, 0.6))))
    assert "price unknown" not in told and "The machine apart" in told
    assert "$20.00 on all but the machine" in told
