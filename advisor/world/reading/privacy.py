"""Whether the rows may leave the house, in everyday and in formal words."""

from __future__ import annotations

import re

from advisor.domain import regions
from advisor.domain.facts import Fact
from advisor.domain.leave import RECEIVERS
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_NOUN = (
    r"(?:data(?:set|sets)?|rows?|tickets?|texts?|records?|files?|examples?|e-?mails?|documents?|messages?|logs?"
    r"|transcripts?|samples?|content|information|material|pii|entr(?:y|ies)|cases?|notes?|reports?|conversations?"
    r"|chats?)"
)
_DATA = (
    r"(?:(?:the|our|all|any|these|those|this|their|customers?'?|patients?'?|clients?'?|users?'?|personal|raw|labell?ed"
    rf"|training|anonymi[sz]ed|of)\s)*(?:{_NOUN}|it|they|everything|that|this)"
)
_SENT = (
    r"(?:sent|uploaded|shared|transmitted|transferred|exported|moved|copied|disclosed|given|passed(?: on)?"
    r"|handed(?: over)?"
    r"|released|exposed|shipped|taken|processed (?:outside|abroad|elsewhere|externally|in the cloud|by third))"
)
_OUT = (
    r"(?:out(?:side)?|off|abroad|anywhere|externally|elsewhere|beyond|to (?:the |an? |any )?(?:outside|cloud|third"
    r"|external"
    r"|other|us\b|internet|provider|vendor|hyperscaler)\w*)"
)
_GO = (
    rf"(?:leave(?! (?:it|that|this|me|us)\b)|(?:go|get|travel|move|flow|be taken|end up) {_OUT}|exit|cross (?:the|our))"
)
_SEND = r"(?:send|upload|transmit|transfer|export|ship|share|move|copy|pass|hand|give|release|disclose|take)"
_SENDING = (
    r"(?:sending|uploading|sharing|transmitting|transferring|exporting|moving|shipping|copying|disclosing|export"
    r"|transfer"
)
_SENDING += r"|uploads?|transmission|disclosure)"
_MODAL = r"(?:can|could|may|might|must|shall|should|will|would|is|are|do|does)"
_NEVER = (
    r"(?:under no circumstances?|on no account|in no case|at no (?:time|point)|never(?: ever)?|by no means|in no way"
    r"|over my dead body|not in a million years|no chance)"
)
_NOT = (
    rf"(?:{_MODAL}(?:n't|nt| not|not)|mayn't|won't|can't|cannot|cant|{_MODAL} {_NEVER}|{_NEVER}(?: {_MODAL})?"
    rf"|not (?:allowed|permitted) to)"
)
_ALLOWED = r"(?:ever|even|be|allowed to|permitted to|supposed to|authori[sz]ed to|able to|to|in any case|at all|simply)"
_FORBID = (
    r"(?:forbid(?:s|den)?|prohibit(?:s|ed)?|ban(?:s|ned)?|bars?|barred|disallow(?:s|ed)?|rules? out|preclude[sd]?"
    r"|illegal"
    r"|(?:not|n't) (?:allow(?:s|ed)?|permit(?:s|ted)?|let)|against (?:the|our) (?:policy|rules|law|contract)"
    r"|no permission"
    r"|not authori[sz]ed|strictly off)"
)
_INSIDE = (
    r"(?:here|inside|in[- ]house|within|with us|locally|local|behind|internal|on[- ](?:prem\w*|site|device)"
    r"|on (?:this|our|my"
    r"|the|own|company)|in (?:our|my|the|this|house|country)|at (?:home|our))"
)
_STAYS = (
    rf"\b{_DATA}\s(?:must|has to|have to|needs? to|should|shall|will|can only|may only|is to|are to|is required to)"
    rf" (?:only |always |all )?(?:stay|remain|rest|sit"
    rf"|be hosted|be located|be kept|be held|be stored|reside|live|be processed"
    rf"|be handled)\b[^,;.]{{0,24}}",
    rf"\b{_NOT}\s(?:{_ALLOWED}\s){{0,3}}(?:{_GO}|{_SENT})\b[^,;.]{{0,24}}",
    rf"\b{_NOT}\s(?:{_ALLOWED}\s){{0,3}}(?:upload|send|{_SEND} (?:out |over |away )?{_DATA})\b[^,;.]{{0,24}}",
    rf"\b{_NOT}\s(?:allowed|permitted|supposed|meant|cleared|free|able)\s(?:to \w+ )?{_OUT}\b[^,;.]{{0,24}}",
    rf"\b{_DATA} {_NOT} (?:{_ALLOWED}\s){{0,3}}(?:shown to|seen by|read by)\b[^,;.]{{0,24}}",
    rf"\b{_MODAL}\s{_NEVER}\s(?:be\s)?(?:{_GO}|{_SENT})\b|\b{_NEVER}\b[^,;.]{{0,40}}\b(?:{_GO}|{_SENT})\b",
    rf"\b{_FORBID}\b[^,;.]{{0,40}}\b(?:{_SENDING}|{_SEND}|{_GO}|leaving|{_SENT})\b[^,;.]{{0,20}}",
    rf"\b(?:no|not a single|not one|none of (?:the|our)) (?:\w+ ){{0,2}}?{_NOUN} (?:{_MODAL}|ever|is allowed to"
    rf"|is to)\b"
    rf"[^,;.]{{0,12}}\b(?:{_GO}|{_SENT}|out)\b",
    rf"\bnothing (?:{_MODAL} |ever |is allowed to )*(?:be )?(?:{_GO}|{_SENT}|leaves?|goes {_OUT}"
    rf"|gets {_OUT})\b[^,;.]{{0,20}}",
    rf"\b(?:nowhere|not|nothing|never) (?:goes |go |leaves |be |allowed )*(?:{_OUT}) (?:of )?(?:our|the"
    rf"|this)\b[^,;.]{{0,24}}",
    rf"\bn(?:ever|ot) leaves? (?:our|the|my|this)\b[^,;.]{{0,24}}|\b{_DATA} never leaves?\b[^,;.]{{0,24}}",
    r"\bno (?:cloud|third part\w+|upload\w*|export)\b(?! (?:problem|issue|keys?|account|budget))"
    r"|\bon[- ]prem(?:ises)? only\b"
    r"|\bonly on[- ]prem\w*|\b(?:air[- ]gapped|offline only)\b",
    rf"\b(?:{_DATA}|nothing) (?:stays?|remains?|is kept|are kept|resides?) (?:strictly |only "
    rf"|all )?{_INSIDE}\b[^,;.]{{0,20}}"
    rf"|\bkeep (?:{_DATA}) {_INSIDE}\b",
    r"\b(?:inside|within|behind) (?:our|the company(?:'s)?|the bank(?:'s)?|the hospital(?:'s)?) (?:own )?(?:network|vpc"
    r"|building|walls|firewall|premises|house)\b|\bmust be (?:local|on[- ]prem\w*|self[- ]hosted)\b",
)  # fmt: skip
_ROWS = (
    r"(?:(?:the|our|my|any|these|all|of|customers?'?|patients?'?|clients?'?|users?'?|personal|raw|labell?ed|training)\s)*"
    r"(?:data(?: ?sets?)?|rows|tickets|texts|records|files|examples|e-?mails|documents|messages|logs|transcripts"
    r"|samples|conversations|chats|pii)\b(?! (?:path|location|type|size|count|source|provider)s?\b)"
)
"""What is unmistakably of the file; "that" and "the information" may be what was asked for."""
_KEPT_BACK = tuple(map(re.compile, (
    rf"\b(?:rather|prefer|want|like|going|intend|plan|dare) not (?:to )?{_SEND} (?:out |over |away )?{_ROWS}"
    r"[^,;.]{0,24}",
    rf"\b(?:{_NOT}|refuse to|(?:do|would)(?:n't| not) (?:want|like) to) (?:{_ALLOWED}\s){{0,3}}(?:{_SEND}|upload)"
    rf" (?:out |over |away )?{_ROWS}[^,;.]{{0,24}}",
    rf"\b{_NOT} (?:let|allow|permit) {_ROWS} (?:to )?(?:{_GO}|out\b|be {_SENT})[^,;.]{{0,24}}",
)))  # fmt: skip
PLACE = (
    r"(?:eu|e\.u|eea|europe|european (?:union|economic area)|u\.s|usa|united (?:states|kingdom)|uk|germany|france"
    r"|spain|italy|switzerland|canada|india|brazil|australia|china|japan|(?:same |own )?(?:country|region))"
)
_IN_A_PLACE = rf"(?:in|inside|within) (?:the |our |this )?{PLACE}\b"
_BOUND = tuple(map(re.compile, (
    r"(?:^|\b(?:gdpr|dsgvo|data|rows|hosting|hosts?|privacy|residency)\b[^.;!?]{0,16})\W*(?:only (?:in |inside "
    r"|within )?(?:the )?(?:eu|e\.u\.|eea|europe)|(?:eu|e\.u\.|eea|europe)(?: |-)only)\b(?=\W*$|[,.;])",
    rf"\b(?:{_DATA}|nothing|it) (?:must|has to|have to|needs? to|should|shall|can only|may only) (?:only |always |all "
    rf"|never )*(?:be|stay|remain|reside|live|rest)(?: \w+)? (?:only )?{_IN_A_PLACE}",
    rf"(?:^|[,;.]|\b(?:so|and|but|because|since|gdpr)\b)\W*(?:(?:we|everything|all|all of it|they|hosting) )?(?:must"
    rf"|has to|have to|needs? to) (?:only |always |all )*(?:be|stay|remain|reside|live|rest)(?: \w+)? (?:only "
    rf")?{_IN_A_PLACE}",
    r"\b(?:eu|e\.u\.|eea|european?)(?: |-)(?:based )?(?:host(?:s|ed|ing)?|servers?|regions?|providers?|clouds?"
    r"|data ?cent(?:er|re)s?)(?: |-)only\b|\bhost(?:ed|ing) (?:with)?in (?:the )?(?:eu|eea|europe)(?: |-)only\b",
    rf"\b(?:{_DATA}|nothing) (?:stays?|remains?|resides?|is kept|are kept) (?:only |strictly )?{_IN_A_PLACE}"
    rf"|\bkeep (?:{_DATA}) (?:only )?{_IN_A_PLACE}",
    rf"\b(?:must|has to|have to|needs? to|should|may only|can only) (?:only )?(?:be )?(?:host|stor|process|train|kept)"
    rf"\w* (?:\w+ )?(?:only )?{_IN_A_PLACE}",
    r"\b(?:need|needs|want|wants|require[sd]?|must have|must be|only|insist on)\W+(?:an? |the |on )?(?:eu|european)[- ]"
    r"(?:based |only )?(?:host(?:s|ed|ing)?|servers?|regions?|providers?|clouds?|data ?cent(?:er|re)s?"
    r"|(?:data )?residency)\b",
    rf"\bdata (?:residency|sovereignty)\W+(?:is )?(?:only )?(?:{_IN_A_PLACE}|(?:eu|europe)\b)|\b(?:eu|european) "
    r"(?:data )?residency\b",
)))  # fmt: skip
"""Rows that may go within a region only: which hosts keep to one is not known, so none is trusted to."""
_LAW = re.compile(
    r"\W*(?:(?:yes|well|because of|due to|it'?s|it is|there(?:'s| is)|we(?:'re| are)|we (?:have to|need to|must)"
    r"|(?:our|the|this) (?:data|rows) (?:is|are|falls?)|it falls|bound by|subject to|under|comply with|respect|follow"
    r"|mind|strict|think of)\W+)*(?:the )?(?:gdpr|dsgvo|rgpd)(?: (?:applies|matters|rules|data|here|to us"
    r"|to (?:it|this|them)))*\W*"
)
"""A reply of nothing but the law."""
_GOES = (
    rf"\b{_DATA}\s(?:can|may|could|is allowed to|are allowed to|is free to|are free to|is permitted to|is cleared to"
    rf"|might) (?:well |also |freely |safely |perfectly )?(?:be )?(?:leave|go (?:out|to|anywhere|abroad)|{_SENT}"
    rf"|public)\b"
    r"[^,;.]{0,24}",
    r"\bcloud is (?:fine|ok|okay|allowed|no problem)\b|\b(?:doesn't|does not|needn't|don't|need not) (?:have to "
    r"|need to )?"
    r"(?:stay|remain)\b|\bpublic (?:data|records|domain|information|dataset)\b|\b(?:may|can) leave\b|\bopen data\b",
    r"\b(?:data|it) (?:is|are) (?:all |already |completely |fully )?(?:public(?:ly available)?|synthetic|open)\b",
    r"\b(?:no|not an?|isn't an?|there's no|never an?) (?:problem|issue|objection|restriction|rule|obstacle)s? (?:with"
    r"|to"
    rf"|against|about|on|for) {_SENDING}\b[^,;.]{{0,24}}|\b(?:no|not a) (?:problem|issue|restriction|rule)s? (?:with"
    rf"|about|on)"
    r" letting\b[^,;.]{0,24}",
    rf"\b(?:we|you|i|they) (?:may|can|could|are allowed to|are free to|might) (?:well |also |freely "
    rf"|safely )?{_SEND} (?:out |over )?{_DATA}\b[^,;.]{{0,20}}",
    r"\bno (?:\w+ )?(?:restrictions?|limits|limitations?|constraints?|worries|secrets)\b",
    r"\bno (?:privacy|confidential\w*|data protection) (?:issue|problem|concern|limit|restriction)s?\b"
    r"|\bnothing (?:secret"
    r"|confidential|sensitive|private|personal)\b|\b(?:privacy|confidentiality|data protection) (?:is|isn't"
    r"|is not) (?:no"
    r"|not an?|an?) (?:\w+ )?(?:issue|problem|concern|topic)\b|\bnot (?:sensitive|confidential|personal)\b",
    rf"\b(?:have|got|with|has|are) (?:the )?(?:permission|consent|approval|clearance|allowed|authori[sz]ed|cleared"
    rf"|free)"
    rf" to {_SEND}\b[^,;.]{{0,24}}",
    rf"\b(?:may|can|could) (?:well |also |freely |safely )?be {_SENT} (?:with|to|externally|outside|abroad|freely"
    rf"|anywhere)\b",
    r"\b(?:cleared|approved|released) for (?:external|outside|cloud|sharing|upload|third)\b[^,;.]{0,20}",
    rf"\b{_DATA} (?:can|may|might) (?:well |also |now |then )?go(?: now| then| there| away)?(?=\W*$|[,.;])",
    rf"\b{_DATA} (?:can|may|might) (?:well |also )?be (?:shown|seen|read)(?: to| by)\b[^,;.]{{0,24}}"
    rf"|\b{RECEIVERS}(?: and {RECEIVERS})? (?:can|may|might) (?:see|read|have) {_DATA}",
)  # fmt: skip
_STAY = tuple((value, tuple(map(re.compile, patterns))) for value, patterns in ((True, _STAYS), (False, _GOES)))
_NEGATED = re.compile(r"(?:\b(?:not|never|no|neither|nor|nothing|isn't|aren't)\b|n't\b)[^,;.]{0,24}$")

