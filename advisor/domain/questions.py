"""The guide's questions: what each one fills in, when it is not asked, and why it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from advisor.domain.facts import HELPERS, Believed, FactName, Source
from advisor.domain.file_formats import LISTED
from advisor.domain.local_models import address_of
from advisor.domain.providers import beside


class Choice(NamedTuple):
    """A numbered answer."""

    value: str
    label: str


class Question(NamedTuple):
    """One question and the fact its answer fills."""

    fact: FactName
    asks: str
    why: str
    skip: Callable[[Believed], bool]
    """Whether the answer is known, implied or of no use; a known fact is never asked for."""
    choices: tuple[Choice, ...] = ()
    find_out: str = ""
    """How to find out, for who does not know."""


def open_questions(facts: Believed) -> tuple[Question, ...]:
    """Return every question without an answer, in the guide's order; `impact` says which one to ask."""
    return tuple(question for question in QUESTIONS if is_open(question, facts))


def is_open(question: Question, facts: Believed) -> bool:
    """Whether a question has no answer yet and is not needless."""
    known = facts.get(question.fact)
    return (known is None or known.source == Source.assumed) and not question.skip(facts)


def question_for(fact: FactName) -> Question | None:
    """Return the question that fills a fact."""
    return next((question for question in QUESTIONS if question.fact == fact), None)


def _never(_: Believed) -> bool:
    return False


def _has_file(facts: Believed) -> bool:
    return facts.has("data_path")


def _no_file(facts: Believed) -> bool:
    return not facts.has("data_path")


def _counted(facts: Believed) -> bool:
    return _has_file(facts) or facts.has("usable_examples")


def _optimized(facts: Believed) -> bool:
    return facts.text("prompt_optimization") in ("few_shot", "optimized")


def _not_optimized(facts: Believed) -> bool:
    return not _optimized(facts)


def _scored(facts: Believed) -> bool:
    return facts.has("optimized_score") or _optimized(facts)


def _cheaper(facts: Believed) -> bool:
    return facts.text("goal") in ("cost", "speed")


def _no_target_needed(facts: Believed) -> bool:
    return facts.text("goal") in ("cost", "speed", "knowledge")


def _metric_implied(facts: Believed) -> bool:
    return facts.text("task") == "classification"


def _not_cheaper(facts: Believed) -> bool:
    return not _cheaper(facts)


def _practice(facts: Believed) -> bool:
    return facts.text("host") in (None, "practice")


def _unbilled(facts: Believed) -> bool:
    """Whether no limit would be kept: all models answer on one machine, here or rented from a cloud by the hour."""
    if facts.text("host") not in ("local", "sky"):
        return _practice(facts)
    others = [beside(model, "local", address_of(model, facts)) for name in HELPERS if (model := facts.text(name))]
    return all(provider is None or provider.here for provider in others)


def _not_openai(facts: Believed) -> bool:
    # Where the door is closed to everybody, or open to all, the answer changes nothing.
    return facts.text("host") != "openai" or facts.text("host_admits") in ("everyone", "nobody")


