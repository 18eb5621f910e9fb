"""What the catalogue says of the chosen host and its models, as facts: assumed, with the page and its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from advisor.domain import figures
from advisor.domain.catalogue import Catalogue, Entry, HostEntry, Listed, Listing, ModelEntry, listed_at
from advisor.domain.cleaning import clean
from advisor.domain.facts import HELPERS, LOOKED_UP, Fact, FactName, Facts, FactValue, Source
from advisor.domain.hosts import title_of
from advisor.domain.local_models import address_of
from advisor.domain.preflight import student_of
from advisor.domain.providers import elsewhere, provider_of

_LISTED_PLAINLY = ("openai", "anthropic", "vertex_ai", "bedrock", "cohere")
"""Providers whose own models stand in the price map under their plain names, too; of others that is another's price."""


class Found(NamedTuple):
    """Everything known of a model at a host."""

    host: HostEntry
    model: ModelEntry | None
    listed: Listed | None


def look_up(catalogue: Catalogue, listing: Listing, facts: Facts, today: date) -> tuple[Fact, ...]:
    """Return what is known of the host and the models these facts name; nothing where none is."""
    name = facts.text("host")
    entry = catalogue.host.get(name or "")
    if name is None or entry is None:
        return ()
    practice, student = name == "practice", student_of(facts)
    found = [] if practice else list(_of_the_host(entry, facts, today))
    if student and not practice:
        found += _of_the_student(find(catalogue, listing, name, student), facts, today)
    for helper, prices in HELPERS.items():
        model = facts.text(helper)
        address = address_of(model or "", facts)
        if model and (not practice or elsewhere(model, name, address)):
            found += _of_a_helper(catalogue, listing, name, model, address, prices)
    return tuple(found)


def find(catalogue: Catalogue, listing: Listing, host: str, model: str) -> Found:
    """Return what is known of a model at a host of the catalogue."""
    entry = catalogue.host[host]
    # What runs on the user's own computer has no price and no day it is switched off.
    listed = listed_at(catalogue, host, model, listing) if entry.billed else None
    return Found(entry, catalogue.find(host, model), listed)


def replaced_by(facts: Facts, found: tuple[Fact, ...]) -> Facts:
    """Return the facts with these in place of what was looked up before."""
    return facts.without_source(Source.assumed, *LOOKED_UP).learn(*found)


def believed_already(facts: Facts, found: tuple[Fact, ...]) -> bool:
    """Whether looking up has brought nothing new."""
    known = [record for record in facts.records if record.name in LOOKED_UP and record.source == Source.assumed]
    return known == list(found)


def prices_from(facts: Facts) -> str:
    """Say where the prices of the models come from, each page once."""
    names: tuple[FactName, ...] = (
        "student_price_in", "student_price_out", "student_price_training", "student_hosting_per_hour",
        *chain.from_iterable(HELPERS.values()),
    )  # fmt: skip
    known = [fact for name in names if (fact := facts.get(name)) is not None]
    pages = [fact.evidence if fact.source == Source.assumed else "you" for fact in known]
    return "; ".join(dict.fromkeys(clean(page, 80) for page in pages if page))


def warnings(catalogue: Catalogue, facts: Facts, today: date) -> tuple[str, ...]:
    """Say which entries these facts rest on were read too long ago."""
    name, student = facts.text("host") or "", student_of(facts)
    entry = catalogue.host.get(name)
    if entry is None or name == "practice":
        return ()
    model = catalogue.find(name, student) if student else None
    told: list[tuple[str, Entry]] = [(title_of(name), entry)]
    told += [(f"{clean(student or '', 60)} at {title_of(name)}", model)] if model is not None else []
    return tuple(old(what, one, today) for what, one in told if one.stale(today))


def all_warnings(catalogue: Catalogue, today: date) -> tuple[str, ...]:
    """Say which pages of the whole catalogue were read too long ago, each once with all that rests on it."""
    aged: dict[Entry, list[str]] = {}
    for name, entry in (catalogue.host | catalogue.model).items():
        if entry.stale(today):
            page = Entry(source=entry.source, checked=entry.checked)
            aged.setdefault(page, []).append(clean(name, 60) if "/" in name else title_of(name))
    return tuple(old(", ".join(names), page, today) for page, names in aged.items())


