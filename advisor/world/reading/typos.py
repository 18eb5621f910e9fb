"""Slips of the pen in the words that matter, mended before the rest is read."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from advisor.world.reading.said import Said

_OURS = """
    accuracy accurate always annotated answers approximately around baseline better bootstrap budget calls
    categories category change changed changes changing cheaper classes classification classifies classify
    column compare constantly conversations correct costs currently defined defining distill distillation
    distilled distilling documents dollars eighteen eighty eleven evaluate every evolving exact example examples
    expensive extract extraction extracts faster fifteen fifty finetune finetuning forty foundry fourteen
    frequently function generation hallucinates hallucinating hallucination hundred improve improved judge
    knowledge labeled labelled labels latency locally manual manually match measured metric metrics million
    moderation money month monthly nebius nineteen ninety openai optimisation optimise optimised optimiser
    optimization optimize optimized optimizer optimizing percent percentage practice prompt prompts quality
    questions reached reaches requests roughly samples score scored scores sentiment settled seventeen seventy
    sixteen sixty slower speed stable summaries summarise summarises summarize summarizes summary target
    thirteen thirty thousand tickets today together tolerance trained training translate translation tweaked
    twelve twenty unchanged unlabeled unlabelled untried teacher student restart previous
"""
_WORDS = frozenset(_OURS.split())
_OTHERS = """
    annotate annotates answer call batter bitter budge butter casts categorized cells chance chances charge charged
    charges charging clarification clarify classed classic classics classified classifier classifiers clauses
    coasts constant conversation cost current defied define defines designing distil document documented dollar
    draining eery eight eighth eighties eights enact evacuate evaluator ever expansive expense extensive
    extractor fatter fiction fifth forth fraction frequency frequent friction functional generating generator
    hallucinate implored imposed improper label lapels libelled monkey mouth nineties optimism optimist
    practical practise practised practises qualify question request requested sable sample scare scope scopes
    scorned sediment seed sentient settle settler settles seventh seventies sped spend stale staple steed store
    stored stores thirsty thirties tickers ticket tolerant tracing trading trailing trainer transaction
    transition untied teaches teach teachers reacher restarts restate students prudent previews precious
"""
_REAL = frozenset(_OTHERS.split())
"""Words that are meant as they stand, near as they are to one of ours."""
_INFLECTED = ("", "s", "d", "ed", "ing", "ly", "r", "er")
_SHORT = {
    "wud": "would", "gud": "good", "shud": "should", "cud": "could", "abt": "about", "bout": "about",
    "ppl": "people", "msgs": "messages", "acc": "accuracy", "tix": "tickets", "reqs": "requests", "lbls": "labels",
    "u": "you", "ur": "your", "hve": "have", "hv": "have", "havent": "haven't", "dont": "don't",
    "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "isnt": "isn't", "wont": "won't", "arent": "aren't",
    "wasnt": "wasn't", "hasnt": "hasn't", "plz": "please", "pls": "please", "thx": "thanks", "cuz": "because",
    "bcuz": "because", "coz": "because", "rly": "really", "exmpls": "examples", "exs": "examples", "mnth": "month",
    "mths": "months", "teh": "the", "lst": "last", "wk": "week", "yday": "yesterday",
    "ystrdy": "yesterday", "nad": "and", "wiht": "with", "gonna": "going to", "gotta": "have to",
    "wats": "what's", "whats": "what's", "wut": "what", "dis": "this", "dat": "that", "gimme": "give me",
    "lemme": "let me",
    "ya": "you", "oughta": "ought to", "kinda": "kind of", "sorta": "sort of",
    "lotta": "lot of", "woulda": "would have", "coulda": "could have", "shoulda": "should have", "hafta": "have to",
    "couldnt": "couldn't", "im": "i'm", "em": "them", "jst": "just", "rn": "right now",
    "labled": "labelled", "evry": "every", "outta": "out of", "tht": "that", "tlk": "talk", "nxt": "next",
    "wth": "with", "yt": "yet",
    "mil": "million", "lbl": "label", "lbld": "labelled", "shd": "should", "wld": "would", "cld": "could",
    "frm": "from", "bcs": "because", "cos": "because", "thats": "that's",
    "knw": "know", "dnt": "don't", "nvr": "never", "sry": "sorry", "abut": "about", "smth": "something",
    "smaple": "sample", "tokns": "tokens", "tks": "tickets", "qns": "questions", "ans": "answers", "rite": "right",
    "wht": "what", "hw": "how", "hlp": "help", "prev": "previous", "q": "question", "qs": "questions",
    "clf": "classifier",
    "clsf": "classification",
    "clsfn": "classification", "cls": "classes", "clss": "classes", "cats": "categories",
    "ctgs": "categories", "mdl": "model", "mdls": "models", "bdgt": "budget", "trgt": "target", "bslne": "baseline",
    "optd": "optimized", "optmzd": "optimized", "qstn": "question", "ppm": "per month", "nvm": "never mind",
    "wat": "what", "wen": "when", "hav": "have", "alot": "a lot", "recieve": "receive",
}  # fmt: skip
"""How words are cut short in a hurry."""
_WORD = re.compile(r"(?<![\w./\\@:'\"`=_-])(?:[a-z]{2,14}in'(?!\w)|[a-z]{1,18}(?![\w/\\@'\"`=_]|[.:-]\w))")
MAX_MENDED = 12
"""Words mended; a reply with more is another language."""
MAX_WORDS = 400
"""Words looked at."""
_BY_LETTER: dict[str, tuple[str, ...]] = {
    letter: tuple(sorted(word for word in _WORDS if word[0] == letter)) for letter in {word[0] for word in _WORDS}
}


def mended(heard: Said, kept: frozenset[str] = frozenset()) -> Said:
    """Return a reply with slips of the pen mended in the words that matter; `kept` are names and stay."""
    text: list[str] = []
    low: list[str] = []
    places: list[int] = []
    at = 0
    for found in islice(
        ((word, _meant(word[0])) for word in _WORD.finditer(heard.low) if word[0] not in kept), MAX_WORDS
    ):
        word, meant = found
        if meant is None or len(text) >= 2 * MAX_MENDED:
            continue
        text += [heard.text[at : word.start()], meant]
        low += [heard.low[at : word.start()], meant]
        places += [*range(at, word.start()), *([word.start()] * len(meant))]
        at = word.end()
    if not text:
        return heard
    places += range(at, len(heard.text) + 1)
    return Said("".join([*text, heard.text[at:]]), "".join([*low, heard.low[at:]]), heard.text, tuple(places))


@lru_cache(maxsize=2048)
def _meant(word: str) -> str | None:
    """Return the one word of ours that a word was meant to be, or None."""
    if word in _SHORT:
        return _SHORT[word]
    if word.endswith("in'"):
        return f"{word[:-1]}g"
    if (
        len(word) < 4
        or word in _WORDS
        or word in _REAL
        or any(word == known + end for known in _WORDS for end in _INFLECTED[1:])
    ):
        return None
    best: tuple[int, str] | None = None
    for known in _BY_LETTER.get(word[0], ()):
        most = 2 if len(known) >= 8 and len(word) >= 7 else 1
        if len(known) < 5 or abs(len(known) - len(word)) > most:
            continue
        slips = _slips(word, known, most)
        if slips <= most and (best is None or slips < best[0]):
            best = (slips, known)
    return best[1] if best else None


def _slips(typed: str, meant: str, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped; beyond `most` they are not counted."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(meant, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
