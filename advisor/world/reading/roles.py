"""What the models and cards that a reply names are for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.domain.facts import Fact, FactName
from advisor.world.reading import graphics
from advisor.world.reading.helpers import helps_as
from advisor.world.reading.names import Name, exact, model_folders, models
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_REACH = 56

_LINK = (
    r"(?: (?:is |has been |was )?(?:change[sd]?|goes|switch(?:es|ed)?|moves?|becomes?|became|went|set|updated?)?"
    r" ?(?:in)?to(?: be)?(?! (?:the|a|our))| becomes| became| (?:is )?now(?: is)?| instead(?: is)?)"
)
"""Between what a model is for and its name: "teacher changes to", "student now"."""

_STUDENT_BEFORE = re.compile(
    r"(?:\b(?:student|learner|pupil|apprentice|candidate|base)(?: model)?(?: is(?: going to be)?| would be"
    r"| will be(?:come)?| should be(?:come)?| shall be(?:come)?|:| =)?"
    r"|\bmodel (?:to (?:tune|train|improve"
    r"|fine-?tune|teach|run)|we (?:want to |would like to |'d like to )?(?:tune|train|fine-?tune))(?: is"
    r"| would be|:)?"
    r"|\b(?:small(?:er)?|cheap(?:er)?|target|tiny|little) model(?: is| would be| like|:| such as)?|\b(?:tune"
    r"|fine-?tune|train|teach(?:es)?|instructs|improve|shrink to|tuning|fine-?tuning|training)"
    r"|\b(?:mov(?:e|ing)|switch(?:ing)?|migrat(?:e|ing)|go(?:ing)? (?:down)?|distil(?:l|ling|led)?(?: \w+)?"
    r"|get) (?:\w+ )?(?:on)?(?:in)?to|\breplac(?:e|ing) (?:it|that|them) (?:with|by)|\b(?:end up|land) (?:with|on)"
    rf"|\b(?:student|learner)(?: model)?{_LINK}|(?<!we )(?<!i )(?<!they )(?<!currently )\brun (?:it |this )?on"
    rf"|\b(?:train|tun"
    r"|fine-?tun)\w* [^,.;]{0,30}\bwith)\s(?:the\s|a\s|an\s"
    r"|something like\s|maybe\s)*$"
)
_STUDENT_AFTER = re.compile(
    r"\s(?:should|shall|will|would|is to|has to|must|could|can) (?:then |later |eventually )?(?:take over"
    r"|replace (?:it|that|them)|be (?:re)?trained"
    r"|be tuned|be fine-?tuned|learn|do the (?:job|work)|do it)\b|\s+(?:for|as) (?:the |our |a )?student\b|\s(?:is"
    r"|as|would be|will be|should be|shall be|can be)\s(?:the\s|our\s"
    r"|a\s|my\s)*(?:student|pupil|learner|model to (?:tune|train"
    r"|improve)|one to (?:tune|train|improve)|small(?:er)? (?:one|model))\b"
)
_TEACHER_BEFORE = re.compile(
    rf"\b(?:teacher(?: model)?{_LINK}|teacher(?: model)?(?: is| would be| will be| should be|:| =)?|(?:big(?:ger)?"
    r"|strong(?:er)?) model(?: is|:| would be)?|(?:answers?|labels?|traces?|training data|outputs?) (?:come "
    r"|made |written )?(?:from|by)"
    r"|(?:teach|teaching|instruct|label|annotate|bootstrap|demonstrate)(?:ing)? (?:it |them |the student |everything "
    r"|data )?"
    r"(?:with|using|by|via)|(?:have|let|put|make)(?= \S+ (?:\w+ )?(?:teach|the teach|do the teach|to be the (?:prof"
    r"|teach)))"
    r"|(?:professor|tutor|expert model|oracle|instructor|mentor)(?: model)?(?: is| would be| will be| should be|:| =)?"
    r"|learn(?:s|ing)? from|distil(?:l|ling|led)?(?: (?:it|this|down))*(?: from)?|taught by)\s(?:the\s|a\s|our\s)*$"
)
_TEACHER_AFTER = re.compile(
    r"\s+(?:for|as) (?:the |our |a )?teacher\b|\s(?:(?:is|as|would be|will be|should be|can be|could be"
    r"|to be)\s(?:the\s|our\s|a\s|my\s)*"
    r"(?:teacher|professor|tutor|oracle|expert|instructor)\b|(?:to )?do the (?:teaching|labell?ing|writing)"
    r"|(?:should |shall"
    r" |can |could |may |would |will )?(?:the )?(?:teach(?:es|ing)?|instructs?)\b|(?:can|could|would"
    r"|should|will|may|might|to)\s(?:write|make|generate|produce|label|give|create|do|teach"
    r"|annotate)\b(?:\s(?:the|it|training)\b)?|teaches\b)"
)
_CURRENT_BEFORE = re.compile(
    r"\b(?:(?:we|i)(?:'re| are| am|'m)?\s(?:now\s|currently\s|just\s|still\s|all\s)?(?:use|using|run|running|on"
    r"|call|calling|pay for|have|paying for|pay)|(?:^|[,.;:]\s)using|(?:^|[,.;:]\s)(?:running|runs) (?:\w+ )?on"
    r"|(?:we|i) run (?:\w+ ){1,4}on|running(?: it| this| everything| that)? on"
    r"|current ?[:=]|model ?[:=]|(?:rout|send|direct|forward|serv|run|mov)(?:e|es|s|ing)? (?:everything|all|it all"
    r"|all(?: of it| the)?(?: traffic| calls| requests)?|traffic|requests|calls) (?:to|through|via|on|from|with)"
    r"|\bmodel (?:now|today|currently|right now|at present|at the moment|in use|we"
    r" (?:have|use))(?: now)?(?: is|:)|currently|today(?: it is| it's|:)?|based on|powered by|uses|runs on|built on"
    r"|(?:current |production |our "
    r"|today's )model(?: is|:| today is)?|replac(?:e|ing)|right now(?: it's| it is|:)?|pay(?:ing)? (?:\S+ )?for|(?:we"
    r"|i|it|they|all|everything|that|which|service|product|app|system|program|bot|pipeline|stack)"
    r" (?:\w+ )?(?:uses?|runs? (?:\w+ )?on|rel(?:y|ies) on|goes through|sits? on|calls|employs?|depends? on"
    r"|works? with"
    r"|is on|is served by|is based on|talks? to|hits)|(?:rel(?:y|ies|ying) on|employ(?:ing|s)?|operat(?:e|es"
    r"|ing) (?:on"
    r"|with)|served by|backed by|live(?: is| on|:)|in (?:production|prod|use)(?: is| it's| we have|:)?"
    r"|(?:prod|production|status quo|incumbent|present|presently|model in use|used model|current)(?: is| it's|:| ="
    r"| ->)?"
    r"|at present(?: we \w+)?|for now|as of (?:now|today)|these days)"
    r"|spend(?:ing)? (?:\S+ ){1,4}on|bill for|the same|(?:\d+|%|percent|pct|correct|accuracy|score) (?:on|with"
    r"|using)|(?:a|per|every|each|in the|by|by the|the|in a) month (?:on|for|to|with|using)|monthly (?:on|for|to"
    r"|with)|at the moment)\s(?:the\s|a\s|with\s|on\s|good old\s"
    r"|plain\s)*$"
)
_CURRENT_AFTER = re.compile(
    r"(?:,)?\s(?:(?:is |are |which is |that's |that is |it is |it's )?(?:what|the one|the model) (?:we|i) (?:now "
    r"|currently )?(?:run|use|have|pay|call|are on)\b|(?:today|right now|now|currently|at the moment|at present"
    r"|presently|these days"
    r"|(?:(?:is )?(?:running |used |live |deployed )?in (?:prod\b|production|use\b|service\b))|under the hood"
    r"|is live\b"
    r"|(?:is |was )?(?:behind|powering|serving|doing) (?:it|this|that|everything|the \w+|all \w+)|(?:is "
    r"|,? which is )?"
    r"(?:also |currently )?(?:what(?:'s| is)|the (?:one|model)) (?:(?:we have )?(?:running|live"
    r"|deployed) )?in (?:prod\b"
    r"|production|use\b)|handles|in production|for now|at present|so far|as of today)\b|(?:we|i|that we"
    r"|which we) (?:pay for|use|run|have"
    r"|call)\b(?: (?:today|now|already))?"
    r"|is (?:too|so|way too) (?:expensive|slow|costly|pricey)|(?:costs|is costing|cost) (?:us|me)|we (?:pay"
    r"|are paying|spend)|(?:is )?in production|is (?:our"
    r"|the) (?:current|production|present)\b|bill\b)"
)
_ALSO_CURRENT = re.compile(
    r"[^?!]{0,60}?\b(?:that(?:'s| is)|which is|and is|it(?:'s| is)|and) (?:also |already |at the same time )+(?:what"
    r"|the"
    r" (?:one|model)|our (?:current|production|present))\b(?! (?:we|i) (?:want|would))"
)
_SAME_AS_NOW = re.compile(
    r"\b(?:same|one|model) (?:one |model )?(?:as |that |which )?(?:we|i) (?:now |currently |already )?"
    r"(?:use|run|have|pay for)(?: (?:now|today|currently|already))?[,:]?(?: is| namely)?\s$"
)
_NOT = re.compile(r"\b(?:not|no longer|never|n't|instead of|rather than|without)\s(?:\w+\s){0,2}$")
_SCORED_WITH = re.compile(
    r"\d ?%?[^.;!?]{0,30}?\b(?:mipro\S{0,4}|gepa|simba|copro|bootstrap\S{0,20})(?:,? (?:light|medium|heavy))?,? "
    r"(?:on|with|using)\s$"
)
"""Before a model: a score that an optimizer brought on it."""
_FOR_LESS = re.compile(
    r"\b(?:at|for) (?:(?:an?|one) )?(?:half|third|quarter|fifth|sixth|eighth|tenth|fraction|\d+(?:st|nd|rd|th|%|/\d+)) "
    r"?(?:of )?(?:the |our |that )?(?:price|costs?|bill|money|spend) "
    r"(?:with|using|on|from|by|via|through)\s(?:an?\s|the\s)?$"
)
"""Before a model: it is to do the same for less."""
_PLANS = re.compile(r"\b(?:use|run|want|need|try|plan|will|should|target|goal|let's)\b")
_MOVE = re.compile(r"\bfrom\s(?:the\s)?$")
_INTO = re.compile(r"\s(?:down )?(?:in)?to\s(?:an?\s|the\s)?")
_WITH = re.compile(r"\s(?:with|by)\s(?:an?\s|the\s)?")


def models_by_role(heard: Said) -> list[Fact]:
    """Return the models a reply names together with what they are for."""
    folders = model_folders(heard)
    found = sorted([*(name for name in models(heard) if exact(name)), *folders], key=lambda name: name.start)
    facts: dict[FactName, list[Fact]] = {}
    for place, model in enumerate(found):
        for role in _roles(heard.low, found, place):
            if model in folders and role == "current_model":
                continue
            facts.setdefault(role, []).append(told(heard, role, model.value, model.start, model.end))
    return [given[0] for given in facts.values() if len({str(fact.value).lower() for fact in given}) == 1]


_SCORES_SO = re.compile(
    r"\b(?:we|i|they)\b (?:now |currently |already |just |always )*(?:use|used|let|have|had|ask|run)\b"
    r"|\b(?:scor|grad|measur|evaluat|rat|mark)(?:e|es|ed|ing)\b"
)


def names_a_judge(heard: Said) -> bool:
    """Say whether a model is named for a judge, and not how answers are scored today."""
    found = models(heard)
    judges = any("judge_model" in _roles(heard.low, found, place) for place in range(len(found)))
    return judges and not _SCORES_SO.search(heard.low)


_ROLE_WORDS: dict[FactName, str] = {
    "teacher_model": "teacher",
    "student_model": "student",
    "prompt_model": "prompt model",
    "judge_model": "judge",
}


def family_in_role(heard: Said) -> tuple[FactName, str] | None:
    """Return a family named for a role, such as "claude as teacher", where no one model of it is."""
    found = models(heard)
    if len(found) != 1 or exact(found[0]):
        return None
    role = next((role for role in _roles(heard.low, found, 0) if role in _ROLE_WORDS), None)
    return (role, found[0].value) if role else None


def which(role: FactName, family: str) -> str:
    """Ask for one model of a family, in words that can be said at any question."""
    return f"Which {family} exactly? Name it as the host spells it: `use NAME as {_ROLE_WORDS[role]}`."


def _roles(low: str, found: Sequence[Name], place: int) -> list[FactName]:
    """Return what the words beside a model make of it."""
    model = found[place]
    floor = found[place - 1].end if place else 0
    before = re.sub(r"\s{2,}", " ", low[max(floor, model.start - 2 * _REACH) : model.start])[-_REACH:]
    after = low[model.end : found[place + 1].start if place + 1 < len(found) else model.end + _REACH]
    last = low[max(0, found[place - 1].start - 24) : found[place - 1].start] if place else ""
    if _NOT.search(before):
        return []
    pair = _pair(low, found, place)
    if pair:
        return [pair]
    roles: list[FactName] = []
    if helper := helps_as(before, after):
        roles.append(helper)
    elif _TEACHER_BEFORE.search(before) or _TEACHER_AFTER.match(after):
        roles.append("teacher_model")
    elif (
        _STUDENT_BEFORE.search(before)
        or _STUDENT_AFTER.match(after)
        or _FOR_LESS.search(before)
        or (last and _MOVE.search(last) and _INTO.fullmatch(before))
    ):
        roles.append("student_model")
    if _ALSO_CURRENT.match(after):
        return [*roles, "current_model"]
    current = _CURRENT_BEFORE.search(before) or _CURRENT_AFTER.match(after) or _alone(low, found)
    current = current or (_SCORED_WITH.search(before) is not None and not _PLANS.search(before))
    if _SAME_AS_NOW.search(before) or (not roles and current):
        roles.append("current_model")
    return roles


def _alone(low: str, found: Sequence[Name]) -> bool:
    """Say whether the only model of a reply stands in a list beside today's figures: "68% right, gpt-4o"."""
    if len(found) != 1 or _OTHER_USE.search(low) or not _TODAY.search(low):
        return False
    before, after = low[: found[0].start], low[found[0].end :]
    return (
        re.search(r"(?:^|[,;|\n])\s?$", before) is not None and re.match(r"\s?(?:[,;|\n]|\.\s|\.?$)", after) is not None
    )


