"""The estimate of memory: against figures worked out by hand, and rules it must never break."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.domain import fit
from advisor.domain.fit import Band, Method, Work
from advisor.domain.machine import GIB
from advisor.domain.model_shape import Shape, common, commonly_known, read_config

ORDER: tuple[Band, ...] = get_args(Band)

LLAMA = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
    "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256,
    "tie_word_embeddings": False,
}  # fmt: skip
GPT2 = {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50257}

PUBLISHED_SIZES = {
    "HuggingFaceTB/SmolLM2-360M-Instruct": 0.362, "Qwen/Qwen2.5-0.5B-Instruct": 0.494, "Qwen/Qwen3-0.6B": 0.596,
    "meta-llama/Llama-3.2-1B-Instruct": 1.236, "Qwen/Qwen3-1.7B": 1.721, "meta-llama/Llama-3.2-3B-Instruct": 3.213,
    "Qwen/Qwen3-4B": 4.022, "meta-llama/Llama-3.1-8B-Instruct": 8.030, "Qwen/Qwen3-8B": 8.191,
    "Qwen/Qwen3-14B": 14.768, "Qwen/Qwen3-32B": 32.762, "meta-llama/Llama-3.3-70B-Instruct": 70.554,
}  # fmt: skip
"""Billions of weights, as the model cards give them."""

shapes = st.builds(
    Shape,
    layers=st.integers(4, 100),
    hidden=st.integers(256, 16384),
    queries=st.integers(256, 16384),
    keys=st.integers(64, 4096),
    feed_forward=st.integers(512, 65536),
    vocabulary=st.integers(1000, 300_000),
    tied=st.booleans(),
)
works = st.builds(Work, context=st.integers(1, 200_000), batch=st.integers(1, 512), rank=st.integers(1, 256))
methods = st.sampled_from(fit.METHODS)


def shape(config: object) -> Shape:
    read = read_config(config)
    assert isinstance(read, Shape), read
    return read


def test_the_common_models_have_as_many_weights_as_published() -> None:
    assert {one.name: round(one.shape.parameters / 1e9, 3) for one in common()} == PUBLISHED_SIZES


@pytest.mark.parametrize(
    ("name", "qlora", "lora", "full"),
    [("Llama-3.1-8B-Instruct", 12.5, 23.5, 146.4), ("Qwen3-32B", 32.1, 81.2, 583.4),
     ("Llama-3.3-70B-Instruct", 59.2, 166.8, 1249.7)],
)  # fmt: skip
def test_the_formula_gives_the_figures_worked_out_for_it(name: str, qlora: float, lora: float, full: float) -> None:
    known = commonly_known(name)
    assert known
    told = [round(fit.need(known.shape, method, Work()).gib * GIB / 1e9, 1) for method in ("qlora", "lora", "full")]
    assert told == [qlora, lora, full]
    if name.startswith("Llama-3.1"):
        assert round(fit.adapter(known.shape, 16) / 1e6, 1) == 41.9


@given(
    shapes,
    works,
    methods,
    st.sampled_from(["layers", "hidden", "queries", "keys", "feed_forward", "vocabulary"]),
    st.integers(1, 999),
)
def test_a_larger_model_needs_more(one: Shape, work: Work, method: Method, name: str, more: int) -> None:
    larger = one.model_copy(update={name: getattr(one, name) + more})
    assert fit.need(larger, method, work).gib > fit.need(one, method, work).gib


@given(shapes, works, methods, st.integers(1, 9999), st.integers(1, 99))
def test_longer_rows_and_more_of_them_need_more(
    one: Shape, work: Work, method: Method, context: int, batch: int
) -> None:
    before = fit.need(one, method, work).gib
    assert fit.need(one, method, work._replace(context=work.context + context)).gib > before
    assert fit.need(one, method, work._replace(batch=work.batch + batch)).gib > before


@given(shapes, works)
def test_four_bits_need_least_and_all_weights_most(one: Shape, work: Work) -> None:
    # An adapter larger than the model it adapts is a model nobody adapts.
    assume(16 * fit.adapter(one, work.rank) <= 14 * one.parameters)
    qlora, lora, full = (fit.need(one, method, work).gib for method in ("qlora", "lora", "full"))
    assert qlora <= lora <= full


@given(shapes, works, methods, st.floats(1, 200), st.floats(0, 100), st.integers(0, 5000), st.integers(0, 9))
def test_the_band_gets_no_worse_with_more_memory_and_no_better_with_more_work(
    one: Shape, work: Work, method: Method, free: float, more: float, context: int, batch: int
) -> None:
    now = ORDER.index(fit.fit(one, method, work, free).band)
    assert ORDER.index(fit.fit(one, method, work, free + more).band) >= now
    harder = work._replace(context=work.context + context, batch=work.batch + batch)
    assert ORDER.index(fit.fit(one, method, harder, free).band) <= now


@given(shapes, works, methods, st.floats(1, 200), st.booleans())
def test_every_change_makes_it_smaller_and_only_the_last_may_fit(
    one: Shape, work: Work, method: Method, free: float, four_bit: bool
) -> None:
    turned = fit.knobs(one, method, work, free, four_bit=four_bit)
    assert all(knob.band == "does not fit" for knob in turned[:-1])
    assert four_bit or not any("QLoRA" in knob.change for knob in turned)
    needs = [knob.need_gib for knob in turned]
    assume(16 * fit.adapter(one, work.rank) <= 14 * one.parameters)
    assert needs == sorted(needs, reverse=True)


def test_the_published_minimum_makes_it_tight_for_short_rows_only() -> None:
    llama = shape(LLAMA)
    short = fit.fit(llama, "qlora", Work(), 8)
    assert (short.band, short.published_gb, short.by_published) == ("tight", 6, True)
    assert short.need_gib == pytest.approx(11.65, abs=0.05)
    assert fit.fit(llama, "qlora", Work(context=4096), 8).band == "does not fit"
    assert fit.fit(llama, "qlora", Work(), 6).band == "does not fit"
    assert fit.published_minimum(llama, "full") is None
    assert [fit.fit(llama, "qlora", Work(), free).band for free in (14, 16, 24)] == ["tight", "fits", "comfortable"]


def test_what_to_turn_comes_in_the_order_that_costs_least() -> None:
    def turned(method: Method, work: Work, free: float) -> list[str]:
        return [knob.change for knob in fit.knobs(shape(LLAMA), method, work, free, four_bit=True)]

    one, cut = "one row at a time, gradients added up over 4", "rows of up to 512 tokens"
    assert turned("lora", Work(context=8192), 24) == ["rows of up to 2,048 tokens"]
    assert turned("full", Work(context=4096, batch=4), 20) == [one, "LoRA instead", "QLoRA instead"]
    assert turned("full", Work(context=8192, batch=4), 14) == [
        one, "LoRA instead", "QLoRA instead", "rows of up to 2,048 tokens",
    ]  # fmt: skip
    assert turned("qlora", Work(context=8192), 8) == [cut, "adapters of rank 8"]


def test_the_largest_that_fits_and_the_cards_that_hold_it() -> None:
    largest = fit.largest("qlora", Work(), 24)
    assert largest and largest.name == "Qwen/Qwen3-14B"
    assert fit.largest("full", Work(), 4) is None
    assert fit.cards(shape(LLAMA), "qlora", Work()) == ("T4", "L4", "A10G", "L40S", "H100", "A100-80GB", "H200")
    assert fit.cards(shape(LLAMA), "full", Work()) == ()


def test_configs_of_other_families_are_read() -> None:
    llama = shape(LLAMA)
    assert (llama.queries, llama.keys, llama.tied) == (4096, 1024, False)
    assert shape({"text_config": LLAMA, "vision_config": {}}) == llama
    small = shape(GPT2)
    assert (small.feed_forward, small.keys, small.tied) == (3072, 768, True)
    assert shape({**LLAMA, "head_dim": 256}).queries == 8192
    del (untold := dict(LLAMA))["tie_word_embeddings"]
    assert not shape(untold).tied and shape({**untold, "model_type": "gemma3_text"}).tied


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ([], "not a JSON object"),
        ({}, "hidden_size, num_hidden_layers, num_attention_heads, vocab_size"),
        ({**LLAMA, "num_hidden_layers": True}, "num_hidden_layers"),
        ({**LLAMA, "hidden_size": "4096"}, "hidden_size"),
        ({**LLAMA, "num_hidden_layers": 10**30}, "not those of a model"),
        ({**LLAMA, "num_local_experts": 8}, "mixture of experts"),
    ],
)
def test_a_config_that_tells_too_little_says_what(config: Any, why: str) -> None:
    told = read_config(config)
    assert isinstance(told, str) and why in told


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(), lambda inner: st.dictionaries(
    st.sampled_from(["text_config", "model_type", "tie_word_embeddings", *LLAMA]), inner)))  # fmt: skip
def test_no_config_is_too_strange(config: object) -> None:
    assert isinstance(read_config(config), Shape | str)
