"""What stands in the way of training at the chosen host, in the order to find it out: before anything is paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from advisor.domain import figures
from advisor.domain.cleaning import clean
from advisor.domain.dataset import split_sizes
from advisor.domain.facts import HELPERS, Believed, FactName, Source
from advisor.domain.held_here import too_large
from advisor.domain.hosts import HOSTS, title_of
from advisor.domain.leave import covers, given_to, told
from advisor.domain.local_models import address_of
from advisor.domain.model_shape import names_folder
from advisor.domain.providers import Provider, beside

StepName = Literal["open", "outlives", "trainable", "limits", "driven", "price"]

OTHER_HOST = "Choose a host that is open to you; `advisor models` lists them."
TO_THE_HUB = (
    "Push it to the Hugging Face hub (`hf upload NAME FOLDER`) and name it as it is called there, or train on this "
    "computer: say `my own GPU` (`--set host=local`)."
)
BYTES_PER_TOKEN = 4.6
"""Of text in most alphabets; a training file holds the prompt with every row."""
OTHER_MODEL = "Choose another model to tune; `advisor models` lists them."


class Refusal(NamedTuple):
    """Why a host would not do, and what would."""

    step: StepName
    why: str
    try_this: str


def first_refusal(facts: Believed) -> Refusal | None:
    """Return the first thing that stands in the way, or None: then only the host, its price list and a yes are left."""
    return _first(facts, tuple(_CHECKS))


def closed_door(facts: Believed) -> Refusal | None:
    """Return why the chosen host cannot train for this user, money apart."""
    return _first(facts, ("open", "outlives", "trainable", "limits", "driven"))


def shut(facts: Believed) -> Refusal | None:
    """Return why nobody at all could train there today: the door is closed, or the model gone."""
    return _closed(facts) or _retired(facts)


def over_budget(facts: Believed) -> str:
    """Say by how much a forecast goes over what may be spent; nothing where it does not, or neither is known."""
    limit, likely = facts.upper("budget_usd"), facts.number("forecast_usd")
    if limit is None or likely is None or likely <= limit:
        return ""
    return f"about ${likely:,.2f} forecast, ${limit:,.2f} allowed"


def student_of(facts: Believed) -> str | None:
    """Return the model that would be tuned."""
    return facts.text("student_model") or facts.text("current_model")


def _first(facts: Believed, steps: tuple[StepName, ...]) -> Refusal | None:
    if facts.text("host") not in HOSTS:
        return None
    for step in steps:
        if (found := _CHECKS[step](facts)) is not None:
            return found
    return None


def _open(facts: Believed) -> Refusal | None:
    return closed_to_you(facts) or rows_would_leave(facts)


def closed_to_you(facts: Believed) -> Refusal | None:
    """Return why the host lets nobody in, or not this user."""
    if (shut_to_all := _closed(facts)) is not None:
        return shut_to_all
    if facts.text("host_admits") == "recent_tuners" and facts.flag("openai_tuned_recently") is False:
        closes = facts.text("host_closes")
        until = f", and for nobody from {closes} on" if closes else ""
        return Refusal(
            "open",
            f"{title_of(facts.text('host') or '')} trains only for organisations that used a tuned model there in the "
            f"last 60 days{until}.",
            OTHER_HOST,
        )
    return None


def rows_would_leave(facts: Believed) -> Refusal | None:
    """Return who would receive rows that must stay, or may go to others alone; nobody where they may leave."""
    known, leave = HOSTS[facts.text("host") or ""], given_to(facts)
    if not leave and not facts.flag("data_must_stay"):
        return None
    said = f"you said {clean(told(leave), 120)}" if leave else "you said they must stay"
    if not known.keeps_rows_here and not covers(leave, known.title):
        title = known.title[:1].upper() + known.title[1:]
        why = f"{title} would receive your rows, and {said}{'' if leave else ' on this computer'}."
        return Refusal("open", why, "Train on this computer, or try it out with the practice model.")
    for name, provider in shown_away(facts):
        if covers(leave, provider.title):
            continue
        model = clean(facts.text(name) or "", 60)
        return Refusal(
            "open",
            f"{model} answers at {provider.title}: it would be shown your rows, and {said}.",
            "Choose a model for it that answers on this computer, or go on without one.",
        )
    return None


def driven(facts: Believed) -> Refusal | None:
    """Return why this version trains nothing at the host."""
    known = HOSTS[facts.text("host") or ""]
    if known.drivable:
        return None
    return Refusal("driven", f"This version writes no project that trains with {known.title}.", OTHER_HOST)


def shown_away(facts: Believed) -> tuple[tuple[FactName, Provider], ...]:
    """Return the models away from this computer that would read rows, beside the host, each with who answers."""
    # A student that is not trained may answer anywhere, too.
    names: tuple[FactName, ...] = (*HELPERS, "student_model")
    models = ((name, facts.text(name) or "") for name in names)
    found = ((name, beside(model, facts.text("host") or "", address_of(model, facts))) for name, model in models)
    return tuple((name, provider) for name, provider in found if provider is not None and not provider.here)


def _closed(facts: Believed) -> Refusal | None:
    left, closes = facts.number("host_days_left"), facts.text("host_closes")
    if facts.text("host_admits") != "nobody" and (left is None or left > 0):
        return None
    since = f" since {closes}" if closes else ""
    return Refusal("open", f"{title_of(facts.text('host') or '')} trains for nobody{since}.", OTHER_HOST)


def _retired(facts: Believed) -> Refusal | None:
    left = facts.number("student_days_left")
    return _outlives(facts) if left is not None and left <= 0 else None


def _outlives(facts: Believed) -> Refusal | None:
    left = facts.number("student_days_left")
    said = facts.get("needed_days")
    told = facts.number("needed_days")
    needed = figures.NEEDED_DAYS.value if told is None else told
    if left is None or left >= max(needed, 1):
        return None
    day = facts.text("student_retires")
    on = f" on {day}" if day else ""
    student = _student(facts)
    if left <= 0:
        dated = facts.get("student_retires")
        by = f" ({clean(dated.evidence, 60)})" if dated is not None and dated.source == Source.assumed else ""
        return Refusal("outlives", f"{student} no longer answers: it was retired{on}{by}.", OTHER_MODEL)
    assumed = said is None or said.source == Source.assumed
    asked = "I assume you need it for" if assumed else "you need it for"
    return Refusal(
        "outlives",
        f"What is tuned from {student} stops answering{on}, in {left:.0f} days; {asked} {needed:.0f}.",
        "Choose a model that stays longer (`advisor models` lists them), or say for how long you need it, for example: "
        f"we need it for {left:.0f} days.",
    )


def _trainable(facts: Believed) -> Refusal | None:
    title, student = title_of(facts.text("host") or ""), _student(facts)
    if facts.flag("student_trainable") is False:
        return Refusal("trainable", f"{title} does not train {student}.", OTHER_MODEL)
    if facts.text("student_served") == "no":
        return Refusal("trainable", f"{title} trains {student}, but has nowhere to run the result.", OTHER_MODEL)
    if facts.text("host") == "sky":
        return _reaches_the_machine(facts)
    if facts.text("host") != "local" or (large := too_large(student_of(facts) or "", facts)) is None:
        return None
    return Refusal("trainable", *large)


def _reaches_the_machine(facts: Believed) -> Refusal | None:
    """A rented machine gets the project and nothing else of this computer."""
    model = student_of(facts) or ""
    if not names_folder(model):
        return None
    return Refusal(
        "trainable", f"{clean(model, 60)} is a folder of this computer; a rented machine does not get it.", TO_THE_HUB
    )


def _limits(facts: Believed) -> Refusal | None:
    """Judge the training file by what the host takes; where a limit or the file is not known, nothing is refused."""
    counted = [int(n) for name in ("usable_examples", "labelled_examples") if (n := facts.lower(name)) is not None]
    return (_too_few(facts, counted[0]) or _too_large(facts, counted[0]) if counted else None) or _too_long(facts)


def _too_few(facts: Believed, usable: int) -> Refusal | None:
    least, train = facts.number("host_least_rows"), split_sizes(usable).train
    if least is None or train >= least:
        return None
    return Refusal(
        "limits",
        f"{title_of(facts.text('host') or '')} takes no fewer than {least:.0f} rows to train on; of your {usable} "
        f"about {train} would be.",
        "Label more of them first.",
    )


def _too_large(facts: Believed, usable: int) -> Refusal | None:
    most, each = facts.number("host_most_megabytes"), facts.lower("row_tokens")
    if most is None or each is None:
        return None
    megabytes = split_sizes(usable).train * each * BYTES_PER_TOKEN / 1e6
    if megabytes <= most:
        return None
    return Refusal(
        "limits",
        f"{title_of(facts.text('host') or '')} takes training files of up to {most:,.0f} MB; yours would have about "
        f"{megabytes:,.0f}.",
        f"Give me about {int(100 * most / megabytes)}% of the rows, or choose a host that takes larger files.",
    )


def _too_long(facts: Believed) -> Refusal | None:
    """A model that learns from the first part of every row learns no answer."""
    most, usual = facts.number("student_context"), facts.lower("row_tokens")
    if most is None or usual is None or usual <= most:
        return None
    return Refusal(
        "limits",
        f"{_student(facts)} is trained on {most:,.0f} tokens of a row; yours take about {usual:,.0f} with the prompt.",
        "Shorten the texts, or choose a model that trains on longer rows; `advisor models` lists them.",
    )


def cut_off(facts: Believed) -> str:
    """Say that the longest rows are longer than the model is trained on; nothing where they fit or it is not known."""
    most, longest = facts.number("student_context"), facts.upper("row_tokens")
    if most is None or longest is None or longest <= most:
        return ""
    return (
        f"your longest row takes about {longest:,.0f} tokens, of which it is trained on {most:,.0f}: shorten or leave "
        "out the rows that long"
    )


def _price(facts: Believed) -> Refusal | None:
    over = over_budget(facts)
    if not over:
        return None
    return Refusal("price", f"It does not fit the budget: {over}.", "Allow more, run on fewer rows, or go elsewhere.")


def _student(facts: Believed) -> str:
    return clean(student_of(facts) or "the student", 60)


_CHECKS: dict[StepName, Callable[[Believed], Refusal | None]] = {
    "open": _open,
    "outlives": _outlives,
    "trainable": _trainable,
    "limits": _limits,
    "driven": driven,
    "price": _price,
}
"""What is known without asking the host. The file itself, the funds of the account and the yes come after, in a run."""
