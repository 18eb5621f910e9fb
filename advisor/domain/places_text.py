"""Where a model can be trained, as a table for 80 columns with its sources below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from advisor.domain.cleaning import clean
from advisor.domain.places import Place, listed, standing
from advisor.domain.route_words import joined

WIDTH, NARROWEST = 79, 50
TRAIN, ANSWERS, UNTIL = 7, 15, 11
FIGURES = TRAIN + ANSWERS + UNTIL + 3

KEY = (
    "train and answers: dollars per million tokens; answers: read / written by the tuned model, or an hour while it is "
    "kept ready, used or not. until: the day a tuned model stops answering. ? is not known, and never zero. "
    "With --set needed_days=60 a model that stays for 60 days is enough; --help lists what else can be said."
)


def table(found: tuple[Place, ...], width: int = WIDTH, lacking: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Return every place: those open to the user, those open on a condition, the rest with the reason.

    `lacking` are the variables that each host wants and that are not set.
    """
    wanting = lacking or {}
    width = min(WIDTH, max(width, NARROWEST))
    refused = standing(found, "refused")
    parts = [
        *_offered("Open to you", standing(found, "open"), width, wanting),
        *_offered("Open on a condition", standing(found, "depends"), width, wanting),
        *_offered("Open to you, not yet to this version", tuple(p for p in refused if p.step == "driven"), width, {}),
        *_refused(tuple(place for place in refused if place not in listed(found)), width),
        _filled(KEY, 0, width),
        "Sources, each with the day it was read\n" + "\n".join(_sources(found, width)),
    ]
    return "\n\n".join(parts)


def _offered(
    heading: str, found: tuple[Place, ...], width: int, lacking: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    if not found:
        return
    room = width - FIGURES
    figures = f" {'train':>{TRAIN}} {'answers':>{ANSWERS}} {'until':>{UNTIL}}"
    lines, last, said = (
        [f"{heading:<{room}}{figures}"] if len(heading) <= room else [heading, " " * room + figures],
        "",
        "",
    )
    for place in found:
        if place.host != last:
            lines.append(_filled(_titled(place, lacking.get(place.host, ())), 2, width))
        if place.standing == "depends" and (place.host, place.why) != (last, said):
            lines.append(_filled(place.why, 4, width))
        last, said = place.host, place.why
        lines += _row(place, room)
    yield "\n".join(lines)


def _titled(place: Place, lacking: tuple[str, ...]) -> str:
    beside = [f"an hour of {place.hosting_on}"] if place.hosting_on else []
    beside += [f"needs {joined(list(lacking), 'and')}"] if lacking else []
    return place.title + (f" ({'; '.join(beside)})" if beside else "")


def _row(place: Place, room: int) -> Iterator[str]:
    figures = f"{_price(place.training):>{TRAIN}} {_answers(place):>{ANSWERS}} {_until(place):>{UNTIL}}"
    name = clean(place.model, 70) or "any model it takes"
    if len(name) + 4 > room:
        yield f"    {name}"
        name = ""
    yield f"    {name:<{room - 4}} {figures}"
    if place.training_usd:
        yield f"      training on your rows: about ${place.training_usd:,.2f}"


def _refused(found: tuple[Place, ...], width: int) -> Iterator[str]:
    """Those not offered; models refused for one reason share it."""
    if not found:
        return
    shared: dict[tuple[str, str], list[str]] = {}
    for place in found:
        why = place.why.replace(clean(place.model, 60), "it") if place.model else place.why
        shared.setdefault((place.title, why[:1].upper() + why[1:]), []).append(clean(place.model, 70))
    lines = ["Not offered, and why"]
    for (title, why), models in shared.items():
        named = f": {', '.join(filter(None, models))}" if any(models) else ""
        lines += [_filled(f"{title}{named}", 2, width), _filled(why, 4, width)]
    yield "\n".join(lines)


def _sources(found: Iterable[Place], width: int) -> Iterator[str]:
    """Name the pages of each host, and once what all of them share."""
    of: dict[str, dict[str, None]] = {}
    for place in found:
        of.setdefault(place.title, {}).update(dict.fromkeys(place.sources))
    shared = {page for title, pages in of.items() for page in pages if sum(page in other for other in of.values()) > 1}
    for title, pages in of.items():
        if own := [clean(page, 110) for page in pages if page not in shared]:
            yield _filled(f"{title}: {'; '.join(own)}", 2, width)
    if shared:
        yield _filled(f"several: {'; '.join(sorted(clean(page, 110) for page in shared))}", 2, width)


def _filled(text: str, indent: int, width: int) -> str:
    return textwrap.fill(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2 * bool(indent)),
                         break_on_hyphens=False)  # fmt: skip


def _price(dollars: float | None) -> str:
    return "?" if dollars is None else "free" if dollars == 0 else f"{dollars:.2f}"


def _answers(place: Place) -> str:
    if place.served == "dedicated":
        return f"{_price(place.hosting_per_hour)} an hour"
    if place.served == "this_machine":
        return "free"
    if place.tuned_in is None and place.tuned_out is None:
        return "?"
    return f"{_price(place.tuned_in)} / {_price(place.tuned_out)}"


def _until(place: Place) -> str:
    if place.served == "this_machine":
        return "stays"
    return place.retires.isoformat() if place.retires else "?"
