"""Which prompt optimizer is to be run, and how hard it may try."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_LEVEL = r"(light|medium|heavy)"
_RUN = r"(?:optimi[sz](?:er|ers|ation|ing|e)|mipro\S{0,4})"
_SETTING = (
    r"(?:setting|mode|preset|level|version|variant|run|one|effort|pass|strength|option|flavou?r|config\w*|search)"
)
_TAKE = (
    r"(?:use|take|choose|pick|select|prefer|want|like|set|put|keep|switch|go|going|run|start|do|try|let's|opt|schedule"
    r"|configure|auto)"
)
_NO_LEVEL = r"(?! (?:models?|students?|gpus?|users?|load|traffic|use|usage|editing|tweak\w*|touch|hand|rain|duty))"
_EFFORTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_RUN}\b[^.;!?\n]{{0,40}}?[\s:='\"(]{_LEVEL}\b{_NO_LEVEL}(?: {_SETTING})?",
        rf"\b{_LEVEL}\b{_NO_LEVEL}[^.;!?,\n]{{0,30}}?\b(?:prompt )?{_RUN}\b",
        rf"\b{_TAKE}\b[^.;!?\n]{{0,24}}?\b[\"']?{_LEVEL}\b{_NO_LEVEL}[\"']?(?: {_SETTING})?",
        rf"\b{_LEVEL} (?:{_SETTING}|(?:is|will|would|should|would be|it) (?:enough|do|be|fine|plenty|okay|ok|suffice|is"
        rf"|good)|please|suffices|for the prompts?)\b",
    )
)
_NAMED = re.compile(
    r"(?<!we )(?<!i )(?<!they )(?<!already )(?<!to )\b(?:use|run|take|pick|choose|go (?:for|with)|try|apply|start|have"
    rf"|optimi[sz](?:e|ing) (?:\w+ ){{0,2}}?prompts?(?: later)? (?:with|using|by|via|through)|{_RUN}(?: to run"
    rf"| should be"
    r"| is| will be|:| =| ->)*)\s?(?:the )?[\"']?(gepa|bootstrap(?:[ -]?few[ -]?shot)?|labell?ed[ -]?few[ -]?shot)\b"
    r"[^.;!?\n]{0,40}"
)
_OPTIMIZING = re.compile(rf"\b{_RUN}|\bprompts?\b|\bauto ?=")
_DONE = re.compile(
    r"\b(?:ran|used|did|done|tried|took|was|were|gave|got|reached|brought|already|ended|finished|after|scored|landed"
    r"|have run|has run|had|improved|lifted|climbed)\b"
)
"""In the same sentence: the optimizer was run, it is not to be."""

_MEASURED = re.compile(r"\b(?:accuracy|score|exact match)\b[^.;!?\d]{0,16}\d|\d ?(?:%|percent\b)")
"""In the same sentence: what the optimizer brought."""
_PLANNED = re.compile(
    rf"\b{_TAKE}\b|\b(?:targets?|goal|need\w*|aim\w*|must|should|will|would|could|next|please|plan\w*|then|later)\b"
)


def effort(heard: Said) -> tuple[Fact | None, Said]:
    """Return how the prompts are to be optimized, and the reply without the words that say so."""
    if not _OPTIMIZING.search(heard.low):
        return None, heard
    for pattern in (*_EFFORTS, _NAMED):
        for found in pattern.finditer(heard.low):
            sentence = _sentence(heard.low, *found.span())
            if _DONE.search(sentence) or (_MEASURED.search(sentence) and not _PLANNED.search(sentence)):
                continue
            word = found[1]
            value = "labelled" if word.startswith("label") else "bootstrap" if word.startswith("boot") else word
            return told(heard, "prompt_effort", value, *found.span()), heard.without(*found.span())
    return None, heard


def _sentence(low: str, start: int, end: int) -> str:
    low = re.sub(r"(?<=\d)\.(?=\d)", ",", low)
    first = max(low.rfind(mark, 0, start) for mark in ".;!?\n")
    last = re.search(r"[.;!?\n]", low[end:])
    return low[first + 1 : end + (last.start() if last else len(low))]
