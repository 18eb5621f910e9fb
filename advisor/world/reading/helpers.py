"""The models that help with a run, by the words beside their names."""

from __future__ import annotations

import re

from advisor.domain.facts import FactName

_IS = r"(?: (?:is|would be|will be|should be|shall be|becomes|is now|to|(?:changes?|switch(?:es)?|goes) to)|:| =)?"
_THE = r"(?:the |our |my |a |an |all |all the )?"
_WRITTEN = r"(?:prompts?|instructions?)"

_WRITER_BEFORE = re.compile(
    rf"(?:\b(?:prompt|instruction|proposer|proposal|reflection)s?[ -]?(?:model|lm|llm|writer|proposer)"
    rf"|\b(?:proposer|prompt[- ]?writer)){_IS}\s{_THE}$"
    rf"|\b{_WRITTEN} (?:(?:are|is|be|get|to be|come|should be|will be) )*(?:written |proposed |made |drafted )?"
    rf"(?:by|from)\s{_THE}$"
    rf"|\b(?:writ\w+|propos\w+|draft\w*|reflect\w*)(?: (?:{_THE}{_WRITTEN}|them|it))? (?:with|using|by|via)\s{_THE}$"
)
_WRITER_AFTER = re.compile(
    rf"\s(?:to |should |shall |will |would |can |could |may |must )?(?:write|propose|draft|invent|rewrite|compose)s?"
    rf"\s{_THE}{_WRITTEN}\b"
    rf"|\s(?:to |should |shall |will |would |can |could )?do(?:es)? the (?:reflect|propos|prompt[- ]?writ)ing\b"
    rf"|\s(?:(?:is|as|for|be|to be|would be|will be|should be|can be)\s){{1,2}}{_THE}"
    r"(?:(?:prompt|instruction|proposal|reflection)s?[ -]?(?:model|lm|llm|writer|proposer|writing)|proposer"
    r"|proposals?|instructions|reflection)\b"
    rf"|\sfor (?:writing |proposing |drafting )?(?:the |our |my ){_WRITTEN}\b"
)
_NOT = re.compile(r"(?:\b(?:no|not|never|without)|n't)\s(?:let|have|want|use|like|make)\s$")
_TODAY = re.compile(r"[^.;]{0,20}\b(?:today|now|currently|by hand)\b")


_JUDGE = r"(?:judge|grader|referee|arbiter|second opinion)"
_JUDGE_BEFORE = re.compile(rf"\b(?:llm[- ]|lm[- ])?{_JUDGE}(?: model)?{_IS}\s{_THE}$")
_JUDGE_AFTER = re.compile(
    rf"\s(?:(?:is|as|for|be|to be|would be|will be|should be|can be)\s){{1,2}}{_THE}(?:llm[- ]|lm[- ])?{_JUDGE}\b"
    r"|\s(?:to|should|shall|will|would|can|could|may|must) (?:judge|grade)\b"
    rf"|\s(?:to |should |shall |will |would |can |could )?(?:look(?:s)? at|reviews?|checks?) {_THE}"
    r"(?:wrong|false|mistaken|incorrect) (?:answers|ones|labels|rows)\b"
)
_LET = re.compile(r"\b(?:let|have|make)\s$")
"""Who grades today's answers is how they are scored, and no wish."""


def helps_as(before: str, after: str) -> FactName | None:
    """Return what a model is to help with, by the words before and after its name."""
    if _NOT.search(before):
        return None
    written = _WRITER_AFTER.match(after)
    if _WRITER_BEFORE.search(before) or (written and not _TODAY.match(after, written.end())):
        return "prompt_model"
    judges = _JUDGE_BEFORE.search(before) or _JUDGE_AFTER.match(after)
    judges = judges or (_LET.search(before) and re.match(r"\sjudge\b", after))
    return "judge_model" if judges else None
