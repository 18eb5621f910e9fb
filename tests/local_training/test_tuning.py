"""The training process: learns, tells, stops, and goes on after it was killed."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

from advisor.kit.local.job import CHECKPOINTS, EXAMPLE, MODEL, STOP, Job
from tests import waiting
from tests.local_training.conftest import SETTINGS, events, prepare, start, train

DEADLINE = 300.0


def test_training_lowers_the_loss_and_rows_it_never_saw_are_answered_right(learned: Path) -> None:
    losses = [event["loss"] for event in events(learned, "step")]
    assert losses[0] > 2 and losses[-1] < 0.3
    answered = events(learned, "evaluated")
    assert len(answered) == 6, "as often as the job says"
    assert answered[-1]["right"] / answered[-1]["n"] >= 0.9
    assert answered[-1]["parsed"] == answered[-1]["n"] == 50
    assert events(learned, "checked")[0]["rows"] == 450
    assert events(learned, "step")[-1]["tokens_per_second"] > 100
    done = events(learned, "done")[0]
    assert done["tokens"] / done["seconds"] > 100
    assert (learned / MODEL / "config.json").is_file()


def test_the_example_shows_what_is_trained_on(trained: Path) -> None:
    given, told = (trained.parent / EXAMPLE).read_text("utf-8").split("<<<< trained on from here >>>>")
    assert "choose its category" in given and "[[ ## text ## ]]" in given
    assert told.startswith("[[ ## category ## ]]") and "<|im_end|>" in told


def test_a_killed_training_goes_on_from_its_last_whole_checkpoint(
    tmp_path: Path, random_model: Path, rows: list[dict[str, Any]]
) -> None:
    job = Job(str(random_model), epochs=2, evaluations=6, **SETTINGS)
    folder = prepare(tmp_path / "job", job, rows[:240])
    process = start(folder)
    waiting.until(lambda: len(events(folder, "saved")) >= 2, "two checkpoints are on disk", DEADLINE)
    process.send_signal(signal.SIGKILL)
    process.wait()
    half = folder / CHECKPOINTS / "checkpoint-999"
    half.mkdir()
    (half / "config.json").write_text("{}")
    assert start(folder).wait(DEADLINE) == 0
    first, second = events(folder, "began")
    assert first["step"] == 0 and second["step"] >= events(folder, "saved")[0]["step"]
    assert events(folder, "done")[0]["steps"] == first["total_steps"]
    assert not half.exists()


def test_a_training_stops_politely_and_makes_no_model(
    tmp_path: Path, random_model: Path, rows: list[dict[str, Any]]
) -> None:
    folder = prepare(tmp_path / "job", Job(str(random_model), epochs=50, **SETTINGS), rows[:240])
    process = start(folder)
    waiting.until(lambda: bool(events(folder, "step")), "it trains", DEADLINE)
    (folder / STOP).touch()
    assert process.wait(DEADLINE) == 0
    assert events(folder, "stopped") and not events(folder, "done")
    assert not (folder / MODEL).exists()


def test_an_adapter_is_kept_apart_and_merged_into_a_model_that_answers_the_same(
    tmp_path: Path, trained: Path, rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path / "job"
    train(folder, Job(str(trained), method="lora", epochs=1), rows[:240])
    assert events(folder, "done")[0]["difference"] < 0.01
    assert events(folder, "began")[0]["trainable"] < events(folder, "began")[0]["parameters"] / 2
    adapter = json.loads((folder / "adapter" / "adapter_config.json").read_text())
    assert adapter["r"] == 16
    assert not (folder / MODEL / "adapter_config.json").exists(), "it would be loaded instead of the merged weights"


def test_rows_that_do_not_fit_are_counted_and_a_job_without_any_says_why(
    tmp_path: Path, random_model: Path, rows: list[dict[str, Any]]
) -> None:
    folder = prepare(tmp_path / "none", Job(str(random_model), max_length=20, **SETTINGS), rows[:60])
    assert start(folder).wait(DEADLINE) == 1
    failed = events(folder, "failed")[0]
    assert "longer than 20 tokens" in failed["why"] and failed["try_this"]
    long = [{"messages": [*row["messages"][:1], {"role": "user", "content": "word " * 4000}, row["messages"][-1]]}
            for row in rows[:5]]  # fmt: skip
    folder = tmp_path / "some"
    train(folder, Job(str(random_model), epochs=1, **SETTINGS), [*rows[:60], *long])
    assert events(folder, "checked")[0]["too_long"] >= 1
