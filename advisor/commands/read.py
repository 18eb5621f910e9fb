"""`advisor read REPLY`: what is understood from a reply, without a conversation."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from advisor.commands.given import fact_name
from advisor.domain.cleaning import escaped_json
from advisor.domain.facts import Fact, FactName, FactValue, Gpu, Range
from advisor.domain.questions import question_for
from advisor.domain.values import write_value

if TYPE_CHECKING:
    from advisor.world.reading import Reading

STDIN_LIMIT = 1_000_000
"""Bytes read of a reply on stdin; far less of it is looked at."""


def main(argv: list[str]) -> int:
    """Read one reply and print the facts in it; 0 whether or not there were any."""
    parser = argparse.ArgumentParser(prog="advisor read", description=__doc__)
    parser.add_argument("reply", help="what somebody typed, or - to read it from stdin")
    parser.add_argument("--asked", metavar="FACT", help="the fact that was asked for; without it nothing was")
    parser.add_argument("--json", action="store_true", help="everything that was understood, as JSON")
    options = parser.parse_args(argv)
    text = _stdin() if options.reply == "-" else options.reply
    reading = understand(text, _asked(options.asked))
    if options.json:
        sys.stdout.write(escaped_json(json.dumps(as_json(reading), ensure_ascii=False)) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(reading)) + "\n")
    return 0


def understand(text: str, asked: FactName | None) -> Reading:
    """Read a reply the way the conversation does when `asked` is its open question."""
    from advisor.world import reading  # its patterns take longer to compile than `--help` may

    question = question_for(asked) if asked else None
    choices = tuple(choice.value for choice in question.choices) if question else ()
    return reading.read(text, asked, choices)


def as_json(reading: Reading) -> dict[str, object]:
    """Return a reading in the shape of `--json`."""
    return {
        "facts": [_fact(fact) for fact in reading.facts],
        "intent": reading.intent,
        "about": reading.about,
        "supposed": [_fact(fact) for fact in reading.supposed],
        "note": reading.note,
        "text": reading.text,
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {"name": fact.name, "value": _value(fact.value), "words": fact.evidence}


def _value(value: FactValue) -> object:
    if isinstance(value, Range):
        return value.model_dump()
    if isinstance(value, tuple):
        return [item.model_dump() if isinstance(item, Gpu) else item for item in value]
    return value


def _lines(reading: Reading) -> list[str]:
    lines = [f'{fact.name}={write_value(fact.value)}  from "{fact.evidence}"' for fact in reading.facts]
    lines += [f'if {fact.name}={write_value(fact.value)}  from "{fact.evidence}"' for fact in reading.supposed]
    if reading.intent not in ("answer", "unclear"):
        about = f" {reading.about}" if reading.about else ""
        lines.append(f"wish: {reading.intent.replace('_', ' ')}{about}")
    elif not lines and reading.yes is not None:
        lines.append("yes" if reading.yes else "no")
    return [*lines, *([reading.note] if reading.note else [])] or ["Nothing was understood."]


def _asked(name: str | None) -> FactName | None:
    return fact_name(name) if name else None


def _stdin() -> str:
    stream = getattr(sys.stdin, "buffer", None)
    return stream.read(STDIN_LIMIT).decode("utf-8", "replace") if stream else sys.stdin.read(STDIN_LIMIT)
