"""The ceiling of a file is said in the same words wherever it is shown."""

from __future__ import annotations

from advisor.domain.about_data import likely_gain
from advisor.domain.advice import advise
from advisor.domain.at_hand import AtHand
from advisor.domain.ceiling import OF_THE_SPLIT, in_short, most_right
from advisor.domain.checklist import check
from advisor.domain.glossary import look_up
from advisor.domain.report_text import as_text
from advisor.domain.report_view import sections
from tests.domain.reports import TICKETS
from tests.domain.test_supposing import READY, case


def test_every_place_counts_all_rows_and_speaks_of_the_split() -> None:
    facts = case({**READY, "accuracy_ceiling": 0.8123, "target_score": 0.9})
    advice = advise(facts, check(facts))
    assert most_right(0.8123) == "No program can be right on more than 81.2% of all rows"
    assert advice.route == "fix_task_or_data"
    assert most_right(0.8123) in advice.reasons[0].text
    gain = likely_gain(AtHand(facts, advice))
    assert most_right(0.8123) in gain and OF_THE_SPLIT in gain
    entry = look_up("accuracy ceiling")
    assert entry is not None and OF_THE_SPLIT in entry.meaning
    copies = next(as_text(one) for one in sections(TICKETS) if one.name == "copies")
    assert in_short(TICKETS.accuracy_ceiling) in copies
    assert "any program can score" not in copies
    assert in_short(1.0) == "100%: no labels contradict"
