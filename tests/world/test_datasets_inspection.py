"""What is counted, which roles are guessed, and what the report says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import Facts, Source
from advisor.errors import UsageError
from advisor.world.datasets.facts import facts_of
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.text import clean


def inspected(folder: Path, rows: Iterable[object], **options: object) -> DatasetReport:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return inspect(path, **options)  # type: ignore[arg-type]


def tickets(n: int = 60) -> list[dict[str, object]]:
    return [{"text": f"my card number {i} is gone", "label": ("lost", "stolen")[i % 2]} for i in range(n)]


def finding(report: DatasetReport, part: str) -> str:
    """Return the severity of the finding that says `part`."""
    return next(f.severity for f in report.findings if part in f.what)


def test_copies_conflicts_and_the_ceiling(tmp_path: Path) -> None:
    rows = tickets(40)
    rows += [rows[0], {**rows[1], "label": "lost"}, {**rows[2], "text": "MY CARD, number 2 is gone!"}]
    report = inspected(tmp_path, rows)
    assert (report.rows, report.usable) == (43, 40)
    assert (report.duplicates, report.normalized_duplicates) == (2, 3)
    assert (report.conflicting_inputs, report.conflicting_rows) == (1, 2)
    assert report.accuracy_ceiling == round(42 / 43, 4)
    assert finding(report, "with different labels") == "warns"
    (example,) = next(f.examples for f in report.findings if "different labels" in f.what)
    assert example == "my card number 1 is gone → stolen (1), lost (1)"


def test_a_ceiling_below_all_is_never_rounded_up_to_it(tmp_path: Path) -> None:
    rows = tickets(4_000)
    report = inspected(tmp_path, [*rows, {**rows[0], "label": "stolen"}])
    consequence = next(f.consequence for f in report.findings if "different labels" in f.what)
    assert "99.97%" in consequence


def test_a_missing_label_is_counted_and_asked_about(tmp_path: Path) -> None:
    rows = [
        *tickets(50),
        {"text": "no key at all"},
        {"text": "null one", "label": None},
        {"text": "blank", "label": " "},
    ]
    report = inspected(tmp_path, rows)
    assert (report.missing_labels, report.labelled, report.usable) == (3, 50, 50)
    assert finding(report, "3 of 53 rows have no label") == "warns"


def test_spellings_and_suspicious_labels(tmp_path: Path) -> None:
    labels = ["Spam", "spam", " spam", "SPAM ", "ham", "NA"]
    report = inspected(tmp_path, ({"text": f"some text {i} here", "label": labels[i % 6]} for i in range(90)))
    assert report.classes == 6
    assert finding(report, "spelled in more than one way") == "warns"
    assert finding(report, "`NA` could be") == "warns"


def test_rare_labels_are_named(tmp_path: Path) -> None:
    rows = [*tickets(60), *({"text": f"refund please {i}", "label": "refund"} for i in range(4))]
    report = inspected(tmp_path, rows)
    says = next(f for f in report.findings if "`refund`" in f.what)
    assert says.what == "The label `refund` has 4 different examples; I need 10."
    assert "add 6" in says.consequence


def test_one_label_and_ten_rows_block_rather_than_raise(tmp_path: Path) -> None:
    report = inspected(tmp_path, ({"text": f"some text {i} here", "label": "x"} for i in range(60)))
    assert report.findings[0].severity == "blocks"
    assert "same label, `x`" in report.findings[0].what
    report = inspected(tmp_path, tickets(10))
    assert report.findings[0].what == "Only 10 different usable rows."
    assert report.warnings


def test_a_majority_is_said(tmp_path: Path) -> None:
    rows = [{"text": f"some text {i} here", "label": "no" if i % 10 else "yes"} for i in range(200)]
    report = inspected(tmp_path, rows)
    assert finding(report, "`no` is 90% of the rows") == "warns"
    assert Facts(records=facts_of(report)).number("majority_share") == 0.9


def test_free_text_is_not_a_thousand_classes(tmp_path: Path) -> None:
    rows = [
        {"question": f"How many are {i} and {i}?", "answer": f"Add {i} to {i} to get\n#### {2 * i}"} for i in range(90)
    ]
    report = inspected(tmp_path, rows)
    assert (report.input_fields, report.label_field, report.task) == (("question",), "answer", "free_text")
    assert (report.classes, report.label_counts) == (0, {})


@pytest.mark.parametrize(
    ("label", "task"),
    [
        (lambda i: (["a"], ["a", "b"], ["c"])[i % 3], "multi_label"),
        (lambda i: round(i * 0.37, 2), "numeric"),
        (lambda i: i % 4, "classification"),
        (lambda i: {"name": f"n{i}", "age": i}, "structured"),
        (lambda i: json.dumps({"name": f"n{i}"}), "structured"),
        (lambda i: f"number {i}", "extraction"),
        (lambda i: i % 2 == 0, "classification"),
    ],
)
def test_the_task_follows_from_the_labels(tmp_path: Path, label: object, task: str) -> None:
    assert callable(label)
    rows = [{"text": f"the text with number {i} in it", "label": label(i)} for i in range(90)]
    report = inspected(tmp_path, rows)
    assert (report.label_field, report.task) == ("label", task)


def test_several_labels_a_row_are_counted_one_by_one(tmp_path: Path) -> None:
    intents = [["pin", "card"], ["card"], [], None]
    rows = [{"text": f"the text {i} here", "intents": intents[i % 4]} for i in range(60)]
    report = inspected(tmp_path, rows)
    assert report.label_counts == {"card": 30, "pin": 15}
    assert report.missing_labels == 15


def test_a_conversation_ends_in_its_answer(tmp_path: Path) -> None:
    rows = [
        {"messages": [{"role": "user", "content": [{"type": "text", "text": f"hi {i}"}]},
                      {"role": "assistant", "content": f"hello {i}"}]}
        for i in range(30)
    ]  # fmt: skip
    report = inspected(tmp_path, [*rows, {"messages": [{"role": "user", "content": "anyone?"}]}])
    assert (report.task, report.input_fields, report.label_field) == ("chat", ("messages",), "reply")
    assert (report.usable, report.missing_labels) == (30, 1)


def test_the_older_spelling_of_a_conversation(tmp_path: Path) -> None:
    turns = [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "hello"}]
    report = inspected(tmp_path, ({"conversations": turns} for _ in range(30)))
    assert (report.task, report.missing_labels, report.duplicates) == ("chat", 0, 29)


def test_beside_an_instruction_the_answer_is_the_label(tmp_path: Path) -> None:
    rows = [
        {"instruction": f"Tell me about the thing number {i}", "category": ("open", "closed")[i % 2],
         "response": f"It is a thing like any other, and its number is {i}"}
        for i in range(60)
    ]  # fmt: skip
    report = inspected(tmp_path, rows)
    assert (report.input_fields, report.label_field) == (("instruction",), "response")
    assert report.label_confidence < 0.5


def test_a_single_text_column_has_no_label(tmp_path: Path) -> None:
    report = inspected(tmp_path, ({"text": f"Q: what is {i}?\nA: {i}"} for i in range(60)))
    assert (report.label_field, report.task, report.label_confidence) == (None, None, 0.0)
    assert finding(report, "No column looks like a label") == "blocks"
    assert "usable_examples" not in {fact.name for fact in facts_of(report)}


def test_nested_rows_block(tmp_path: Path) -> None:
    rows = [{"title": f"t{i}", "paragraphs": [{"context": "c", "qas": []}]} for i in range(30)]
    assert finding(inspected(tmp_path, rows), "nested") == "blocks"


def test_two_texts_side_by_side_are_both_input(tmp_path: Path) -> None:
    rows = [
        {"id": i, "subject": f"about order {i} again", "body": f"the order {i} did not come, where is it",
         "created": f"2024-01-{i % 28 + 1:02}", "queue": ("billing", "shipping", "other")[i % 3], "amount": i * 1.5}
        for i in range(90)
    ]  # fmt: skip
    report = inspected(tmp_path, rows)
    assert (report.input_fields, report.label_field) == (("subject", "body"), "queue")
    assert {field.name: field.kind for field in report.fields} == {
        "id": "number", "subject": "text", "body": "text", "created": "date", "queue": "word", "amount": "number",
    }  # fmt: skip


def test_an_empty_second_input_costs_no_row(tmp_path: Path) -> None:
    rows = [
        {"instruction": f"Summarise the text number {i}", "input": f"the long text {i} goes here" if i % 2 else "",
         "output": f"In short there is a text and it is the {i}th one of them"}
        for i in range(60)
    ]  # fmt: skip
    report = inspected(tmp_path, rows)
    assert (report.input_fields, report.label_field, report.usable) == (("instruction", "input"), "output", 60)
    assert finding(report, "`input` is empty in 30 rows") == "notes"


def test_a_split_column_is_neither_input_nor_label(tmp_path: Path) -> None:
    rows = [{**row, "split": "train" if i % 5 else "test"} for i, row in enumerate(tickets(60))]
    report = inspected(tmp_path, [*rows, {**rows[1], "split": "test"}])
    assert (report.label_field, report.splits) == ("label", {"test": 13, "train": 48})
    assert report.leaks[0].inputs == 1


def test_named_fields_are_taken_and_said_to_be_told(tmp_path: Path) -> None:
    rows = [
        {**row, "team": ("a", "b", "c")[i % 3], "note": f"some note number {i}"} for i, row in enumerate(tickets(60))
    ]
    report = inspected(tmp_path, rows, label_field="team", input_fields=("note",))
    assert (report.input_fields, report.label_field, report.label_confidence) == (("note",), "team", 1.0)
    facts = Facts(records=facts_of(report))
    for name in ("input_fields", "label_field"):
        fact = facts.get(name)
        assert fact is not None and fact.source is Source.told and fact.evidence == "rows.jsonl"


def test_guesses_are_assumed_and_counts_measured(tmp_path: Path) -> None:
    facts = Facts(records=facts_of(inspected(tmp_path, tickets(60))))
    sources = {fact.name: fact.source for fact in facts.known()}
    assert sources == {
        "data_path": Source.measured, "rows": Source.measured, "labelled_examples": Source.measured,
        "usable_examples": Source.measured, "classes": Source.measured, "accuracy_ceiling": Source.measured,
        "majority_share": Source.measured, "task": Source.assumed, "input_fields": Source.assumed,
        "label_field": Source.assumed,
    }  # fmt: skip


def test_a_field_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    rows = [{**row, "category": "x"} for row in tickets(60)]
    with pytest.raises(UsageError) as raised:
        inspected(tmp_path, rows, label_field="catgory")
    assert raised.value.why == "The data has `category`, `text`, `label`."
    with pytest.raises(UsageError):
        inspected(tmp_path, rows, input_fields=("nothing",))
    with pytest.raises(UsageError):
        inspected(tmp_path, rows, input_fields=("label",), label_field="label")


def test_a_limit_is_said(tmp_path: Path) -> None:
    report = inspected(tmp_path, tickets(60), limit=30)
    assert report.rows == 30
    assert finding(report, "first 30 rows only") == "notes"


def test_tokens_depend_on_the_script(tmp_path: Path) -> None:
    latin = inspected(tmp_path, ({"text": "abcd efgh " * 10 + str(i), "label": "ab"[i % 2]} for i in range(30))).tokens
    chinese = inspected(tmp_path, ({"text": "退款问题" * 25 + str(i), "label": "ab"[i % 2]} for i in range(30))).tokens
    assert latin and chinese and latin.estimated
    assert 20 < latin.input_mean < 25
    assert 70 < chinese.input_mean < 80


def test_personal_data_in_examples_of_conflicts_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [{"text": f"order {i} is late", "label": "ab"[i % 2]} for i in range(20)]
    mine = "write to jane.doe@example.org or call +44 20 7946 0018"
    rows += [{"text": mine, "label": "a"}, {"text": mine, "label": "b"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (found,) = (finding for finding in inspect(path).findings if finding.about == "conflicts")
    assert found.examples and "jane" not in found.examples[0] and "0018" not in found.examples[0]


def test_what_is_shown_carries_no_escapes(tmp_path: Path) -> None:
    nasty = "\x1b]0;owned\x07\x1b[31mred\x1b[0m \x9b2J\u202eevil\x00 text"
    rows = [{"text": f"{nasty} {i % 40}", "label": f"{nasty}{i % 2}"} for i in range(60)]
    report = inspected(tmp_path, [*rows, {"text": f"{nasty} 0", "label": "other\x07"}])
    shown = [*report.warnings, *(v for row in report.samples for pair in row.items() for v in pair)]
    shown += [text for f in report.findings for text in (f.what, f.consequence, *f.examples)]
    assert all(text.isprintable() for text in shown)
    assert f"{nasty}0" in report.label_counts, "the data itself is left as it is"


def test_clean_keeps_words_and_shortens() -> None:
    assert clean("\x1b[1mbold\x1b[0m\nnext\tcell") == "bold next cell"
    assert clean("x" * 100, 10) == "x" * 9 + "…"
    assert clean("👩‍🚀 né 退款") == "👩‍🚀 né 退款"


def test_beside_a_label_that_was_named_the_only_other_column_is_the_input(tmp_path: Path) -> None:
    rows = [{"id": i, **row} for i, row in enumerate(tickets())]
    report = inspected(tmp_path, rows, label_field="text")
    assert (report.label_field, report.input_fields) == ("text", ("label",))
