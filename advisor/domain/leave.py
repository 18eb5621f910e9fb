"""To whom rows may go: a leave that names somebody holds for nobody else."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact
from advisor.domain.hosts import HOSTS

MAY_GO = "the rows may go to "
"""How a leave begins that was asked for; those it is for follow."""

_NAMES = {
    "OpenAI": r"open ?ai",
    "Nebius Token Factory": r"nebius",
    "Together AI": r"together(?: ai)?",
    "Microsoft Foundry": r"foundry|azure|microsoft",
    "Fireworks AI": r"fireworks",
    "Databricks": r"databricks",
    "Anthropic": r"anthropic|claude",
    "Google": r"google|gemini|vertex",
    "AWS": r"aws|amazon|bedrock",
    "Mistral": r"mistral",
    "Groq": r"groq",
    "DeepSeek": r"deep ?seek",
    "xAI": r"xai|grok",
    "Cohere": r"cohere",
    "OpenRouter": r"open ?router",
}
RECEIVERS = f"(?:{'|'.join(_NAMES.values())})"
"""A pattern of those that people name."""
_ANYBODY = re.compile(r"\b(?:any(?:one|body|where)?|everyone|everybody|all|others?|else|cloud|outside|internet)\b")


def named_in(words: str) -> tuple[str, ...]:
    """Return who is named; OpenAI is not by "OpenAI-compatible"."""
    low = words.lower()
    return tuple(title for title, pattern in _NAMES.items() if re.search(rf"\b(?:{pattern})\b(?!-)", low))


def given_to(leave: Fact | None) -> str:
    """Return the words of a leave that names who may have the rows; empty where it names nobody, or there is none."""
    if leave is None or leave.value is not False:
        return ""
    low = leave.evidence.lower()
    titled = any(known.title.lower() in low for known in HOSTS.values())
    if titled or (named_in(low) and not _ANYBODY.search(low)):
        return leave.evidence
    return leave.evidence if low.startswith(MAY_GO) and not _ANYBODY.search(low) else ""


def covers(words: str, title: str) -> bool:
    """Say whether a leave in these words is one for somebody."""
    return title.lower() in words.lower() or bool(set(named_in(words)) & set(named_in(title)))
