"""Makes the tickets of the tour: `python -m advisor.tour.generate` rewrites `tickets.csv` beside this file."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from advisor.tour import about_accounts, about_money, about_parcels
from advisor.tour.topic import CLOSINGS, DETAILS, LEAD_INS, OPENINGS, Topic

TOPICS: tuple[Topic, ...] = (*about_money.TOPICS, *about_parcels.TOPICS, *about_accounts.TOPICS)
FILE = Path(__file__).with_name("tickets.csv")
COLUMNS = ("ticket", "category")

WRONG_LABELS = 0.03
"""Share of tickets filed under a neighbour, as tired people do."""
VAGUE = 0.07
"""Share of tickets too short to be certain about."""
ASIDE = 0.22
"""Share of tickets that mention a neighbour's topic on the way."""
SECOND_ASK = 0.2
"""Share of tickets that put the same wish in a second way."""
MISTYPED = 0.25
"""Share of tickets with slips of the finger."""
LED_IN = 0.3
GREETED = 0.35
CLOSED = 0.35
"""Shares of tickets that begin with a remark, open with a greeting and close with a phrase."""
REPEATED = 8
"""Tickets sent twice, word for word."""
REPEATED_ELSEWHERE = 3
"""Of those, how many were filed differently the second time."""


class Ticket(NamedTuple):
    """One message, where it was filed and where it belongs."""

    text: str
    category: str
    belongs: str


def generate(seed: int = 0) -> list[tuple[str, str]]:
    """Return the rows of the file: message and category."""
    return [(ticket.text, ticket.category) for ticket in tickets(seed)]


def tickets(seed: int = 0) -> list[Ticket]:
    """Return about a thousand tickets in no order; the same seed gives the same tickets."""
    chance = random.Random(seed)
    topics = {topic.category: topic for topic in TOPICS}
    seen: set[str] = set()
    made: list[Ticket] = []
    for topic in TOPICS:
        for _ in range(topic.share):
            text = _new(topic, topics, seen, chance)
            wrong = chance.random() < WRONG_LABELS
            made.append(Ticket(text, chance.choice(topic.neighbours) if wrong else topic.category, topic.category))
    made += _repeats(made, topics, chance)
    chance.shuffle(made)
    return made


def main() -> Path:
    """Rewrite the tour's file and return its path."""
    FILE.write_text(written(generate()), encoding="utf-8", newline="")
    return FILE


def written(rows: Sequence[tuple[str, str]]) -> str:
    """Return rows as the text of a CSV file."""
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(rows)
    return page.getvalue()


def _repeats(made: Sequence[Ticket], topics: dict[str, Topic], chance: random.Random) -> list[Ticket]:
    again = chance.sample([ticket for ticket in made if ticket.category == ticket.belongs], REPEATED)
    elsewhere = [
        ticket._replace(category=chance.choice(topics[ticket.belongs].neighbours))
        for ticket in again[:REPEATED_ELSEWHERE]
    ]
    return elsewhere + again[REPEATED_ELSEWHERE:]


def _new(topic: Topic, topics: dict[str, Topic], seen: set[str], chance: random.Random) -> str:
    """Return a message nobody has sent yet."""
    while True:
        text = _message(topic, topics, chance)
        key = re.sub(r"\W+", " ", text.lower()).strip()
        if key not in seen:
            seen.add(key)
            return text


def _message(topic: Topic, topics: dict[str, Topic], chance: random.Random) -> str:
    vague = chance.random() < VAGUE
    parts = [_filled(chance.choice(topic.vague if vague else topic.asks), chance)]
    if not vague and chance.random() < SECOND_ASK:
        parts.append(_filled(chance.choice(topic.asks), chance))
    if chance.random() < ASIDE:
        neighbour = topics[chance.choice(topic.neighbours)]
        parts.insert(chance.choice((0, len(parts))), _filled(chance.choice(neighbour.besides), chance))
    if chance.random() < LED_IN:
        parts.insert(0, _filled(chance.choice(LEAD_INS), chance))
    text = _punctuated(parts, chance)
    if chance.random() < GREETED:
        text = f"{_filled(chance.choice(OPENINGS), chance)}{chance.choice((', ', '! ', ' - ', '. '))}{text}"
    if chance.random() < CLOSED:
        text = f"{text} {_filled(chance.choice(CLOSINGS), chance)}{chance.choice(('', '.', '!', '...'))}"
    return _typed(text, chance)


def _filled(phrase: str, chance: random.Random) -> str:
    """Return a phrase with one wording of each `[a|b]` and one value of each `{name}`."""
    phrase = re.sub(r"\[([^\]]*)\]", lambda found: chance.choice(found[1].split("|")), phrase)
    while "{" in phrase:
        phrase = re.sub(r"\{(\w+)\}", lambda found: chance.choice(DETAILS[found[1]]), phrase)
    return phrase


def _punctuated(parts: Sequence[str], chance: random.Random) -> str:
    sentences = []
    for part in parts:
        ended = part if part.endswith(("?", "!")) else part + chance.choice((".", ".", ".", "", "!", "..."))
        sentences.append(ended[0].upper() + ended[1:] if chance.random() < 0.8 else ended)
    return " ".join(sentences)


def _typed(text: str, chance: random.Random) -> str:
    """Return a text as it was typed: in a hurry, in capitals, or with a few slips."""
    if chance.random() < MISTYPED:
        for _ in range(chance.choice((1, 1, 2, 3))):
            text = _slip(text, chance)
    manner = chance.random()
    if manner < 0.15:
        return text.lower()
    if manner < 0.2:
        return text.lower().translate(str.maketrans("", "", ".,!?"))
    return text.upper() if manner > 0.985 else text


def _slip(text: str, chance: random.Random) -> str:
    """Return a text with two letters swapped, one lost or one doubled inside a longer word."""
    words = [found for found in re.finditer(r"[A-Za-z]{5,}", text)]
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    pair = text[at : at + 2]
    slips = (pair[::-1], pair[0], pair[0] * 2 + pair[1])
    return text[:at] + chance.choice(slips) + text[at + 2 :]


if __name__ == "__main__":
    main()
