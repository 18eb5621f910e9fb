"""What each fact may hold, and how it is written as text (`--set name=value`, facts files)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast, get_args

from advisor.domain import statistics
from advisor.domain.choice_words import from_words, in_words
from advisor.domain.facts import FactName, FactValue, Gpu, Range

TASKS = ("classification", "multi_label", "extraction", "question_answering", "numeric", "structured",
         "free_text", "chat")  # fmt: skip
OPTIMIZATIONS = ("none", "by_hand", "few_shot", "optimized")
METRICS = ("exact_match", "token_f1", "set_f1", "field_f1", "numeric", "judge", "own", "none")
GOALS = ("quality", "cost", "speed", "knowledge", "unknown")
STABILITIES = ("defining", "stable", "changing")
RESULTS = ("none", "below_target", "reached")
HOSTS = ("practice", "local", "sky", "openai", "nebius", "foundry", "together", "fireworks", "tinker", "other",
         "databricks")  # fmt: skip
ADMITS = ("everyone", "recent_tuners", "nobody")
SERVED = ("per_token", "dedicated", "this_machine", "no")
EFFORTS = ("labelled", "bootstrap", "light", "medium", "heavy", "gepa")
ROUTES = ("define_task", "define_metric", "fix_task_or_data", "collect_data", "retrieval", "prompt_optimization",
          "stop", "bootstrap_finetune", "gold_finetune", "distillation", "better_together",
          "switch_host")  # fmt: skip
MOST = 1e12
"""A larger count or amount is a slip."""
MOST_GIB = 10_000
MAX_TEXT = 4096
"""Longer text is not a path, a name or a model."""


class FactSpec(NamedTuple):
    """What a fact means and how to read its value."""

    meaning: str
    expects: str
    """What a value looks like, for a message to the user."""
    parse: Callable[[str], FactValue]
    choices: tuple[str, ...] = ()


def parse_value(name: str, text: str) -> tuple[FactName, FactValue]:
    """Read `name` and `text` as a fact.

    Raises:
        ValueError: no such fact, or a value it cannot hold; the message says what would do.
    """
    if name not in get_args(FactName):
        known = ", ".join(get_args(FactName))
        raise ValueError(f"there is no fact called {name!r}; the facts are {known}")
    fact = cast(FactName, name)
    spec = SPECS[fact]
    try:
        return fact, spec.parse(from_words(fact, text.strip()))
    except ValueError as error:
        raise ValueError(f"{name} expects {spec.expects}, not {text!r}") from error


def expected(name: FactName) -> str:
    """Say what a value looks like, for a person: choices by the words they are shown in."""
    spec = SPECS[name]
    return "one of " + ", ".join(in_words(name, choice) for choice in spec.choices) if spec.choices else spec.expects


def write_value(value: FactValue) -> str:
    """Write a value the way `parse_value` reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Range):
        return f"{_digits(value.low)}-{_digits(value.high)}"
    if isinstance(value, tuple):
        return ",".join(item if isinstance(item, str) else f"{item.name}:{item.gib:g}" for item in value)
    return _digits(value) if isinstance(value, float) else str(value)


def percent(value: FactValue | None) -> str:
    """Write a score for a person: 71%, or 70 to 75% where two ends were given."""
    if isinstance(value, Range):
        low, high = statistics.percent(value.low), statistics.percent(value.high)
        return high if low == high else f"{low.removesuffix('%')} to {high}"
    return statistics.percent(value) if isinstance(value, (int, float)) else ""


def count(value: FactValue | None) -> str:
    """Write a count for a person: 1,200, or 300 to 400 where two ends were given."""
    if isinstance(value, Range):
        return f"{value.low:,.0f} to {value.high:,.0f}" if value.low != value.high else f"{value.low:,.0f}"
    return f"{value:,.0f}" if isinstance(value, (int, float)) else ""


