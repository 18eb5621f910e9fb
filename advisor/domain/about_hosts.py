"""Answers about the places to train: which models one has, and what speaks against it."""

from __future__ import annotations

import re

from advisor.domain.at_hand import AtHand
from advisor.domain.cleaning import clean
from advisor.domain.facts import Facts
from advisor.domain.hosts import SPOKEN, title_of
from advisor.domain.places import Place, listed
from advisor.domain.route_words import joined

MOST_NAMES = 8
ALL_OF_THEM = "`advisor models` lists every host and model, with prices and sources."
_HUB = (
    "Any open model of the Hugging Face hub that fits, named as there, for example Qwen/Qwen3-8B. `advisor doctor "
    "--model NAME` says what one needs."
)
HOST_WORDS = f"(?:{'|'.join(SPOKEN.values())})"
"""A pattern of the hosts' names."""


def host_named(words: str) -> str | None:
    """Return the host a question names, if it names one."""
    found = [host for host, pattern in SPOKEN.items() if re.search(rf"\b(?:{pattern})\b", words.lower())]
    return found[0] if len(found) == 1 else None


def models_there(hand: AtHand) -> str:
    """Name the models that the chosen host trains; without one, those of the hosts that are open."""
    host = hand.facts.text("host")
    if host in ("local", "sky"):
        return f"{_HUB} {ALL_OF_THEM}"
    if host not in (None, "practice"):
        return f"{_of_one(host or '', hand.places)} {ALL_OF_THEM}"
    said = [] if host is None else ["The practice model brings its own two."]
    usable = [
        place for place in hand.places if place.standing != "refused" and place.model and place.host != "practice"
    ]
    hosts = dict.fromkeys(place.host for place in usable if place.host not in ("local", "sky"))
    said += [f"{title_of(one)}: {_named([p for p in usable if p.host == one])}." for one in hosts]
    elsewhere = "On this computer or a rented GPU: open models of the Hugging Face hub."
    return " ".join([*said, elsewhere, "A price that is not named here I do not know.", ALL_OF_THEM])


def why_not_there(host: str, facts: Facts, places: tuple[Place, ...]) -> str:
    """Say whether a host is open to this user, until when, what it trains and at what price."""
    title = _title(host)
    there = [place for place in places if place.host == host]
    open_there = [place for place in there if place.standing == "open"]
    on_condition = [place for place in there if place.standing == "depends"]
    said = [f"{title} is the host you chose."] if facts.text("host") == host else []
    if open_there:
        said.append(f"{title} is open to you: nothing known speaks against it.")
    elif on_condition:
        said.append(f"{title} is open on a condition. {on_condition[0].why}")
    elif there:
        said += list(dict.fromkeys(place.why for place in there))[:2]
    else:
        return f"I know nothing of training at {title}. {ALL_OF_THEM}"
    closes = next((place.closes for place in there if place.closes), None)
    if closes is not None and not any(closes.isoformat() in one for one in said):
        said.append(f"Training there ends on {closes.isoformat()}.")
    if named := _named(open_there or on_condition or list(listed(there))):
        said.append(f"It trains {named}.")
    if facts.text("host") != host and (open_there or on_condition):
        said.append(f"`the host is {host}` takes it.")
    return " ".join(said)


def not_of(host: str, model: str, listed: tuple[str, ...]) -> str:
    """Say that a host is not known to train a model that was named for another."""
    has = f" It trains {joined([clean(name, 60) for name in listed[:MOST_NAMES]], 'and')}." if listed else ""
    return f"{_title(host)} is not known to train {clean(model, 60)}.{has}"


def _title(host: str) -> str:
    return title_of(host)[:1].upper() + title_of(host)[1:]


def _of_one(host: str, places: tuple[Place, ...]) -> str:
    there = [place for place in places if place.host == host and place.methods is not None]
    if not there:
        return f"I have no list of what {title_of(host)} trains; name a model as the host spells it."
    if not (named := _named(list(listed(there)))):
        why = list(dict.fromkeys(place.why for place in there))[:2]
        return " ".join([f"Of {title_of(host)} I can offer no model.", *why])
    return f"{_title(host)} trains, as far as I know, {named}."


def _named(places: list[Place]) -> str:
    """Name models, each with what training costs and until when it answers."""
    return joined([_told(place) for place in places if place.model][:MOST_NAMES], "and")


def _told(place: Place) -> str:
    told = [f"${place.training:,.2f} a million training tokens"] if place.training else []
    if place.served == "dedicated" and place.hosting_per_hour:
        told.append(f"${place.hosting_per_hour:,.2f} an hour while it is kept ready")
    elif place.tuned_in is not None and place.tuned_out is not None:
        told.append(f"${place.tuned_in:,.2f} / ${place.tuned_out:,.2f} a million tokens read / written")
    told += [f"until {place.retires.isoformat()}"] if place.retires else []
    return clean(place.model, 60) + (f" ({', '.join(told)})" if told else "")
