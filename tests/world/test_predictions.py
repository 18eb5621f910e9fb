from pathlib import Path

from advisor.run_record import RunRecord
from advisor.world.predictions import read_answers, read_instructions


def test_answers_are_read_and_torn_lines_passed_over(tmp_path: Path) -> None:
    (tmp_path / "predictions").mkdir()
    lines = (
        '{"row": 0, "outcome": "1", "expected": "a", "answer": "a", "inputs": {"row": "x", "text": "y"}}\n[1]\n'
        '{"row": 2, "outc'
    )
    (tmp_path / "predictions" / "tuned-test.jsonl").write_text(lines)
    rows = read_answers(tmp_path, "tuned", "test")
    assert [(row.number, row.right, row.text) for row in rows] == [(0, True, "x\ny")]
    assert read_answers(tmp_path, "tuned", "dev") == ()


def test_instructions_are_read_from_the_saved_program(tmp_path: Path) -> None:
    (tmp_path / "programs").mkdir()
    saved = tmp_path / "programs" / "optimized.json"
    saved.write_text('{"answer": {"signature": {"instructions": "Choose."}}, "metadata": {"x": 1}, "odd": [1]}')
    assert read_instructions(tmp_path, "optimized") == "Choose."
    saved.write_text("not json")
    assert read_instructions(tmp_path, "optimized") == "" == read_instructions(tmp_path, "tuned")


def test_the_record_of_a_run_is_empty_before_there_is_one(tmp_path: Path) -> None:
    record = RunRecord()
    assert (record.file("log"), record.instructions("tuned"), record.last_output()) == (None, "", "")
    record = RunRecord(tmp_path)
    assert record.file("report") is None and record.answered_rows("tuned", "test") == ()
    (tmp_path / "output.log").write_bytes(b"10%\r20%\nkey sk-abcdefghijklmnopqrstuvwxyz \x1b[31mfailed\xff\n")
    assert record.last_output().splitlines() == ["20%", "key sk-…wxyz failed�"]
    assert record.file("log") == tmp_path / "output.log"