_REGION = re.compile(
    r"\b(?:in|inside|within|to|of|outside|leave) (?:the us|(?:the |our )?(?:eu|e\.u|europe|european|eea|u\.s|usa|united"
    r"|uk|germany|france|spain|italy|switzerland|canada|india|brazil|australia|china|japan|region|country))\b"
)
"""Rows that must stay in one might go to a host in it, if it were known which that is."""
REACH = 24
"""Characters after the words in which a region may be named."""


_TELLING = re.compile(r"\b(?:disclos|shar|reveal|giv|pass|releas|expos)\w*\b(.{0,40})")
_I = re.compile(r"\b(?:i|we)\b")


def _tells_nothing_of_data(low: str, found: re.Match[str]) -> bool:
    """Say whether it is the speaker who may not tell: "I am not authorised to disclose our vendors"."""
    telling = _TELLING.search(low, found.start())
    if telling is None or telling.start() >= found.end() or not _I.search(low[: found.end()]):
        return False
    return not re.search(rf"\b(?:{_NOUN}|it|them|anything|nothing|out|outside|externally)\b", low[: telling.end()])


def stays(said: Said) -> Fact | None:
    """Return whether the data must stay, if the reply says so; only a forbidden leaving, or a staying, forbids it."""
    if (kept := rows_kept_back(said)) is not None:
        return kept
    for value, patterns in _STAY:
        for pattern in patterns:
            found = pattern.search(said.low)
            if found and value and _tells_nothing_of_data(said.low, found):
                continue
            if found and value and (region := _REGION.search(said.low, found.start(), found.end() + REACH)):
                return told(said, "data_must_stay", True, found.start(), max(found.end(), region.end()))
            if found and not (value is False and _NEGATED.search(said.low[: found.start()]) and found[0][:2] != "no"):
                return told(said, "data_must_stay", value, *found.span())
    return None


def rows_kept_back(said: Said) -> Fact | None:
    """Return that the data must stay where the rows themselves are what is not shared, whatever was asked."""
    for pattern in (*_BOUND, *_KEPT_BACK):
        if (found := pattern.search(said.low)) is not None:
            region = _REGION.search(said.low, found.start(), found.end() + REACH)
            return told(said, "data_must_stay", True, found.start(), max(found.end(), region.end() if region else 0))
    return told(said, "data_must_stay", True, 0, len(said.low)) if _LAW.fullmatch(said.low) else None


def remark(fact: Fact) -> str:
    """Say why rows that may not leave a region, or that a law is about, are taken to stay here."""
    low = fact.evidence.lower()
    if _LAW.fullmatch(low):
        return regions.OF_THE_LAW
    return regions.OF_A_REGION if _REGION.search(low) or any(bound.search(low) for bound in _BOUND) else ""
