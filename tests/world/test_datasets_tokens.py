"""Tokens: counted where they are few, drawn and scaled where they are many, offline always."""

from __future__ import annotations

import os
import random
import socket
import tracemalloc
from pathlib import Path

import pytest

from advisor.domain.dataset import Tokens
from advisor.world.datasets.closer import tokenizer
from advisor.world.datasets.closer.token_count import DRAWN, Texts, TokenGauge


def never() -> bool:
    return False


def words(text: str) -> int:
    return len(text.split())


def gauged(texts: list[Texts], contexts: tuple[int, ...] = ()) -> Tokens:
    gauge = TokenGauge()
    for one in texts:
        gauge.add(one)
    tokens = gauge.result(words, contexts, never)
    assert tokens is not None
    return tokens


def test_a_small_set_is_counted_row_by_row() -> None:
    tokens = gauged([Texts("one two three", "four", 3), Texts("one", "", 3)])
    assert (tokens.total, tokens.error, tokens.counted, tokens.longest) == (5, 0.0, 2, 4)
    assert (tokens.input_mean, tokens.label_mean, tokens.estimated) == (2.0, 0.5, False)
    assert tokens.training is not None and 4 + 12 <= tokens.training <= 5 + 12


def test_a_large_set_is_drawn_from_and_says_how_sure_it_is() -> None:
    chance, texts = random.Random(1), []
    for _ in range(20_000):
        asked = " ".join("x" * chance.randint(1, 12) for _ in range(chance.randint(5, 30)))
        texts.append(Texts(asked, "y z", 3))
    true = sum(words(one.asked) + 2 for one in texts)
    tokens = gauged(texts)
    assert tokens.counted == DRAWN and tokens.total is not None
    assert 0 < tokens.error < 0.05
    assert abs(tokens.total - true) / true < 2 * tokens.error


def test_the_longest_is_found_where_no_draw_would_find_it() -> None:
    texts = [Texts("a b c d " * 30, "e", 3)] * 20_000
    tokens = gauged([*texts, Texts("w " * 9_000, "e", 3)], (8_192, 131_072))
    assert tokens.longest == 9_001
    assert [(beyond.context, beyond.rows) for beyond in tokens.beyond] == [(8_192, 1)]


def test_many_rows_beyond_a_context_are_judged_by_their_characters() -> None:
    tokens = gauged([Texts("w " * 10_000, "e", 3)] * 200, (8_192,))
    assert [(beyond.rows, beyond.exact) for beyond in tokens.beyond] == [(200, False)]


def test_of_long_texts_only_what_is_measured_is_kept() -> None:
    gauge, chance = TokenGauge(), random.Random(0)
    text = "".join(chance.choice("ab ") for _ in range(5_000)) * 400
    tracemalloc.start()
    for _ in range(60):
        gauge.add(Texts(text + "x", text + "y", 3))
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 60 * 2.5 * tokenizer.MEASURED
    tokens = gauge.result(words, (), never)
    assert tokens is not None and tokens.longest == pytest.approx(2 * words(text), rel=0.01)
    assert tokens.total == pytest.approx(120 * words(text), rel=0.01)


def test_nothing_and_nothing_but_spaces() -> None:
    assert TokenGauge().result(words, (), never) is None
    assert gauged([Texts("", "", 3)]).total == 0


def test_counting_can_be_stopped() -> None:
    gauge = TokenGauge()
    gauge.add(Texts("a b", "c", 3))
    assert gauge.result(words, (), lambda: True) is None


def test_the_tokenizer_never_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.delenv(tokenizer.CACHE, raising=False)
    tokenizer._loaded.cache_clear()
    count = tokenizer.load()
    assert count is not None and count("hello world") == 2
    assert tokenizer.CACHE not in os.environ
    assert count("<|endoftext|>") > 1
    assert count("half \ud83d a character") > 0


def test_without_its_table_there_is_no_tokenizer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tokenizer, "_FILE", "0" * 40)
    tokenizer._loaded.cache_clear()
    try:
        assert tokenizer.load() is None
    finally:
        tokenizer._loaded.cache_clear()


def test_a_very_long_text_is_scaled() -> None:
    count = tokenizer.load()
    assert count is not None
    assert count("word " * 200_000) == pytest.approx(200_000, rel=0.01)
