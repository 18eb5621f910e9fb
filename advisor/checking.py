"""Deep checks in the conversation: begun at a word, told when they are over."""

from __future__ import annotations

from collections.abc import Sequence

from advisor import telling
from advisor.domain import deep_words
from advisor.domain.close_look import Deep
from advisor.domain.report_parts import SectionName
from advisor.talk import Talk


async def begin(talk: Talk, checks: Sequence[Deep]) -> str:
    """Begin the checks that are not made yet, and return what to say of it; empty where all stand in the report."""
    case = talk.case
    close = case.report.close if case.report else None
    if close is None:
        return ""
    await case.look_deeper([check for check in checks if getattr(close, check) is None])
    begun = [check for check in checks if case.deep_look and check in case.deep_look.under_way]
    return deep_words.begun(begun) if begun else ""


def tell_checks(talk: Talk) -> SectionName | None:
    """Say what deep checks have found since; return the section of the last."""
    section: SectionName | None = None
    for check, found in talk.case.take_in_checks():
        section = deep_words.SECTION_OF[check]
        if found is None or talk.case.report is None:
            talk.say(deep_words.failed(check, talk.case.report), "warns")
        else:
            talk.say(telling.checked(talk.case.report, check))
    if talk.case.stopped:
        talk.say(deep_words.stopped(talk.case.stopped))
        talk.case.stopped = ()
    return section
