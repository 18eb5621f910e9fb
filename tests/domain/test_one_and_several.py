"""One of a thing has, several have."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.about_data import wrong_rows
from advisor.domain.at_hand import AtHand
from advisor.world.datasets.inspection import inspect
from tests.domain.test_planning import report
from tests.domain.test_subjects import hand
from tests.domain.test_supposing import READY


@pytest.mark.parametrize(
    ("inputs", "words"),
    [(1, "1 input has different labels, in 2 rows."), (3, "3 inputs have different labels, in 2 rows.")],
)
def test_inputs_with_different_labels(inputs: int, words: str) -> None:
    at: AtHand = hand(READY)
    seen = report().model_copy(update={"conflicting_inputs": inputs, "conflicting_rows": 2})
    assert words in wrong_rows(at._replace(report=seen))


@pytest.mark.parametrize(("missing", "words"), [(1, "1 of 41 rows has no label"), (2, "2 of 42 rows have no label")])
def test_rows_without_a_label(tmp_path: Path, missing: int, words: str) -> None:
    rows = [f"what is asked in text number {n},{'ab'[n % 2]}" for n in range(40)]
    rows += [f"an unlabelled text number {n}," for n in range(missing)]
    path = tmp_path / "few.csv"
    path.write_text("text,label\n" + "\n".join(rows) + "\n")
    assert any(words in found.what for found in inspect(path).findings)
