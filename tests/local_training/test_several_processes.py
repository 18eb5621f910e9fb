"""One training by two processes: as one would train, stopped and killed together, gone on with by any number."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from advisor.kit.local import checkpoints, ending
from advisor.kit.local.held_out import answer
from advisor.kit.local.job import CHECKPOINTS, HELD_OUT, MODEL, STOP, Job, read_rows
from tests import waiting
from tests.local_training.conftest import SETTINGS, events, prepare, start, train
from tests.local_training.tiny_model import without_prompt

pytestmark = waiting.linux
DEADLINE = 300.0
SHARDED = "tests.local_training.sharded_on_cpu"
Rows = list[dict[str, Any]]


def workers_of(folder: Path) -> list[int]:
    """Return the processes that train in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if "--worker" in command and str(folder) in command:
            found.append(int(path.name))
    return sorted(found)


def none_is_left(folder: Path) -> None:
    # A process that ends has no command line a moment before its files are closed, the lock among them.
    waiting.until(lambda: not workers_of(folder) and ending.is_free(folder), "no worker is left", DEADLINE)


def figures(folder: Path) -> list[tuple[int, int, int]]:
    return [(told["step"], told["right"], told["n"]) for told in events(folder, "evaluated")]


def answers_right(folder: Path) -> float:
    """Return the share of held-out rows that the saved model answers right, loaded anew."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder / MODEL)
    told = answer(model, AutoTokenizer.from_pretrained(folder / MODEL), read_rows(folder / HELD_OUT))
    return told.right / told.n


@pytest.fixture(scope="module")
def lesson(learned: Path, rows: Rows) -> tuple[Job, Rows]:
    """A short training of a model that knows the task; 211 rows to train on make an uneven last step."""
    return Job(str(learned / MODEL), epochs=1, evaluations=2, **{**SETTINGS, "learning_rate": 1e-3}), (
        without_prompt(rows)[:235]
    )


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, lesson: tuple[Job, Rows]) -> Path:
    folder = tmp_path_factory.mktemp("alone") / "job"
    train(folder, *lesson)
    return folder


@pytest.mark.parametrize("program", ["advisor.kit.local.tune", SHARDED])
def test_two_processes_train_and_answer_as_one_does(
    program: str, tmp_path: Path, alone: Path, lesson: tuple[Job, Rows]
) -> None:
    job, rows = lesson
    folder = tmp_path / "job"
    spread = {"processes": 2, "sharded": True if program == SHARDED else None, "accumulate": 2}
    train(folder, Job(**{**vars(job), **spread}), rows, program)
    (began,) = events(folder, "began")
    assert (began["processes"], began["sharded"]) == (2, program == SHARDED)
    assert began["parameters"] == events(alone, "began")[0]["parameters"]
    assert began["total_steps"] == events(alone, "began")[0]["total_steps"] == 27
    told, expected = events(folder, "step"), events(alone, "step")
    assert [one["loss"] for one in told] == pytest.approx([one["loss"] for one in expected], abs=2e-3)
    assert figures(folder) == figures(alone)
    losses = [[one["loss"] for one in events(where, "evaluated")] for where in (folder, alone)]
    assert losses[0] == pytest.approx(losses[1], abs=2e-3)
    assert len(events(folder, "done")) == len(events(folder, "checked")) == 1
    assert answers_right(folder) >= 0.9
    assert not workers_of(folder)


def test_no_worker_outlives_its_killed_starter_and_one_process_goes_on(
    tmp_path: Path, random_model: Path, rows: Rows
) -> None:
    job = Job(str(random_model), epochs=4, evaluations=12, processes=2, **SETTINGS)
    folder = prepare(tmp_path / "job", job, without_prompt(rows)[:240])
    process = start(folder)
    waiting.until(lambda: len(events(folder, "saved")) >= 2, "two checkpoints are on disk", DEADLINE)
    assert len(workers_of(folder)) == 2
    process.send_signal(signal.SIGKILL)
    process.wait()
    none_is_left(folder)
    last = checkpoints.newest_whole(folder / CHECKPOINTS)
    assert last
    assert start(prepare(folder, Job(**{**vars(job), "processes": 1}), without_prompt(rows)[:240])).wait(DEADLINE) == 0
    first, second = events(folder, "began")
    assert (first["processes"], second["processes"]) == (2, 1)
    assert second["step"] == int(last.name.rpartition("-")[2]) > 0
    assert events(folder, "done")[0]["steps"] == first["total_steps"] == second["total_steps"]


def test_a_killed_worker_ends_the_others_and_is_told_of_once_and_a_stop_saves(
    tmp_path: Path, random_model: Path, rows: Rows
) -> None:
    job = Job(str(random_model), epochs=50, evaluations=300, processes=2, **SETTINGS)
    folder = prepare(tmp_path / "job", job, without_prompt(rows)[:240])
    process = start(folder)
    waiting.until(lambda: bool(events(folder, "saved")), "a checkpoint is on disk", DEADLINE)
    os.kill(workers_of(folder)[-1], signal.SIGKILL)
    assert process.wait(DEADLINE) == 1
    (failed,) = events(folder, "failed")
    assert "of 2 of the training was ended by signal 9" in failed["why"] and "--resume" in failed["try_this"]
    assert not workers_of(folder)

    process = start(folder)
    waiting.until(lambda: len(events(folder, "began")) == 2, "it goes on", DEADLINE)
    process.send_signal(signal.SIGTERM)
    assert process.wait(DEADLINE) == 0
    (stopped,) = events(folder, "stopped")
    assert (folder / CHECKPOINTS / f"checkpoint-{stopped['step']}" / "trainer_state.json").is_file()
    assert not workers_of(folder) and not (folder / MODEL).exists()


def test_shared_out_weights_are_stopped_kept_and_gone_on_with_and_no_other_way(
    tmp_path: Path, random_model: Path, rows: Rows
) -> None:
    job = Job(str(random_model), method="lora", epochs=3, evaluations=6, processes=2, sharded=True)
    folder = prepare(tmp_path / "job", job, without_prompt(rows)[:100])
    process = start(folder, SHARDED)
    waiting.until(lambda: bool(events(folder, "saved")), "a checkpoint is on disk", DEADLINE)
    (folder / STOP).touch()
    assert process.wait(DEADLINE) == 0
    (stopped,) = events(folder, "stopped")
    last = checkpoints.newest_whole(folder / CHECKPOINTS)
    assert last and checkpoints.is_sharded(last) and last.name == f"checkpoint-{stopped['step']}"
    (folder / STOP).unlink()

    prepare(folder, Job(**{**vars(job), "processes": 1, "sharded": False}), without_prompt(rows)[:100])
    assert start(folder).wait(DEADLINE) == 1
    assert "weights that were shared out among processes" in events(folder, "failed")[0]["why"]

    prepare(folder, Job(**{**vars(job), "sharded": None}), without_prompt(rows)[:100])
    assert start(folder, SHARDED).wait(DEADLINE) == 0
    began = events(folder, "began")[1]
    assert began["step"] == stopped["step"] and began["sharded"] and began["trainable"] < began["parameters"]
    assert events(folder, "done")[0]["difference"] < 0.01, "the adapter that was saved is the one that was trained"


def test_what_all_fail_at_is_told_once(tmp_path: Path, random_model: Path, rows: Rows) -> None:
    job = Job(str(random_model), processes=2, sharded=True, **SETTINGS)
    folder = prepare(tmp_path / "job", job, without_prompt(rows)[:60])
    assert start(folder).wait(DEADLINE) == 1
    (failed,) = events(folder, "failed")
    assert "among GPUs only" in failed["why"] and failed["try_this"]
    assert not workers_of(folder)
