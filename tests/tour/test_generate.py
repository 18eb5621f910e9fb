"""The tickets of the tour: what is in the file is what the script writes, and it is neither trivial nor hopeless."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from advisor.tour import generate as tour
from advisor.tour.topic import DETAILS, Topic

ROWS = tour.generate()
TICKETS = tour.tickets()
LABELS = sorted({topic.category for topic in tour.TOPICS})


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def test_the_file_is_exactly_what_the_script_writes() -> None:
    assert tour.FILE.read_text(encoding="utf-8") == tour.written(ROWS)
    with tour.FILE.open(newline="", encoding="utf-8") as table:
        read = list(csv.reader(table))
    assert read[0] == list(tour.COLUMNS)
    assert [tuple(row) for row in read[1:]] == ROWS


def test_the_same_seed_gives_the_same_tickets_and_another_seed_others() -> None:
    assert tour.generate(0) == ROWS
    assert len(set(tour.generate(1)) & set(ROWS)) < len(ROWS) / 4


def test_twelve_categories_about_a_thousand_rows_none_rare_none_dominant() -> None:
    counts = Counter(label for _, label in ROWS)
    assert sorted(counts) == LABELS
    assert len(LABELS) == 12
    assert 950 <= len(ROWS) <= 1050
    assert min(counts.values()) >= 50
    assert max(counts.values()) <= 0.12 * len(ROWS)


def test_about_three_in_a_hundred_are_filed_under_a_neighbour() -> None:
    neighbours = {topic.category: topic.neighbours for topic in tour.TOPICS}
    wrong = [ticket for ticket in TICKETS if ticket.category != ticket.belongs]
    assert 0.02 <= len(wrong) / len(TICKETS) <= 0.045
    assert all(ticket.category in neighbours[ticket.belongs] for ticket in wrong)


def test_few_tickets_come_twice_and_some_of_those_with_another_label() -> None:
    counts = Counter(text for text, _ in ROWS)
    twice = [text for text, count in counts.items() if count > 1]
    conflicting = [text for text in twice if len({label for other, label in ROWS if other == text}) > 1]
    assert len(twice) == tour.REPEATED
    assert len(conflicting) == tour.REPEATED_ELSEWHERE


@pytest.mark.parametrize("label", LABELS)
def test_no_single_word_decides_a_category(label: str) -> None:
    everywhere = Counter(word for text, _ in ROWS for word in words(text))
    here = Counter(word for text, other in ROWS if other == label for word in words(text))
    rows = sum(other == label for _, other in ROWS)
    f1 = {word: 2 * count / (everywhere[word] + rows) for word, count in here.items()}
    best = max(f1, key=lambda word: f1[word])
    assert f1[best] <= 0.7, f"{best}: {f1[best]:.2f}"


def test_the_words_of_a_label_are_in_some_of_its_tickets_but_not_in_most_of_all() -> None:
    named = [bool(words(text) & set(label.split("_"))) for text, label in ROWS]
    assert 0.25 <= sum(named) / len(named) <= 0.6


def test_charges_cards_and_refunds_turn_up_in_more_than_one_category() -> None:
    for word in ("charge", "card", "refund", "cancel", "invoice"):
        assert len({label for text, label in ROWS if word in words(text)}) >= 3, word


def test_tickets_vary_in_length_and_hold_nothing_unfilled() -> None:
    lengths = sorted(len(text) for text, _ in ROWS)
    assert lengths[len(lengths) // 20] < 40
    assert lengths[-len(lengths) // 20] > 130
    assert lengths[-1] < 400
    assert not [text for text, _ in ROWS if re.search(r"[\[\]{}|]|  |^\s|\s$|\b(?:the|a|new|my) the\b", text)]


@pytest.mark.parametrize("topic", tour.TOPICS, ids=lambda topic: topic.category)
def test_phrases_are_well_formed(topic: Topic) -> None:
    for phrase in (*topic.asks, *topic.vague, *topic.besides):
        assert re.fullmatch(r"(?:[^\[\]|]|\[[^\[\]]*\|[^\[\]]*\])*", phrase), phrase
        assert set(re.findall(r"\{(\w+)\}", phrase)) <= set(DETAILS), phrase
    assert set(topic.neighbours) < set(LABELS) - {topic.category}


def test_main_rewrites_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("tour") / "tickets.csv"
    monkeypatch.setattr(tour, "FILE", target)
    assert tour.main() == target
    assert target.read_text(encoding="utf-8") == tour.written(ROWS)