def _teacher_useless(facts: Believed) -> bool:
    # In practice only a model of this computer can stand in for the larger practice model.
    return (_practice(facts) and not facts.words("local_models")) or not _cheaper(facts)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "data_path",
        f"Where are your examples? Give a path to a file ({LISTED}) or a folder.",
        "Most of the other questions can be measured from the file instead of asked.",
        _never,
        find_out="Any log or export with the text and the right answer will do. Without a file, say how many you have.",
    ),
    Question(
        "label_field",
        "Which field holds the right answer?",
        "Everything is scored against it, and a guess from the names is wrong one time in four.",
        _no_file,
        find_out="It is the field you would want the program to fill in.",
    ),
    Question(
        "task",
        "What does the program do?",
        "It decides how an answer is scored and whether the labels can be trained on.",
        _never,
        (
            Choice("classification", "puts a text into one of a few classes"),
            Choice("multi_label", "gives a text several labels"),
            Choice("extraction", "pulls items out of a text"),
            Choice("question_answering", "answers questions"),
            Choice("numeric", "gives a number"),
            Choice("free_text", "writes text"),
        ),
        "Say it in your own words and choose the nearest.",
    ),
    Question(
        "labelled_examples",
        "How many labelled examples do you have?",
        "Under 500 a tuned model usually learns the examples instead of the task.",
        _counted,
        find_out="Count the rows that have a right answer beside them.",
    ),
    Question(
        "prompt_optimization",
        "Have you optimized the prompts yet?",
        "It is cheaper than training and often enough, and it is what training has to beat.",
        _never,
        (
            Choice("none", "no"),
            Choice("by_hand", "by hand"),
            Choice("few_shot", "few-shot examples"),
            Choice("optimized", "MIPROv2, GEPA or another optimizer"),
        ),
        "If nobody ran a DSPy optimizer, the answer is no or by hand.",
    ),
    Question(
        "optimized_score",
        "What does the optimized program score?",
        "It is the figure fine-tuning has to beat.",
        _not_optimized,
        find_out="The run measures it again anyway, on rows it has not seen.",
    ),
    Question(
        "baseline_score",
        "What does the program score today?",
        "Under 50%, or near chance, the task or the labels are usually the problem.",
        _scored,
        find_out="The run measures it first; nothing is lost by not knowing.",
    ),
    Question(
        "goal",
        "What is it for: better answers, or cheaper or faster ones?",
        "It chooses between tuning the model you have and teaching a smaller one.",
        _never,
        (
            Choice("quality", "better answers"),
            Choice("cost", "cheaper calls"),
            Choice("speed", "faster calls"),
            Choice("knowledge", "it does not know our facts"),
        ),
        "If today's answers are good enough and the bill is not, it is cost.",
    ),
    Question(
        "target_score",
        "Which score would be good enough?",
        "The run stops as soon as it is reached, before paying for more.",
        _no_target_needed,
        find_out="Ask what an error costs, or what a careful person scores on the same rows.",
    ),
    Question(
        "calls_per_month",
        "How many calls a month?",
        "It tells after how many days a cheaper model has paid for its training.",
        _not_cheaper,
        find_out="Your host's usage page has it.",
    ),
    Question(
        "metric",
        "How is an answer scored by program?",
        "Without a metric nothing can be evaluated, optimized or kept for training.",
        _metric_implied,
        (
            Choice("exact_match", "equal to the right answer"),
            Choice("token_f1", "words in common"),
            Choice("set_f1", "items in common"),
            Choice("numeric", "equal within a tolerance"),
            Choice("judge", "a model judges it"),
            Choice("own", "a function of ours"),
            Choice("none", "it is not"),
        ),
        "If people only look at answers and say good or bad, there is none yet.",
    ),
    Question(
        "task_stability",
        "Is the task settled?",
        "Fine-tuning locks in today's version of it.",
        _never,
        (
            Choice("stable", "yes, it stands"),
            Choice("defining", "no, still being defined"),
            Choice("changing", "it changes often"),
        ),
        "If the labels changed in the last month, it changes often.",
    ),
    Question(
        "host",
        "Where may training run?",
        "It decides what it costs, who sees the rows, and whether the door is open to you.",
        _never,
        (
            Choice("practice", "the practice model on this computer: free, to learn with"),
            Choice("openai", "OpenAI"),
            Choice("nebius", "Nebius Token Factory"),
            Choice("other", "another OpenAI-compatible host"),
            Choice("local", "this computer, on a GPU of my own"),
            Choice("together", "Together AI"),
            Choice("foundry", "Microsoft Foundry"),
            Choice("sky", "a GPU rented from a cloud, through SkyPilot"),
        ),
        "Start with the practice model: it shows every step and costs nothing.",
    ),
    Question(
        "openai_tuned_recently",
        "Has your organisation used a tuned model at OpenAI in the last 60 days?",
        "OpenAI closed fine-tuning to everybody else on 2026-07-02.",
        _not_openai,
        (Choice("true", "yes"), Choice("false", "no")),
        "Whoever pays the OpenAI bill can see it on the usage page.",
    ),
    Question(
        "student_model",
        "Which model is to be improved, as the host spells it?",
        "The project names it, and its price decides the forecast.",
        _practice,
        find_out="`advisor models` lists what can be tuned where. On this computer: a folder, or a name on the Hugging "
        "Face hub.",
    ),
    Question(
        "teacher_model",
        "Which stronger model should make the training answers?",
        "A student learns from answers better than its own.",
        _teacher_useless,
        find_out="The model you pay for today is the usual choice.",
    ),
    Question(
        "budget_usd",
        "How many dollars may this cost at most?",
        "The run stops there, whatever it is doing.",
        _unbilled,
        find_out="The forecast is shown before anything is spent; say a number you would not mind losing, or "
        "`no limit`.",
    ),
)
