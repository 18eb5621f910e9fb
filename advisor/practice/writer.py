"""Writes free text: instructions, observations about data, summaries, reasons, extracted sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from advisor.practice.examples import labelled_examples
from advisor.practice.fields import Field
from advisor.practice.notes import CUE_HEADING, Notes, cue_block, without_cues
from advisor.practice.prompt import Demo, Prompt, joined
from advisor.practice.sizes import Size
from advisor.practice.words import content_words, features, stems

REFLECTION_REQUEST = "write a new instruction for the assistant"

OPENING = "You sort messages by what the sender mainly wants."
CLOSING = "Read the whole message and weigh every cue before you answer."
NEUTRAL = "Do the following."
FALLBACK = "Answer the task."

NOTED_INPUTS = {"examples", "observations", "prior_observations"}
"""Inputs by which a prompt asks for notes about a data set, not for a summary of a user's text."""

OBSERVED_WORDS = 14
REFLECTED_WORDS = 24
EXTRACT_LENGTH = 400

_PREFIX = re.compile(r"^[*\s]*(?:[\w'-]+\s+){0,4}[\w'-]+:")
_LIMIT = re.compile(r"at most ([\d,]+) characters")
_QUOTED_BLOCK = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)


def write_text(field: Field, prompt: Prompt, inputs: Mapping[str, str], size: Size, choice: random.Random) -> str:
    """Return the text for one free-text output field."""
    role = f"{field.name} {field.description}".lower()
    source = joined(inputs)
    if "instruction" in field.name.lower():
        instruction = next((value for name, value in inputs.items() if "instruction" in name), None)
        if instruction is not None:
            return _instruct(field, inputs, size, choice)
    if NOTED_INPUTS & inputs.keys() and ("observation" in role or "summar" in role):
        notes = _observe(source, size)
        if notes:
            return notes
    likest = nearest(prompt.demos, field.name, source, size)
    if likest is not None:
        return likest
    if "descri" in role and "program_code" in inputs:
        return "The program reads its input fields and writes the requested output fields in one step."
    return extract(source, f"{prompt.instruction} {field.name}")


def _instruct(field: Field, inputs: Mapping[str, str], size: Size, choice: random.Random) -> str:
    limit = _LIMIT.search(inputs.get("length_limit", ""))
    longest = int(limit.group(1).replace(",", "")) if limit else 0
    if "shorten" in field.name:
        return shorten(inputs.get("instruction", ""), longest)
    if "current_instruction" in inputs:
        return shorten(revise(inputs["current_instruction"], joined(inputs)), longest)
    basic = inputs.get("basic_instruction", "")
    return propose(basic, joined(inputs), size, choice)


def propose(basic: str, seen: str, size: Size, choice: random.Random) -> str:
    """Return `basic` said in one of several ways, with cue words from the notes or examples in `seen`."""
    body = _own_words(basic)
    limit = choice.choice([6, 10, 16, 24] if size.rich else [4, 8])
    framed = choice.choice([body, f"{body}\n{CLOSING}", f"{OPENING}\n{body}"])
    notes = Notes().add_counted(seen)
    if not notes:
        notes.add_examples(labelled_examples(seen))
    lines = notes.add_cues(basic).cue_lines(limit)
    return _safe_start(f"{framed}\n{CUE_HEADING}\n{lines}" if lines else framed)


def revise(current: str, seen: str) -> str:
    """Return instruction `current` with the cues it has and those of the corrected examples in `seen`."""
    notes = Notes().add_cues(current)
    body = without_cues(current) or FALLBACK
    pairs = labelled_examples(seen)
    if not pairs:
        return current.strip() or FALLBACK
    lines = notes.add_examples(pairs).cue_lines(REFLECTED_WORDS, sightings=1)
    return f"{body}\n{CUE_HEADING}\n{lines}" if lines else body


def reflect(request: str) -> str:
    """Answer a request to write a new instruction, given the old one and feedback, in a quoted block."""
    quoted = _QUOTED_BLOCK.search(request)
    return f"```\n{revise(quoted.group(1) if quoted else '', request)}\n```"


def shorten(instruction: str, longest: int) -> str:
    """Return `instruction` in at most `longest` characters, dropping the weakest cue words first; 0 is no limit."""
    if not longest or len(instruction) <= longest:
        return instruction
    notes, body = Notes().add_cues(instruction), without_cues(instruction)
    for limit in (16, 8, 4, 2, 1) if cue_block(instruction) else ():
        candidate = f"{body}\n{CUE_HEADING}\n{notes.cue_lines(limit, sightings=1)}"
        if len(candidate) <= longest:
            return candidate
    return body[:longest].strip() or FALLBACK[:longest]


def _own_words(instruction: str) -> str:
    """Return what the user said in `instruction`, without what an earlier proposal put round it."""
    kept = [line for line in without_cues(instruction).splitlines() if line.strip() not in (OPENING, CLOSING)]
    body = "\n".join(kept).strip()
    return body.removeprefix(NEUTRAL).strip() or FALLBACK


def _safe_start(instruction: str) -> str:
    """Guard against MIPROv2, which deletes up to five words before a colon at the start of a proposal."""
    return f"{NEUTRAL} {instruction}" if _PREFIX.match(instruction) else instruction


def _observe(source: str, size: Size) -> str:
    pairs = labelled_examples(source)
    if pairs:
        lines = Notes().add_examples(pairs).counted(OBSERVED_WORDS)
        return f"The samples are short messages with one label each. Words seen with each label\n{lines}"
    notes = Notes().add_counted(source)
    lines = notes.counted(40 if size.rich else 10)
    return f"Short messages, each with exactly one label. Words seen with each label\n{lines}" if notes else ""


def nearest(demos: Sequence[Demo], field: str, text: str, size: Size) -> str | None:
    """Return the value of `field` in the demonstration whose input shares most with `text`, or None."""
    wanted = features(text, size.rich)
    best, value = 0.0, None
    for demo in demos:
        if field in demo.outputs:
            other = features(joined(demo.inputs), size.rich)
            shared = sum(min(weight, other[name]) for name, weight in wanted.items() if name in other)
            likeness = shared / (sum(wanted.values()) + sum(other.values()) or 1)
            if value is None or likeness > best:
                best, value = likeness, demo.outputs[field]
    return value


def explain(text: str, label: str, evidence: Sequence[str]) -> str:
    """Return a sentence of reasoning that names the words behind `label`."""
    telling = set(evidence)
    words = [word for word in dict.fromkeys(content_words(text)) if set(stems(word)) & telling]
    words = words or list(dict.fromkeys(content_words(text)))
    if not words:
        return f"The message says little; {label} is the likeliest."
    return f"The message mentions {', '.join(words[:6])}, which points to {label}."


def extract(text: str, about: str) -> str:
    """Return the sentence of `text` that shares most with `about`."""
    wanted = set(stems(about))
    sentences = [part for part in re.split(r"(?<=[.!?])\s+|\n", text) if part.strip()] or [text]

    def likeness(sentence: str) -> float:
        words = set(stems(sentence))
        return float(len(wanted & words) / (1 + len(words)) ** 0.5)

    return max(sentences, key=likeness).strip()[:EXTRACT_LENGTH]
