"""`advisor models [DATA]`: where a model can be trained, for this user: open, until when, at what price, or why not."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.commands.given import add_facts, facts_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisor.domain.dataset import Tokens
    from advisor.domain.facts import Facts


def main(argv: list[str]) -> int:
    """Print the hosts and their models; 0 whatever is open."""
    parser = argparse.ArgumentParser(prog="advisor models", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="the examples, to work out what training on them costs")
    parser.add_argument("--json", action="store_true")
    add_facts(parser)
    options = parser.parse_args(argv)
    told = facts_given(options)
    # Imported here: `--help` needs none of it.
    from concurrent.futures import ThreadPoolExecutor

    from advisor import lookup
    from advisor.domain.cleaning import escaped_json
    from advisor.domain.doctor import lacking_here
    from advisor.domain.lacking_to_start import lacking_at
    from advisor.domain.places import if_it_can_start
    from advisor.domain.places_text import WIDTH, table
    from advisor.world import machine

    with ThreadPoolExecutor(1) as beside:
        here = beside.submit(machine.look)
        facts, tokens = _studied(options.data, told) if options.data is not None else (told, None)
        found, old = lookup.places(facts, tokens)
    found = if_it_can_start(found, lacking_here(here.result()))
    lacking = {place.host: lacking_at(place.host, here.result()) for place in found}
    own = lookup.own_file()
    if options.json:
        answer = {
            "today": lookup.today().isoformat(),
            "places": [place.model_dump(mode="json") for place in found],
            "warnings": list(old),
            "own_catalogue": str(own),
        }
        sys.stdout.write(escaped_json(json.dumps(answer, indent=2, ensure_ascii=False)) + "\n")
        return 0
    width = min(WIDTH, shutil.get_terminal_size().columns)
    sys.stdout.write(table(found, width, lacking) + "\n")
    _warn(old, width)
    sys.stderr.write(f"Prices and doors you know better go into {own}.\n")
    return 0


def _warn(warnings: Sequence[str], width: int) -> None:
    import textwrap

    for warning in warnings:
        sys.stderr.write(textwrap.fill(f"! {warning}", width, subsequent_indent="  ", break_on_hyphens=False) + "\n")


def _studied(data: Path, told: Facts) -> tuple[Facts, Tokens | None]:
    import asyncio

    from advisor.project import study

    studied = asyncio.run(study(data, told))
    return studied.facts, studied.report.tokens if studied.report else None
