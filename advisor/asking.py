"""A question as it is put in this case: its words and its numbered answers."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import telling
from advisor.domain.advice import advise
from advisor.domain.checklist import NO_GPU, Checklist
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Answer
from advisor.domain.doctor import gpu_title
from advisor.domain.facts import OF_THE_HOST, Fact, FactName, Facts, FactValue, Source
from advisor.domain.impact import next_question
from advisor.domain.lacking_to_start import lacking_at
from advisor.domain.machine import Machine
from advisor.domain.offered_models import models_here
from advisor.domain.preflight import closed_door
from advisor.domain.questions import Question, question_for
from advisor.domain.route_words import joined
from advisor.domain.row_limit import COUNTED, rows_wished
from advisor.domain.rules import Route
from advisor.domain.supposed import Supposed
from advisor.domain.values import expected, parse_value
from advisor.project import blocking

if TYPE_CHECKING:
    from advisor.world.reading import Reading

NO_MORE = ("go", "enough", "that's enough", "advise", "just advise me", "what do you recommend", "go ahead", "run it")
"""Replies that end the questions."""

TAKES_BACK = r"\s*(no|nope|wait|sorry|oops|correction|scratch that|i meant|make that)\b"
"""How a reply begins that corrects the answer before."""
THINKS_AGAIN = r"\s*(actually|rather)\b"
"""How a reply begins that may correct it, where it is no answer to the question now open."""

YES_OR_NO = (Answer(value="yes", label="yes"), Answer(value="no", label="no"))
RUN_OR_NOT = (Answer(value="yes", label="run it"), Answer(value="no", label="not now"))

NO_FILE = Answer(value="no file yet", label="there is no file yet")
_NO_FILE = re.compile(
    r"\W*(?:1|(?:there(?:'s| is) |(?:i|we) have )?(?:no|none|not)(?: (?:file|data|dataset|one|path|a file))?"
    r"(?: (?:yet|to show|at hand|here))*|(?:i|we) (?:do not|don't|dont) have (?:one|any|a file|data|a dataset|it)"
    r"(?: (?:yet|here|at hand))*)\W*",
    re.IGNORECASE,
)
"""Replies that leave the question for the file open, the number of the answer above among them."""

OPEN_TO = "You can change an answer, ask `what if …` or `why not …`, or leave with `quit`."
"""What may be said once no question is open."""

MOST_FIELDS = 8
"""Other fields offered beside the guessed label."""


def next_up(facts: Facts, skipped: frozenset[str], report: DatasetReport | None) -> Question | None:
    """Return the next question; while the file stops every route, which field or which other file."""
    if report is not None and blocking(report) is not None:
        return question_for("data_path" if report.label_field and not report.label_told else "label_field")
    return next_question(facts, skipped)


OWN_MODEL = "Which model is to be improved: a name on the Hugging Face hub, or a folder such as ./my-model?"
"""Where models answer on this computer, no host spells them."""


def worded(question: Question, facts: Facts, report: DatasetReport | None) -> str:
    """Return the question, with the file's own rows where it is about them."""
    if question.fact == "student_model" and facts.text("host") == "local":
        return OWN_MODEL
    if question.fact == "label_field" and report is not None and report.label_field:
        return telling.label_guess(report)
    return question.asks


def answers(
    asked: FactName,
    facts: Facts,
    report: DatasetReport | None,
    *,
    trains: bool = True,
    machine: Machine | None = None,
) -> tuple[Answer, ...]:
    """Return the answers that can be chosen by number.

    `trains` is whether the student is to be trained, which no model can be that only answers here; `machine` is what
    this computer has, where it was looked at.
    """
    if asked == "label_field" and report is not None:
        return _label_answers(report)
    if asked == "data_path":
        return (NO_FILE,)
    if asked == "teacher_model" or (asked == "student_model" and not trains):
        return models_here(facts)
    question = question_for(asked)
    choices = question.choices if question else ()
    if asked == "host" and (facts.has("host") or facts.flag("data_must_stay")):
        choices = tuple(choice for choice in choices if _is_open(choice.value, facts))
    if asked != "host":
        return tuple(Answer(value=choice.value, label=choice.label) for choice in choices)
    labels = {choice.value: choice.label for choice in choices} | {"local": _own(facts, machine)}
    return tuple(
        Answer(value=choice.value, label=labels[choice.value] + _missing(choice.value, machine, trains))
        for choice in choices
    )


