"""Which column is input, which is label, and what task that makes; a guess the user confirms."""

from __future__ import annotations

import math
from collections.abc import Sequence

from advisor.world.datasets.records import CHAT_LABEL, Roles
from advisor.world.datasets.roles.names import answers, asks, input_weight, is_id_name, label_weight
from advisor.world.datasets.roles.profiles import Profile, Sample
from advisor.world.datasets.roles.tasks import guess_task

BESIDE = 2.5
"""Points within which a second column is taken as input too, such as a title beside a description."""

LABEL_FLOOR = 0.0
"""A column must score above this to be taken as label at all."""


def find_roles(sample: Sample, label_field: str | None = None, input_fields: Sequence[str] = ()) -> Roles:
    """Return the roles of the columns; fields the caller named are taken as they are.

    Source: section E of the data notes; the label is right about three times in four on unseen tables.
    """
    profiles = sample.profiles
    split_field = next((p.name for p in profiles if p.names_splits), None)
    chats = [p.name for p in profiles if p.conversations]
    chat = chats[0] if len(chats) == 1 else None
    if chat is not None and label_field in (None, CHAT_LABEL) and set(input_fields) <= {chat}:
        return Roles((chat,), CHAT_LABEL, 1.0, "chat", split_field)
    free = [p for p in profiles if p.name != split_field and p.filled]
    label, confidence = (label_field, 1.0) if label_field else _label(free, input_fields)
    open_to = [p for p in free if p.name != label and not p.nested]
    inputs = tuple(input_fields) or _inputs(open_to) or (_only_other(open_to) if label_field else ())
    roles = Roles(inputs, label, confidence, None, split_field)
    return roles._replace(task=guess_task(sample, roles))


def _label(profiles: Sequence[Profile], taken: Sequence[str]) -> tuple[str | None, float]:
    open_to = [p for p in profiles if p.name not in taken]
    if len(profiles) < 2:
        return None, 0.0
    main = max(profiles, key=input_score).name if not taken else None
    asked = any(asks(p.name) for p in profiles)
    scored = sorted(((label_score(p, asked), p.name) for p in open_to if p.name != main), reverse=True)
    if not scored or scored[0][0] <= LABEL_FLOOR:
        return _only_class(open_to, main), 0.0
    second = scored[1][0] if len(scored) > 1 else LABEL_FLOOR
    gap = scored[0][0] - max(second, LABEL_FLOOR)
    return scored[0][1], round(min(1.0, gap / 3), 2)


def _only_class(profiles: Sequence[Profile], main: str | None) -> str | None:
    """Return the column named like a label that holds one value only: that there is one class is then what to say."""
    named = [p.name for p in profiles if p.name != main and p.distinct == 1 and label_weight(p.name) > 0]
    return named[0] if len(named) == 1 else None


def _inputs(profiles: Sequence[Profile]) -> tuple[str, ...]:
    scored = {p.name: input_score(p) for p in profiles}
    if not scored or max(scored.values()) <= 0:
        return ()
    floor = max(max(scored.values()) - BESIDE, 0.0)
    # A single word here and there is an attribute, not something to read.
    return tuple(
        p.name for p in profiles if scored[p.name] >= floor and (p.words > 2 or scored[p.name] == max(scored.values()))
    )


def _only_other(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """Return the one column that is left beside a label the user named, whatever it looks like."""
    names = [p.name for p in profiles if not is_id_name(p.name) and not p.is_counter]
    return tuple(names) if len(names) == 1 else ()


def input_score(profile: Profile) -> float:
    """Return the points of a column as input."""
    score = input_weight(profile.name) + min(3.0, math.log(1 + profile.words))
    if profile.words > 2:
        score += 1.5 * min(1.0, 1.2 * profile.distinct_ratio)
    if profile.kind in ("number", "date", "list", "object", "flag"):
        score -= 3
    if is_id_name(profile.name) or profile.is_counter:
        score -= 3
    if label_weight(profile.name):
        score -= 1.5
    return score


def label_score(profile: Profile, asked: bool = False) -> float:
    """Return the points of a column as label; `asked` says that another column is a question or an instruction."""
    score = label_weight(profile.name)
    if asked and answers(profile.name):
        # Beside an instruction the answer is the label, however well a `category` repeats.
        score += 2
    if profile.distinct <= 1:
        score -= 5
    if profile.words <= 6 and profile.repetition >= 3 and profile.kind in ("text", "word", "number", "flag"):
        score += 2.5
    if profile.short_lists:
        score += 2
    if profile.kind == "number" and profile.repetition < 3:
        score += 0.8
    if profile.kind == "text" and profile.words > 2 and profile.repetition < 3:
        score += 0.5
    if profile.kind == "date":
        score -= 3
    if is_id_name(profile.name) or profile.is_counter:
        score -= 4
    if profile.kind == "word" and profile.distinct_ratio > 0.95 and profile.rows > 10:
        score -= 3
    return score