def old(what: str, entry: Entry, today: date) -> str:
    """Say how old an entry is and where to read it anew."""
    days = (today - entry.checked).days
    return f"What I know of {what} was read {days} days ago. Look it up before you rely on it: {entry.source}."


def _of_the_host(entry: HostEntry, facts: Facts, today: date) -> Iterator[Fact]:
    if entry.admits not in (None, "everyone"):
        yield _fact("host_admits", entry.admits or "", entry.cited)
    yield from _until("host_closes", "host_days_left", entry.closes, entry.cited, facts, today)
    if entry.least_rows is not None:
        yield _fact("host_least_rows", entry.least_rows, entry.cited)
    if entry.most_megabytes is not None:
        yield _fact("host_most_megabytes", entry.most_megabytes, entry.cited)


def _of_the_student(found: Found, facts: Facts, today: date) -> Iterator[Fact]:
    host, model, listed = found
    if model is not None and model.methods is not None:
        gone = model.trains_until is not None and model.trains_until <= today
        yield _fact("student_trainable", bool(model.methods) and not gone, model.cited)
    if model is not None and model.context is not None:
        yield _fact("student_context", model.context, model.cited)
    entry: Entry = model if model is not None and model.served is not None else host
    served = (model.served if model is not None else None) or host.served
    if served is not None:
        yield _fact("student_served", served, entry.cited)
    if model is not None and model.retires is not None:
        yield from _until("student_retires", "student_days_left", model.retires, model.cited, facts, today)
    elif listed is not None:
        yield from _until("student_retires", "student_days_left", listed.retires, listed.source, facts, today)
    days = model.retires if model is not None and model.retires is not None else listed.retires if listed else None
    if days is not None:
        # Shown beside the day, so that it can be corrected.
        yield _fact("needed_days", int(figures.NEEDED_DAYS.value), "until you say otherwise")
    hourly = model if model is not None and model.hosting_per_hour is not None else host
    if served == "dedicated" and hourly.hosting_per_hour is not None:
        yield _fact("student_hosting_per_hour", hourly.hosting_per_hour, hourly.cited)
    yield from _prices(("student_price_in", "student_price_out"), found)
    if not host.billed:
        yield _fact("student_price_training", 0.0, host.cited)
    elif model is not None and model.training is not None:
        yield _fact("student_price_training", model.training, model.cited)


def _of_a_helper(
    catalogue: Catalogue, listing: Listing, host: str, model: str, address: str, names: tuple[FactName, FactName]
) -> Iterator[Fact]:
    """Its prices: the host's for a model of the host, else those of whoever answers beside it."""
    other = elsewhere(model, host, address)
    if other is None:
        yield from _prices(names, find(catalogue, listing, host, model))
        return
    provider = provider_of(other, address)
    if provider is not None and provider.here:
        yield from (_fact(name, 0.0, "it answers on this computer") for name in names)
        return
    if address:
        # A server somebody runs: what it costs them stands in no list.
        return
    maker, _, own_name = other.partition("/")
    listed = listing(other) or (listing(own_name) if maker in _LISTED_PLAINLY else None)
    for name, price in zip(names, (listed.price_in, listed.price_out) if listed else (), strict=False):
        if listed is not None and price is not None:
            yield _fact(name, price, listed.source)


def _until(
    day_name: FactName, left_name: FactName, day: date | None, cited: str, facts: Facts, today: date
) -> Iterator[Fact]:
    """A day and how far off it is; where the user knows another day, that one's distance."""
    if day is not None:
        yield _fact(day_name, day.isoformat(), cited)
    told = facts.get(day_name)
    if told is not None and told.source > Source.assumed:
        day, cited = date.fromisoformat(str(told.value)), "the day you said"
    if day is not None:
        yield _fact(left_name, max(0, (day - today).days), cited)


def _prices(names: tuple[FactName, FactName], found: Found) -> Iterator[Fact]:
    """What the model as it is costs for each million tokens, read and written."""
    host, model, listed = found
    for name, field in zip(names, ("price_in", "price_out"), strict=True):
        own = getattr(model, field) if model is not None else None
        if not host.billed:
            yield _fact(name, 0.0, host.cited)
        elif own is not None and model is not None:
            yield _fact(name, own, model.cited)
        elif listed is not None and (price := getattr(listed, field)) is not None:
            yield _fact(name, price, listed.source)


def _fact(name: FactName, value: FactValue, cited: str) -> Fact:
    return Fact(name=name, value=value, source=Source.assumed, evidence=cited)
