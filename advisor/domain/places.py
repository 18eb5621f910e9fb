"""Every place a model could be trained, judged for one user: open, open on a condition, or not offered and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain.case import case_of
from advisor.domain.catalogue import Admits, Catalogue, Entry, Listing, Method, ModelEntry, Served
from advisor.domain.dataset import Tokens, split_sizes
from advisor.domain.facts import HELPERS, LOOKED_UP, Fact, FactName, Facts, FactValue, Source
from advisor.domain.forecast import ANSWER_OVERHEAD, EPOCHS, LABEL_TOKENS, PROMPT_OVERHEAD, USUAL_INPUT, row_tokens
from advisor.domain.hosts import HOSTS, PRACTICE_SMALL, title_of
from advisor.domain.looked_up import Found, find, look_up, replaced_by
from advisor.domain.preflight import Refusal, StepName, cut_off, first_refusal, student_of

Standing = Literal["open", "depends", "refused"]
RENTED = (
    "In your own cloud account: `advisor write DATA --set host=sky`, then `advisor run DIR --on sky`, where SkyPilot "
    "shows the price before its question."
)


class Place(BaseModel):
    """A model at a host; what is not known is None."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    host: str
    title: str
    model: str
    """Empty where the host trains models nobody has listed."""
    standing: Standing
    step: StepName | None = None
    """Which check refused it."""
    why: str = ""
    try_this: str = ""
    drivable: bool
    """Whether a project of this version trains there."""
    admits: Admits | None = None
    closes: date | None = None
    methods: tuple[Method, ...] | None = None
    context: int | None = None
    """Tokens of the longest training example."""
    reads: int | None = None
    """Tokens the model reads at most."""
    served: Served | None = None
    training: float | None = None
    """Dollars per million tokens, as the other prices."""
    price_in: float | None = None
    price_out: float | None = None
    tuned_in: float | None = None
    tuned_out: float | None = None
    hosting_per_hour: float | None = None
    hosting_on: str = ""
    training_usd: float | None = None
    """What training alone would cost on this many rows; None without a price or a count."""
    retires: date | None = None
    trains_until: date | None = None
    least_rows: int | None = None
    most_megabytes: int | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Pages with the day each was read."""
    old: bool = False
    """Whether one of them was read too long ago."""


def places(
    catalogue: Catalogue, listing: Listing, facts: Facts, today: date, tokens: Tokens | None = None
) -> tuple[Place, ...]:
    """Return every place, the open ones first, then the ones open on a condition; in the catalogue's order else."""
    order: tuple[Standing, ...] = ("open", "depends", "refused")
    facts = facts.learn(*row_length(facts, tokens))
    trained = trained_tokens(facts, tokens)
    found = [
        _place(catalogue, listing, _as_if(facts, host, model), host, model, today, trained)
        for host, model in _pairs(catalogue, facts)
    ]
    return tuple(sorted(found, key=lambda place: order.index(place.standing)))


def row_length(facts: Facts, tokens: Tokens | None) -> tuple[Fact, ...]:
    """Return how long the training rows are, as a fact to judge a host's limits by; nothing before the file is read."""
    if tokens is None:
        return ()
    value = row_tokens(tokens, int(facts.number("classes") or 0))
    return (Fact(name="row_tokens", value=value, source=Source.computed, evidence="the file, with its prompt"),)


def trained_tokens(facts: Facts, tokens: Tokens | None) -> float | None:
    """Return how many tokens training on the labelled rows would take; None where nobody knows how many there are."""
    case = case_of(facts)
    if case.examples is None:
        return None
    text = tokens.input_mean if tokens else USUAL_INPUT
    answer = ANSWER_OVERHEAD + (tokens.label_mean if tokens else LABEL_TOKENS)
    prompt = PROMPT_OVERHEAD + LABEL_TOKENS * (facts.number("classes") or 0) + text
    return split_sizes(case.examples).train * (prompt + answer) * EPOCHS


def _pairs(catalogue: Catalogue, facts: Facts) -> Iterator[tuple[str, str]]:
    """Every host with each of its models; the user's own model too, at the host they named or one that lists none."""
    student, named = student_of(facts), facts.text("host")
    for host in catalogue.host:
        listed = list(catalogue.models_of(host))
        own = student if student and (named == host or not listed) and not catalogue.find(host, student) else None
        models = [PRACTICE_SMALL] if host == "practice" else [*([own] if own else []), *listed]
        yield from ((host, model) for model in models or [""])


