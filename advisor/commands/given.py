"""Facts given on the command line or in a file instead of in a conversation."""

from __future__ import annotations

import argparse
import json
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from advisor.commands.table import add_table, table_given
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.local_models import named_elsewhere
from advisor.domain.route_words import joined
from advisor.domain.values import SPECS, parse_value
from advisor.errors import UsageError
from advisor.world import machine

NEAREST = 3
MEANT = {
    "models": "model", "base": "student_model", "provider": "host", "platform": "host", "private": "data_must_stay",
    "target": "target_score", "days": "needed_days", "price": "student_price_training", "examples": "usable_examples",
    "calls": "calls_per_month", "spend": "spend_per_month_usd",
}  # fmt: skip
"""Words people try, and the name or the part of a name they mean."""


def add_facts(parser: argparse.ArgumentParser) -> None:
    """Let a command take `--table`, `--set` and `--facts`."""
    add_table(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="facts", help="a fact; may be repeated"
    )
    width = max(map(len, SPECS))
    listed = "\n".join(f"  {name:<{width}}  {spec.meaning}: {spec.expects}" for name, spec in SPECS.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"facts:\n{listed}"
    parser.add_argument("--facts", type=Path, metavar="FILE", dest="facts_file", help="facts as one JSON object")


def facts_given(options: argparse.Namespace) -> Facts:
    """Return the facts of the options, those on the command line after those of the file.

    Raises:
        UsageError: a name or a value that cannot be read, or a file that is not one JSON object.
        UnreadableDataset: a table is named of a file that cannot be read.
    """
    pairs: list[tuple[str, str]] = []
    if options.facts_file is not None:
        pairs += [(name, _written(value)) for name, value in _object(options.facts_file).items()]
    for given in options.facts:
        name, equals, value = given.partition("=")
        if not equals:
            raise UsageError(f"{given!r} is not a fact.", "", "Write it as NAME=VALUE, for example target_score=0.9.")
        pairs.append((name.strip(), value))
    chosen = table_given(options.data, options.table)
    named = named_elsewhere(machine.server_addresses())
    looked = (named,) if named.value else ()
    return Facts().learn(*(_fact(name, value) for name, value in pairs), *chosen.records, *looked)


def fact_name(name: str) -> FactName:
    """Return a name as that of a fact.

    Raises:
        UsageError: there is none of that name; what comes near it is said.
    """
    known: tuple[FactName, ...] = get_args(FactName)
    found = next((fact for fact in known if fact == name), None)
    if found is None:
        near = _near(name.casefold().replace("-", "_").strip(), known)
        meant = f"Did you mean {joined(near, 'or')}?" if near else ""
        raise UsageError(f"There is no fact called {name[:80]!r}.", meant, f"The facts are {', '.join(known)}.")
    return found


def _near(name: str, known: tuple[FactName, ...]) -> list[str]:
    """Return the facts that may be meant: with the word in their name, the student's first, or like it."""
    word = MEANT.get(name, name)
    parts = [fact for fact in known if word in (fact, *fact.split("_"))]
    alike = get_close_matches(name, known, n=2)
    return list(dict.fromkeys([*sorted(parts, key=lambda fact: not fact.startswith("student")), *alike]))[:NEAREST]


def _fact(name: str, text: str) -> Fact:
    name = fact_name(name)
    try:
        known, value = parse_value(name, text)
    except ValueError as error:
        raise UsageError(f"{str(error)[:1000]}.") from error
    return Fact(name=known, value=value, source=Source.told, evidence="given")


def _object(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"I could not read {path.name}.", error.strerror or "", "Check the path.") from error
    except ValueError as error:
        raise UsageError(f"{path.name} is not JSON.", str(error), "Write one object of names and values.") from error
    if not isinstance(found, dict):
        raise UsageError(f"{path.name} does not hold one JSON object.", "", "Write one object of names and values.")
    return found


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(str(item) for item in value)
    return str(value)
