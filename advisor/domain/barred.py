"""What no overruling of the advice changes: a door that is closed, a model that is gone, rows that must stay."""

from __future__ import annotations

from advisor.domain.cleaning import clean
from advisor.domain.facts import Believed
from advisor.domain.hosts import HOSTS, title_of
from advisor.domain.leave import covers, told
from advisor.domain.plan import Plan
from advisor.domain.preflight import Refusal, closed_door, closed_to_you, driven, rows_would_leave, shut
from advisor.domain.providers import others_asked
from advisor.domain.route_words import joined


def barred(facts: Believed, *, trains: bool) -> Refusal | None:
    """Return why no run is offered whatever the user insists on; only what trains needs the host's door open."""
    if facts.text("host") not in HOSTS:
        return None
    if (leaving := rows_would_leave(facts)) is not None or not trains:
        return leaving
    return closed_to_you(facts) or shut(facts) or driven(facts)


def receivers(plan: Plan) -> tuple[str, ...]:
    """Return who would see rows of a plan away from this computer without leave; nobody where anybody may."""
    if not plan.data_must_stay and not plan.rows_may_go_to:
        return ()
    host = HOSTS.get(plan.host.name)
    away = [] if host is not None and host.keeps_rows_here else [title_of(plan.host.name)]
    seen = dict.fromkeys([*away, *(provider.title for provider in others_asked(plan))])
    return tuple(title for title in seen if not covers(plan.rows_may_go_to, title))


def without_leave(plan: Plan) -> str:
    """Say who would receive rows of a plan without leave; nothing where nobody would."""
    if not (away := receivers(plan)):
        return ""
    leave = plan.rows_may_go_to
    said = clean(told(leave), 120) if leave else "they must stay on this computer"
    return f"{joined(list(away), 'and')} would receive your rows, and you said {said}."


def against_it(facts: Believed, *, trains: bool) -> str:
    """Say what still stands against a run that may be offered; nothing where nothing is known of."""
    found = closed_door(facts) if trains else None
    return found.why if found else ""
