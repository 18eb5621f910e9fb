"""The search for prompts, with a model that writes instructions in a form nobody can read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dspy
import pytest
from dspy.utils import DummyLM

from advisor.kit.instructions import MIPROv2
from advisor.kit.journal import Journal
from advisor.kit.progress import Progress
from advisor.kit.watch import Meter

pytest.importorskip("optuna")

OWN = "Choose the colour of the thing."
ROWS = [
    dspy.Example(thing=f"{thing} {number}", colour=colour).with_inputs("thing")
    for number in range(6)
    for thing, colour in (("grass", "green"), ("sky", "blue"))
]


class Sayings(dict[str, dict[str, Any]]):
    """What a model answers: the colour to everything, an instruction only as often as it is able to."""

    def __init__(self, able: Iterator[bool]) -> None:
        super().__init__()
        self.able, self.written = able, 0

    def __deepcopy__(self, memo: object) -> Sayings:
        return self

    def items(self) -> Any:
        written: dict[str, Any] = {"colour": "green"}
        if next(self.able):
            self.written += 1
            written = {"proposed_instruction": f"Instruction {self.written}."}
        return [("proposed_instruction", written), ("", {"colour": "green"})]


def search(folder: Path, able: Iterator[bool]) -> tuple[dict[int, list[str]], list[str]]:
    """Return the instructions that are tried, and what was warned of."""
    journal = Journal(folder / "events.jsonl")
    tried: list[dict[int, list[str]]] = []

    class Watched(MIPROv2):
        def _optimize_prompt_parameters(self, program: Any, instructions: Any, *rest: Any, **more: Any) -> Any:
            tried.append(instructions)
            return super()._optimize_prompt_parameters(program, instructions, *rest, **more)

    model = DummyLM(Sayings(able))
    program = dspy.Predict(dspy.Signature("thing -> colour", OWN))
    program.set_lm(model)
    optimizer = Watched(
        Progress(journal, Meter()), metric=lambda row, answer, trace=None: row.colour == answer.colour, auto="light",
        task_model=model, prompt_model=model, max_bootstrapped_demos=1, max_labeled_demos=1, num_threads=1, seed=0,
    )  # fmt: skip
    best = optimizer.compile(program, trainset=ROWS, valset=ROWS)
    assert best.signature.instructions in tried[0][0]
    events = journal.events()
    counted = [(event["done"], event["total"]) for event in events if event["kind"] == "progress"]
    assert counted == [(number, counted[0][1]) for number in range(counted[0][1] + 1)]
    return tried[0], [event["text"] for event in events if event.get("level") == "warning"]


def test_examples_alone_are_searched_where_no_instruction_can_be_read(tmp_path: Path) -> None:
    tried, told = search(tmp_path, itertools.repeat(False))
    assert tried == {0: [OWN]}
    assert len(told) == 1 and "so examples alone are searched" in told[0] and "prompt_model" in told[0]


def test_instructions_that_can_be_read_are_tried_beside_the_programs_own(tmp_path: Path) -> None:
    tried, told = search(tmp_path, itertools.cycle([True, False, False]))
    assert tried[0][0] == OWN
    assert len(tried[0]) > 1 and len(set(tried[0])) == len(tried[0])
    assert "so the search goes on with the others" in told[0]


def test_nothing_is_said_where_every_instruction_can_be_read(tmp_path: Path) -> None:
    tried, told = search(tmp_path, itertools.repeat(True))
    assert len(tried[0]) > 2 and not told
