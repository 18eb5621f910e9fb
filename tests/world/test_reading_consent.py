"""What may be taken as consent: a reply that is nothing but a yes."""

from __future__ import annotations

import time

import pytest

from advisor.domain.facts import FactName
from advisor.world.reading import read

OFFER = ("yes", "no")
PLAIN_YES = (
    "yes", "y", "Y", "Yes.", "YES!", "yes please", "Yes, please.", "yep", "yeah", "sure", "sure, run it", "ok", "okay",
    "ok go ahead", "OK, go ahead", "go ahead", "yes, go ahead", "run it", "run it please", "please run it", "do it",
    "yes do it", "let's go", "yes, let's do it", "I agree", "yes, I agree", "correct", "that's right", "of course",
    "yes, of course", "sounds good", "sounds good, go ahead", "sure, why not",
    "well, yes", "oh yes", "hm, ok", "ok then",
    "absolutely", "proceed", "👍", "yes 👍", "sure thing, thanks", "thanks, yes", "go ahead and run it",
    "yes yes", "  yes  ",
    "no problem", "you may run it", "right, that’s right",
)  # fmt: skip
PLAIN_NO = (
    "no", "n", "N", "No.", "NO!", "no thanks", "no, thank you", "nope", "nah", "not now", "Not now, thanks", "not yet",
    "no, not yet", "not today", "never", "no way", "no, sorry", "sorry, no", "rather not", "I'd rather not", "don't",
    "no, don't", "don't run it", "do not run it", "no, please don't", "please don't",
    "cancel", "cancel it", "not really",
    "definitely not", "👎", "later", "never mind", "no no no", "well, no", "of course not", "no thanks, not now",
)  # fmt: skip
TURNED = (
    "ok, but wait - what will it cost?", "sure, once legal has agreed", "right, what happens to my data?",
    "yes, but not before Monday", "ok. hold on", "ok, no", "correct, but first change the budget", "yes, but",
    "yes but wait", "ok,but wait", "ok—wait", "yes... no", "yes, wait", "yes, hang on",
    "ok, one moment", "ok, just a second",
    "yes, if it is under $5", "yes, unless it costs more", "yes, after lunch", "ok, tomorrow", "sure, next week",
    "yes, provided it stays here", "yes, as soon as it is approved",
    "yes, as long as it is free", "yes, only the first half",
    "yes, except the names", "yes, though I worry", "okay, however I am unsure", "right, how long does it take",
    "ok, can you explain it", "ok, is it safe", "sure, will it leave my machine?", "yes?", "ok?", "yes, go ahead?",
    "yes, maybe", "ok, actually make it smaller", "yes, don't", "ok, stop", "ok, cancel", "yes, not now", "ok, later",
    "yes, let me check", "ok, I need to think", "sure, when the others are back", "right, not so fast", "ok, on Monday",
    "yes, instead use local", "ok. why?", "yeah, no", "yes, nope", "yes, we should ask legal first", "ok - who sees it",
    "1, but wait", "1, but first the budget", "1?", "wait, first change the budget", "first change the budget",
    "the first, once legal has agreed",
)  # fmt: skip
MORE_THAN_YES = (
    "yes, with a budget of $5", "ok sorry", "go ahead, after lunch", "run it with 10 rows", "run it on Monday",
    "do it tomorrow", "yes " * 40, "ok whatever", "fine, I suppose",
)  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "expected"), [*((reply, True) for reply in PLAIN_YES), *((reply, False) for reply in PLAIN_NO)]
)
@pytest.mark.parametrize("choices", [(), OFFER])
def test_a_plain_yes_or_no(reply: str, expected: bool, choices: tuple[str, ...]) -> None:
    reading = read(reply, None, choices)
    assert (reading.plainly, reading.yes, reading.intent) == (True, expected, "answer")
    assert reading.choice in (None, 0 if expected else 1)


@pytest.mark.parametrize("reply", TURNED)
@pytest.mark.parametrize("choices", [(), OFFER])
def test_a_yes_that_turns_is_none(reply: str, choices: tuple[str, ...]) -> None:
    reading = read(reply, None, choices)
    assert (reading.plainly, reading.yes) == (False, None)
    assert reading.choice != 0


