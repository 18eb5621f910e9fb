"""What the model can learn: from names, descriptions, demonstrations, notes and training files."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
from dspy.propose.utils import strip_prefix

from advisor.practice.examples import labelled_examples, right_answer
from advisor.practice.fields import Field
from advisor.practice.head import Head, LabelledRows, Schedule, fit
from advisor.practice.model import PracticeModel
from advisor.practice.notes import CUE_HEADING, Notes
from advisor.practice.prompt import Demo, Prompt
from advisor.practice.scorer import LabelScorer
from advisor.practice.sizes import LARGE, SMALL
from advisor.practice.training import Training, UnusableFile, parse_rows, read_rows, split_rows
from advisor.practice.words import stems, tokens
from advisor.practice.writer import CLOSING, OPENING, propose, reflect, revise, shorten
from tests.practice.practice_harness import LABELLED, TEXTS

LABELS = tuple(TEXTS)


def prompt(instruction: str = "", demos: tuple[Demo, ...] = ()) -> Prompt:
    return Prompt({"text": Field("text")}, {"label": Field("label")}, instruction, demos, "chat", "chat")


def best(scorer: LabelScorer, text: str) -> Any:
    return scorer.labels[int(np.argmax(scorer.score(text)))]


def test_names_of_labels_count() -> None:
    assert best(LabelScorer(prompt(), "label", LABELS, SMALL), "changing a pin") == "change_pin"


@pytest.mark.parametrize(
    "line", ["- refund_status: cashback, paid", "**Refund status** — cashback", "refund_status -> cashback"]
)
def test_descriptions_of_labels_count(line: str) -> None:
    assert best(LabelScorer(prompt(f"Sort.\n{line}"), "label", LABELS, SMALL), "my cashback?") == "refund_status"


def test_demonstrations_count() -> None:
    demos = tuple(Demo({"text": text}, {"label": label}) for text, label in LABELLED)
    for size in (SMALL, LARGE):
        scorer = LabelScorer(prompt("", demos[-4:]), "label", LABELS, size)
        assert best(scorer, "set another code") == "change_pin"


def test_large_sees_through_typing_errors() -> None:
    assert best(LabelScorer(prompt(), "label", LABELS, LARGE), "rfund statu") == "refund_status"


def test_scripts_without_spaces_have_words() -> None:
    assert len(tokens("我要退款")) == 3
    assert stems("Größe über")


def rows_of(texts: list[str], labels: list[int]) -> LabelledRows:
    return LabelledRows(texts, np.array(labels), np.zeros((len(texts), 3), np.float32))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: size.name)
def test_head_learns_and_keeps_what_it_learned(size: Any) -> None:
    head = Head.blank(("a", "b", "c"), size.columns, size.rich)
    train = rows_of([text for text, _ in LABELLED], [LABELS.index(label) for _, label in LABELLED])
    empty = LabelledRows([], np.zeros(0, np.int64), np.zeros((0, 3), np.float32))
    epochs = list(fit(head, train, empty, Schedule(20, 4, 1.0, 0)))
    assert [epoch.number for epoch in epochs] == list(range(1, 21))
    assert epochs[-1].step == epochs[-1].total_steps
    assert epochs[-1].train_loss < epochs[0].train_loss / 2
    assert epochs[-1].train_accuracy == 1.0
    assert epochs[-1].valid_loss is None
    wider = head.widened(("c", "d"))
    assert wider.labels == ("a", "b", "c", "d")
    text = LABELLED[0][0]
    assert np.allclose(wider.shift(text)[:3], head.shift(text))
    assert wider.shift(text)[3] == 0.0
    assert np.isfinite(head.shift("")).all()


def test_label_unknown_to_the_head_keeps_its_chance() -> None:
    head = Head.blank(("a", "b"), SMALL.columns, SMALL.rich)
    head.bias[:] = [5, -5]
    model = PracticeModel("ft", SMALL, {"category": head})
    system = (
        "Your output fields are:\n1. `category` (Literal['a', 'zebra crossing']): \nAll interactions will be structured"
    )
    found = model.complete([("system", system), ("user", "at the zebra crossing, zebra")])[0]
    assert any(piece.alternatives for piece in found)
    chosen = next(piece for piece in found if piece.alternatives)
    assert {text for text, _ in chosen.alternatives} == {"a", "zebra crossing"}


def test_observations_joined_without_a_line_break_stay_apart() -> None:
    first = Notes().add_examples([("money back", "refund"), ("money now", "refund")]).counted(5)
    second = Notes().add_examples([("lost card", "card")]).counted(5)
    read = Notes().add_counted(f"Seen\n{first}The samples with label each\n{second}")
    assert dict(read.examples) == {"refund": 2, "card": 1}
    assert set(read.telling(9, 1)["refund"]) == {"mone", "back", "now"}


def test_proposals_say_what_was_seen_and_are_idempotent() -> None:
    seen = Notes().add_examples(LABELLED).counted(14)
    for seed in range(12):
        once = propose("Sort the message.", seen, LARGE, random.Random(seed))
        again = propose(once, seen, LARGE, random.Random(seed))
        third = propose(again, seen, LARGE, random.Random(seed))
        for text in (once, again, third):
            assert text.count("Sort the message.") == 1
            assert text.count(CUE_HEADING) == 1
            assert text.count(OPENING) <= 1 and text.count(CLOSING) <= 1
        assert "- refund_status: " in once
        assert set(Notes().add_cues(third).examples) == set(LABELS)
        assert len(third) < 1.5 * len(once)


@pytest.mark.parametrize("basic", ["Classify the ticket: a, b or c.", "Instruction: go", '"quoted"', ""])
def test_mipro_does_not_cut_a_proposal(basic: str) -> None:
    for seed in range(6):
        text = propose(basic, "", SMALL, random.Random(seed))
        assert basic.strip('"') in strip_prefix(text)


def test_revision_adds_corrected_examples_once() -> None:
    example = {
        "Inputs": {"text": "my pin code"},
        "Generated Outputs": {"label": "x"},
        "Feedback": "Wrong. The correct answer is 'change_pin'.",
    }
    record = json.dumps([example])
    once = revise("Sort it.", record)
    assert "- change_pin: " in once and "pin" in once
    assert revise(once, "no examples") == once
    assert revise(once, record).count(CUE_HEADING) == 1
    assert revise("", "") == "Answer the task."


def test_reflection_in_markdown_is_answered_in_a_block() -> None:
    request = """I provided an assistant with the following instructions to perform a task for me:
