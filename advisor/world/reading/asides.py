"""Files, models, columns, cards and limits that a reply names beside its answer."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.columns import fields_by_role
from advisor.world.reading.names import files
from advisor.world.reading.places import told
from advisor.world.reading.privacy import stays
from advisor.world.reading.roles import models_by_role, owned_cards
from advisor.world.reading.said import Said

_BINARY = re.compile(r"\b([a-z]{3,20}) or not(?: an?)? \1\b|\bbinary (?:classif\w+|labels?|task|decision)")
_TUNED_THERE = re.compile(
    r"\b(?:use[ds]?|using|call(?:s|ed|ing)?|r[au]n|running|have|had"
    r"|deployed)\b[^.;!?]{0,20}\b(?:fine-?)?tuned (?:model|gpt\S*)\b[^.;!?]{0,30}\b(?:last (?:week|month)"
    r"|recently|yesterday|every day|daily|right now|in (?:the )?(?:last|past) \w+|this (?:week|month)"
    r"|in production|days ago|weeks? ago)\b"
)
_NEVER_THERE = re.compile(
    r"\b(?:at no (?:time|point)|under no circumstances|in no case)\b[^.;!?]{0,60}\b(?:at|on|with|from|via) open ?ai\b"
    r"|\b(?:never|not|n't)\b[^.;!?,]{0,24}\b(?:used?|called?|had|tuned|trained|fine-?tuned"
    r"|run)\b[^.;!?,]{0,30}\b(?:at|on|with|from|via) open ?ai\b|\bno (?:fine-?)?tuned models? (?:there"
    r"|at open ?ai|on open ?ai)\b"
)


def asides(heard: Said, asked: FactName | None, fields: tuple[str, ...]) -> list[Fact]:
    """Return the facts that names in a reply make unmistakable."""
    found = files(heard)
    facts = []
    if len({name.value for name in found}) == 1 and asked != "data_path" and not found[0].value.endswith(".py"):
        facts.append(told(heard, "data_path", found[0].value, found[0].start, found[0].end))
    facts += models_by_role(heard)
    facts += fields_by_role(heard, asked, fields)
    if asked != "gpus" and (owned := owned_cards(heard)):
        facts.append(owned)
    binary = _BINARY.search(heard.low)
    facts += [told(heard, "classes", 2, *binary.span())] if binary else []
    facts += _recently(heard, asked)
    stay = stays(heard)
    return [*facts, stay] if stay else facts


def _recently(heard: Said, asked: FactName | None) -> list[Fact]:
    """Return whether a tuned model was used at OpenAI lately, where a reply says so unasked."""
    if asked == "openai_tuned_recently":
        return []
    used = _TUNED_THERE.search(heard.low) if re.search(r"open ?ai|\bgpt|\bft:", heard.low) else None
    if used and not re.search(r"\b(?:not|never)\b|n't", used[0]):
        return [told(heard, "openai_tuned_recently", True, *used.span())]
    never = _NEVER_THERE.search(heard.low)
    return [told(heard, "openai_tuned_recently", False, *never.span())] if never else []
