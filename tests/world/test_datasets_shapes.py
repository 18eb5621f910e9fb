"""The shapes rows stand in within one JSON value, conversations, and values that go deep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import conversation_parts
from tests.world.test_datasets_foreign import said, values


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ({"spam": ["buy this", "go"], "ham": ["see you"]}, [("buy this", "spam"), ("go", "spam"), ("see you", "ham")]),
        ({"play": [{"data": [{"text": "play "}, {"text": "it", "entity": "x"}]}]}, [("play it", "play")]),
        ({f"q{i}": {"text": f"a{i}", "label": "x"} for i in range(3)}, [("a0", "x"), ("a1", "x"), ("a2", "x")]),
        ({"text": {"0": "a", "1": "b"}, "label": {"0": "x", "1": "y"}}, [("a", "x"), ("b", "y")]),
        ({"version": "2.0", "data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [
            {"id": "1", "question": "q", "answers": [{"text": "a"}, {"text": "b"}]},
            {"id": "2", "question": "r", "answers": [], "is_impossible": True},
        ]}]}]}, [("c", "q", "a", "1"), ("c", "r", "", "2")]),
        ([{"question": "q", "answers": {"text": ["a", "b"], "answer_start": [0, 1]}}], [("q", "a")]),
    ],
)  # fmt: skip
def test_shapes_of_json(tmp_path: Path, value: object, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value))
    assert values(path) == rows


CALL = {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": '{"order": 7}'}}


@pytest.mark.parametrize(
    ("turns", "reply"),
    [
        ([{"role": "user", "content": "hi"}, {"role": "assistant", "content": None, "tool_calls": [CALL]}],
         '[{"name": "look_up", "arguments": "{\\"order\\": 7}"}]'),
        ([{"role": "user", "content": "hi"}, {"role": "assistant", "content": "a"},
          {"role": "assistant", "content": "b", "weight": 0}], "a"),
        ([{"from": "human", "value": "hi"}, {"from": "gpt", "value": "hello"}], "hello"),
        ([{"role": "user", "parts": [{"text": "hi"}]}, {"role": "model", "parts": [{"text": "a"}, "b"]}], "ab"),
    ],
)  # fmt: skip
def test_conversations(tmp_path: Path, turns: list[object], reply: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"messages": turns, "n": i}) + "\n" for i in range(30)))
    report = inspect(path)
    assert (report.task, report.labelled) == ("chat", 30)
    assert conversation_parts(turns) == ("user: hi", reply)


def test_faults_of_conversations_are_said(tmp_path: Path) -> None:
    user, system, answer = ({"role": role, "content": f"{role} says"} for role in ("user", "system", "assistant"))
    talks = [
        [system, user, answer],
        [user, answer],
        [answer],
        [user],
        [user, answer, user],
        [user, {**answer, "role": "robot"}],
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"messages": talk}) + "\n" for talk in talks))
    text = said(inspect(path))
    assert "1 conversation without user" in text and "2 conversations without assistant" in text
    assert "1 of 6 conversations begin with instructions" in text
    assert "1 conversation with something after" in text and "spoken by `robot`" in text


@pytest.mark.parametrize("depth", [500, 960, 1000, 1020])
@pytest.mark.parametrize("number", ["1", "1e30"])
def test_deep_values_end_as_rows_or_as_bad_rows(tmp_path: Path, depth: int, number: str) -> None:
    deep = f'{{"text": "words", "label": "a", "n": {number}, "x": {"[" * depth}{"]" * depth}}}'
    (tmp_path / "a.jsonl").write_text(f"{deep}\n" * 30)
    (tmp_path / "a.json").write_text(f"[{','.join([deep] * 30)}]")
    for name in ("a.jsonl", "a.json"):
        assert len(list(open_table(tmp_path / name).rows())) == 30
        try:
            report = inspect(tmp_path / name)
        except UnreadableDataset as error:
            assert "nested too deep" in str(error)
        else:
            assert report.rows + report.bad_rows == 30


def test_answers_with_their_places_are_read_alike_from_every_format(tmp_path: Path) -> None:
    import duckdb

    rows = [{"question": f"who {i}", "answers": {"text": [f"name {i}"], "answer_start": [0]}} for i in range(90)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with duckdb.connect() as database:
        lines, out = str(tmp_path / "a.jsonl"), str(tmp_path / "a.parquet")
        database.execute(f"copy (select * from read_json('{lines}')) to '{out}'")
        database.execute(f"copy (select 'ab'::blob as text, 'x' as label from range(9)) to '{tmp_path / 'b.parquet'}'")
    reports = [inspect(tmp_path / name) for name in ("a.jsonl", "a.parquet")]
    assert [(r.task, r.label_field, r.labelled, r.samples[0]["answers"]) for r in reports] == [
        ("question_answering", "answers", 90, "name 0")
    ] * 2
    assert inspect(tmp_path / "b.parquet").samples[0]["text"] == "ab"


def test_repeated_keys_in_an_array_are_said(tmp_path: Path) -> None:
    row = '{"text": "a", "label": 1, "label": 2}'
    (tmp_path / "a.json").write_text(f"[{','.join([row] * 30)}]")
    assert "name `label` more than once" in said(inspect(tmp_path / "a.json"))


def test_line_breaks_and_delimiters_within_quotes_are_one_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('"text"\t"label"\n"."\t"\n\t!"\n' + '"plain words"\t"x"\n' * 30)
    assert values(tmp_path / "a.csv") == [(".", "\n\t!"), *[("plain words", "x")] * 30]
