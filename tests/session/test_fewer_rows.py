"""A wish to run on fewer rows gets an honest sentence, and counts as nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.session import Session

TO_THE_OFFER = {
    "label_field": "yes", "prompt_optimization": "MIPROv2", "optimized_score": "72%", "goal": "better answers",
    "target_score": "90%", "task_stability": "it stands", "host": "practice",
}  # fmt: skip


@pytest.mark.parametrize("answers", [2, len(TO_THE_OFFER)])
@pytest.mark.parametrize("reply", ["limit to 100 rows", "yes, but only 100 rows"])
async def test_it_is_neither_a_count_nor_a_yes(ticket_file: Path, answers: int, reply: str) -> None:
    session = Session(ticket_file)
    step = await session.open()
    for _ in range(answers):
        step = await session.reply(TO_THE_OFFER[session.asked or ""])
    before, facts = step.phase, session.facts
    step = await session.reply(reply)
    assert "--limit 100" in step.messages[0].text
    assert (step.phase, step.messages[-1].kind, session.facts) == (before, "asks", facts)
    await session.close()
