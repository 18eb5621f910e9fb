"""`advisor advise [DATA]`: checklist and recommendation from facts, without questions."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from advisor.commands.given import add_facts, facts_given
from advisor.domain.cleaning import escaped_json
from advisor.domain.facts import Facts
from advisor.domain.values import write_value
from advisor.domain.wording import checklist_in_words
from advisor.project import Advice, blocking, conclude, study

NOT_YET, BAD_DATA = 3, 4


def main(argv: list[str]) -> int:
    """Advise; 0 when the advice is to train, 3 when it is not to fine-tune yet, 4 when the data failed."""
    parser = argparse.ArgumentParser(prog="advisor advise", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--json", action="store_true")
    add_facts(parser)
    options = parser.parse_args(argv)
    studied = asyncio.run(study(options.data, facts_given(options)))
    advice = conclude(studied.facts, studied.report)
    if options.json:
        sys.stdout.write(escaped_json(json.dumps(as_json(advice), indent=2, ensure_ascii=False)) + "\n")
    else:
        from advisor import telling

        sys.stdout.write(checklist_in_words(advice.checklist) + "\n\n" + telling.advice(advice.recommendation) + "\n")
    if studied.report is not None and (fault := blocking(studied.report)):
        sys.stderr.write(f"{fault}\n")
        return BAD_DATA
    return 0 if advice.recommendation.trains else NOT_YET


def as_json(advice: Advice) -> dict[str, object]:
    """Return the advice in the shape of `--json`."""
    recommendation = advice.recommendation
    return {
        "route": recommendation.route,
        "reasons": [reason.model_dump() for reason in recommendation.reasons],
        "against": recommendation.against,
        "checklist": {
            item.name: {"state": item.state, "evidence": item.evidence, "source": item.source and item.source.name}
            for item in advice.checklist.items
        },
        "facts": _facts(advice.facts),
        "questions_open": list(recommendation.questions_open),
        "first": list(recommendation.first),
        "next_route": recommendation.next_route,
        "overruled": recommendation.overruled,
        "risk": recommendation.risk,
    }


def _facts(facts: Facts) -> dict[str, object]:
    return {
        fact.name: {"value": write_value(fact.value), "source": fact.source.name, "evidence": fact.evidence}
        for fact in facts.known()
    }
