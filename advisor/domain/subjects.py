"""What people ask back in words of their own: the subjects there is an answer to, and the words they are told by."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from advisor.domain import about_data, about_hosts, about_runs, regions
from advisor.domain.at_hand import AtHand
from advisor.domain.facts import FactName
from advisor.domain.open_now import FactAsked, OpenNow, RunOffered, beneath

MOST_LETTERS = 300
"""A longer reply tells more than it asks."""


MODELS_THERE = "models there"
"""The subject whose answer needs the places to train."""


class Subject(NamedTuple):
    """Something that may be asked about."""

    name: str
    words: str
    """A pattern; the first subject whose words a question holds is the one it is about."""
    answer: Callable[[AtHand], str]


_ROWS = r"(?:rows?|labels?|examples?|samples?|texts?|lines?|records?|ones|data ?points?|items?|tickets?)"
_FAULTY = (
    r"(?:wrong\w*|bad|mislabel\w*|incorrect\w*|conflict\w*|contradict\w*|noisy|noise|faulty|disagree\w*|suspicious"
    r"|broken|dubious|doubtful|errors?|mistakes?)"
)
_SIMPLE = r"(?:simpl\w+|classical|classic|cheap\w*|plain|traditional|ordinary|small\w*|normal|linear|old[- ]school)"
_CARDS = r"(?:gpus?|(?:graphics|video) (?:cards?|processors?)|cuda)"
_LISTED = (
    r"^\W*(?:(?:please|can you|could you|ok|so)\W+)*(?:list|show|name|give|tell)(?: me)? (?:all |a list of |all of )?"
    r"(?:the |your |open |available |possible )*(?:models|students|llms)\b(?! (?:i|we|you) (?:said|named|told))"
    r"|^\W*(?:the |available |all )?models\W*$"
)
"""Asked for the models without a question."""
_STOPS = r"(?:stop|cancel|abort|interrupt|pause|kill|halt)"

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "simple classifier",
        rf"logistic|log ?reg\b|linear (?:model|svm)|{_SIMPLE} (?:\w+ )?(?:classifier|baseline|machine learning|ml\b)"
        r"|\bsvms?\b|naive bayes|random forests?|xgboost|gradient boost|\btf-?idf|bag of words|scikit|sklearn|fasttext"
        r"|setfit|\b(?:distil)?bert\b|\bregex|\b(?:keyword|hand-?written|a few|simple) rules",
        about_data.simple_classifier,
    ),
    Subject(
        "savings",
        r"\b(?:how much|what)\b.{0,40}\bsav(?:e|es|ed|ing|ings)\b|\bsaves?\b.{0,20}\b(?:money|anything|much|costs?)"
        r"\b|\bpa(?:y|ys|id) (?:for itself|off|back)\b|\bbreak[- ]?even\b|\broi\b|\bhow much cheaper\b",
        about_runs.savings,
    ),
    Subject(
        "gain",
        r"\b(?:will|would|does|is|can|could)\b.{0,20}\b(?:it|that|this|fine-?tuning|training|tuning|the run)\b.{0,20}"
        r"\b(?:help|improve|worth|get better)\b|\bhow much (?:better|more accurate)\b|\bhow (?:good|accurate"
        r"|well) (?:will"
        r"|would|can|could)\b|\bwhat (?:score|accuracy) (?:will|would|can|could)\b",
        about_data.likely_gain,
    ),
    Subject(
        "enough rows",
        rf"\bhow many (?:more )?{_ROWS}?.{{0,30}}\b(?:need\w*|label|annotate|collect|enough|required?|necessary"
        rf"|minimum)\b"
        r"|\bhow much (?:more )?(?:training )?data\b|\b(?:is|are|would|will)\b (?:that|this|it|these|those|they|there"
        rf"|\d[\d,]*k?|(?:my|the|our|\d[\d,]*k?) (?:data|{_ROWS}))(?: be)?\b.{{0,20}}\b(?:enough|sufficient|too few"
        r"|too little)\b|\b(?:do|have) (?:i|we) (?:have |got )*(?:enough|too few|too little)\b|^\W*enough\s*\?",
        about_data.enough_rows,
    ),
    Subject(
        "wrong rows",
        rf"\b(?:which|what|where|any|show me)\b.{{0,30}}\b{_ROWS}\b.{{0,25}}\b{_FAULTY}\b"
        rf"|\b(?:which|what|where|any)\b.{{0,20}}\b{_FAULTY} {_ROWS}\b|\bwhere are the {_FAULTY}\b"
        rf"|\b(?:is|are) (?:\w+ )?labels? (?:\w+ )?(?:{_FAULTY}|right|good|clean|correct|ok(?:ay)?|reliable)\b",
        about_data.wrong_rows,
    ),
    Subject(
        "stopping",
        rf"\b(?:can|could|may|how (?:do|can|would|could))\b (?:i|we|you|one)\b.{{0,12}}\b{_STOPS}\b.{{0,10}}"
        r"\b(?:it|run|training|half-?way|in between|midway|running|any ?time|once|while|when it)\b"
        rf"|\bwhat (?:happens )?(?:if|when)\b.{{0,14}}\b(?:{_STOPS}|close (?:the|this|my)|power|shut)",
        about_runs.stopping,
    ),
    Subject(
        "a real model",
        r"\b(?:with|for|on|to|use|using|try|take|about) (?:a |an |the |my |our )?(?:real|actual|proper)\b.{0,12}"
        r"\b(?:models?|hosts?|one|runs?|thing|llm)\b|^\W*(?:and |so |ok(?:ay)? )?what now\b",
        about_runs.real_model,
    ),
    Subject(
        "afterwards",
        r"\b(?:after|afterwards|once|when)\b.{0,20}\b(?:run|training|done|finished|tuned|ends?|over|that)\b"
        r"|\bwhat happens (?:then|next|after)|\bwhat(?:'s| is| comes) next\b|\bwhat (?:do|will|would) (?:i|we) get\b"
        r"|\bhow (?:do|can|would|will) (?:i|we) (?:use|deploy|serve|ship)\b",
        about_runs.afterwards,
    ),
    Subject(
        "time",
        r"\bhow (?:long|much time)\b(?! (?:are|is) (?:the|my|our) (?:text|row|input))|\bhow many (?:minutes"
        r"|hours|days)\b"
        r"|\bhow (?:fast|quick|quickly|slow) (?:is|will|does|would)\b",
        about_runs.time_taken,
    ),
    Subject(
        "the region",
        rf"\bgdpr\b|\bdsgvo\b|\b(?:data|host(?:s|ed|ing)?|servers?|stay\w*|kept|stored|leav\w+|sent|trained|{_ROWS}"
        rf"|{about_hosts.HOST_WORDS})\b.{{0,40}}\b(?:eu|europe|european|eea)\b"
        r"|\b(?:eu|european)[- ](?:based |only )?(?:hosts?|hosting|regions?|servers?|providers?)\b"
        r"|\bdata residency\b|\bwh(?:ich|at) (?:country|region)\b",
        regions.where_kept,
    ),
    Subject(
        "who sees the rows",
        rf"\b(?:data|file|anything|{_ROWS})\b.{{0,20}}\b(?:sent|send|upload\w*|leav\w+|shared?|private|leaks?|safe"
        rf"|transmitted|stay\w*)\b|\bwhere (?:do|does|will|would|is|are)\b.{{0,12}}\b(?:data|file|{_ROWS})\b.{{0,12}}"
        rf"\b(?:go|going|sent|end up|stored|kept)\b|\b(?:send|upload|share)\b.{{0,12}}\b(?:data|file|anything"
        rf"|{_ROWS})\b"
        r"|\bwho (?:sees|can see|gets|reads|will see)\b",
        about_runs.who_sees,
    ),
    Subject("practice model", r"\bpractice (?:model|server|host|one)\b", about_runs.practice_model),
    Subject(
        "processors",
        rf"\b(?:need\w*|require\w*|without|must have)\b.{{0,20}}\b{_CARDS}\b|\bgpus? (?:needed|required)"
        rf"|\b(?:have|has|got|is there|are there|see|find|found|about|which|what|enough|use)\b.{{0,20}}\b{_CARDS}\b"
        rf"|^\W*(?:and\W+)?(?:a |my |the )?{_CARDS}\W*\?",
        about_runs.processors,
    ),
    Subject(
        MODELS_THERE,
        r"\b(?:which|what) (?:\w+ )?(?:models|students|llms)\b.{0,30}\b(?:train\w*|tun\w+|fine-?tun\w+|there|offer\w*"
        r"|have|has|available|possible|open|choose|use|take|pick)\b"
        rf"|{_LISTED}"
        r"|^\W*(?:and |so |ok )?(?:which|what) (?:ones?|models?|students?)(?: (?:is|are|do|does|can|could) (?:there"
        r"|available|possible|you have|they have|it have|i (?:train|tune|choose|take|use)))?(?: there)?\W*$",
        about_hosts.models_there,
    ),
    Subject(
        "which model",
        r"\b(?:which|what) (?:\w+ )?(?:model|llm|student|teacher)s? (?:should|do|would|is|are|to|can|shall|will"
        r"|fits?)\b"
        r"|\b(?:recommend|suggest)\b.{0,20}\bmodel\b|\b(?:best|right|good) (?:base |small )?(?:model|llm"
        r"|student|teacher)\b",
        about_runs.which_model,
    ),
    Subject(
        "cost",
        r"\bhow (?:much|expensive|costly|pricey)\b(?!.{0,12}\b(?:data|time|better|memory)\b)"
        r"|\bwhat\b.{0,24}\b(?:cost|costs"
        r"|price|charges?)\b|\b(?:is|are|does|do|will|would)\b.{0,16}\b(?:free|cost (?:me|us|anything|money"
        r"|much|something)"
        r"|expensive|billed|charged)\b",
        about_runs.cost,
    ),
)

_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|but|or|ok|okay|well|hm+|then|please|sorry|wait|also|yes|no)\W+)*(?:what|how|which|who"
    r"|where|when"
    r"|can|could|is|are|am|do|does|will|would|should|shall|may|must)\b|\btell me\b|\bi wonder\b"
    rf"|{_LISTED}"
)

_BEFORE_THE_FILE = ("is my data sent anywhere?", "how many rows should I label?", "what does it cost?")
_ABOUT_THE_CASE = ("how many rows should I label?", "which rows are wrong?", "would a logistic regression do?")
_ABOUT_THE_RUN = ("what does it cost?", "can I stop it?", "what happens after the run?")
_ABOUT_THE_ADVICE = ("why not fine-tune?", "what would change your mind?", "how much would I save?")


def is_question(reply: str) -> bool:
    """Say whether a reply asks something."""
    return _ASKS.search(reply.lower()) is not None


def subject_of(reply: str) -> Subject | None:
    """Return what a question is about; None where it is none, or about nothing there is an answer to."""
    low = reply.lower().replace("’", "'")
    if len(low) > MOST_LETTERS or not is_question(low):
        return None
    return next((subject for subject in SUBJECTS if re.search(subject.words, low)), None)


def answer_about(subject: Subject, hand: AtHand, asked: FactName | None) -> str:
    """Return the answer; "is that enough?" is about the money where the question is how much may be spent."""
    if subject.name == "enough rows" and asked == "budget_usd":
        return about_runs.cost(hand)
    return subject.answer(hand)


def may_be_asked(open_now: OpenNow, *, with_file: bool) -> tuple[str, ...]:
    """Return three questions there is an answer to, fit for what is open."""
    match beneath(open_now):
        case RunOffered():
            return _ABOUT_THE_RUN
        case FactAsked():
            return _ABOUT_THE_CASE if with_file else _BEFORE_THE_FILE
    return _ABOUT_THE_ADVICE


def no_answer(open_now: OpenNow, *, with_file: bool) -> str:
    """Say that there is no answer, and what can be asked."""
    first, second, third = (f"`{one}`" for one in may_be_asked(open_now, with_file=with_file))
    return f"I have no answer to that. You can ask, for example, {first}, {second} or {third}"
