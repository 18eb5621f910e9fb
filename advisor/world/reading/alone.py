"""A host or a model that is the whole of a reply to another question."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.answers import MODELS
from advisor.world.reading.names import exact, models
from advisor.world.reading.places import told
from advisor.world.reading.said import Said
from advisor.world.reading.segment import Asked

TAKEN_AS_STUDENT = "I take it as the model to train; say `NAME as teacher` or `NAME as judge` where it is for that."

_HOST_ALONE = re.compile(
    r"\W*(?:(?:ok|okay|alright|all right|fine|well|right|sure|so|and|then|let's|use|take|try|do|go|with|on|at|just|the"
    r"|rather|i'll|we'll)\b\W*)*(?P<host>practice|nebius|together(?: ai)?)(?:\W+(?:then|please|pls|it is|instead|mode"
    r"|run|first|for now))*\W*"
)
_AT_THE_HOST: tuple[FactName | None, ...] = (None, "data_must_stay", "openai_tuned_recently", "gpus")
"""What may stand on the screen where a host is named outright: the questions a host depends on."""


_YES_OR_NO = ("yes", "no")
"""Beside these no option is a host: a run is offered, or leave is asked."""


def host_alone(heard: Said, asked: Asked) -> Fact | None:
    """Return the host that a reply to another question about it is the whole of: "ok then practice"."""
    found = _HOST_ALONE.fullmatch(heard.low) if asked.fact in _AT_THE_HOST else None
    if found is None or (asked.fact is None and (asked.choices not in ((), _YES_OR_NO) or found["host"] == "together")):
        return None
    return told(heard, "host", found["host"].removesuffix(" ai"), *found.span("host"))


_BESIDE_A_MODEL = re.compile(
    r"\W*(?:(?:ok|okay|alright|fine|well|so|then|and|let's|use|take|try|do|go|with|just|the|rather|instead|please|tune"
    r"|train|model|it is|for now|first)\b\W*)*"
)
_MAY_NAME_ANOTHER: tuple[FactName | None, ...] = ("metric", "label_field", "input_fields", "data_path", "data_table")
"""Questions whose answer may be spelled like a model, or is one that does something else."""


def model_alone(heard: Said, asked: Asked) -> Fact | None:
    """Return the model that a reply to a question about something else is the whole of, as the one to train."""
    found = models(heard)
    if asked.fact in MODELS or asked.fact in _MAY_NAME_ANOTHER or len(found) != 1 or not exact(found[0]):
        return None
    name = found[0]
    alone = all(_BESIDE_A_MODEL.fullmatch(part) for part in (heard.low[: name.start], heard.low[name.end :]))
    return told(heard, "student_model", name.value, name.start, name.end) if alone else None
