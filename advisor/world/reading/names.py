"""Names in a reply: files, models, columns."""

from __future__ import annotations

import difflib
import re
import urllib.parse
from typing import NamedTuple

from advisor.domain.file_formats import SUFFIXES
from advisor.domain.values import MAX_TEXT
from advisor.world.reading.graphics import marked
from advisor.world.reading.said import Said, masked


class Name(NamedTuple):
    """A name and where it stands."""

    start: int
    end: int
    value: str


_FOREIGN = ("txt", "duckdb", "zip", "gz", "bz2", "zst", "zstd", "xml", "yaml", "pkl", "avro")
_EXTENSIONS = "|".join((*(suffix[1:] for suffix in SUFFIXES), *_FOREIGN))
_QUOTED = re.compile(r"\"([^\"]{1,1024})\"|'([^']{1,1024})'(?!\w)|`([^`]{1,1024})`")
_FILE = re.compile(
    rf"(?<!\S)[(\[<]?((?:[^\s\\]|\\.){{0,512}}?[^\s\\]\.(?:{_EXTENSIONS})(?:\.gz)?)(?=$"
    r"|[\s,;:!?)\]>]|\.(?:\s|$))",
    re.IGNORECASE,
)
_ROOTED = re.compile(
    r"(?<!\S)((?:~|\.{1,2}|[a-z]:)?[/\\](?:[^\s\\]|\\.){1,512}|~|[\w.-]{1,128}/[\w./-]{0,512})", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^(?:(?:yes|ok|sure|well|hi)[,.]?\s)?(?:(?:it|they|the (?:file|data|dataset|examples|path)"
    r"|my (?:file|data|dataset)|data|file|path|use|open|read|load|try|look at|here"
    r"|everything|all)(?=$|\s|'|[:=](?!//))\s?)(?:\s?(?:is|are|'s|lives?|sits?|can be found"
    r"|would be))?(?:\s?(?:in|at|under|here|inside|located))?\s?(?:the file\s)?[:=]?\s?"
)
_WEB = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_TAIL = re.compile(r"(?:[\s.,;!?]|\s(?:please|pls|plz|thanks|thx)\b){1,80}$")
_TWO = re.compile(rf"\.(?:{_EXTENSIONS})['\"]?\s?(?:,|;|&|\band\b|\bor\b)\s?\S", re.IGNORECASE)

_FAMILIES = (
    r"gpt[- ]?(?:\d[\w.]*|oss)(?:[- ](?:mini|nano|turbo|pro|\d+b))*(?:-[\w.]+)*|chatgpt"
    r"|o[134](?:-(?:mini|pro|preview))*|ft:[\w.:-]+"
    r"|claude(?:[- ](?:\d(?:[.-]\d)?|sonnet|haiku|opus|instant|fable)\b(?:-\d{8})?)*(?:-[\w.]+)*"
    r"|(?:claude )?(?:sonnet|haiku|opus)(?: \d(?:\.\d)?)?"
    r"|gemini(?:[- ](?:\d(?:\.\d)?|pro|flash|lite|ultra|nano)\b)*(?:-[\w.]+)*"
    r"|(?:meta-)?llama-?(?: ?\d(?:\.\d)?)?(?:[- ](?:\d+b|instruct|chat|scout"
    r"|maverick)\b)*(?:-[\w.]+)*"
    r"|(?:mistral|mixtral|ministral|codestral)(?:[- ](?:small|medium|large|nemo"
    r"|\d+x?\d*b)\b)*(?:-[\w.]+)*|qwen-?(?:\d(?:\.\d)?)?(?:[- ](?:\d+b|instruct"
    r"|coder)\b)*(?:-[\w.]+)*"
    r"|deepseek(?:[- ](?:r1|v\d(?:\.\d)?|chat|reasoner)\b)*(?:-[\w.]+)*"
    r"|phi-?\d(?:\.\d)?(?:[- ](?:mini|small|medium))?(?:-[\w.]+)*"
    r"|gemma-?(?: ?\d)?(?:[- ]\d+b)?(?:-[\w.]+)*"
    r"|practice-(?:small|large)|command[- ]r(?:\+|-plus)?|grok-[\w.]+|nova[- ](?:micro|lite|pro)"
    r"|together_ai/[\w./-]+|smollm\d?(?:-[\w.]+)*|kimi-[\w.]+|glm-[\w.]+"
)
_CLOSED = re.compile(r"gpt|chatgpt|o\d|claude|sonnet|haiku|opus|gemini|practice|openai/|anthropic/", re.IGNORECASE)
_MODEL = re.compile(
    rf"(?<![\w./-])((?:[a-z][\w.-]{{0,40}}/){{0,3}}(?:{_FAMILIES})(?::(?:\d[\d.]*b[\w.-]*|latest"
    rf"|instruct[\w.-]*))?)(?![\w/]|-\w)"
)
_MODEL_TOKEN = re.compile(r"(?<!\S)[a-z0-9][\w.+-]{0,80}(?:[/:][\w.+-]{1,120}){0,4}(?=$|[\s,;!?]|\.(?:\s|$))")
_FOLDER = re.compile(r"(?<!\S)(?:~|\.{1,2})?/(?:[\w.+~-]+/)*[\w.+~-]*[\w+~-](?=$|/?[\s,;!?]|/?\.(?:\s|$))")
_NAMED_FOLDER = re.compile(
    r"\b(?:folder|directory) (?:(?:called|named|is|at|in|under) )?([\"'`]?)"
    r"((?!(?:with|of|on|in|is|at|here|there)\b)(?:[\w.+~-]+/)*[\w.+~-]*[\w+~-])\1(?=$|/?[\s,;!?]|/?\.(?:\s|$))"
)
_OTHER_NUMBERS = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|(?<![\d.])\d{1,2}([-/.])\d{1,2}\1\d{2,4}\b|\b(?:in|since|until"
    r"|before|after|from|of)\s(?:19|20)\d\d\b(?!\s?[a-z]{4,})|\b24/7\b"
    r"|\b(?:pages?|chapter|section|room|floor|slide|figure|sprint|release|python|paragraph|article|top|gpt|q|phase"
    r"|version|v|step|level|tier|rank|seed|alpha|temperature)[- ]\d+\b|(?<![\w-])(?:r|lr|rank|alpha|seed"
    r"|temperature|temp|top_?[kp]|beta|gamma"
    r"|dropout|batch(?:_size)?|epochs?|lora_\w+|max_\w+)\s?=\s?[\d.e-]+\b|\bhttps?://\S{1,300}"
)
"""Dates, years and versions: numbers that count nothing."""


def quoted(said: Said) -> list[Name]:
    """Return what stands in quotation marks."""
    return [Name(*found.span(), said.text[found.start() + 1 : found.end() - 1]) for found in _QUOTED.finditer(said.low)]


_KEY = re.compile(r"(?:file|path|data|dataset|data_path|examples|source|input)\s?(?:=|:=)\s?", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|n't|instead of|rather than|no longer|never|replaces?|old one was|used to be)\s(?:in |at |the |file "
    r"|from |any ?more )*[(\[<\"']?$"
)
"""Before a file: it is not the one."""


def files(said: Said) -> list[Name]:
    """Return the words of a reply that end like a data file, without those it says are not meant."""
    named = [_unkeyed(name) for name in _files(said)]
    meant = [name for name in named if not _DENIED.search(said.low[: name.start])]
    return meant or named


def _unkeyed(name: Name) -> Name:
    """Return a file without the key before it: "file=x.csv"."""
    key = _KEY.match(name.value)
    return Name(name.start + key.end(), name.end, name.value[key.end() :]) if key else name


def _files(said: Said) -> list[Name]:
    marked = [name for name in quoted(said) if re.search(rf"\.(?:{_EXTENSIONS})$", name.value, re.IGNORECASE)]
    bare = [Name(*found.span(1), said.text[found.start(1) : found.end(1)]) for found in _FILE.finditer(said.low)]
    outside = [name for name in bare if not any(m.start < name.end and name.start < m.end for m in quoted(said))]
    return [
        name._replace(value=_path(name.value))
        for name in marked + outside
        if not _WEB.match(name.value) and not masked(name.value)
    ]


def path(said: Said) -> Name | None:
    """Return the path a reply gives when one was asked for."""
    named = [name for name in quoted(said) if name.value.strip() and not masked(name.value)]
    if len(named) == 1 and (_is_path(named[0].value) or not files(said)):
        return named[0]._replace(value=_path(named[0].value))
    start = 0
    for _ in range(2):
        lead = _KEY.match(said.low, start) or _LEAD_IN.match(said.low[start:])
        start += len(lead[0]) if lead else 0
    end = len(said.low) - _length(_TAIL, said.low)
    whole = said.text[start:end]
    if 0 < len(whole) <= MAX_TEXT and not masked(whole) and _is_path(whole):
        return Name(start, end, _path(whole))
    found = files(said)
    if found:
        return found[0] if len({name.value for name in found}) == 1 else None
    rooted = [Name(*match.span(1), _path(match[1])) for match in _ROOTED.finditer(said.text)]
    return rooted[0] if len(rooted) == 1 and not masked(rooted[0].value) else None


def _is_path(text: str) -> bool:
    """Say whether a whole text is one path; spaces are allowed where it begins or ends like one."""
    if _WEB.match(text) or _TWO.search(text):
        return False
    rooted = re.match(r"(?:~|\.{1,2}|[a-z]:)?[/\\]|~$|file://", text, re.IGNORECASE)
    ends = re.search(rf"\.(?:{_EXTENSIONS})$", text, re.IGNORECASE)
    if rooted:
        return " " not in text.replace("\\ ", "") or bool(ends) or text.count(" ") <= 2
    return bool(ends) and text.count(" ") <= 1 and "," not in text


def _path(written: str) -> str:
    """Return a path without the marks a terminal or a browser puts into it when a file is dropped."""
    if written.lower().startswith("file://"):
        return urllib.parse.unquote(written[7:])
    return written.strip().replace("\\ ", " ")


def _length(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return len(found[0]) if found else 0


def models(said: Said) -> list[Name]:
    """Return the models a reply names, spelled without spaces and in lower case."""
    ends = [(found.start(1), found.start(1) + len(found[1].rstrip(".-_"))) for found in _MODEL.finditer(said.low)]
    return [Name(start, end, _spelled(said.text[start:end])) for start, end in ends]


def _spelled(written: str) -> str:
    """Return a model as its host spells it; the names of open models are kept as they were written."""
    if not _CLOSED.match(written):
        return written
    return re.sub(r"\s+", "-", written.lower()).replace("gpt4", "gpt-4")


def model_folders(said: Said) -> list[Name]:
    """Return the folders a reply names, which on this computer may be models; files of data are none."""
    data = {name.start for name in files(said)}
    found = [(match.start(), match.span()) for match in _FOLDER.finditer(said.low)]
    found += [(match.start(), match.span(2)) for match in _NAMED_FOLDER.finditer(said.low)]
    return [Name(at, end, said.text[start:end]) for at, (start, end) in found if start not in data]


def exact(model: Name) -> bool:
    """Say whether a name is one model and not a family such as "llama"."""
    return re.search(r"\d|-|/", model.value) is not None


def model_token(said: Said) -> Name | None:
    """Return the only word of a reply that is spelled like a model: with a slash, a colon or a digit in it."""
    found = [
        match
        for match in _MODEL_TOKEN.finditer(said.low)
        if re.search(r"[/:-]", match[0]) and re.search(r"[a-z]{2}", match[0])
    ]
    if len(found) != 1 or not (re.search(r"\d|/", found[0][0])):
        return None
    start, end = found[0].span()
    return Name(start, end, said.text[start:end])


def columns(said: Said, fields: tuple[str, ...]) -> list[Name]:
    """Return the columns a reply names, in the order of the reply; the longest name wins where two overlap."""
    found: list[Name] = []
    for field in sorted(fields, key=len, reverse=True):
        words = [re.escape(word) for word in re.split(r"[\s_-]+", field.lower()) if word]
        pattern = re.compile(r"(?<![\w-])" + r"[\s_-]{0,2}".join(words) + r"s?(?![\w-])") if words else None
        match = pattern.search(said.low) if pattern else None
        if match and not any(name.start < match.end() and match.start() < name.end for name in found):
            found.append(Name(*match.span(), field))
    if not found and len(said.low.split()) <= 6:
        for word in re.finditer(r"[\w-]{4,64}", said.low):
            near = difflib.get_close_matches(word[0], [field.lower() for field in fields], 1, 0.8)
            found += [Name(*word.span(), field) for field in fields if near and field.lower() == near[0]][:1]
    return sorted(found)


def without_names(said: Said) -> Said:
    """Return a reply with models, files, graphics processors and dates blank, so that their digits count nothing."""
    spans = [(name.start, name.end) for name in (*models(said), *files(said))] + marked(said.low)
    spans += [found.span() for found in _OTHER_NUMBERS.finditer(said.low)]
    low = said.low
    for start, end in spans:
        low = low[:start] + re.sub(r"\S", "x", low[start:end]) + low[end:]
    return said._replace(low=low)