def _digits(number: float) -> str:
    """Write a number in full: an exponent would be read as a range."""
    written = format(Decimal(f"{number:.10g}"), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _choice(*choices: str) -> Callable[[str], FactValue]:
    def parse(text: str) -> FactValue:
        word = text.lower().replace("-", "_").replace(" ", "_")
        if word not in choices:
            raise ValueError(word)
        return word

    return parse


def _plain_number(text: str) -> float:
    match = re.fullmatch(r"\$?\s*(\d[\d,_]*\.?\d*|\.\d+)\s*([kKmM]?)", text)
    if not match:
        raise ValueError(text)
    number = float(match[1].replace(",", "").replace("_", "")) * {"": 1, "k": 1e3, "m": 1e6}[match[2].lower()]
    if number > MOST:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    number = _plain_number(text)
    if number != int(number):
        raise ValueError(text)
    return int(number)


def _ends(text: str) -> list[str]:
    return re.split(r"\s*(?:-|–|\.\.|to)\s*", text)


def _range(ends: Iterable[float]) -> Range:
    low, high = sorted(ends)
    return Range(low=low, high=high)


def _counts(text: str) -> FactValue:
    ends = _ends(text)
    return _range(_count(end) for end in ends) if len(ends) == 2 else _count(text)


def _quantity(text: str) -> FactValue:
    ends = _ends(text)
    return _range(_plain_number(end) for end in ends) if len(ends) == 2 else _plain_number(text)


def _score(text: str) -> FactValue:
    ends = _ends(text)
    if len(ends) != 2 or "" in ends:
        return _scores([text])[0]
    return _range(_scores(ends))


def _scores(texts: list[str]) -> list[float]:
    """Read scores that are all percentages when one of them is."""
    numbers = [float(text.rstrip("% ")) for text in texts]
    hundredths = any(text.endswith("%") for text in texts) or any(number > 1 for number in numbers)
    scores = [number / 100 if hundredths else number for number in numbers]
    if not all(0 <= score <= 1 for score in scores):
        raise ValueError(texts)
    return scores


def _flag(text: str) -> FactValue:
    if text.lower() in ("true", "yes", "y", "1"):
        return True
    if text.lower() in ("false", "no", "n", "0"):
        return False
    raise ValueError(text)


def _text(text: str) -> FactValue:
    if not text or len(text) > MAX_TEXT or "\x00" in text:
        raise ValueError(text[:40])
    return text


def _day(text: str) -> FactValue:
    return date.fromisoformat(text).isoformat()


def _words(text: str) -> FactValue:
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    if not words:
        raise ValueError(text)
    return words


def _gpus(text: str) -> FactValue:
    if text.strip().casefold() == "none":
        return ()
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, gib = part.rpartition(":")
        if not 0 < float(gib) <= MOST_GIB:
            raise ValueError(text)
        found.append(Gpu(name=name.strip() or "gpu", gib=float(gib)))
    return tuple(found)


def _chosen(meaning: str, choices: tuple[str, ...]) -> FactSpec:
    return FactSpec(meaning, "one of " + ", ".join(choices), _choice(*choices), choices)


def _counted(meaning: str) -> FactSpec:
    return FactSpec(meaning, "a whole number or a range, for example 800, 2k or 300-400", _counts)


def _scored(meaning: str) -> FactSpec:
    return FactSpec(meaning, "a score from 0 to 1, a percentage or a range, for example 0.78, 78% or 70-75%", _score)


def _amount(meaning: str) -> FactSpec:
    return FactSpec(meaning, "a number or a range, for example 20, 8k or 300-400", _quantity)


def _named(meaning: str) -> FactSpec:
    return FactSpec(meaning, "a name or a path", _text)


def _dated(meaning: str) -> FactSpec:
    return FactSpec(meaning, "a day, for example 2027-01-31", _day)


def _answered(meaning: str) -> FactSpec:
    return FactSpec(meaning, "yes or no", _flag)


SPECS: dict[FactName, FactSpec] = {
    "task": _chosen("what the program does", TASKS),
    "data_path": _named("the file with the examples"),
    "data_table": _named("the sheet or table of the file that is read"),
    "input_fields": FactSpec("the fields the program reads", "field names separated by commas", _words),
    "label_field": _named("the field with the right answer"),
    "rows": _counted("rows in the file"),
    "labelled_examples": _counted("examples with a label"),
    "usable_examples": _counted("examples that can be used: labelled, readable, not copies"),
    "classes": _counted("different labels"),
    "accuracy_ceiling": _scored("the best score any model can reach on this file"),
    "majority_share": _scored("the share of the most frequent label"),
    "prompt_optimization": _chosen("how far the prompts were optimized", OPTIMIZATIONS),
    "baseline_score": _scored("the score of the plain program"),
    "optimized_score": _scored("the score with optimized prompts"),
    "target_score": _scored("the score that would be good enough"),
    "metric": _chosen("how an answer is scored", METRICS),
    "goal": _chosen("what fine-tuning is for", GOALS),
    "task_stability": _chosen("whether the task still changes", STABILITIES),
    "current_model": _named("the model in use today"),
    "student_model": _named("the model to improve or to run in the end"),
    "teacher_model": _named("the stronger model that makes training answers"),
    "prompt_model": _named("the model that writes the instructions"),
    "judge_model": _named("the model that looks at wrong answers when all is scored"),
    "calls_per_month": _amount("calls in a month"),
    "spend_per_month_usd": _amount("dollars spent in a month"),
    "budget_usd": _amount("dollars that may be spent on this"),
    "host": _chosen("where the weights would be trained", HOSTS),
    "gpus": FactSpec("graphics processors at hand", "name:GiB pairs, for example A100:80, or none", _gpus),
    "local_models": FactSpec(
        "models that answer on this computer", "NAME@ADDRESS pairs, NAME as LiteLLM spells it", _words
    ),
    "server_addresses": FactSpec(
        "where the environment says that model servers answer", "NAME@ADDRESS pairs, NAME as LiteLLM spells it", _words
    ),
    "data_must_stay": _answered("whether the data may leave this computer"),
    "openai_tuned_recently": _answered("whether this organisation tuned at OpenAI in the last 60 days"),
    "fine_tuning_result": _chosen("what fine-tuning brought so far", RESULTS),
    "tuned_score": _scored("the score of the best tuned program"),
    "student_price_in": _amount("dollars per million input tokens of the student"),
    "student_price_out": _amount("dollars per million output tokens of the student"),
    "student_price_training": _amount("dollars per million tokens the student is trained on"),
    "teacher_price_in": _amount("dollars per million input tokens of the teacher"),
    "teacher_price_out": _amount("dollars per million output tokens of the teacher"),
    "prompt_price_in": _amount("dollars per million input tokens of the model that writes the instructions"),
    "prompt_price_out": _amount("dollars per million output tokens of the model that writes the instructions"),
    "judge_price_in": _amount("dollars per million input tokens of the judge"),
    "judge_price_out": _amount("dollars per million output tokens of the judge"),
    "host_admits": _chosen("whom the host still lets train", ADMITS),
    "host_closes": _dated("the day training ends at the host"),
    "host_days_left": _counted("days until then"),
    "host_least_rows": _counted("the fewest training rows the host takes"),
    "host_most_megabytes": _amount("megabytes of the largest training file the host takes"),
    "student_trainable": _answered("whether the host trains the student"),
    "student_weights": _counted("weights of the student, as its folder here has them"),
    "student_context": _counted("tokens of the longest row the student is trained on"),
    "student_served": _chosen("how the tuned student answers there", SERVED),
    "student_retires": _dated("the day the tuned student stops answering"),
    "student_days_left": _counted("days until then"),
    "student_hosting_per_hour": _amount("dollars an hour to keep the tuned student ready"),
    "needed_days": _counted("for how many days the tuned model has to answer"),
    "row_tokens": _counted("tokens of a training row with its prompt: the usual one, or from that to the longest"),
    "prompt_effort": _chosen("which prompt optimizer to run, instead of the one chosen by size", EFFORTS),
    "forecast_usd": _amount("what the recommended run is forecast to cost"),
    "routes_run": FactSpec("routes that were run", "route names separated by commas", _words),
    "overruled": FactSpec("routes chosen against the advice", "route names separated by commas", _words),
}  # fmt: skip
