"""What a model proposes to take from a reply: never believed, only shown to the user for a yes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator

from advisor.domain.cleaning import MASK, clean
from advisor.domain.facts import OF_THE_HOST, Fact, FactName, FactValue, Source
from advisor.domain.leave import excepts, named_in
from advisor.domain.stated import NotStated, carried, standing
from advisor.domain.values import SPECS, parse_value
from advisor.domain.wording import SHORT

MEASURED: frozenset[FactName] = frozenset((
    "rows", "usable_examples", "accuracy_ceiling", "majority_share", "forecast_usd", "tuned_score", "overruled",
    "routes_run", "row_tokens", *OF_THE_HOST,
))  # fmt: skip
"""What is measured, computed, decided or looked up: a reply is not asked for it."""
STATABLE: tuple[FactName, ...] = tuple(name for name in SPECS if name not in MEASURED)

MOST = 6
"""Facts proposed from one reply; more would be confirmed unread."""
MOST_READ = 24
ANSWER_LIMIT = 20_000
"""Characters of an answer; six facts take a thousand."""
VALUE_LIMIT = 200
WORDS_LIMIT = 400
EVIDENCE_LIMIT = 80
"""As much of the words as the rules keep, too."""
TRIES = 50
"""Places in an answer where its JSON is looked for: models add prose, fences and thoughts."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,39}")
"""What may be repeated of a name nobody knows."""
_NAMES: list[JsonValue] = [*STATABLE]


class Claim(BaseModel):
    """One fact the reply states."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="ignore", title="Fact")

    name: str = Field(json_schema_extra={"enum": _NAMES})
    value: str
    words: str

    @field_validator("value", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """Take a number, a yes or a list for the text it would have been."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (int, float)):
            return str(value)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ",".join(value)
        return value


class Claims(BaseModel):
    """The facts a reply states."""

    model_config = ConfigDict(frozen=True, defer_build=True, title="Facts")

    facts: list[Claim]


class Proposal(BaseModel):
    """What a model would take from a reply; nothing of it holds before the user has said yes."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    facts: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()
    """What was left out, each with its reason."""


class Failed(BaseModel):
    """Why a model proposed nothing."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    why: str
    """What happened, as one sentence."""
    detail: str = ""
    """What the provider said, cleaned and without keys."""


class Reader(NamedTuple):
    """A model that may read replies the rules do not understand."""

    model: str
    propose: Callable[[str, FactName | None, str], Awaitable[Proposal | Failed]]
    """Given the reply, the fact that was asked about, and the question."""


def proposed(answer: Mapping[str, object] | str, reply: str, asked: FactName | None) -> Proposal:
    """Return the facts of a model's answer that the reply bears out, the one asked about first.

    `reply` is the text the model was given. A fact needs a name a person can speak to, a value it can hold, and
    words that stand in the reply and carry the value; what lacks one is dropped with the reason.

    Raises:
        ValueError: the answer is not the JSON that was asked for.
    """
    kept: dict[FactName, Fact] = {}
    dropped: list[str] = []
    claims = _claims(answer)
    for item in claims[:MOST_READ]:
        try:
            fact = _fact(item, reply)
        except NotStated as error:
            dropped.append(str(error))
            continue
        if kept.setdefault(fact.name, fact) != fact:
            dropped.append(f"{SHORT[fact.name]}: it was named twice.")
    facts = sorted(kept.values(), key=lambda fact: fact.name != asked)
    dropped += [f"{SHORT[fact.name]}: there were more than {MOST} facts." for fact in facts[MOST:]]
    if len(claims) > MOST_READ:
        dropped.append(f"Only the first {MOST_READ} entries of the answer were read.")
    return Proposal(facts=tuple(facts[:MOST]), dropped=tuple(dict.fromkeys(dropped)))


def _claims(answer: Mapping[str, object] | str) -> list[object]:
    """Return the entries of an answer, not yet believed to be anything."""
    if isinstance(answer, str) and len(answer) > ANSWER_LIMIT:
        raise ValueError("the answer is too long")
    for found in _objects(answer) if isinstance(answer, str) else [answer]:
        facts = found.get("facts") if isinstance(found, Mapping) else None
        if isinstance(facts, list):
            return facts
    raise ValueError("the answer holds no list of facts")


def _objects(answer: str) -> Iterator[object]:
    """Yield what can be read as JSON in an answer, wherever it stands."""
    decoder = json.JSONDecoder()
    start = answer.find("{")
    for _ in range(TRIES):
        if start < 0:
            return
        try:
            found, end = decoder.raw_decode(answer, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            yield found
        start = answer.find("{", end)


def _fact(item: object, reply: str) -> Fact:
    """Return the fact of an entry.

    Raises:
        NotStated: there is none; the message names it and says why.
    """
    try:
        claim = Claim.model_validate(item)
    except (ValidationError, RecursionError) as error:
        raise NotStated("An entry: it is not a name, a value and words.") from error
    name = next((known for known in SPECS if known == claim.name), None)
    if name is None:
        shown = claim.name if _PLAIN.fullmatch(claim.name) else "An entry"
        raise NotStated(f"{shown}: there is no such fact.")
    try:
        return _borne_out(name, claim, reply)
    except NotStated as error:
        raise NotStated(f"{SHORT[name]}: {error}.") from error


def _borne_out(name: FactName, claim: Claim, reply: str) -> Fact:
    if name in MEASURED:
        raise NotStated("it is measured, not told")
    words = standing(unicodedata.normalize("NFC", claim.words[: WORDS_LIMIT + 1]), reply)
    if not words or len(claim.words) > WORDS_LIMIT:
        raise NotStated("the words quoted for it are not in the reply")
    value = carried(name, _value(name, claim.value), words)
    leave = name == "data_must_stay" and value is False
    if leave and excepts(reply):
        raise NotStated("it leaves somebody out")
    only = named_in(words) if leave else ()
    return Fact(name=name, value=value, source=Source.told, evidence=words[:EVIDENCE_LIMIT].strip(), only=only)


def _value(name: FactName, text: str) -> FactValue:
    text = text.strip()
    if not text or len(text) > VALUE_LIMIT or clean(text, VALUE_LIMIT) != text or MASK in text or "…" in text:
        raise NotStated("its value cannot be used")
    try:
        return parse_value(name, text)[1]
    except (ValueError, OverflowError) as error:
        raise NotStated(f"it takes {SPECS[name].expects}") from error