@pytest.mark.parametrize("reply", MORE_THAN_YES)
def test_a_yes_with_more_is_not_plain(reply: str) -> None:
    reading = read(reply, None, OFFER)
    assert not reading.plainly
    assert reading.choice != 0


@pytest.mark.parametrize("reply", ["no, wait, yes", "no, go ahead", "no - ok, do it"])
def test_a_no_that_turns_is_neither(reply: str) -> None:
    assert (read(reply, None, OFFER).yes, read(reply, None, OFFER).plainly) == (None, False)


@pytest.mark.parametrize("reply", ["1", "1.", "(1)", "option 1", "the first one", "number one", "1 please", "#1"])
def test_the_number_of_an_option_is_plain(reply: str) -> None:
    reading = read(reply, None, OFFER)
    assert (reading.choice, reading.plainly) == (0, True)


@pytest.mark.parametrize("reply", [reply for reply in TURNED if "?" in reply or reply in ("ok, no", "yes, wait")])
def test_a_yes_that_turns_is_no_answer_to_a_question_for_one(reply: str) -> None:
    assert not [fact for fact in read(reply, "data_must_stay").facts if fact.name == "data_must_stay"]


@pytest.mark.parametrize("reply", ["yes, but", "yes, wait", "ok, not that one", "yes, once I have looked"])
def test_a_yes_that_turns_confirms_no_label(reply: str) -> None:
    reading = read(reply, "label_field", ("yes", "category"), ("text", "category"))
    assert (reading.yes, reading.choice) == (None, None)


@pytest.mark.parametrize(
    ("reply", "label", "inputs"),
    [
        ("input body", None, ("body",)), ("no, the input is body", None, ("body",)),
        ("yes but the input is only body", "queue", ("body",)), ("1, but input only body", "queue", ("body",)),
        ("queue is right; the program reads body", "queue", ("body",)),
        ("body is the label, input subject", "body", ("subject",)),
        ("yes, the input is subject and body", "queue", ("subject", "body")),
    ],
)  # fmt: skip
def test_what_is_said_of_the_inputs_names_no_label(reply: str, label: str | None, inputs: tuple[str, ...]) -> None:
    reading = read(reply, "label_field", ("yes", "subject", "body"), ("subject", "body", "queue"))
    found = {fact.name: fact.value for fact in reading.facts}
    assert (found.get("label_field"), found["input_fields"]) == (label, inputs)
    assert (reading.yes, reading.choice) == (None, None)


@pytest.mark.parametrize(
    "reply", ["yes. no optimization so far. We get around four out of five right", "yes, 80% right"]
)
def test_a_yes_to_the_label_is_kept_beside_facts(reply: str) -> None:
    reading = read(reply, "label_field", ("yes", "subject", "body"), ("subject", "body", "queue"))
    assert reading.yes is True and reading.facts


def test_not_now_skips_a_question_and_declines_an_offer() -> None:
    assert read("not now", "budget_usd").intent == "skip"
    assert (read("not now", None, OFFER).intent, read("not now", None, OFFER).yes) == ("answer", False)


@pytest.mark.parametrize(
    "piece", ["yes ", "yes please ", "no, ", "ok - ", "sure sure ", "thanks ", "and ", "yes, and "]
)
def test_a_row_of_yeses_is_read_in_bounded_time(piece: str) -> None:
    began = time.process_time()
    for length in range(60, 90):
        read((piece * 40)[:length] + "x", None, OFFER)
    assert time.process_time() - began < 2


SECRETS = ("sk-proj-abcdefghijklmnop1234567890ABCD", "8f14e45fceea167a5a36dedd4bea2543", "8f14e45fceea167a")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("asked", [None, "labelled_examples"])
def test_the_text_may_be_kept(secret: str, asked: FactName | None) -> None:
    reading = read(f"\x1b[31mmy key is {secret[:6]}\u200b{secret[6:]}\nand 500 labelled", asked)
    assert secret[8:] not in reading.text and "key" in reading.note
    assert reading.text.startswith("my key is ") and reading.text.endswith("and 500 labelled")
    assert read("why", asked).text == "why" and read("  800  rows ", asked).text == "800 rows"
