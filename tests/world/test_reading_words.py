"""Replies in words: wishes, yes and no, choices, names."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName, FactValue
from advisor.domain.questions import QUESTIONS
from advisor.world.reading import Intent, read

WISHES: dict[Intent, tuple[str, ...]] = {
    "why": ("why", "Why?", "why do you ask", "why do you ask?", "?", "??", "what for", "/why", "why does it matter?"),
    "back": ("back", "undo", "go back", "previous", "wait, go back", "/back", "Back please", "scratch that"),
    "skip": ("skip", "next", "skip this one", "pass", "later", "move on", "skip it please", "n/a"),
    "dont_know": (
        "I don't know",
        "i dont know",
        "no idea",
        "not sure",
        "idk",
        "dunno",
        "I'm not sure",
        "I really don't know",
        "no clue",
        "haven't measured it",
        "hard to say",
        "I don’t know yet",
        "unsure",
        "never checked",
        "not measured",
    ),
    "show": ("show", "show me", "facts", "what do you know so far?", "status", "summary", "/facts"),
    "help": ("help", "help me", "/help", "what can I say?", "commands"),
    "quit": ("quit", "exit", "q", ":q", "bye", "/quit", "stop"),
    "restart": ("restart", "start over", "start again", "reset", "let's start over"),
}


@pytest.mark.parametrize(("reply", "intent"), [(reply, intent) for intent in WISHES for reply in WISHES[intent]])
@pytest.mark.parametrize("asked", ["labelled_examples", "prompt_optimization", "baseline_score"])
def test_a_wish(reply: str, intent: Intent, asked: FactName) -> None:
    reading = read(reply, asked, ("none", "by_hand") if asked == "prompt_optimization" else ())
    assert (reading.intent, reading.facts, reading.yes) == (intent, (), None)


YES = (
    "yes",
    "y",
    "Yes.",
    "yep",
    "yeah",
    "sure",
    "ok",
    "okay",
    "go ahead",
    "correct",
    "that's right",
    "of course",
    "do it",
    "yes please",
    "YES!",
    "right",
    "exactly",
    "sounds good",
    "yes, go ahead",
    "absolutely",
    "true",
    "fine by me",
    "👍",
)
NO = (
    "no",
    "n",
    "No.",
    "nope",
    "nah",
    "not yet",
    "never",
    "no thanks",
    "not really",
    "wrong",
    "no, sorry",
    "no way",
    "false",
    "that's wrong",
    "we haven't",
    "rather not",
    "no, not yet",
)
NEITHER = (
    "yes and no",
    "maybe",
    "it depends",
    "500",
    "no idea",
    "not sure",
    "no metric",
    "nothing",
    "know",
    "okapi",
    "yesterday",
)


@pytest.mark.parametrize(
    ("reply", "expected"), [*((y, True) for y in YES), *((n, False) for n in NO), *((x, None) for x in NEITHER)]
)
def test_yes_and_no(reply: str, expected: bool | None) -> None:
    assert read(reply, None).yes is expected


@pytest.mark.parametrize("asked", ["data_must_stay", "openai_tuned_recently"])
def test_yes_and_no_answer_a_question_that_asks_for_them(asked: FactName) -> None:
    assert [fact.value for fact in read("yes", asked).facts] == [True]
    assert [fact.value for fact in read("nope", asked).facts] == [False]
    assert read("hm", asked).facts == ()


PROMPTS = ("none", "by_hand", "few_shot", "optimized")
CHOICES: list[tuple[str, FactName, tuple[str, ...], FactValue | None]] = [
    ("2", "prompt_optimization", PROMPTS, "by_hand"),
    ("2)", "prompt_optimization", PROMPTS, "by_hand"),
    ("(2)", "prompt_optimization", PROMPTS, "by_hand"),
    ("2.", "prompt_optimization", PROMPTS, "by_hand"),
    ("#2", "prompt_optimization", PROMPTS, "by_hand"),
    ("option 2", "prompt_optimization", PROMPTS, "by_hand"),
    ("option two", "prompt_optimization", PROMPTS, "by_hand"),
    ("number three", "prompt_optimization", PROMPTS, "few_shot"),
    ("two", "prompt_optimization", PROMPTS, "by_hand"),
    ("the second", "prompt_optimization", PROMPTS, "by_hand"),
    ("the second one", "prompt_optimization", PROMPTS, "by_hand"),
    ("2nd", "prompt_optimization", PROMPTS, "by_hand"),
    ("the last one", "prompt_optimization", PROMPTS, "optimized"),
    ("I'd say 2", "prompt_optimization", PROMPTS, "by_hand"),
    ("2, I think", "prompt_optimization", PROMPTS, "by_hand"),
    ("5", "prompt_optimization", PROMPTS, None),
    ("0", "prompt_optimization", PROMPTS, None),
    ("1 and 3", "prompt_optimization", PROMPTS, None),
    ("both", "prompt_optimization", PROMPTS, None),
    ("few", "prompt_optimization", PROMPTS, "few_shot"),
    ("few-shot", "prompt_optimization", PROMPTS, "few_shot"),
    ("optimised", "prompt_optimization", PROMPTS, "optimized"),
    ("by hnad", "prompt_optimization", PROMPTS, "by_hand"),
    ("no", "prompt_optimization", PROMPTS, "none"),
    ("not yet", "prompt_optimization", PROMPTS, "none"),
    ("no, only by hand", "prompt_optimization", PROMPTS, "by_hand"),
    ("MIPROv2", "prompt_optimization", PROMPTS, "optimized"),
    ("we ran GEPA last week", "prompt_optimization", PROMPTS, "optimized"),
    ("haven't optimized anything", "prompt_optimization", PROMPTS, "none"),
    ("hand tuned, then MIPRO", "prompt_optimization", PROMPTS, "optimized"),
    ("a few examples in the prompt", "prompt_optimization", PROMPTS, "few_shot"),
    ("classification", "task", (), "classification"),
    ("clasification", "task", ("classification", "extraction"), "classification"),
    ("class", "task", ("classification", "extraction"), "classification"),
    ("it sorts tickets into categories", "task", (), "classification"),
    ("not classification, extraction", "task", (), "extraction"),
    ("extract entities from invoices", "task", (), "extraction"),
    ("it summarizes calls", "task", (), "free_text"),
    ("answers questions about our docs", "task", (), "question_answering"),
    ("several labels per text", "task", (), "multi_label"),
    ("a chatbot", "task", (), "chat"),
    ("it does stuff", "task", (), None),
    ("cheaper", "goal", ("quality", "cost", "speed", "knowledge"), "cost"),
    ("cheaper without losing quality", "goal", (), "cost"),
    ("same quality, lower cost", "goal", (), "cost"),
    ("it's too slow", "goal", (), "speed"),
    ("better answers", "goal", (), "quality"),
    ("it hallucinates product facts", "goal", (), "knowledge"),
    ("it doesn't know our products", "goal", (), "knowledge"),
    ("both cheaper and faster", "goal", (), None),
    ("exact match", "metric", (), "exact_match"),
    ("accuracy", "metric", (), "exact_match"),
    ("a judge", "metric", (), "judge"),
    ("LLM as a judge", "metric", (), "judge"),
    ("our own function", "metric", (), "own"),
    ("none", "metric", (), "none"),
    ("we look at them", "metric", (), "none"),
    ("no metric", "metric", (), "none"),
    ("within a tolerance", "metric", (), "numeric"),
    ("stable", "task_stability", (), "stable"),
    ("it doesn't change", "task_stability", (), "stable"),
    ("yes", "task_stability", (), "stable"),
    ("not stable", "task_stability", (), "changing"),
    ("new categories every month", "task_stability", (), "changing"),
    ("still defining it", "task_stability", (), "defining"),
    ("on our own GPU", "host", (), "local"),
    ("openai", "host", ("openai", "nebius", "local"), "openai"),
    ("Together AI", "host", (), "together"),
    ("azure", "host", (), "foundry"),
    ("the practice model", "host", (), "practice"),
    ("true", "openai_tuned_recently", ("true", "false"), True),
    ("2", "openai_tuned_recently", ("true", "false"), False),
    ("2", "labelled_examples", ("500", "1000"), 2),
    ("option 2", "labelled_examples", ("500", "1000"), 1000),
]


@pytest.mark.parametrize(("reply", "asked", "choices", "value"), CHOICES)
def test_a_choice(reply: str, asked: FactName, choices: tuple[str, ...], value: FactValue | None) -> None:
    reading = read(reply, asked, choices)
    assert {fact.value for fact in reading.facts if fact.name == asked} == ({value} if value is not None else set())
    assert value is not None or reading.note


def test_every_label_of_every_question_chooses_its_value() -> None:
    for question in QUESTIONS:
        for labels in (tuple(c.label for c in question.choices), tuple(c.value for c in question.choices)):
            for index, label in enumerate(labels):
                for reply in (label, str(index + 1)):
                    reading = read(reply, question.fact, labels)
                    assert reading.choice == index, (question.fact, reply)
                    assert [str(f.value).lower() for f in reading.facts] == [question.choices[index].value]


def test_a_menu_without_a_fact_gives_the_place() -> None:
    menu = ("Resume tickets", "Open a dataset", "Take the tour")
    assert [read(reply, None, menu).choice for reply in ("2", "tour", "the first", "resume")] == [1, 2, 0, 0]


def test_yes_alone_does_not_say_how_the_prompts_were_optimized() -> None:
    reading = read("yes", "prompt_optimization", PROMPTS)
    assert (reading.facts, reading.yes) == ((), True)
    assert reading.note


def test_not_knowing_keeps_what_else_was_said() -> None:
    reading = read("no idea, but we have 2,000 tickets", "baseline_score")
    assert reading.intent == "dont_know"
    assert [(fact.name, fact.value) for fact in reading.facts] == [("labelled_examples", 2000)]


def test_a_guess_after_not_knowing_is_an_answer() -> None:
    reading = read("not sure, maybe 500", "labelled_examples")
    assert (reading.intent, [fact.value for fact in reading.facts]) == ("answer", [500])


@pytest.mark.parametrize("reply", ["yes, it's stable since last year", "it is unchanged since last year"])
def test_last_year_is_not_the_last_option(reply: str) -> None:
    heard = read(reply, "task_stability", ("stable", "defining", "changing"))
    assert [fact.value for fact in heard.facts] == ["stable"]