_OTHER_USE = re.compile(
    r"\b(?:student|teacher|distil\w*|switch\w*|mov(?:e|ing)|instead|host|open ?ai|nebius|together|foundry)\b"
)
_TODAY = re.compile(
    r"(?:%|\b(?:percent|accuracy|baseline)) ?(?:right|correct|accura\w+|today|now|\d)|\ba month\b|\bper month\b"
)


def _pair(low: str, found: Sequence[Name], place: int) -> FactName | None:
    """Return the role of one of two models in "from A to B", "distill A into B", "replace A with B"."""
    for first in (place, place - 1):
        if not 0 <= first < len(found) - 1:
            continue
        between = low[found[first].end : found[first + 1].start]
        lead = low[max(0, found[first].start - 40) : found[first].start]
        if _INTO.fullmatch(between) and "distil" in lead:
            return "teacher_model" if first == place else "student_model"
        if (_INTO.fullmatch(between) and _MOVE.search(lead)) or (
            _WITH.fullmatch(between) and re.search(r"\breplac\w+\s(?:the\s)?$", lead)
        ):
            return "current_model" if first == place else "student_model"
    return None


_HAVE_NOT = re.compile(
    r"\b(?:rent|renting|buy|buying|would|could|cloud|if|wish|order(?:ed)?|like to have|need)\b[^,.;]*$"
)
_WISHED = re.compile(r"\s(?:would|might|could|may|is too|are too|is expensive|costs)\b")
_CARDS = r"(?:gpus?|graphics? (?:cards?|processors?)|video cards?|accelerators?)"
_NO_CARD = re.compile(
    rf"\b(?:(?:no|zero|without(?: a| any)?|lack(?:s|ing)?(?: an?| any)?|(?:do|does|did|have|has|are|is)(?:n't|nt| not)"
    rf" (?:really |currently |yet )?(?:have |own |got |possess |any |a |there )*|not (?:a|one)(?: single)?"
    rf"|never (?:had"
    rf"|bought)(?: a| any)?)\s(?:own |dedicated |local |suitable |real |nvidia )*{_CARDS})\b"
    rf"|\b(?:we have|i have|there is|there are) none\b(?= of our own)|\bcpu[- ]only\b|\b(?:only|just) (?:a )?cpus?\b"
    rf"|\b{_CARDS}(?: ?:| ?=| ?->)? ?(?:none|no\b|zero)|\bnothing but cpus?\b"
)


def owned_cards(heard: Said) -> Fact | None:
    """Return the graphics processors a reply says are there, or that there are none."""
    named = graphics.cards(heard.low)
    if named.gpus and not named.missing:
        start, end = named.spans[0][0], named.spans[-1][1]
        return (
            None
            if _WISHED.match(heard.low, end) or _HAVE_NOT.search(heard.low[max(0, start - 40) : start])
            else told(heard, "gpus", named.gpus, start, end)
        )
    none = _NO_CARD.search(heard.low)
    return told(heard, "gpus", (), *none.span()) if none and not named.spans else None
