"""A conversation told again: to read as Markdown, or as one JSON list; fit to be handed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone

from advisor.domain.advice import TITLES
from advisor.domain.cleaning import MASK, clean_lines, markdown, redact
from advisor.domain.conversation import (
    CONVERSATION_EVENT,
    Advised,
    Allowed,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Corrected,
    Ended,
    LookedAround,
    LookedUp,
    Measured,
    Opened,
    Overruled,
    Planned,
    Proposed,
    Ran,
    Replied,
    Restarted,
    Resumed,
    Said,
    Skipped,
    TookBack,
    Understood,
)
from advisor.domain.facts import Fact
from advisor.domain.results import practised
from advisor.domain.values import write_value
from advisor.domain.wording import SHORT, limited, value_in_words

LONGEST = 4000
"""Characters of one message that are shown to read; the JSON holds all of them."""

READ = 6 * LONGEST
"""Characters of one message that are looked at: what is taken out of them was not to be seen."""

SHORTEST_KEY = 13
"""Letters without a gap in the shortest key there is."""

_JOINER = re.compile("(?<=[A-Za-z0-9_-])[\u200c\u200d]+(?=[A-Za-z0-9_-])")
"""What joins letters of other scripts, and hides a key where it stands between ours."""

_OPENING = re.compile("(?:\x1b\\[|\x9b)[0-?]*|\x1b(?![\\]PX^_])")
"""An escape sequence but for its last letter, which may have been the first one of a key."""


def fit(text: str) -> str:
    """Return text without escape sequences, unseen characters or keys; its lines stay lines."""
    shown = text
    if not text.isprintable():
        shown = "\n".join(line if line.isprintable() else _visible(line) for line in text.split("\n"))
    # Most text has no word as long as a key, and looking for one in it takes a hundred times as long.
    return redact(shown) if max(map(len, shown.split()), default=0) >= SHORTEST_KEY else shown


def _visible(line: str) -> str:
    """Return a line as it is read; of two ways to take its escape sequences, the one that brings more keys to light."""
    ways = (" ".join(clean_lines(way, len(way) + 1)) for way in (line, _OPENING.sub("", line)))
    return max((redact(_JOINER.sub("", way)) for way in ways), key=_masks)


def _masks(text: str) -> int:
    return text.count("…") + text.count(MASK)


def value_in_brief(fact: Fact) -> str:
    """Return the value of a fact in words, fit to be handed on."""
    value = fact.value
    if fact.only:
        return fit(limited(fact))
    if isinstance(value, str):
        return value_in_words(fact.name, fit(value))
    if isinstance(value, tuple):
        value = tuple(fit(item if isinstance(item, str) else write_value((item,))) for item in value)
    return value_in_words(fact.name, value)


def moment(t: float) -> datetime | None:
    """Return a Unix time as one in UTC; None where it is not known or no time at all."""
    try:
        return datetime.fromtimestamp(t, tz=timezone.utc) if t > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


def file_name(path: str) -> str:
    """Return the last part of a path of any system."""
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1]


def route_in_words(route: str) -> str:
    """Return a route by its title; one of another version by its name."""
    return next((title for known, title in TITLES.items() if known == route), fit(route).replace("_", " "))


def to_json(events: Iterable[ConversationEvent]) -> str:
    """Return a conversation as one JSON list, an event a line."""
    plain = (_fit_all(CONVERSATION_EVENT.dump_python(event, mode="json")) for event in events)
    lines = ",\n".join(f"  {json.dumps(event, ensure_ascii=False)}" for event in plain)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _fit_all(value: object) -> object:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, list):
        return [_fit_all(item) for item in value]
    if isinstance(value, dict):
        return {name: _fit_all(item) for name, item in value.items()}
    return value


def to_markdown(events: Iterable[ConversationEvent]) -> str:
    """Return a conversation to read: what was said, noted, advised, agreed to and run, with the time in UTC."""
    paragraphs: list[str] = []
    stamp = ""
    for turn in _turns(events):
        said = "\n".join(event.text for event in turn if isinstance(event, Said))
        titles = [route_in_words(event.route) for event in turn if isinstance(event, Advised)]
        for event in turn:
            text = _heading(event) if isinstance(event, Opened) else _told(event, said, titles)
            at = moment(event.t)
            if text and at is not None and f"{at:%Y-%m-%d %H:%M}" != stamp:
                day, stamp = stamp[:10], f"{at:%Y-%m-%d %H:%M}"
                mark = f"*{at:%H:%M}*" if day == stamp[:10] else f"*{stamp} UTC*"
                text = f"{text}\n\n{mark}" if isinstance(event, Opened) else f"{mark}\n\n{text}"
            if text:
                paragraphs.append(text)
    if not paragraphs or not paragraphs[0].startswith("# "):
        paragraphs.insert(0, "# Conversation")
    return "\n\n".join(paragraphs) + "\n"


def _turns(events: Iterable[ConversationEvent]) -> Iterator[list[ConversationEvent]]:
    """Yield what belongs together: a reply with all that followed from it."""
    turn: list[ConversationEvent] = []
    for event in events:
        if isinstance(event, (Replied, Corrected)) and turn:
            yield turn
            turn = []
        turn.append(event)
    if turn:
        yield turn


def _heading(event: Opened) -> str:
    return f"# Conversation about {_line(file_name(event.data))}" if event.data else "# Conversation"


def _told(event: ConversationEvent, said: str, titles: list[str]) -> str:
    """Return an event as Markdown; nothing for what was `said` in its turn in other words."""
    match event:
        case Said(text=text) | Asked(text=text):
            return _advice(text) if any(title in text[:READ].split("\n")[0] for title in titles) else _lines(text)
        case Replied(text=text):
            return "\n".join(f"> {line}" for line in _lines(text).split("\n"))
        case Corrected(fact=name, text=text):
            return f"> {_line(_short(name))}, typed over: {_line(text)}"
        case Understood(facts=facts) if facts and not _was_noted(facts, said):
            return f"*Noted: {_line(_facts(facts))}*"
        case LookedUp(facts=facts) if facts:
            return f"*Looked up: {_line(_facts(facts))}*"
        case LookedAround(facts=facts) if facts:
            return f"*Found on this computer: {_line(_facts(facts))}*"
        case Measured(facts=facts) if facts:
            return f"*Measured: {_line(_facts(facts))}*"
        case Proposed(model=model, facts=facts, why=why):
            return f"*{_line(model)} takes from it: {_line(_facts(facts) or why or 'nothing')}*"
        case Skipped(facts=names) if names:
            return f"*Left out: {_line(' · '.join(_short(name) for name in names))}*"
        case TookBack():
            return "*The last answer was taken back.*"
        case Restarted():
            return "*Begun again with the same file.*"
        case Advised(route=route, reasons=reasons) if route_in_words(route) not in said:
            listed = "".join(f"\n- {_line(reason)}" for reason in reasons)
            return f"**Advised: {_line(route_in_words(route))}**" + (f"\n{listed}" if listed else "")
        case Overruled(route=route, risk=risk):
            return f"**Chosen against the advice: {_line(route_in_words(route))}.** {_line(risk)}".strip()
        case _:
            return _done(event)


def _was_noted(facts: tuple[Fact, ...], said: str) -> bool:
    """Whether a note named these facts, whatever words it had for their values."""
    notes = (line for line in said.split("\n") if line.startswith("Noted: "))
    return any(all(SHORT[fact.name] in note for fact in facts) for note in notes)


def _done(event: ConversationEvent) -> str:
    """Return what was agreed to and done, to the second."""
    at = moment(event.t)
    when = f" {at:%H:%M:%S}" if at else ""
    match event:
        case Planned(plan=plan, folder=folder):
            written = f" The project is in {_line(folder)}." if folder else ""
            return f"Planned: {_line(plan.title)}, {_line(route_in_words(plan.route))}.{written}"
        case Consented(sentence=sentence):
            return f"**Agreed to{when}:** {_lines(sentence)}"
        case Allowed(model=model):
            return f"**Agreed to{when}:** {_line(model)} may read replies that the rules do not understand."
        case Ran(folder=folder):
            return f"**Run started{when}** in {_line(folder)}."
        case Ended(facts=facts):
            where = ", on the practice model" if practised(facts) else ""
            return f"**Run ended{when}{where}:** {_line(_facts(facts)) if facts else 'no result'}."
        case Resumed():
            return "*Taken up again.*"
        case Closed(exit_code=code):
            return f"*Closed, exit code {code}.*" if code else "*Closed.*"
        case _:
            return ""


def _advice(text: str) -> str:
    first, *rest = _lines(text).split("\n")
    return "\n".join([f"**{first.removesuffix('  ')}**{'  ' if rest else ''}", *rest])


def _facts(facts: tuple[Fact, ...]) -> str:
    return " · ".join(f"{SHORT[fact.name]} {value_in_brief(fact)}" for fact in facts)


def _short(name: str) -> str:
    return next((words for known, words in SHORT.items() if known == name), fit(name).replace("_", " "))


def _line(text: str) -> str:
    """Return text on one line, as Markdown shows it as it is."""
    return markdown(_cut(fit(text[:READ])))


def _lines(text: str) -> str:
    """Return text with its lines kept, as Markdown shows it as it is."""
    whole = fit(text[:READ])
    left = len(whole) - LONGEST + len(text[READ:])
    lines = [escaped for line in _cut(whole).split("\n") if (escaped := markdown(line))]
    return "  \n".join([*lines, *([f"*{left:,} more characters*"] if left > 0 else [])])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