def _own(facts: Facts, machine: Machine | None) -> str:
    """Name this computer as a place to train by what it has; a card somebody told of is not looked for."""
    told, best = facts.get("gpus"), machine.best() if machine else None
    if told is not None and told.source == Source.told:
        found = bool(told.value)
    elif best is not None:
        return f"this computer, on its {clean(gpu_title(best), 40)}"
    else:
        found = machine is None or machine.graphics.processors is None
    return "this computer, on a GPU of my own" if found else f"this computer; {NO_GPU}"


def _is_open(host: str, facts: Facts) -> bool:
    """Whether another host than the one chosen could train for this user."""
    instead = Supposed.of(facts).without(*OF_THE_HOST).supposing("host", host)
    return host != facts.text("host") and closed_door(instead) is None


def _missing(host: str, machine: Machine | None, trains: bool) -> str:
    """Say what a host would need that is not in the environment, where that was looked at."""
    names = lacking_at(host, machine, uploads=trains) if machine else ()
    return f" ({joined(list(names), 'and')} {'is' if len(names) == 1 else 'are'} not set)" if names else ""


def _label_answers(report: DatasetReport) -> tuple[Answer, ...]:
    names = field_names(report)
    if report.label_field is None:
        return tuple(Answer(value=name, label=clean(name, 40)) for name in names[:MOST_FIELDS])
    others = [name for name in names if name != report.label_field][:MOST_FIELDS]
    return (
        Answer(value="yes", label="yes"),
        *(Answer(value=name, label=f"no, the label is {clean(name, 40)}") for name in others),
    )


def field_names(report: DatasetReport | None) -> tuple[str, ...]:
    """Return the names a reply may mean a field by."""
    return tuple(field.name for field in report.fields) if report else ()


def hear(
    text: str,
    asked: FactName | None,
    answered: FactName | None,
    offered: tuple[Answer, ...],
    report: DatasetReport | None,
) -> Reading:
    """Read a reply to the question asked, or, where it takes something back, to the one `answered` before."""
    from advisor.world import reading  # its patterns take longer to compile than the first screen may

    fields, tables = field_names(report), report.tables if report else ()
    if asked == "data_path" and NO_FILE in offered:
        heard = reading.read(text, asked, (), fields)
        return heard.model_copy(update={"intent": "skip"}) if _NO_FILE.fullmatch(heard.text) else heard
    heard = reading.read(text, asked, tuple(answer.value for answer in offered), fields, tables)
    if report is not None and rows_wished(heard.text):
        # What the file holds was counted; this is about the run.
        return heard.model_copy(update={"facts": tuple(fact for fact in heard.facts if fact.name not in COUNTED)})
    takes_back = TAKES_BACK if heard.facts else f"{TAKES_BACK}|{THINKS_AGAIN}"
    if heard.plainly or answered in (None, asked) or not re.match(takes_back, text, re.IGNORECASE):
        return heard
    corrected = reading.read(text, answered, (), fields)
    return corrected if any(fact.name == answered for fact in corrected.facts) or not heard.facts else heard


def kept(text: str) -> str:
    """Return a reply as it may be kept: cleaned, keys masked."""
    from advisor.world import reading  # its patterns take longer to compile than the first screen may

    return reading.read(text, None).text


def typed_over(fact: FactName, text: str, report: DatasetReport | None) -> tuple[tuple[Fact, ...], str]:
    """Return what a value typed over a fact says, and what is to be said where it says nothing."""
    from advisor.world import reading  # its patterns take longer to compile than the first screen may

    heard = reading.read(text, fact, (), field_names(report))
    said = "" if heard.note.startswith("I did not") else heard.note
    try:
        name, value = parse_value(fact, heard.text)
        if report is not None and (unknown := _not_there(name, value, report)):
            return (), f"I left it as it was. There is no {unknown}."
        return (Fact(name=name, value=value, source=Source.told, evidence=clean(heard.text, 80)),), said
    except ValueError:
        found = tuple(one for one in heard.facts if one.name == fact)
        if found:
            return found, said
        return (), heard.note or f"I left it as it was. I need {expected(fact)}."


