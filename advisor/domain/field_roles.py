"""Another role for a field: which facts say so, and when that cannot be."""

from __future__ import annotations

from typing import Literal, NamedTuple

from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import FactName
from advisor.domain.report_parts import FieldRow

Wish = Literal["label", "input", "only_input", "ignored"]

WORDS: dict[Wish, str] = {
    "label": "make it the label, the right answer",
    "input": "have the program read it too",
    "only_input": "have the program read it alone",
    "ignored": "have the program leave it out",
}


ROLES = {"label": "the label", "input": "an input", "ignored": "left out"}


class Correction(NamedTuple):
    """A fact as it is typed over the one before."""

    fact: FactName
    text: str


def role_now(field: FieldRow) -> str:
    """Say which role a field has."""
    return f"{field.shown} is {ROLES[field.role]}{', by a guess' if field.said.endswith('?') else ''}."


def wishes(report: DatasetReport, name: str) -> tuple[Wish, ...]:
    """Return the roles a field can be given."""
    possible: tuple[Wish, ...] = ("label", "input", "only_input", "ignored")
    return tuple(wish for wish in possible if isinstance(corrections(report, name, wish), tuple))


def corrections(report: DatasetReport, name: str, wish: Wish) -> tuple[Correction, ...] | str:
    """Return the corrections that give a field its role, in their order; or why that cannot be."""
    role, shown = _role(report, name), clean(name, 40)
    if role is None:
        return f"There is no field called {shown}."
    if wish == "label":
        return _as_label(report, name, shown, role)
    if role == "label":
        return f"`{shown}` is the label. Make another field the label first."
    others = tuple(one for one in report.input_fields if one != name)
    inputs = {"input": (*others, name), "only_input": (name,), "ignored": others}[wish]
    if set(inputs) == set(report.input_fields):
        return f"`{shown}` has that role already."
    return _as_inputs(inputs, shown)


def _as_label(report: DatasetReport, name: str, shown: str, role: str) -> tuple[Correction, ...] | str:
    if role == "label":
        return f"`{shown}` is the label already."
    label = Correction("label_field", name)
    if role != "input" or not report.inputs_told:
        # Inputs that nobody named are guessed anew around the label.
        return (label,)
    inputs = _as_inputs(tuple(one for one in report.input_fields if one != name), shown)
    return inputs if isinstance(inputs, str) else (*inputs, label)


def _as_inputs(names: tuple[str, ...], shown: str) -> tuple[Correction, ...] | str:
    if not names:
        return f"`{shown}` is all the program reads. Give it another field to read first."
    if any("," in name or name != name.strip() for name in names):
        return "A name with a comma, or with spaces at its ends, cannot be given here: rename that field in the file."
    return (Correction("input_fields", ",".join(names)),)


def _role(report: DatasetReport, name: str) -> str | None:
    return next((field.role for field in report.fields if field.name == name), None)
