"""Words that ask to see a part of the dataset's report, or for a deep check, and words that do not."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName
from advisor.world.reading import read

SHOWN = {
    "show labels": "labels",
    "List the classes, please": "labels",
    "how many labels do we have?": "labels",
    "show the duplicates": "copies",
    "duplicates": "copies",
    "are there any duplicates in my data?": "copies",
    "show me the conflicting rows": "copies",
    "which rows contradict each other": "copies",
    "which rows are wrong": "copies noise",
    "can you show me which rows are wrong?": "copies noise",
    "what leaks": "leaks",
    "which field gives the label away?": "leaks",
    "show the data": "fields",
    "show me the report": "overview",
    "what's wrong with my data?": "findings",
    "is there personal data in it": "personal",
    "how long are the texts?": "length",
    "show the learning curve": "curve",
    "show me the wrong labels": "noise",
    "show the split": "test",
}
CHECKED = {
    "check for near duplicates": "near",
    "are there near-duplicates?": "near",
    "look for wrong labels": "noise",
    "can you look for mislabeled rows please?": "noise",
    "find the labelling errors in the data": "noise",
    "how would more data help": "curve",
    "would more labelled rows still help?": "curve",
    "run the deep checks": "near noise curve",
}
QUESTIONS: tuple[FactName | None, ...] = (None, "labelled_examples", "label_field", "goal")


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize(
    ("text", "intent", "about"),
    [*((text, "section", about) for text, about in SHOWN.items()), *((a, "deep", b) for a, b in CHECKED.items())],
)
def test_a_part_of_the_report_is_asked_for(text: str, intent: str, about: str, asked: FactName | None) -> None:
    heard = read(text, asked)
    assert (heard.intent, heard.about, heard.facts) == (intent, about, ())


@pytest.mark.parametrize(
    "text",
    ["show me", "show me what you know", "list", "show the facts", "what's wrong with fine-tuning?", "show me the code",
     "the labels are wrong", "we have 30 labels", "labels", "data", "some rows are duplicates, about 40",
     "how many examples should I label?", "check for " + "near " * 40 + "duplicates"],
)  # fmt: skip
def test_what_only_sounds_alike_is_no_request_for_it(text: str) -> None:
    assert read(text, "labelled_examples").intent not in ("section", "deep")


def test_the_name_of_a_field_is_an_answer() -> None:
    assert read("duplicates", "label_field", (), ("text", "Duplicates")).intent != "section"
    assert read("duplicates", "label_field", (), ("text", "queue")).intent == "section"
