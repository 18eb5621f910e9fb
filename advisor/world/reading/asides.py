"""Files, models, columns and limits that a reply names beside its answer."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.names import exact, files, models
from advisor.world.reading.places import told
from advisor.world.reading.said import Said
from advisor.world.reading.wording import flagged

_USES = re.compile(
    r"\b(?:(?:we|i)(?:'re| are| am|'m)?\s(?:now\s|currently\s)?(?:use|using|run|running|on|call|calling|pay for)"
    r"|(?:^|[,.;]\s)using|running on|currently|today(?: it is)?|based on|powered by|uses"
    r"|model is)\s(?:on\s|with\s|the\s)?$"
)
"""Before a model: it is the one in use."""
_USES_REACH = 40
_INTO = re.compile(r"\s(?:in)?to\s")
_LABEL_IS = re.compile(
    r"\b(?:label|answer|target)(?:s| column| field)?\s(?:is|are)\s(?:in\s)?(?:the\s)?[\"'`]?([\w-]{1,64})"
    r"|[\"'`]?\b([\w-]{1,64})[\"'`]? is the (?:label|answer|target)\b"
)


def asides(heard: Said, asked: FactName | None, fields: tuple[str, ...]) -> list[Fact]:
    """Return the facts that names in a reply make unmistakable."""
    found = files(heard)
    facts = []
    if len({name.value for name in found}) == 1 and asked != "data_path":
        facts.append(told(heard, "data_path", found[0].value, found[0].start, found[0].end))
    facts += _models(heard)
    label = _LABEL_IS.search(heard.low)
    if label and asked not in ("label_field", "input_fields"):
        named = [field for field in fields if field.lower() in (label[1], label[2])]
        facts += [told(heard, "label_field", field, *label.span()) for field in named[:1]]
    stay = flagged(heard)
    return [*facts, stay] if stay else facts


def _models(heard: Said) -> list[Fact]:
    found = [name for name in models(heard) if exact(name)]
    used = [name for name in found if _USES.search(heard.low[max(0, name.start - _USES_REACH) : name.start])]
    facts = [told(heard, "current_model", name.value, name.start, name.end) for name in used if len(used) == 1]
    if len(found) == 2 and "distil" in heard.low and _INTO.search(heard.low[found[0].end : found[1].start]):
        big, small = found
        facts.append(told(heard, "teacher_model", big.value, big.start, big.end))
        facts.append(told(heard, "student_model", small.value, small.start, small.end))
    return facts
