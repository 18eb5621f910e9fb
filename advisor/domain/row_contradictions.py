"""Rows that must stay, or may go to one, beside whoever would receive them."""

from __future__ import annotations

from advisor.domain.checklist import said_by
from advisor.domain.cleaning import clean
from advisor.domain.contradiction import Contradiction, Way, chosen, host_title, still_open, withdraw
from advisor.domain.facts import Fact, FactName, Facts
from advisor.domain.leave import MAY_GO, covers, given_to, leave_for, told
from advisor.domain.preflight import shown_away
from advisor.domain.providers import Provider
from advisor.domain.route_words import joined

_HERE = (
    Way("here, with the practice model", (chosen("host", "practice"),)),
    Way("train on this computer", (chosen("host", "local"),)),
)


def rows_must_stay(facts: Facts) -> Contradiction | None:
    """Return a host that would receive rows that must stay."""
    stay, host = facts.get("data_must_stay"), _host_away(facts)
    if stay is None or stay.value is not True or host is None:
        return None
    if still_open(host) is None or still_open(stay) is None:
        return None
    title = host_title(host)
    return Contradiction(
        "rows_must_stay",
        f"The rows must stay on this computer ({clean(said_by(stay), 60)}), but {title} ({clean(said_by(host), 60)}) "
        "would receive them.",
        "Where may it run?",
        (*_HERE, Way(f"{MAY_GO}{title}", (_may_go(facts, title),))),
    )


def rows_allowed_elsewhere(facts: Facts) -> Contradiction | None:
    """Return a host that would receive rows that may go to another: a leave given for one is none for the next."""
    leave, host = given_to(facts), _host_away(facts)
    if not leave or host is None or covers(leave, title := host_title(host)):
        return None
    return Contradiction(
        "rows_allowed_elsewhere",
        f"You said {clean(told(leave), 120)}; {title} ({clean(said_by(host), 60)}) would receive them now.",
        "Where may it run?",
        (*_HERE, Way(f"{MAY_GO}{title}", (_may_go(facts, title),))),
    )


def shown_to_another(facts: Facts) -> Contradiction | None:
    """Return models beside the host that would read rows which must stay, or may go to others alone."""
    stay, away = facts.get("data_must_stay"), shown_away(facts)
    if stay is None or still_open(stay) is None:
        return None
    leave = given_to(facts)
    if leave:
        away = tuple((name, provider) for name, provider in away if not covers(leave, provider.title))
    if not away or not (leave or stay.value is True):
        return None
    said = f"You said {clean(told(leave), 120)}" if leave else f"The rows must stay on this computer ({_by(stay)})"
    return _shown(facts, said, away)


def _shown(facts: Facts, said: str, away: tuple[tuple[FactName, Provider], ...]) -> Contradiction:
    helpers = [fact for name, _ in away if (fact := facts.get(name)) is not None]
    names = joined(list(dict.fromkeys(clean(str(fact.value), 60) for fact in helpers)), "and")
    titles = list(dict.fromkeys(provider.title for _, provider in away))
    return Contradiction(
        "shown_to_another",
        f"{said}; {names} would be shown some, at {joined(titles, 'and')}.",
        "Which is it?",
        (
            Way(f"go on without {names}", tuple(withdraw(fact) for fact in helpers)),
            Way(f"the rows may be shown to {joined(titles, 'and')}", (_may_go(facts, *titles),)),
        ),
    )


def _host_away(facts: Facts) -> Fact | None:
    host = facts.get("host")
    return None if host is None or host.value in ("practice", "local") else host


def _may_go(facts: Facts, *titles: str) -> Fact:
    """Return the leave for these, beside those who have it already."""
    return leave_for(*dict.fromkeys((*given_to(facts), *titles)))


def _by(fact: Fact) -> str:
    return clean(said_by(fact), 60)
