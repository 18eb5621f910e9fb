"""The catalogue as the rest of the advisor asks it: with the user's own file, litellm's price map and today's date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timezone
from pathlib import Path
from typing import NamedTuple

from advisor.domain import looked_up
from advisor.domain.catalogue import Catalogue
from advisor.domain.dataset import Tokens
from advisor.domain.facts import HELPERS, LOOKED_UP, Fact, Facts, Source
from advisor.domain.places import Place
from advisor.domain.places import places as judged
from advisor.domain.preflight import student_of
from advisor.errors import UsageError
from advisor.world import catalogue, paths, price_map
from advisor.world.machine import configs


class Found(NamedTuple):
    """What was looked up, and what of it is old."""

    facts: tuple[Fact, ...]
    warnings: tuple[str, ...] = ()


LookUp = Callable[[Facts], Found]


def today() -> date:
    """Return the day that dates are counted from."""
    return datetime.now(tz=timezone.utc).date()


def whole() -> Catalogue:
    """Return the catalogue, the user's own file laid over it.

    Raises:
        UsageError: that file cannot be read.
    """
    return catalogue.read(paths.own_catalogue())


def look_up(facts: Facts) -> Found:
    """Return what is known today of the host and the models these facts name.

    Raises:
        UsageError: the user's own catalogue cannot be read.
    """
    # The practice model has nothing to look up; the catalogue is not even read, unless a model helps beside it.
    if (host := facts.text("host")) is None or (host == "practice" and not any(map(facts.text, HELPERS))):
        return Found(())
    entries, day = whole(), today()
    found = looked_up.look_up(entries, price_map.listed, facts, day)
    return Found((*found, *_of_its_folder(facts)), looked_up.warnings(entries, facts, day))


def _of_its_folder(facts: Facts) -> tuple[Fact, ...]:
    """Return the size of a student that is a folder of this computer."""
    weights = configs.weights_in(student_of(facts) or "") if facts.text("host") == "local" else None
    if weights is None:
        return ()
    return (Fact(name="student_weights", value=weights, source=Source.assumed, evidence="the model's own folder"),)


def supposing(facts: Facts, supposed: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return what is known of the host and the models as they are supposed; nothing where it cannot be read."""
    with suppress(UsageError):
        return look_up(facts.without(*LOOKED_UP).learn(*supposed)).facts
    return ()


def own_file() -> Path:
    """Return the file that is laid over the catalogue, whether there is one or not."""
    return paths.own_catalogue()


def places(facts: Facts, tokens: Tokens | None = None) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Return every place to train, judged for these facts, and a warning for every page read too long ago.

    Raises:
        UsageError: the user's own catalogue cannot be read.
    """
    entries, day = whole(), today()
    found = judged(entries, price_map.listed, facts, day, tokens)
    return found, looked_up.all_warnings(entries, day)


def judged_places(facts: Facts) -> tuple[Place, ...]:
    """Return every place to train, judged for these facts; none where the user's own catalogue cannot be read."""
    with suppress(UsageError):
        return places(facts)[0]
    return ()


def of_another_host(facts: Facts) -> tuple[str, ...] | None:
    """Return what the host trains where the student is known elsewhere and not there; None where it may be its own."""
    host, student = facts.text("host") or "", facts.text("student_model") or ""
    with suppress(UsageError):
        entries = whole()
        found = entries.models_of(host) if host in entries.host else {}
        listed = tuple(name for name, one in found.items() if one.methods != () and one.served != "no")
        known = [one for one in entries.host if one != host and entries.find(one, student) is not None]
        if student and host != "practice" and known and entries.host.get(host) and not entries.find(host, student):
            # An open model can be trained on one's own machine, whoever else trains it.
            return listed if listed or "/" not in student else None
    return None


def with_looked_up(facts: Facts) -> Facts:
    """Return the facts with what the catalogue says of them.

    Raises:
        UsageError: the user's own catalogue cannot be read.
    """
    return looked_up.replaced_by(facts, look_up(facts).facts)
