"""What if there were another number of rows: the labels that would be rare are named, by the rule of the file."""

from __future__ import annotations

import pytest

from advisor.domain.shortage import shortage, shortage_at
from advisor.domain.supposing import suppose
from tests.domain.reports import TICKETS
from tests.domain.test_supposing import READY, case, told

BANK = TICKETS.model_copy(update={
    "label_counts": {f"intent {n}": 170 - n for n in range(77)}, "classes": 77, "labelled": sum(range(94, 171)),
})  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (500, "500 leave 77 of 77 labels under 10 different examples. Too few to hold more than one or two back"),
        (150, "150 leave 77 of 77 labels under 10 different examples. No test part could speak for"),
        (5000, ""),
    ],
)
def test_labels_that_so_many_rows_make_rare_are_warned_of(rows: int, says: str) -> None:
    text = suppose(case({**READY, "classes": 77}), (told("labelled_examples", rows),), report=BANK).text
    assert says in text
    assert ("Careful" in text) is bool(says)


def test_only_another_number_of_rows_raises_it_and_only_where_the_labels_are_known() -> None:
    facts = case({**READY, "classes": 77})
    assert "Careful" not in suppose(facts, (told("target_score", 0.95),), report=BANK).text
    assert "Careful" not in suppose(facts, (told("labelled_examples", 500),)).text


def test_the_scaled_labels_are_held_to_the_rule_of_the_file() -> None:
    assert shortage_at(BANK, BANK.labelled) == shortage(BANK.label_counts, BANK.labelled)
    tags = BANK.model_copy(update={"task": "multi_label", "label_counts": {"a": 9000, "b": 100}, "labelled": 9000})
    few = shortage_at(tags, 90)
    assert not few.single and not few.refused
    assert (few.unmeasured, few.thin) == ({"b": 1}, {})
