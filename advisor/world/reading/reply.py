"""What a reply says: facts, a wish, a yes or a no, and what was not understood."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from advisor.domain.facts import Fact, FactName, FactValue
from advisor.domain.values import SPECS, expected
from advisor.world.reading.agreement import begins, picks, plainly, turned, yes_beside, yes_or_no
from advisor.world.reading.alone import TAKEN_AS_STUDENT, host_alone, model_alone
from advisor.world.reading.clauses import corrections, only_asks, sum_asked, without_questions, without_replaced
from advisor.world.reading.columns import inputs_told
from advisor.world.reading.commands import Intent, at_the_end, beside_a_remark, command, says_unknown, trimmed
from advisor.world.reading.names import without_names
from advisor.world.reading.numerals import negative_sum
from advisor.world.reading.options import Chosen, by_name, by_number, options, several
from advisor.world.reading.pasted import code, mandate, rows
from advisor.world.reading.places import NUMERIC, told
from advisor.world.reading.privacy import rows_kept_back, stays
from advisor.world.reading.receivers import leave_in
from advisor.world.reading.replacing import without_slips
from advisor.world.reading.roles import family_in_role, which
from advisor.world.reading.said import READ_LIMIT, Said, clean_reply, said
from advisor.world.reading.scorn import scorned
from advisor.world.reading.sections import shown
from advisor.world.reading.segment import Asked, read_segment
from advisor.world.reading.supposing import supposed
from advisor.world.reading.tables import table_told
from advisor.world.reading.typos import mended
from advisor.world.reading.wishes import wish
from advisor.world.reading.wording import SEVERAL

ROTATE = (
    "That looked like an API key. I did not keep it; if it is real, make a new one and put that into the environment."
)
ONE_ROW = "That is a row of the data; I took no fact out of it. Give me the path of the file it comes from."
CODE = "That is meant for a program; I took no fact out of it."
BELOW_ZERO = "A sum below zero is none that can be spent: say zero dollars or more."
MANDATE = "That is a decision already taken, not a goal. Is it for better answers, or for cheaper or faster ones?"
FEW_WORDS = 3
"""A longer reply chooses an option only if it is read as its value."""
CHOICE_WORDS = 6
"""A longer reply may say more than the name of an option, so all of it is read."""

_NEARER: tuple[Intent, ...] = ("why_not", "script", "define")
"""What is asked for in more words than a bare "why" or "show me" takes in."""


class Reading(BaseModel):
    """What was read from a reply."""

    model_config = ConfigDict(frozen=True)

    facts: tuple[Fact, ...] = ()
    intent: Intent = "unclear"
    yes: bool | None = None
    """Whether the reply is, or begins with, a yes or a no; None where it turns afterwards: "yes, but"."""
    plainly: bool = False
    """Whether the whole reply is nothing but a yes or a no, or the number of an option: it may be taken as consent."""
    choice: int | None = None
    """Which of the options shown was chosen, counted from 0."""
    note: str = ""
    """What was not understood, for the user."""
    text: str = ""
    """The reply as it may be kept: cleaned, cut to what was read, keys masked."""
    about: str = ""
    """The term a "define" asks about, the route a "why_not" does, the names a "section" or "deep" does."""
    supposed: tuple[Fact, ...] = ()
    """What a "what_if" supposes; never to be learned."""


def read(
    reply: str,
    asked: FactName | None,
    choices: tuple[str, ...] = (),
    fields: tuple[str, ...] = (),
    tables: tuple[str, ...] = (),
) -> Reading:
    """Read a reply by rules alone.

    `choices` are the options shown, as values or as labels; `fields` are the columns of the data, `tables` the sheets
    or tables of its file. Nothing is invented: what is not unmistakable is left out and named in the note.
    """
    text, key = clean_reply(reply)
    notes = [ROTATE] if key else []
    if len(reply) > READ_LIMIT:
        notes.append(f"I read only the first {READ_LIMIT:,} characters.")
    heard = said(text)
    if (table := table_told(heard, tables)) is not None:
        return Reading(facts=(table,), intent="answer", note=" ".join(notes), text=text)
    if (part := shown(heard.low) or shown(mended(heard).low)) is not None and heard.low not in map(str.lower, fields):
        return Reading(intent=part.intent, about=part.about, note=" ".join(notes), text=text)
    if (wanted := _commanded(heard, asked)) is not None:
        return Reading(intent=wanted, note=" ".join(notes), text=text)
    heard = mended(heard, frozenset(word for field in fields for word in re.findall(r"[a-z]+", field.lower())))
    reading = _all(heard, Asked(asked, choices, fields))
    if "\x00" in reply:
        reading = _without_path(reading)
    unclear = reading.intent == "unclear" and not reading.facts
    if unclear and (late := beside_a_remark(heard.low) or at_the_end(heard.low)):
        reading = Reading(intent=late)
    plain = plainly(heard.low) is not None or (reading.choice is not None and picks(heard.low))
    noted = BELOW_ZERO if negative_sum(heard.low, sum_asked=asked == "budget_usd") else reading.note
    leave = leave_in(text, reading.facts)
    if leave.refused:
        intent: Intent = reading.intent if leave.facts else "unclear"
        reading, noted, plain = Reading(intent=intent, about=reading.about), "", False
    note = " ".join(filter(None, (*notes, noted, leave.note)))
    return reading.model_copy(update={"facts": leave.facts, "note": note, "plainly": plain, "text": text})


def _commanded(heard: Said, asked: FactName | None) -> Intent | None:
    """Return what a reply commands; None where the same words say more here."""
    wanted = command(heard.low) or command(mended(heard).low)
    if wanted in ("why", "show") and (back := wish(heard, asked)) is not None and back.intent in _NEARER:
        return None
    if wanted == "skip" and (stays if asked in ("data_must_stay", "host") else rows_kept_back)(heard) is not None:
        return None
    # With no question open there is nothing to skip: "not now" is a no to what was offered.
    if wanted == "skip" and asked is None and plainly(heard.low) is False:
        return None
    return None if wanted == "no_limit" and asked == "data_must_stay" else wanted


def _all(heard: Said, asked: Asked) -> Reading:
    """Read what is asked back or supposed, and the facts beside it."""
    if code(heard.low):
        return Reading(note=CODE)
    pasted = rows(heard)
    heard, note = (heard.without(*pasted), ONE_ROW) if pasted else (heard, "")
    if plainly(heard.low) is not None:
        return _content(heard, asked)
    if (case := supposed(heard, asked.fact)) is not None:
        facts = _content(case.rest, asked._replace(choices=())).facts if re.search(r"\w", case.rest.low) else ()
        return Reading(facts=facts, supposed=case.facts, intent="what_if", note=note)
    wanted = wish(heard, asked.fact)
    if wanted is None:
        reading = _content(heard, asked)
        keep = not note or asked.fact in {fact.name for fact in reading.facts}
        return reading if keep else reading.model_copy(update={"note": note})
    rest = re.match(r"[^.!;?]{0,80}\?", heard.low[wanted.end :])
    beside = heard.without(wanted.start, wanted.end + (rest.end() if rest else 0))
    says = re.search(r"\w{2}|\d", beside.low) and not scorned(heard.low)
    facts = _content(beside, asked._replace(choices=())).facts if says else ()
    return Reading(facts=facts, intent=wanted.intent, about=wanted.about, note=note)


def _without_path(reading: Reading) -> Reading:
    """Return a reading of a reply with a character in it that no file name has."""
    facts = tuple(fact for fact in reading.facts if fact.name != "data_path")
    if len(facts) == len(reading.facts):
        return reading
    intent: Intent = reading.intent if facts else "unclear"
    return reading.model_copy(update={"facts": facts, "intent": intent, "note": "No path has such characters in it."})


def _content(heard: Said, asked: Asked) -> Reading:
    """Read an answer; at the label question what is said of the inputs stands apart from what is said of the label."""
    inputs = inputs_told(heard, asked.fact, asked.fields) if asked.fact == "label_field" else None
    if inputs is None:
        return _answered(heard, asked)
    whole, _ = _corrected(heard, asked._replace(fact=None, choices=()))
    beside = heard.without(inputs.start, inputs.end)
    rest = _answered(beside, asked)
    others = {fact.name: fact for fact in (*rest.facts, *whole) if fact.name != "input_fields"}
    if "yes" in asked.choices and "label_field" in others and others["label_field"].value == "yes":
        del others["label_field"]
    if "label_field" not in others and "?" not in heard.low and (label := _label_offered(asked)) is not None:
        agreed = rest.choice == 0 or begins(beside.low) is True or _LABEL_RIGHT.search(beside.low) is not None
        if agreed:
            others["label_field"] = told(heard, "label_field", label, 0, inputs.start or len(heard.text))
    return Reading(facts=(*others.values(), inputs.fact), intent="answer")


_LABEL_RIGHT = re.compile(
    r"\b(?:label|answer|target|that|it)(?: field| column)?(?: is|'s) (?:\w+ )?(?:right|correct|fine|ok|okay|good)\b"
)


def _label_offered(asked: Asked) -> str | None:
    """Return the column that a yes to the label question confirms: the only one not offered instead."""
    left = [field for field in asked.fields if field not in asked.choices]
    return left[0] if len(left) == 1 and asked.choices[:1] == ("yes",) else None


def _answered(heard: Said, asked: Asked) -> Reading:
    if (host := host_alone(heard, asked)) is not None:
        return Reading(facts=(host,), intent="answer")
    yes = yes_or_no(heard.low)
    chosen = _chosen(heard, asked)
    if chosen is not None and not _half_meant(chosen, heard, asked):
        offered = options(asked.fact, asked.choices)[chosen.place]
        facts = _first(chosen, offered.value, heard, asked)
        return Reading(facts=facts, intent="answer", yes=yes, choice=chosen.place)
    facts, note = _corrected(heard, asked)
    named = {fact.name for fact in facts}
    if yes is None and asked.fact == "label_field" and facts and asked.fact not in named:
        yes = True if yes_beside(heard.low) else None
    unknown = says_unknown(heard.low)
    intent: Intent = "answer" if facts or yes is not None else "unclear"
    if unknown and asked.fact not in named:
        return Reading(facts=facts, intent="dont_know", yes=None)
    if asked.fact in named:
        note = note if note.startswith("Counted") else ""
    elif yes is not None and not note:
        note = _which(asked.fact, yes)
    if not facts and (family := family_in_role(heard)):
        return Reading(note=which(*family))
    if intent == "unclear" and (student := model_alone(heard, asked)) is not None:
        return Reading(facts=(student,), intent="answer", note=TAKEN_AS_STUDENT)
    if intent == "unclear" and not note:
        note = _not_understood(heard, asked.fact)
    return Reading(facts=facts, intent=intent, yes=yes, choice=_place_of(facts, asked), note=note)


def _half_meant(chosen: Chosen, heard: Said, asked: Asked) -> bool:
    """Say whether the option chosen is a yes and the reply says more than that: "1, but first the budget"."""
    if yes_or_no(asked.choices[chosen.place].lower()) is not True:
        return False
    return plainly(heard.low) is None and not picks(heard.low)


def _place_of(facts: tuple[Fact, ...], asked: Asked) -> int | None:
    """Return which of the options shown the fact asked for is."""
    value = next((fact.value for fact in facts if fact.name == asked.fact), None)
    offered = options(asked.fact, asked.choices) if value is not None else ()
    return next((place for place, option in enumerate(offered) if option.value == value), None)


def _chosen(heard: Said, asked: Asked) -> Chosen | None:
    """Return the option chosen, by place or by name; a number answers a question that asks for one."""
    if not asked.choices:
        return None
    by_place = by_number(heard, len(asked.choices), asked.fact in NUMERIC)
    if by_place:
        return by_place
    if several(heard.low) or asked.fact in NUMERIC or only_asks(heard.low):
        return None
    offered = options(asked.fact, asked.choices)
    found = by_name(heard, offered)
    longest = max(len(choice.split()) for choice in asked.choices)
    if found is None or len(heard.low.split()) > max(CHOICE_WORDS, longest):
        return None
    segment = read_segment(heard, asked, None)
    meant = [fact.value for fact in segment.facts if fact.name == asked.fact]
    if not meant and segment.note.startswith(SEVERAL):
        return None
    loose = asked.fact is not None and SPECS[asked.fact].choices and len(heard.low.split()) > FEW_WORDS
    if not meant and loose and trimmed(heard.low).replace("_", " ") not in offered[found.place].names:
        return None
    return None if meant and offered[found.place].value not in meant else found


def _first(chosen: Chosen, value: FactValue | None, heard: Said, asked: Asked) -> tuple[Fact, ...]:
    """Return the chosen value, and what else the reply says beside it."""
    if value is None or asked.fact is None:
        return ()
    fact = told(heard, asked.fact, value, chosen.start, chosen.end)
    number = re.search(r"\d|\b(?:option|number|first|last)\b", heard.low[chosen.start : chosen.end])
    others = heard.without(chosen.start, chosen.end) if number else heard
    rest = read_segment(others, asked._replace(choices=()), None).facts
    return (fact, *(other for other in rest if other.name != asked.fact))


def _corrected(heard: Said, asked: Asked) -> tuple[tuple[Fact, ...], str]:
    """Read each part between corrections; what is said later replaces what was said before."""
    sum_named = asked.fact == "budget_usd" and sum_asked(heard.low)
    told_low = heard.low if sum_named else without_questions(heard.low)
    stated = heard._replace(low=without_slips(without_replaced(told_low), asked.fact))
    facts: dict[FactName, Fact] = {}
    note, subject = "", None
    for part in corrections(without_names(stated).low):
        segment = read_segment(stated.only(*part), asked, subject)
        facts.update({fact.name: fact for fact in segment.facts})
        note = segment.note or ("" if asked.fact in facts else note)
        subject = segment.subject
    return tuple(facts.values()), note


def _which(asked: FactName | None, yes: bool) -> str:
    if asked is None or (asked == "labelled_examples" and not yes):
        return "" if asked is None else "About how many are there?"
    return f"Noted, but I need {expected(asked)}."


def _not_understood(heard: Said, asked: FactName | None) -> str:
    if not heard.text:
        return "There was nothing to read in that."
    if asked in ("goal", None) and mandate(heard.low):
        return MANDATE
    if "?" in heard.text:
        return "That sounds like a question. Type ? for why I ask, or help."
    if asked is None and turned(heard.low):
        return "That says more than yes or no. I take only a plain yes."
    wanted = f" I need {expected(asked)}." if asked else ""
    return f"I did not understand that.{wanted}"
