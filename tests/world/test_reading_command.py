"""`advisor read`: one reply, what was understood of it, and the words it was read from."""

from __future__ import annotations

import io
import json
import sys

import pytest

from advisor.__main__ import main


def read_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["read", "--json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_facts_are_printed_with_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = read_json(capsys, "300, maybe 400 labelled; 2x A100 80GB", "--asked", "labelled_examples")
    assert found["facts"] == [
        {"name": "labelled_examples", "value": {"low": 300.0, "high": 400.0}, "words": "300, maybe 400 labelled"},
        {"name": "gpus", "value": [{"name": "A100", "gib": 80.0}] * 2, "words": "2x A100 80GB"},
    ]
    assert (found["intent"], found["about"], found["supposed"]) == ("answer", "", [])
    assert main(["read", "about 800 labelled rows"]) == 0
    assert capsys.readouterr().out == 'labelled_examples=800  from "about 800 labelled rows"\n'


def test_a_number_chooses_among_the_answers_of_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    found = read_json(capsys, "2", "--asked", "prompt_optimization")
    assert [fact["value"] for fact in found["facts"]] == ["by_hand"]  # type: ignore[attr-defined]
    assert read_json(capsys, "2")["facts"] == []


def test_a_reply_is_read_from_stdin(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"800\x00 labelled\xff rows"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    found = read_json(capsys, "-", "--asked", "labelled_examples")
    assert [fact["value"] for fact in found["facts"]] == [800]  # type: ignore[attr-defined]


def test_an_unknown_fact_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "800", "--asked", "colour"]) == 2
    assert "'colour'" in capsys.readouterr().err


def test_a_wish_and_a_supposition_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "what if I had 1,000 labelled examples?"]) == 0
    assert main(["read", "what's MIPRO?", "--asked", "goal"]) == 0
    assert main(["read", "", "--asked", "goal"]) == 0
    shown = capsys.readouterr().out
    assert 'if labelled_examples=1000  from "1,000 labelled examples"' in shown
    assert "wish: define MIPRO" in shown
    assert "nothing to read" in shown
