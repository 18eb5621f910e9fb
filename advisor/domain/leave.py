"""To whom rows may go: a leave that names somebody holds for nobody else."""

from __future__ import annotations

import re

from advisor.domain.contradiction import chosen
from advisor.domain.facts import Believed, Fact
from advisor.domain.hosts import HOSTS, SPOKEN
from advisor.domain.providers import PROVIDERS

MAY_GO = "the rows may go to "
"""How a leave begins that was asked for; those it is for follow."""

_AFTER_TO = r"(?:(?<=\bto )|(?<=\bat )|(?<=\bby )|(?<=\bwith ))"
_NAMES = {
    **{HOSTS[name].title: pattern for name, pattern in SPOKEN.items()},
    HOSTS["openai"].title: r"(?<!azure )open ?ai",
    # "Together" is an everyday word where nobody is meant.
    HOSTS["together"].title: rf"together ai|{_AFTER_TO}together(?! with)",
    HOSTS["foundry"].title: r"foundry|azure|microsoft",
    HOSTS["other"].title: r"(?:another )?open ?ai[- ]compatible (?:host|server|provider|endpoint|api)",
    HOSTS["sky"].title: r"rented (?:cloud )?(?:gpus?|machine)|skypilot",
    PROVIDERS["anthropic"].title: r"anthropic|claude",
    PROVIDERS["vertex_ai"].title: r"google cloud|vertex",
    PROVIDERS["gemini"].title: r"google(?! cloud)|gemini",
    PROVIDERS["bedrock"].title: r"aws|amazon|bedrock",
    PROVIDERS["mistral"].title: r"mistral",
    PROVIDERS["groq"].title: r"groq",
    PROVIDERS["deepseek"].title: r"deep ?seek",
    PROVIDERS["xai"].title: r"xai|grok",
    PROVIDERS["cohere"].title: r"cohere",
    PROVIDERS["openrouter"].title: r"open ?router",
    PROVIDERS["perplexity"].title: r"perplexity",
    PROVIDERS["moonshot"].title: rf"moonshot ai|{_AFTER_TO}moonshot",
    PROVIDERS["replicate"].title: rf"{_AFTER_TO}replicate",
    PROVIDERS["github"].title: r"github(?: models)?",
}
RECEIVERS = f"(?:{'|'.join(_NAMES.values())})"
"""A pattern of those that people name."""
_ALONE = r"(?<![\w./@])(?:{})(?![\w/]|-compatible|\.\w)"
"""A name that is not part of a longer one, an address for example."""
_NAMED = {title: re.compile(_ALONE.format(pattern)) for title, pattern in _NAMES.items()}
_SAME = {
    PROVIDERS["nebius"].title.casefold(): HOSTS["nebius"].title.casefold(),
    PROVIDERS["azure"].title.casefold(): HOSTS["foundry"].title.casefold(),
}
"""One receiver under two titles."""

_OF_SOMEBODY = r"(?:(?:to|at|with|by|for|the|into|via|through|see|shown|sent|be|any|all|models?|of|let|host)\W+)*"
_ANY = _ALONE.format(RECEIVERS)
_EXCEPTED = re.compile(
    r"\b(?:except\w*|exclud\w+|excepting|apart from|aside from|other than)\b"
    r"|\b(?:any\w*|every\w*|all|wherever|whoever)(?: \w+)?,? (?:but|save|bar)\b(?! (?:only|just)\b)"
    rf"|(?:\b(?:but(?! (?:only|just|also)\b)|not|never|nor|no|without|besides)|n't)\W+{_OF_SOMEBODY}{_ANY}"
    rf"|{_ANY}\W+(?:\w+ )?(?:not|never|mustn't|can't|cannot|won't|isn't)\b(?!\W+(?:to )?(?:any|other|else))"
)
_HANDED = (
    r"(?i:shown|seen|read|sent|uploaded|shared|given|go|passed|handed|disclosed|transferred|transmitted|exported"
    r"|released|shipped|copied|moved)(?i: on| over| only| just)* (?i:to|by|with) (?i:only |just )?"
)
_UNKNOWN = re.compile(rf"\b{_HANDED}([A-Z][\w.&-]*\w(?: [A-Z][\w.&-]*\w)*|[\w-]+(?:\.[\w-]+)+)")
_NOBODY_NAMED = frozenset((
    "internet", "cloud", "clouds", "ai", "llm", "llms", "api", "apis", "gpu", "gpus", "saas", "us", "usa", "eu", "uk",
    "the", "any", "anyone", "anybody", "everyone", "everybody", "you", "it", "them", "third", "external", "our", "all",
    "hosts", "providers",
))  # fmt: skip
"""Written large, but nobody's name."""


def named_in(words: str) -> tuple[str, ...]:
    """Return who is named, by title; OpenAI is not by "OpenAI-compatible"."""
    low = words.lower()
    known = tuple(title for title, pattern in _NAMED.items() if pattern.search(low))
    # Words all in capitals tell no name by its capital.
    found = [] if words.isupper() else [match[1].rstrip(".") for match in _UNKNOWN.finditer(words)]
    others = (name[:60] for name in found if name.split()[0].lower() not in _NOBODY_NAMED)
    return tuple(dict.fromkeys((*known, *(name for name in others if not _known(name)))))


def excepts(words: str) -> bool:
    """Say whether words of a leave leave somebody out: that is a leave for nobody in particular."""
    return _EXCEPTED.search(words.lower()) is not None


def given_to(facts: Believed) -> tuple[str, ...]:
    """Return who alone may have the rows; empty where the leave names nobody, or there is none."""
    leave = facts.get("data_must_stay")
    return leave.only if leave is not None and leave.value is False else ()


def covers(receivers: tuple[str, ...], title: str) -> bool:
    """Say whether a leave for these is one for somebody: whole titles are compared."""
    return _one(title) in map(_one, receivers)


def leave_for(*titles: str) -> Fact:
    """Return the leave for these and nobody else, as it is chosen."""
    leave = chosen("data_must_stay", False, told(titles))
    return leave.model_copy(update={"only": titles})


def told(receivers: tuple[str, ...]) -> str:
    """Say what a leave for these is."""
    return f"{MAY_GO}{' and '.join(receivers)}"


def _known(name: str) -> bool:
    return any(pattern.search(f"to {name.lower()}") for pattern in _NAMED.values())


def _one(title: str) -> str:
    return _SAME.get(title.casefold(), title.casefold())
