"""The words a user meets, looked up however they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.glossary import ENTRIES, look_up, terms_in
from advisor.domain.questions import QUESTIONS


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("MIPRO", "MIPROv2"), ("mipro v2", "MIPROv2"), ("miprov2", "MIPROv2"), ("MiPRO-v2?", "MIPROv2"),
        ("boostrap finetune", "BootstrapFinetune"), ("BootstrapFinetune", "BootstrapFinetune"),
        ("LoRA", "LoRA"), ("f1", "token F1"), ("F1-score", "token F1"), ("what is a McNemar test?", "McNemar test"),
        ("finetuning", "fine-tuning"), ("fine tuning", "fine-tuning"), ("overfiting", "overfitting"),
        ("What does RAG mean?", "retrieval"), ("distillation", "distillation"), ("distilation", "distillation"),
        ("dev sets", "dev set"), ("p-values", "p-value"), ("what's a trace", "traces"), ("Holm", "Holm correction"),
        ("power", "smallest difference the test can show"), ("epochs", "epoch"), ("hallucinations", "hallucination"),
        ("the test set", "test set"), ("what are gold labels", "gold labels"), ("chain of thought", "module"),
        ("explain the wilson interval", "Wilson interval"), ("conflicting input", "conflicting inputs"),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(words: str, term: str) -> None:
    entry = look_up(words)
    assert entry is not None
    assert entry.term == term


@pytest.mark.parametrize(
    "words", ["", "?", "hello", "tickets.csv", "yes", "no", "x" * 5000, "why?", "70%", "support", "score", "test"]
)
def test_other_words_mean_nothing_here(words: str) -> None:
    assert look_up(words) is None


def test_the_entries_are_sorted_complete_and_short() -> None:
    terms = [entry.term for entry in ENTRIES]
    assert terms == sorted(terms, key=str.lower)
    assert len(set(terms)) == len(terms) >= 45
    for entry in ENTRIES:
        assert entry.source
        assert 1 <= len(re.findall(r"[.](?:\s|$)", entry.meaning)) <= 3, entry.term
        assert entry.meaning.endswith(".")


def test_no_name_stands_for_two_entries() -> None:
    names = [re.sub(r"[\W_]+", "", name.lower()) for entry in ENTRIES for name in {entry.term, *entry.also}]
    owners = {(name, entry.term) for entry in ENTRIES for name in names if look_up(name) == entry}
    assert len({name for name, _ in owners}) == len(owners)
    for entry in ENTRIES:
        for name in (entry.term, *entry.also):
            assert look_up(name) == entry, name


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Have you optimized the prompts yet? MIPROv2, GEPA or another optimizer",
         ["MIPROv2", "GEPA", "prompt optimization"]),
        ("The run measures the baseline on the dev set.", ["baseline", "dev set", "run"]),
        ("BootstrapFinetune keeps traces that pass the metric.", ["BootstrapFinetune", "traces", "metric"]),
        ("It decides nothing.", []),
        ("Under 500 a fine-tuned model overfits; better together may help.",
         ["fine-tuning", "overfitting", "BetterTogether"]),
        ("The host is a matter of practice.", []),
    ],
)  # fmt: skip
def test_the_words_of_a_text(text: str, terms: list[str]) -> None:
    assert [entry.term for entry in terms_in(text)] == terms


def test_the_questions_have_words_to_explain() -> None:
    explained = [question.fact for question in QUESTIONS if terms_in(f"{question.asks} {question.why}")]
    assert len(explained) > len(QUESTIONS) / 2


@given(st.text(max_size=200))
def test_any_text_can_be_looked_up(text: str) -> None:
    look_up(text)
    assert len(terms_in(text)) <= len(ENTRIES)
