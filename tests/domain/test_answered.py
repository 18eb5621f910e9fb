from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.answered import AnsweredRow, answered, changed, missed


def row(number: int, right: bool, answer: str | None = "a") -> AnsweredRow:
    return AnsweredRow(number, f"text {number}", "a", answer, right)


def test_a_prediction_is_read_with_the_fields_the_program_read() -> None:
    told = {"row": 3, "outcome": "1", "expected": "late", "answer": "late",
            "inputs": {"subject": "Hi", "answer": "Where is it?"}}  # fmt: skip
    assert answered(told, 9) == AnsweredRow(3, "Hi\nWhere is it?", "late", "late", True)
    assert answered({**told, "outcome": "x", "answer": None}, 9).answer is None
    assert answered({"outcome": "0", "answer": 7}, 9) == AnsweredRow(9, "", "", "7", False)


def test_changed_rows_are_the_fixed_and_the_broken_broken_first() -> None:
    before = [row(0, True), row(1, False), row(2, True), row(3, False), row(9, True)]
    after = [row(0, True), row(1, True), row(2, False), row(3, False)]
    assert [(one.fixed, one.after.number) for one in changed(before, after)] == [(False, 2), (True, 1)]


def test_missed_rows_begin_with_those_without_an_answer() -> None:
    rows = [row(0, True), row(1, False), row(2, False, None)]
    assert [one.number for one in missed(rows)] == [2, 1]


JSON: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers())


@given(st.dictionaries(st.sampled_from(["row", "outcome", "expected", "answer", "text"]) | st.text(), JSON))
def test_any_object_is_a_row(told: dict[str, object]) -> None:
    assert isinstance(answered(told, 0), AnsweredRow)
