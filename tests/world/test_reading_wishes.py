"""Questions back, suppositions and requests; and the facts that stand beside them."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName, FactValue
from advisor.world.reading import Intent, read

DEFINED: list[tuple[str, str]] = [
    ("what's MIPRO?", "MIPRO"),
    ("what does distillation mean", "distillation"),
    ("explain LoRA", "LoRA"),
    ("whats a teacher model", "teacher model"),
    ("What do you mean by baseline?", "baseline"),
    ("GEPA?", "GEPA"),
    ("sorry, what is meant by a trace?", "trace"),
]
WHY_NOT: list[tuple[str, str]] = [
    ("why not fine-tune?", "bootstrap_finetune"),
    ("why don't we just distil", "distillation"),
    ("so what speaks against fine-tuning?", "bootstrap_finetune"),
    ("why prompt optimization instead of training?", "bootstrap_finetune"),
    ("why no retrieval?", "retrieval"),
    ("why not the other one?", ""),
]
OTHERS: list[tuple[str, Intent]] = [
    ("what would change your mind?", "change_mind"),
    ("what would it take", "change_mind"),
    ("when would you recommend fine-tuning?", "change_mind"),
    ("just give me the code", "script"),
    ("skip the questions and write the script", "script"),
    ("I only want the script", "script"),
    ("same as before", "same"),
    ("as I said", "same"),
    ("I already told you", "same"),
    ("what do you need that for", "why"),
    ("I'd rather not say", "skip"),
    ("I'm done, let me out of here", "quit"),
    ("oops, take that back", "back"),
]


@pytest.mark.parametrize(("reply", "about"), DEFINED)
def test_a_term_is_asked_about_as_it_was_typed(reply: str, about: str) -> None:
    heard = read(reply, "goal")
    assert (heard.intent, heard.about, heard.facts) == ("define", about, ())


@pytest.mark.parametrize(("reply", "about"), WHY_NOT)
def test_why_not_names_the_route(reply: str, about: str) -> None:
    heard = read(reply, None)
    assert (heard.intent, heard.about, heard.facts) == ("why_not", about, ())


@pytest.mark.parametrize(("reply", "intent"), OTHERS)
@pytest.mark.parametrize("asked", ["goal", "labelled_examples", None])
def test_a_request(reply: str, intent: Intent, asked: FactName | None) -> None:
    heard = read(reply, asked)
    assert (heard.intent, heard.facts, heard.plainly) == (intent, (), False)


SUPPOSED: list[tuple[str, FactName | None, dict[str, FactValue]]] = [
    ("what if I had 1,000?", None, {"labelled_examples": 1000}),
    ("what if I had 1,000?", "labelled_examples", {"labelled_examples": 1000}),
    ("suppose the target were 80%", None, {"target_score": 0.8}),
    ("and if it was for cost?", None, {"goal": "cost"}),
    ("what if we trained on our own GPU?", "host", {"host": "local"}),
    ("imagine the budget was $500", None, {"budget_usd": 500}),
    ("what if it breaks?", None, {}),
]


@pytest.mark.parametrize(("reply", "asked", "facts"), SUPPOSED)
def test_what_is_supposed_is_not_stated(reply: str, asked: FactName | None, facts: dict[str, FactValue]) -> None:
    heard = read(reply, asked)
    assert (heard.intent, heard.facts) == ("what_if", ())
    assert {fact.name: fact.value for fact in heard.supposed} == facts


@pytest.mark.parametrize(
    ("reply", "asked", "intent", "facts"),
    [
        ("800 labelled rows. what's MIPRO?", "goal", "define", {"labelled_examples": 800}),
        ("62%, but why is that important?", "baseline_score", "why", {"baseline_score": 0.62}),
        ("none yet. what's MIPRO?", "prompt_optimization", "define", {"prompt_optimization": "none"}),
    ],
)
def test_a_fact_beside_a_question_is_still_a_fact(
    reply: str, asked: FactName, intent: Intent, facts: dict[str, FactValue]
) -> None:
    heard = read(reply, asked)
    assert heard.intent == intent
    assert {fact.name: fact.value for fact in heard.facts} == facts


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        ("let's say 500", "labelled_examples"),
        ("I suppose 500", "labelled_examples"),
        ("if I had to guess, 500", "labelled_examples"),
        ("as I said, 500", "labelled_examples"),
    ],
)
def test_an_answer_in_the_dress_of_a_supposition(reply: str, asked: FactName) -> None:
    heard = read(reply, asked)
    assert (heard.intent, [fact.value for fact in heard.facts]) == ("answer", [500])


def test_a_mandate_is_no_goal_and_a_row_no_statement() -> None:
    heard = read("my boss says we have to fine-tune", "goal")
    assert (heard.facts, heard.intent) == ((), "unclear")
    assert heard.note.startswith("That is a decision already taken, not a goal.")
    heard = read('{"text": "500 labelled rows", "label": "cost", "n": 200}', "labelled_examples")
    assert heard.facts == ()
    assert "row" in heard.note and "path" in heard.note


def test_a_number_after_no_corrects_and_does_not_answer() -> None:
    questions: tuple[FactName, ...] = ("prompt_optimization", "metric", "task_stability", "data_must_stay")
    for asked in questions:
        assert read("no, fifty five percent", asked).facts == ()


TYPOS: list[tuple[str, FactName, FactValue]] = [
    ("optimzed", "prompt_optimization", "optimized"),
    ("arround 400 lablled exmaples", "labelled_examples", 400),
    ("clasification", "task", "classification"),
    ("two thosand", "labelled_examples", 2000),
    ("setled", "task_stability", "stable"),
    ("cheapr", "goal", "cost"),
]


@pytest.mark.parametrize(("reply", "asked", "value"), TYPOS)
def test_a_slip_of_the_pen_is_mended_and_the_words_stay_as_typed(reply: str, asked: FactName, value: FactValue) -> None:
    (fact,) = read(reply, asked).facts
    assert (fact.name, fact.value) == (asked, value)
    assert fact.evidence in reply


@pytest.mark.parametrize("reply", ["three months", "the practical quality of a table", "letters and contrasts"])
def test_real_words_are_not_mended(reply: str) -> None:
    assert read(reply, None).facts == ()


SECRETS = (
    "sk-proj-abcdEFGH1234567890abcd7890", "sk-ant-api03-abcdefghijklmnop1234", "hf_abcdefghijklmnopqrstuvwxyz012345",
    "gsk_abcdefghijklmnopqrst1234", "AIzaSyA1234567890abcdefghijklmnopqrstuvw", "AKIAIOSFODNN7EXAMPLE",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "xoxb-123456789012-abcdefghij9999",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk", "api_key=abcd1234efgh5678ijkl9012",
    "Bearer abcdefgh1234567890ABCD",
)  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("asked", ["budget_usd", "labelled_examples", "data_path", "student_model", None])
def test_a_masked_key_leaves_no_digits_to_read(secret: str, asked: FactName | None) -> None:
    heard = read(f"here is my key {secret}", asked)
    assert heard.facts == ()
    assert "new one" in heard.note
    assert secret[-12:-4] not in heard.text


@pytest.mark.parametrize(
    "reply", ["commit 3f2c9a8", "openai/gpt-4o-mini-2024-07-18", "data/run-2024-11-22/out.jsonl", "skip-gram", "hf_hub"]
)
def test_ordinary_names_are_no_keys(reply: str) -> None:
    assert read(reply, "data_path").text == reply
