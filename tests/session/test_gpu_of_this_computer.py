"""This computer as a place to train is named by what it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import asking
from advisor.domain.checklist import NO_GPU, check
from advisor.domain.facts import Fact, Facts, Gpu, Source
from advisor.domain.machine import Graphics, Machine, Processor
from advisor.session import Session
from tests.doctor.test_doctor import a_machine
from tests.domain.test_contradictions import case
from tests.session.test_session import READY, talk

CARD = Processor(name="RTX 3090", gib=24.0, toolkit="cuda")
NONE, UNKNOWN = a_machine(graphics=Graphics(processors=())), a_machine(graphics=Graphics(processors=None, trouble="x"))
TOLD = Facts().learn(Fact(name="gpus", value=(Gpu(name="H100", gib=80),), source=Source.told))
SAID_NONE = Facts().learn(Fact(name="gpus", value=(), source=Source.told))
OWN = "this computer, on a GPU of my own"


@pytest.mark.parametrize(
    ("facts", "machine", "label"),
    [
        (Facts(), None, OWN),
        (Facts(), UNKNOWN, OWN),
        (Facts(), NONE, f"this computer; {NO_GPU}"),
        (Facts(), a_machine(graphics=Graphics(processors=(CARD,))), "this computer, on its NVIDIA RTX 3090"),
        (TOLD, NONE, OWN),
        (SAID_NONE, UNKNOWN, f"this computer; {NO_GPU}"),
    ],
)
def test_the_answer_says_what_is_known_of_its_gpu(facts: Facts, machine: Machine | None, label: str) -> None:
    offered = {answer.value: answer.label for answer in asking.answers("host", facts, None, machine=machine)}
    assert offered["local"] == label


def test_the_checklist_says_that_there_is_none_where_training_is_to_be_here() -> None:
    assert NO_GPU in check(case(host="local", gpus=()))["compute"].evidence
    assert NO_GPU not in check(case(host="local"))["compute"].evidence
    assert NO_GPU not in check(case(host="practice", gpus=()))["compute"].evidence
    assert NO_GPU not in check(case(host="local", gpus=(Gpu(name="H100", gib=80),)))["compute"].evidence


async def test_in_a_conversation_both_go_by_what_was_found(ticket_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.world.machine.graphics.look", lambda patience: Graphics(processors=()))
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1])
    assert step.asked == "host" and f"this computer; {NO_GPU}" in [answer.label for answer in step.answers]
    step = await session.reply("this computer")
    assert NO_GPU in step.checklist["compute"].evidence