def _as_if(facts: Facts, host: str, model: str) -> Facts:
    """The case as it would be there; what was said of one host and model says nothing of another."""
    if (facts.text("host"), student_of(facts)) != (host, model):
        facts = facts.without(*(name for name in LOOKED_UP if name != "needed_days"))
    told: list[tuple[FactName, FactValue]] = [("host", host)]
    told += [("student_model", model)] if model else []
    names: tuple[FactName, ...] = ("student_model", "current_model", *HELPERS, "forecast_usd")
    return facts.without(*names).learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told))


def _place(
    catalogue: Catalogue, listing: Listing, facts: Facts, host: str, model: str, today: date, trained: float | None
) -> Place:
    facts = replaced_by(facts, look_up(catalogue, listing, facts, today))
    found = find(catalogue, listing, host, model)
    entry, own, listed = found
    price = facts.number("student_price_training") if entry.billed else 0.0
    cost = price * trained / 1e6 if price is not None and trained is not None else None
    if cost is not None:
        facts = facts.learn(Fact(name="forecast_usd", value=cost, source=Source.computed, evidence="training alone"))
    standing, refusal, why = _judged(facts, found, price)
    pages = _pages(entry, own)
    return Place(
        host=host, title=title_of(host), model=model, standing=standing, step=refusal.step if refusal else None,
        why=refusal.why if refusal else why, try_this=refusal.try_this if refusal else "",
        drivable=host in HOSTS and HOSTS[host].drivable, admits=entry.admits, closes=entry.closes,
        methods=own.methods if own else None, context=own.context if own else None,
        reads=listed.context if listed else None, served=(own.served if own else None) or entry.served, training=price,
        price_in=facts.number("student_price_in"), price_out=facts.number("student_price_out"),
        **_tuned(found), hosting_on=_hosted(found).hosting_on, hosting_per_hour=_hosted(found).hosting_per_hour,
        training_usd=cost, retires=(own.retires if own else None) or (listed.retires if listed else None),
        trains_until=own.trains_until if own else None, least_rows=entry.least_rows,
        most_megabytes=entry.most_megabytes, notes=tuple(page.note for page in pages if page.note),
        sources=tuple(dict.fromkeys([*(page.cited for page in pages), *([listed.source] if listed else [])])),
        old=any(page.stale(today) for page in pages),
    )  # fmt: skip


def _judged(facts: Facts, found: Found, price: float | None) -> tuple[Standing, Refusal | None, str]:
    """What stands in the way, else on what it depends."""
    if (refusal := first_refusal(facts)) is not None:
        return "refused", refusal, ""
    if facts.text("host") == "sky":
        return "depends", None, RENTED
    if facts.text("host_admits") == "recent_tuners" and facts.flag("openai_tuned_recently") is None:
        return "depends", None, "Only if your organisation used a tuned model there in the last 60 days."
    if cut := cut_off(facts):
        return "depends", None, f"{cut[:1].upper()}{cut[1:]}."
    if facts.upper("budget_usd") is not None and price is None:
        return "depends", None, f"I know no training price to keep your limit by: {found.host.source} has it."
    return "open", None, ""


def _tuned(found: Found) -> dict[str, float | None]:
    own, listed = found.model, found.listed
    return {
        "tuned_in": own.tuned_in if own and own.tuned_in is not None else listed.tuned_in if listed else None,
        "tuned_out": own.tuned_out if own and own.tuned_out is not None else listed.tuned_out if listed else None,
    }


def _hosted(found: Found) -> Entry:
    return found.model if found.model and found.model.hosting_per_hour is not None else found.host


def _pages(host: Entry, model: ModelEntry | None) -> tuple[Entry, ...]:
    return (host,) if model is None else (host, model)


def if_it_can_start(found: Iterable[Place], lacking: str) -> tuple[Place, ...]:
    """Return the places with training on this computer on the condition of what it lacks."""
    on_it = {"standing": "depends", "why": lacking}
    return tuple(
        place.model_copy(update=on_it) if lacking and place.host == "local" and place.standing == "open" else place
        for place in found
    )


def standing(found: Iterable[Place], wanted: Standing) -> tuple[Place, ...]:
    """Return the places that stand so."""
    return tuple(place for place in found if place.standing == wanted)


def listed(found: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places that are open to the user, on a condition or before this version trains there, too."""
    return tuple(place for place in found if place.standing != "refused" or place.step == "driven")