def _not_there(name: FactName, value: FactValue, report: DatasetReport) -> str:
    """Return a named table or field that the file does not have, in words."""
    if name not in ("data_table", "label_field", "input_fields"):
        return ""
    kind, there = ("table", report.tables) if name == "data_table" else ("field", field_names(report))
    unknown = [str(one) for one in (value if isinstance(value, tuple) else (value,)) if one not in there]
    return f"{kind} called {clean(unknown[0], 60)}" if unknown else ""


def picked(heard: Reading, offered: tuple[Answer, ...]) -> int | None:
    """Return which of the answers a reply chooses: by its number, by its words, or as a plain yes or no."""
    if heard.choice is not None:
        return heard.choice
    if heard.yes is None or not heard.plainly:
        return None
    names = [answer.value for answer in offered]
    return next((place for place, name in enumerate(names) if name == ("yes" if heard.yes else "no")), None)


def understood(asked: FactName | None, heard: Reading, report: DatasetReport | None) -> tuple[Fact, ...]:
    """Return the facts of a reply, the field that a yes or a number means at the label question among them."""
    if asked != "label_field" or report is None:
        return heard.facts
    offered = _label_answers(report)
    chosen = heard.choice is not None and heard.choice < len(offered)
    value = offered[heard.choice or 0].value if chosen else "yes" if heard.yes else None
    if value is None:
        return heard.facts
    label = (Fact(name="label_field", value=value, source=Source.told, evidence="chosen"),)
    others = tuple(fact for fact in heard.facts if fact.name not in ("label_field", "input_fields"))
    return (*(_confirmed(report) if value == "yes" else label), *others)


def stands_in(names: tuple[FactName, ...], facts: Facts) -> tuple[Fact, ...]:
    """Return what is assumed when questions are left out."""
    if "host" not in names or facts.has("host"):
        return ()
    return (Fact(name="host", value="practice", source=Source.assumed, evidence="no host was named"),)


def not_understood(heard: Reading, asked: FactName | None, offered: tuple[Answer, ...]) -> str:
    """Say that a reply was not read; with numbered answers in sight their inner names are of no use."""
    if asked is None and offered and not heard.note:
        return "I take only a plain yes or no here."
    if offered and (heard.note.startswith("I did not understand that.") or "I need one of" in heard.note):
        return "I did not understand that. A number, or other words?"
    if not heard.note.startswith("I did not understand that."):
        return heard.note
    return heard.note if asked else f"I did not understand that. {OPEN_TO}"


def remark(asked: FactName | None, heard: Reading) -> str:
    """Return what else is to be said of a reply that was read; a yes to the label needs no column named."""
    of_no_use = heard.note.startswith("I did not") or (asked == "label_field" and heard.yes)
    return "" if of_no_use else heard.note


def path_in(value: FactValue) -> Path:
    """Return a path as the user typed it, from the root, `~` taken for their home."""
    path = Path(str(value))
    with contextlib.suppress(RuntimeError):  # nobody is called that
        path = path.expanduser()
    return path.absolute()


def enough(reply: str) -> bool:
    """Whether a reply asks for the advice now, whatever is still open."""
    return reply.strip().lower().rstrip(".") in NO_MORE


def agreed(heard: Reading) -> bool | None:
    """Return a yes or a no that is nothing else, in words or as the number of one of the two answers."""
    if not heard.plainly:
        return None
    return heard.choice == 0 if heard.yes is None and heard.choice is not None else heard.yes


def risk_of(route: Route, facts: Facts, checklist: Checklist) -> str:
    """Return what choosing a route against the advice risks; nothing where it is the advice."""
    chosen = Fact(name="overruled", value=(*facts.words("overruled"), route), source=Source.told)
    return advise(facts.learn(chosen), checklist).risk


def _confirmed(report: DatasetReport) -> tuple[Fact, ...]:
    """A yes makes the guessed roles the user's own word; that the task is classification then follows."""
    if report.label_field is None:
        return ()
    told: list[tuple[FactName, FactValue]] = [
        ("label_field", report.label_field),
        ("input_fields", report.input_fields),
    ]
    facts = [Fact(name=name, value=value, source=Source.told, evidence="confirmed") for name, value in told]
    if report.task == "classification":
        facts.append(Fact(name="task", value="classification", source=Source.told, evidence="confirmed"))
    return tuple(facts)
