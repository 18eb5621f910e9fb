"""Parts of the dataset's report in the conversation."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, cast

from advisor.checking import begin, tell_checks
from advisor.domain.cleaning import clean
from advisor.domain.close_look import Deep
from advisor.domain.deep_words import SECTION_OF
from advisor.domain.dialogue import Step
from advisor.domain.report_parts import SectionName
from advisor.domain.report_told import told
from advisor.domain.report_view import sections
from advisor.putting import ask_again
from advisor.talk import Talk

if TYPE_CHECKING:
    from advisor.world.reading import Reading

NO_FILE = "I have read no file yet, so there is nothing to show. Name one and ask again."


async def show(talk: Talk, heard: Reading) -> Step:
    """Say what stands in the sections asked for, and put what is open again; the whole report opens at the first."""
    if talk.case.report is None:
        return await ask_again(talk, NO_FILE)
    await talk.case.look_closer()
    if heard.intent == "deep":
        return await _check(talk, cast("tuple[Deep, ...]", tuple(heard.about.split())))
    return await _tell(talk, cast("tuple[SectionName, ...]", tuple(heard.about.split())))


async def tell_checked(talk: Talk) -> Step:
    """Say what deep checks have found, and put what is open again."""
    section = tell_checks(talk)
    step = await ask_again(talk, "")
    return step.model_copy(update={"section": section})


async def _check(talk: Talk, checks: tuple[Deep, ...]) -> Step:
    """Begin deep checks, and say what stands in the report of the others."""
    begun = await begin(talk, checks)
    under_way = talk.case.deep_look.under_way if talk.case.deep_look else ()
    step = await _tell(talk, tuple(SECTION_OF[check] for check in checks if check not in under_way), begun)
    return step.model_copy(update={"section": SECTION_OF[checks[0]]})


async def _tell(talk: Talk, wanted: tuple[SectionName, ...], begun: str = "") -> Step:
    report = talk.case.report
    assert report is not None
    path = shlex.quote(clean(report.path, 300))
    parts = {section.name: section for section in sections(report, looking=False)}
    step = await ask_again(talk, "\n\n".join([*(told(parts[name], path) for name in wanted), begun]).strip())
    return step.model_copy(update={"section": wanted[0]}) if wanted else step