```
Sort it.
```
The following are examples
```
# Example 1
## Inputs
### text
my pin code

## Generated Outputs
### label
x

## Feedback
The expected label is "change_pin".
```
Your task is to write a new instruction for the assistant.
Provide the new instructions within ``` blocks."""
    reply = reflect(request)
    assert reply.startswith("```\nSort it.") and reply.endswith("\n```")
    assert "- change_pin: " in reply
    assert PracticeModel("m", SMALL).complete([("user", request)])[0][0].text == reply


def test_shortened_instruction_fits() -> None:
    long = propose("Sort it.", Notes().add_examples(LABELLED).counted(14), LARGE, random.Random(1))
    for longest in (10, 60, 100, 200, 10_000):
        assert 0 < len(shorten(long, longest)) <= longest
    assert shorten(long, 0) == long


@pytest.mark.parametrize(
    ("feedback", "answer"),
    [
        ("The correct answer is 'it's ok'.", "it's ok"),
        ('Expected "a b", got "c".', "c"),
        ("expected: `x`", "x"),
        ("should have been 'y'", "y"),
        ("Well done.", None),
    ],
)
def test_right_answer_is_quoted_in_feedback(feedback: str, answer: str | None) -> None:
    found = right_answer(feedback)
    assert found == answer or (feedback.startswith("Expected") and found == "a b")


def test_labelled_examples_of_a_data_set_repr() -> None:
    import dspy

    rows = [
        dspy.Example(text=f"it's {text}", category=label, id=str(number)).with_inputs("text")
        for number, (text, label) in enumerate(LABELLED)
    ]
    pairs = labelled_examples(repr(rows))
    assert pairs == [(f"it's {text}", label) for text, label in LABELLED]


def test_labelled_examples_in_blocks() -> None:
    text = "Text: my card\nCategory: card_arrival\n\nText: my pin\nCategory: change_pin\n"
    assert labelled_examples(text) == [("my card", "card_arrival"), ("my pin", "change_pin")]


def test_training_file_is_checked_line_by_line() -> None:
    for bad in (b"{", b"[]", b'{"messages": []}', b'{"messages": [{"role": "user", "content": "x"}]}'):
        with pytest.raises(UnusableFile, match="line 1"):
            parse_rows(bad)
    assert parse_rows(b"\n\n") == []


def test_text_fields_are_remembered() -> None:
    model = PracticeModel("m", SMALL)
    rows = read_rows(
        model,
        [[("user", f"tell me about {word}"), ("assistant", f"{word} " * 30)] for word in "abcdefghijkl"],
    )
    training = Training(model, rows, [], Schedule(2, 32, 1.0, 0))
    assert list(training) == [] and training.fields == ()
    tuned = PracticeModel("ft", SMALL, training.trained.heads, training.trained.memory)
    reply = "".join(piece.text for piece in tuned.complete([("user", "about d please")])[0])
    assert reply == ("d " * 30).strip()


def test_held_out_rows_never_take_the_last_of_a_label() -> None:
    model = PracticeModel("m", SMALL)
    rows = read_rows(model, [[("user", f"x{i}"), ("assistant", "rare" if i == 0 else "common")] for i in range(30)])
    for seed in range(10):
        train, held = split_rows(rows, seed)
        assert len(train) + len(held) == 30 and len(held) == 3
        assert any(row.outputs["answer"] == "rare" for row in train)
