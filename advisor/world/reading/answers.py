"""The answer to the question asked, where its own words do not already name it."""

from __future__ import annotations

import re

from advisor.domain.facts import HELPERS, FactName, FactValue
from advisor.domain.values import EFFORTS, RESULTS
from advisor.world.reading import names
from advisor.world.reading.agreement import begins, turned
from advisor.world.reading.answer import Answer
from advisor.world.reading.commands import says_unknown, trimmed
from advisor.world.reading.graphics import cards
from advisor.world.reading.numeric_answers import count_answer, score_answer
from advisor.world.reading.options import Option, by_name, options
from advisor.world.reading.places import COUNTS, QUANTITIES, SCORES, Place, told
from advisor.world.reading.roles import models_by_role, owned_cards
from advisor.world.reading.said import Said

MODELS: frozenset[FactName] = frozenset(("current_model", "student_model", *HELPERS))
FLAGS: frozenset[FactName] = frozenset(("data_must_stay", "openai_tuned_recently"))

_NO_GPU = re.compile(
    r"\b(?:no|without(?: a| any)?|n't (?:have|own|possess|got) (?:a|any)|not? (?:have |own |possess )?(?:a"
    r"|any)) (?:gpus?"
    r"|graphics cards?)\b|\bcpu only\b|\bnone\b|^no$|^nope$|^(?:no[, ]+)?(?:we |i )?(?:do not|don't|haven't"
    r"|have not)(?: really)? (?:have|got|own)"
    r"(?: any| one| a single one| such(?: a thing)?)?$"
)


def answer(said: Said, asked: FactName, free: list[Place], offered: tuple[str, ...], fields: tuple[str, ...]) -> Answer:
    """Read a reply as the answer to `asked`; `free` are the amounts that nothing else has claimed."""
    if asked in COUNTS or asked in QUANTITIES:
        return count_answer(said, asked, free)
    if asked in SCORES:
        return score_answer(said, asked, free)
    if asked == "data_path":
        return _path(said)
    if asked in MODELS:
        return _model(said, asked, options(asked, offered))
    if asked in FLAGS:
        return _flag(said, asked)
    if asked in ("label_field", "input_fields"):
        return _column(said, asked, fields or offered)
    if asked == "gpus":
        return _gpus(said)
    if asked in ("prompt_effort", "fine_tuning_result"):
        return _spelled(said, asked, EFFORTS if asked == "prompt_effort" else RESULTS)
    return Answer()


def _path(said: Said) -> Answer:
    found = names.path(said)
    if found and found.value:
        return Answer(told(said, "data_path", found.value, found.start, found.end))
    if re.search(r"\b(?!file:)[a-z][a-z0-9+.-]{1,8}://", said.low):
        return Answer(note="That is an address elsewhere. Download the file and give me its path.")
    return Answer(note="I did not find a path in that. Type it, or drop the file here; quote it if it has spaces.")


def _model(said: Said, asked: FactName, offered: tuple[Option, ...]) -> Answer:
    found = names.models(said)
    sure = [name for name in found if names.exact(name)]
    found = [
        name for name in found if name in sure or not any(name.value.lower() in other.value.lower() for other in sure)
    ]
    if len(found) > 1:
        claimed = {fact.value for fact in models_by_role(said)}
        found = [
            name for name in found if name.value not in claimed and not _DENIED.search(said.low[: name.start])
        ] or found
    if len({name.value for name in found}) > 1:
        return Answer(note="I read more than one model there. Which one is it?")
    if found and not names.exact(found[0]):
        return Answer(note=f"Which {found[0].value} exactly? Name it as the host spells it.")
    chosen = None if found else by_name(said, offered)
    if chosen and offered[chosen.place].value is not None:
        return Answer(told(said, asked, offered[chosen.place].value or "", chosen.start, chosen.end))
    folders = names.model_folders(said)
    name = found[0] if found else folders[0] if len(folders) == 1 else names.model_token(said)
    if name is None:
        return Answer(
            note="I did not find a model in that. Name it as the host spells it, for example gpt-4o-mini; a folder of "
            "this computer by its path, for example ./my-model."
        )
    return Answer(told(said, asked, name.value, name.start, name.end))


