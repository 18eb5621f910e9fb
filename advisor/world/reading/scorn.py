"""A yes that is none: said in scorn, or before something absurd."""

from __future__ import annotations

import re

from advisor.world.reading.commands import trimmed

WITHIN = 80
"""Characters in which scorn is looked for."""
HALF_MEANT = re.compile(
    r"\b(?:yeah|yep|yup|oh|ah|ya)[\s,.!-]+(?:right|sure|great|perfect|definitely)\b|\bsure\W+sure\b|\bas if\b"
)
"""What is said as often in scorn as in agreement: no consent."""
_ABSURD = re.compile(
    r"\bpigs? (?:can |will |could |might |do |are )?(?:fly|flying)\b|\bhell (?:freezes|is freezing|froze)"
    r"|\bin (?:your|my) dreams\b"
    r"|\bmade of (?:green )?cheese\b|\bunicorns?\b|\b(?:i'?m|i am|my name is|call me) (?:the |a |an )?(?:pope|queen"
    r"|king|emperor"
    r"|santa|easter|tooth|batman|superman|spider|napoleon|cleopatra|elvis|president|martian|alien|unicorn|dalai|tsar"
    r"|astronaut)\b"
    r"|\bwhatever you say\b|\bnice try\b|\bdream on\b|\bvery funny\b|\bgood one\b|\bsherlock\b|\beinstein\b"
    r"|\bmy (?:cat|dog"
    r"|grandma|grandmother|goldfish|hamster|horoscope)\b|\bsanta\b|\bon (?:the )?(?:moon|mars)\b|\bpull the other\b"
    r"|\bjust kidding\b"
    r"|\b(?:only )?joking\b|\blike (?:that|it)(?:'s| is| will)? ever\b|\byou wish\b|\bwho cares\b|\bbig surprise\b"
    r"|\bno kidding\b"
)
"""What makes a yes before it scorn."""
_WEAK_YES = re.compile(r"(?:oh |ah |yeah )?(?:sure|right|ok|okay|exactly|great)\b[\s,.!–—-]*(?=\w)")
_ABOUT_IT = re.compile(
    r"\b(?:we|i|it|its|it's|that|that's|they|this|he|she|our|my|us|there|data|rows?|texts?|tickets?|records?|files?"
    r"|log|logs"
    r"|leave\w*|stay\w*|tuned?|tuning|fine-?tun\w+|open ?ai|trained|training|model|used?|using|last|yesterday"
    r"|recently|today"
    r"|yes|yep|yeah|sure|go|fine|why not|please|then|no problem|course|definitely|absolutely|always|all|everything"
    r"|legal"
    r"|polic\w+|gdpr|hipaa|law\w*|contract|compliance|privacy|confidential|customers?|patients?|cloud|prem\w*|house"
    r"|network"
    r"|\d+|about|around|but|with|by|mate|sir|man|thing|though|so|and|for|stable|settled|changes?|chang\w+|done|know)\b"
)


def scorned(low: str) -> bool:
    """Say whether a yes is meant as a no or as nothing: "right, as if", "sure, pigs fly"."""
    text = trimmed(low)[:WITHIN]
    if HALF_MEANT.search(text) or _ABSURD.search(text):
        return True
    weak = _WEAK_YES.match(text)
    return weak is not None and "," in weak[0] and not _ABOUT_IT.search(text[weak.end() :])
