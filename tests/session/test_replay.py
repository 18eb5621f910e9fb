"""The kept conversations come to the same advice and the same project, on any machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.conversation import Advised, Closed, Overruled, Planned, Ran
from advisor.replaying import replay
from advisor.world import transcripts
from tests.session.curated import FOLDER, REPLIES

ROUTES = {
    "fine-tune": ("bootstrap_finetune",), "do-not": ("define_metric",),
    "distil": ("distillation",), "collect-data": ("collect_data",),
    "stop-here": ("prompt_optimization",),
    "overruled": ("prompt_optimization", "bootstrap_finetune"),
}  # fmt: skip
"""What each advises, in order; a practice run changes nothing in it."""
WITHOUT_A_RUN = ("do-not", "collect-data")


@pytest.mark.parametrize("name", REPLIES)
async def test_a_kept_conversation_replays_to_the_same(name: str, tmp_path: Path) -> None:
    file = FOLDER / f"{name}.jsonl"
    kept = transcripts.load(file)
    advised = [event.route for event in kept if isinstance(event, Advised)]
    assert tuple(dict.fromkeys(advised)) == ROUTES[name]
    assert isinstance(kept[-1], Closed)
    assert any(isinstance(event, Overruled) for event in kept) == (name == "overruled")
    assert any(isinstance(event, Ran) for event in kept) == (name not in WITHOUT_A_RUN)
    assert any(isinstance(event, Planned) for event in kept) == (name not in WITHOUT_A_RUN)
    assert await replay(file, tmp_path) == []


def test_a_kept_conversation_names_no_machine() -> None:
    for file in FOLDER.glob("*.jsonl"):
        text = file.read_text(encoding="utf-8")
        assert "/tmp/" not in text
        assert str(FOLDER.parent) not in text


def test_a_difference_is_found_and_shown(tmp_path: Path) -> None:
    changed = tmp_path / "changed.jsonl"
    text = (FOLDER / "do-not.jsonl").read_text(encoding="utf-8")
    changed.write_text(text.replace('"route": "define_metric"', '"route": "distillation"'), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "replay", str(changed), "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    (difference,) = json.loads(done.stdout)["differences"]
    assert difference["what"] == "advice"


@pytest.mark.parametrize("content", ["", "not json\n", '{"kind": "opened", "version": 1, "data": '])
def test_what_is_no_conversation_ends_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "torn.jsonl"
    file.write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "replay", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
