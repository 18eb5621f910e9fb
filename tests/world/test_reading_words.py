"""Replies in words: wishes, yes and no, choices, names."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName, FactValue, Gpu
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


FIELDS = ("id", "subject", "body", "ticket_category")
NAMES: list[tuple[str, FactName, FactValue | None]] = [
    ("tickets.csv", "data_path", "tickets.csv"),
    ("it's in tickets.csv", "data_path", "tickets.csv"),
    ("the file is data/tickets.jsonl.", "data_path", "data/tickets.jsonl"),
    ("~/data/tickets.csv", "data_path", "~/data/tickets.csv"),
    ("~/my data/tickets v2.csv", "data_path", "~/my data/tickets v2.csv"),
    ('"my tickets.csv"', "data_path", "my tickets.csv"),
    ("'/tmp/a b/c.parquet'", "data_path", "/tmp/a b/c.parquet"),
    ("open “my tickets.csv” please", "data_path", "my tickets.csv"),
    ("/tmp/my\\ file.csv", "data_path", "/tmp/my file.csv"),
    ("C:\\Users\\me\\data.csv", "data_path", "C:\\Users\\me\\data.csv"),
    ("file:///tmp/a%20b.csv", "data_path", "/tmp/a b.csv"),
    ("./tickets", "data_path", "./tickets"),
    ("data/2024-11/tickets.csv", "data_path", "data/2024-11/tickets.csv"),
    ("Tickets.CSV", "data_path", "Tickets.CSV"),
    ("we keep them in Zendesk", "data_path", None),
    ("a.csv or b.csv", "data_path", None),
    ("https://example.com/a.csv", "data_path", None),
    ("no, tickets2.csv", "data_path", "tickets2.csv"),
    ("ticket_category", "label_field", "ticket_category"),
    ("the ticket category column", "label_field", "ticket_category"),
    ("Ticket-Category", "label_field", "ticket_category"),
    ("ticket_categry", "label_field", "ticket_category"),
    ("colour", "label_field", None),
    ("subject or body", "label_field", None),
    ("subject and body", "input_fields", ("subject", "body")),
    ("everything except id", "input_fields", ("subject", "body", "ticket_category")),
    ("gpt-4o-mini", "current_model", "gpt-4o-mini"),
    ("GPT-4o mini", "student_model", "gpt-4o-mini"),
    ("we use openai/gpt-4.1", "current_model", "openai/gpt-4.1"),
    ("claude 3.5 sonnet", "teacher_model", "claude-3.5-sonnet"),
    ("practice-small", "student_model", "practice-small"),
    ("meta-llama/Llama-3.1-8B-Instruct", "student_model", "meta-llama/Llama-3.1-8B-Instruct"),
    ("ft:gpt-4o-mini-2024-07-18:acme::abc", "current_model", "ft:gpt-4o-mini-2024-07-18:acme::abc"),
    ("acme/our-model-7b", "student_model", "acme/our-model-7b"),
    ("gpt-4o or claude", "teacher_model", None),
    ("something small", "student_model", None),
    ("2x A100 80GB", "gpus", (Gpu(name="A100", gib=80), Gpu(name="A100", gib=80))),
    ("RTX 4090", "gpus", (Gpu(name="RTX 4090", gib=24),)),
    ("one H100", "gpus", (Gpu(name="H100", gib=80),)),
    ("no gpu", "gpus", ()),
    ("none", "gpus", ()),
    ("A100", "gpus", None),
    ("it can't leave our servers", "data_must_stay", True),
    ("no, it can't leave", "data_must_stay", True),
    ("it may leave", "data_must_stay", False),
    ("cloud is fine", "data_must_stay", False),
    ("bootstrap", "prompt_effort", "bootstrap"),
    ("below target", "fine_tuning_result", "below_target"),
]


@pytest.mark.parametrize(("reply", "asked", "value"), NAMES)
def test_a_name(reply: str, asked: FactName, value: FactValue | None) -> None:
    reading = read(reply, asked, (), FIELDS)
    found = [fact.value for fact in reading.facts if fact.name == asked]
    assert found == ([] if value is None else [value])
    assert value is not None or reading.note


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


@pytest.mark.parametrize(
    ("reply", "host"),
    [("use OpenAI", "openai"), ("train on Nebius", "nebius"), ("use the practice model instead", "practice")],
)
def test_a_host_can_be_changed_at_any_time(reply: str, host: str) -> None:
    assert [(fact.name, fact.value) for fact in read(reply, None, ("yes", "no")).facts] == [("host", host)]
