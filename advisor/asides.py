"""Questions a user asks back: answered from the decision table and the glossary, changing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast, get_args

from advisor import telling
from advisor.domain import wording
from advisor.domain.about_hosts import host_named, why_not_there
from advisor.domain.advice import Recommendation
from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import FactName, Facts
from advisor.domain.flips import flips, why_not
from advisor.domain.glossary import look_up
from advisor.domain.questions import Question, question_for
from advisor.domain.row_limit import on_fewer_rows, rows_wished
from advisor.domain.rules import Route
from advisor.domain.subjects import MODELS_THERE, Subject, subject_of
from advisor.domain.supposing import suppose
from advisor.domain.values import expected
from advisor.domain.why import why_asked
from advisor.lookup import judged_places, supposing

if TYPE_CHECKING:
    from advisor.world.reading import Intent, Reading

_UNREAD: tuple[Intent, ...] = ("unclear", "answer", "dont_know")
"""What is read from a reply may stand beside a question."""


def answer(
    heard: Reading,
    facts: Facts,
    advice: Recommendation,
    asked: FactName | None,
    report: DatasetReport | None = None,
) -> str | None:
    """Return what to say to a question asked back; None where the reply is none."""
    question = question_for(asked) if asked else None
    if facts.has("data_path") and (rows := rows_wished(heard.text)) is not None:
        return on_fewer_rows(rows)
    match heard.intent:
        case "why":
            return telling.arguments(advice) if question is None else why_asked(question, facts)
        case "help":
            return telling.arguments(advice) if question is None else _help(question)
        case "show":
            return "\n".join(wording.fact_with_source(fact) for fact in facts.known()) or "Nothing is known yet."
        case "define":
            return _meaning(heard.about)
        case "why_not" if not heard.about and (host := host_named(heard.text)) is not None:
            return why_not_there(host, facts, judged_places(facts))
        case "why_not":
            return why_not(_route(heard.about), facts)
        case "change_mind":
            return telling.would_change(advice, flips(facts))
        case "what_if":
            return (
                suppose(facts, heard.supposed, supposing(facts, heard.supposed), report).text
                if heard.supposed
                else "Suppose what? Name a figure or a choice."
            )
        case "same":
            return "I have no earlier answer to go by."
    return None


def subject_asked(heard: Reading, asked: FactName | None) -> Subject | None:
    """Return what a question in words of its own is about; None where a rule has read it as something else."""
    found = subject_of(heard.text)
    if found is None or (asked == "budget_usd" and heard.facts):
        return None
    # "Must stay in the EU" begins as a question does and is none.
    if "?" not in heard.text and any(fact.name == "data_must_stay" for fact in heard.facts):
        return None
    # "Can I stop it?" reads as a wish to leave, and is one where nothing asks.
    asks_to_stop = heard.intent == "quit" and found.name == "stopping" and "?" in heard.text
    asks_for_models = heard.intent == "show" and found.name == MODELS_THERE
    return found if heard.intent in _UNREAD or asks_to_stop or asks_for_models else None


def asks(heard: Reading) -> bool:
    """Say whether a reply is a question that none of the rules knows."""
    return heard.intent == "unclear" and "?" in heard.text


def _help(question: Question) -> str:
    if question.fact == "label_field":
        return "Say yes, the number of an answer, or the name of the field."
    if question.choices:
        return "Answer with a number or in your own words. `skip` leaves the question out."
    return f"I need {expected(question.fact)}. `skip` leaves the question out."


def _meaning(words: str) -> str:
    entry = look_up(words)
    if entry is None:
        return "I have no entry for that word. F7 shows those I have."
    return f"{entry.term}: {entry.meaning}"


def _route(named: str) -> Route | Literal["fine_tuning"]:
    return cast(Route, named) if named in get_args(Route) else "fine_tuning"