_DENIED = re.compile(r"\b(?:not|instead of|rather than|no longer)\s(?:\w+\s)?$")
_SO = re.compile(
    r"\b(?:so|hence|therefore|meaning|i mean|i guess|that means|make that|make it|then|thus)[, ]+(?:it's |it is "
    r"|that's |that is |a |the answer is )?(yes|no|nope|yep|yeah)\W*$"
)
_LATELY = (
    r"(?:yesterday|today|tonight|(?:just )?(?:now|this (?:very )?(?:morning|afternoon|week|month|evening))|recently"
    r"|lately|just|last"
    r" (?:week|month|night|\w+day)|the other day|(?:a few|two|three|four|five|six|\d+|several|some|couple of"
    r"|a couple of) (?:days?|weeks?|hours?)"
    r" (?:ago|back)|every (?:day|hour|week|minute)|daily|weekly|hourly|constantly|all the time|right now"
    r"|at the moment|currently|as we speak"
    r"|in production|in prod|live|(?:in|within|during) the (?:last|past) (?:\w+ )?(?:\w+ )?(?:days?|weeks?|months?))"
)
_TUNED = r"(?:ft\b|(?:fine-?)?tuned?(?:\w*)) ?(?:one|model|version|gpt\S*|\w+)?"
_DID = re.compile(
    rf"\b(?:we|i) (?:did|have|do|certainly did|surely did)\b(?! not|n't)(?= *(?:$|[.,;:!–—-])| (?:so|that|it"
    rf"|this|have|use|used|tune|tuned|run|ran|call|called|one|some|train|trained|deploy\w*|yes|last|recently)\b)"
    rf"|\b{_LATELY}\b|\bft:"
    rf"|\b{_TUNED} (?:\S+ )?(?:is"
    r"|are) (?:\w+ )?(?:serving|running|live|deployed|in use|used|answering|handling)\b"
)
_LONG_AGO = (
    r"\b(?:last year|years? ago|long ago|(?:a|one|two|half a|over a|more than a) years?|in (?:19\d\d|20(?:1\d"
    r"|2[0-5]))|(?:since|before|until)"
    r" (?:\w+ )?20(?:1\d|2[0-5])|(?:six|seven|eight|nine|ten|twelve|several|many|[6-9]|1\d|[3-5]) months (?:ago|back)"
    r"|(?:left|quit|stopped"
    r"|abandoned|gave up|dropped|moved away|switched away|cancelled|retired|shut down|turned off)\b)"
)
_DID_NOT = re.compile(
    rf"\bnever\b|\b(?:haven't|didn't|have not|has not|had not|hasn't|did not|don't|do not|does not|doesn't|havent"
    rf"|didnt|isn't|aren't)\b|\bnot"
    rf" (?:recently|lately|in (?:the (?:last|past|recent)|months|weeks|years|ages|a (?:long )?(?:time|while|year)"
    rf"|this|20\d\d"
    rf"|\w+ (?:months?|weeks?|days?|years?)|production|prod|use)|since|for|that|once|at all|any|to my)\b"
    rf"|{_LONG_AGO}|\bat no (?:time|point)\b"
    rf"|\bno (?:tuned|fine-?tuned|such)"
    r"|\bnone\b|\b(?:only|just|solely|exclusively)(?: ever)? (?:used? |using |run |ran |call |called |had "
    r"|have )?(?:the )?(?:base|stock"
    r"|plain|standard|vanilla|off[- ]the[- ]shelf|regular|normal|untuned|ordinary) models?\b|\bneither\b"
    r"|\bnothing (?:tuned|fine)"
    r"|\bnot a (?:single|customer)\b|\bwithout\b|\bno customers? (?:of|at)\b"
)
_UNSURE = re.compile(r"\b(?:maybe|perhaps|possibly|might|base model|not sure|i (?:think|guess) (?:not|so)|probably)\b")
_STATED = re.compile(
    r"\b(?:used?|days|recently|lately|there|openai|tuned)(?: \w+){0,6} ?(?::|=|->|-) ?(yes|no|nope|y|n|true|false"
    r"|negative|none|never"
    r"|affirmative)\b"
)


def _flag(said: Said, asked: FactName) -> Answer:
    asks = "?" in said.text and turned(said.text.lower())
    last = _SO.search(said.low)
    yes = None if asks else last[1].startswith("y") if last else begins(said.low)
    keyed = _STATED.search(said.low)
    if yes is None and keyed and not asks:
        yes = keyed[1][0] in "yta"
    if yes is None and asked == "openai_tuned_recently":
        did = _DID.search(said.low) and not _UNSURE.search(said.low)
        yes = False if _DID_NOT.search(said.low) else True if did else None
    if yes is None or says_unknown(said.low):
        return Answer(note="" if says_unknown(said.low) else "Yes or no?")
    return Answer(told(said, asked, yes, 0, len(said.text)))


_EXCEPT = re.compile(r"\b(?:except|but|without|other than|not|excluding|besides|apart from)\b")
_ALL = re.compile(r"\b(?:all|every(?:thing)?|the rest|whole)\b")


def _column(said: Said, asked: FactName, fields: tuple[str, ...]) -> Answer:
    found = names.columns(said, fields)
    cut = _EXCEPT.search(said.low)
    excluded = [name for name in found if cut and name.start > cut.start()]
    kept = [name for name in found if name not in excluded]
    if asked == "input_fields" and _ALL.search(said.low) and (excluded or not found):
        left: FactValue = tuple(field for field in fields if field not in {name.value for name in excluded})
        return Answer(told(said, asked, left, 0, len(said.text))) if left else Answer()
    if asked == "label_field" and len(kept) > 1:
        kept = [name for name in kept if name.value.lower() not in _ROLE_WORDS] or kept
    if not kept or (asked == "label_field" and len(kept) != 1):
        wanted = "one column" if asked == "label_field" else "a column"
        return Answer(note=f"I did not find {wanted} in that. The columns are {', '.join(fields)[:200]}.")
    value: FactValue = kept[0].value if asked == "label_field" else tuple(name.value for name in kept)
    return Answer(told(said, asked, value, kept[0].start, kept[-1].end))


_ROLE_WORDS = frozenset(("label", "labels", "answer", "column", "field", "output", "target", "text", "input"))
"""Words that say what a column is for; a column called so counts only if no other is named."""


def _gpus(said: Said) -> Answer:
    named = cards(said.low)
    owned = owned_cards(said)
    if owned:
        return Answer(owned)
    none = _NO_GPU.search(trimmed(said.low))
    if none and not named.spans:
        return Answer(told(said, "gpus", (), 0, len(said.text)))
    return Answer(
        note="How much memory has it? For example A100:80."
        if named.missing
        else "Name the cards and their memory, for example RTX 4090:24, or say none."
    )


def _spelled(said: Said, asked: FactName, allowed: tuple[str, ...]) -> Answer:
    chosen = by_name(said, tuple(Option((value.replace("_", " "),), value) for value in allowed))
    return Answer(told(said, asked, allowed[chosen.place], chosen.start, chosen.end)) if chosen else Answer()
