"""Another role for a field: what is corrected, and what cannot be."""

from __future__ import annotations

import pytest

from advisor.domain.field_roles import Wish, corrections, role_now, wishes
from advisor.domain.report_view import field_rows
from tests.domain.reports import TICKETS

TOLD = TICKETS.model_copy(update={"inputs_told": True, "label_told": True})


@pytest.mark.parametrize(
    ("name", "wish", "expected"),
    [
        ("id", "label", [("label_field", "id")]),
        ("id", "input", [("input_fields", "text,id")]),
        ("id", "only_input", [("input_fields", "id")]),
        ("text", "label", [("label_field", "text")]),
    ],
)
def test_a_wish_is_a_correction(name: str, wish: Wish, expected: list[tuple[str, str]]) -> None:
    assert corrections(TICKETS, name, wish) == tuple(expected)


def test_an_input_the_user_named_is_taken_out_of_the_inputs_before_it_becomes_the_label() -> None:
    two = TOLD.model_copy(update={"input_fields": ("text", "id")})
    assert corrections(two, "text", "label") == (("input_fields", "id"), ("label_field", "text"))


@pytest.mark.parametrize(
    ("name", "wish", "why"),
    [
        ("category", "label", "is the label already"),
        ("category", "input", "Make another field the label first"),
        ("text", "input", "has that role already"),
        ("text", "ignored", "all the program reads"),
        ("text", "label", "all the program reads"),
        ("nothing", "label", "no field called"),
    ],
)
def test_what_cannot_be_is_said(name: str, wish: Wish, why: str) -> None:
    told = corrections(TOLD, name, wish)
    assert isinstance(told, str) and why in told


def test_a_name_that_cannot_be_listed_is_refused() -> None:
    odd = TICKETS.fields[0].model_copy(update={"name": "a, b"})
    told = corrections(TICKETS.model_copy(update={"fields": (odd,)}), "a, b", "input")
    assert isinstance(told, str) and "rename" in told


def test_only_what_is_possible_is_offered() -> None:
    assert wishes(TICKETS, "id") == ("label", "input", "only_input")
    assert wishes(TICKETS, "text") == ("label",)
    assert wishes(TICKETS, "category") == ()


def test_a_guessed_role_says_so() -> None:
    assert [role_now(row) for row in field_rows(TICKETS)][1:] == [
        "text is an input, by a guess.",
        "category is the label, by a guess.",
    ]
    assert role_now(list(field_rows(TOLD))[1]) == "text is an input."
