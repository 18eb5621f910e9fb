"""A model that no card holds alone: shared out among several of a kind, offered and not refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import fit, sharing
from advisor.domain.facts import Gpu
from advisor.domain.fit import Method, Work
from advisor.domain.model_shape import Shape, commonly_known
from advisor.domain.preflight import closed_door
from advisor.domain.tuning import ROWS, SHARED_OUT, tuning_for
from tests.doctor.test_fit import methods, shapes, works
from tests.domain.test_fits_here import case

LARGE = "Llama-3.3-70B-Instruct"


def shape_of(name: str) -> Shape:
    known = commonly_known(name)
    assert known
    return known.shape


@given(shapes, works, methods, st.integers(2, 64), st.integers(1, 64))
def test_more_cards_take_less_each_and_no_less_together(
    one: Shape, work: Work, method: Method, cards: int, more: int
) -> None:
    here, there = fit.need(one, method, work, cards), fit.need(one, method, work, cards + more)
    assert there.gib <= here.gib
    assert (here.activations, here.logits) == (there.activations, there.logits), "they are not divided"
    assert here.trained * cards == pytest.approx(fit.need(one, method, work).trained)
    assert here.weights * cards >= fit.need(one, method, work).weights


def test_the_figures_of_several_cards_as_worked_out() -> None:
    llama, work = shape_of("Llama-3.1-8B-Instruct"), Work()
    alone, among = fit.need(llama, "lora", work), fit.need(llama, "lora", work, 4)
    layer = (llama.parameters - llama.embedding) / 32
    assert among.weights == pytest.approx(alone.weights / 4 + 2 * (llama.embedding + 2 * layer))
    judged = sharing.together(llama, "lora", work, 22.5, 4)
    assert judged and judged.cards == 4 and judged.need_gib == pytest.approx(among.gib)
    assert sharing.together(llama, "qlora", work, 22.5, 4) is None, "there each holds a copy"
    assert sharing.together(llama, "lora", work, 22.5, 1) is None


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 4), (7, 4), (8, 8), (12, 8)])
def test_cards_train_together_as_far_as_they_share_a_step_evenly(count: int, expected: int) -> None:
    assert sharing.joined(count) == expected


def test_several_cards_are_named_as_skypilot_writes_them() -> None:
    held = sharing.sets(shape_of(LARGE), "lora", Work())
    assert tuple(map(str, held)) == ("L40S:8", "H100:4", "A100-80GB:4", "H200:2") and str(sharing.Cards("L4")) == "L4"
    assert sharing.sets(shape_of(LARGE), "qlora", Work()) == sharing.sets(shape_of(LARGE), "full", Work()) == ()


def test_what_several_hold_is_offered_and_what_they_do_not_is_refused() -> None:
    card, small = Gpu(name="A100", gib=39.4), Gpu(name="L4", gib=22.5)
    eight = case(student_model=LARGE, gpus=(card,) * 8)
    assert closed_door(eight) is None and tuning_for(eight) == SHARED_OUT
    assert (SHARED_OUT.method, SHARED_OUT.accumulate) == ("lora", ROWS)
    for cards in (card,) * 2, (card, *(small,) * 8):
        refused = closed_door(case(student_model=LARGE, gpus=cards))
        assert refused and "does not fit" in refused.why
        assert tuning_for(case(student_model=LARGE, gpus=cards)).method == "qlora"
    assert tuning_for(case(student_model="Qwen/Qwen3-8B", gpus=(card,) * 8)).method == "lora"
