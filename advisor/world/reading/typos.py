"""Slips of the pen in the words that matter, mended before the rest is read."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from advisor.world.reading.said import Said

_WORDS = frozenset(
    """
    labelled labeled unlabelled unlabeled annotated labels examples example samples tickets documents conversations
    categories category classes classification classify classifies extraction extract extracts summarize summarizes
    summarise summarises summaries summary translation translate answers questions sentiment generation moderation
    baseline accuracy accurate correct target percent percentage scored scores score today currently
    optimized optimised optimizer optimiser optimization optimisation optimize optimise optimizing prompts prompt
    manually manual bootstrap tweaked examples untried
    quality cheaper faster slower expensive latency budget dollars month monthly calls requests costs speed
    better hallucinates hallucinating hallucination knowledge money improve improved
    metric metrics function tolerance judge exact match compare evaluate
    stable settled changes changing change changed frequently defining defined unchanged evolving constantly
    distillation distill distilled distilling finetuning finetune openai nebius together foundry practice locally
    thousand hundred million eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety
    column training trained always every reached reaches measured around roughly approximately settled
    """.split()
)
_REAL = frozenset(
    """
    label labeling labelling sample ticket document conversation classified classifier classifiers extracted extracting
    extracts extractor translated translates answer answered question targets targeted scorer scoring percents percentages
    optimizers optimizes optimal tweak tweaks tweaking boots bootstrapped bootstrapping qualify qualities cheap cheapest
    fast fastest slow slowest slowly costs cost expense expenses budgets dollar months mouth mouths called caller calling
    request requested letter bitter butter matter hallucinate improves improving improvement functions functional
    tolerances tolerant judged judges judging judgment exactly matched matches matching compared compares comparing
    charges charging charge charged chances chance frequent defines define defied refined stables stability settle
    distills distil thousands hundreds millions billion billions eighth sixths seventh ninetieth eights columns trains
    trainer planning evaluated evaluates evaluation ever even everyone optional options option proper promptly prompted
    prompting metrical medic metre matrix automatic classic classical classics class exact extra exams catalog category
    categorized accurately corrects corrected correctly correction corrections target baselines current latently
    manuals annually mutual better best batter setter settler settles unsettled table stale staple stapled label labour
    scare scored scorecard store stored stores shares score scope scopes scopes source sources second seconds
    together altogether gather gathered founder foundries found founded sounds practise practices local locals
    contract contracts contrast documented improved approve approved approves moderate generate generated generates
    costly coasts casts course courses speeds spend spends spending sped steed seed need needs months moths money monkey
    changeable changer ranges range untied united trades traded trainings raining draining straining remaining
    constant always alleys very eery correspond correlate function unction junctions knowledgeable dollop collars
    practical clarification classifications clarify libelled sediment sentient generating generator generators extensive
    expansive fraction fractions friction fiction frequency tracing trading trailing evacuate escalate escalated enact
    practised practises annotate annotates baselines lapels scorned tablet knowledges hallucinations designing refining
    eight seven nine eights ninth eighths months forty fifty sixty ninety thirty twenty
    twentieth fifties sixties seventies eighties nineties thirties forties fifth fiftieth fortieth fourth forth
    judo budge judger fudge nudge seven seventeen eleventh twelfth translation transition transmission transaction
    transactions quantity equality quality quietly locality locale badge gadget widget midget compute computer
    competes complete completes company companies compile compiled composed computes comparison instance distance
    instances toleration mangle sixty sixteenth examine examined examiner excel excerpt expect expects expected expert
    experts except excepts exempt exempts extant extent extents improper imposed implored ticked tickers ticker
    evaluator entire entered thirty thirsty lately lastly fatter rafter latter later caster master pastor
    speech speck select closed classed glasses clauses causes phases masses passes cases calls cells falls walls halls
    balls tells sells fills bills bill requires require requirements stabled sable able cable fable started state stated
    states status station stations untrained retrained budgeted baseman optimism optimist optimistic optimum
    """.split()
)
"""Words that are meant as they stand, near as they are to one of the above."""
_INFLECTED = ("", "s", "d", "ed", "ing", "ly", "r", "er")
_SHORT = {
    "wud": "would", "gud": "good", "shud": "should", "cud": "could", "abt": "about", "bout": "about", "ppl": "people", "msgs": "messages", "acc": "accuracy", "tix": "tickets",
    "reqs": "requests", "lbls": "labels", "u": "you", "ur": "your", "hve": "have", "hv": "have", "havent": "haven't", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't",
    "isnt": "isn't", "wont": "won't", "arent": "aren't", "wasnt": "wasn't", "hasnt": "hasn't", "plz": "please", "pls": "please", "thx": "thanks", "cuz": "because", "bcuz": "because", "coz": "because", "rly": "really",
    "exmpls": "examples", "exs": "examples", "mnth": "month", "mths": "months", "teh": "the", "nad": "and", "wiht": "with", "gonna": "going to", "gotta": "have to", "evry": "every", "hand-labelled": "labelled",
}  # fmt: skip
"""How words are cut short in a hurry."""
_WORD = re.compile(r"(?<![\w./\\@:'\"`=_-])[a-z]{1,18}(?![\w/\\@'\"`=_]|[.:-]\w)")
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
    """Return how many letters were left out, added, changed or swapped with the next; more than `most` is not counted."""
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
