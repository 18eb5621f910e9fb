"""Parts of the dataset's report in the conversation."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, cast

from advisor.domain.cleaning import clean
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
    # What a check finds stands in the section of its name; near copies stand among the copies.
    names = heard.about.replace("near", "copies").split()
    wanted = cast("tuple[SectionName, ...]", tuple(names))
    await talk.case.look_closer()
    report = talk.case.report
    path = shlex.quote(clean(report.path, 300))
    parts = {section.name: section for section in sections(report, looking=False)}
    step = await ask_again(talk, "\n\n".join(told(parts[name], path) for name in wanted))
    return step.model_copy(update={"section": wanted[0]})
