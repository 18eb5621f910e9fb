# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "dspy[optuna]>=3.4.1,<3.5",
#     "openai>=2.54,<3",
# ]
# ///
"""Teach a small model what a large one knows, and measure how much of it is kept.

    python optimize.py --dry-run     check everything and count the calls; make none
    python optimize.py --limit 20    a cheap trial on the first 20 rows of train and dev; test stays unseen
    python optimize.py               the whole run, into runs/<time>/
    python optimize.py --resume      go on with an unfinished run; what is paid is kept
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import dspy

import program
from kit import gates, traces, training
from kit.command import main
from kit.run import Run
from program import Program, feedback


def improve(run: Run) -> None:
    """The route. Each candidate is saved and scored on dev; `kit` scores them all on test when this returns."""
    baseline = run.build("baseline", lambda: plain(run.student))
    gates.above_chance(run)

    run.build("optimized", lambda: optimize_prompts(run, baseline, run.student))
    gates.worth_training(run)
    gates.target_not_reached(run)

    teacher = run.build("teacher", lambda: optimize_prompts(run, plain(run.teacher), run.teacher))

    kept = run.collect(teacher)
    gates.enough_traces(run, kept)
    run.build("tuned", lambda: tune(run, teacher, kept.rows))
    gates.better_than_prompts(run, "tuned")


def plain(model: Any) -> Program:
    """The program as it is."""
    unchanged = Program()
    unchanged.set_lm(model)
    return unchanged


def prompt_optimizer(run: Run, model: Any) -> dspy.GEPA:
    """Rewrites the instruction from what the metric says was wrong."""
    return dspy.GEPA(
        metric=feedback,
        auto="light",
        reflection_lm=run.prompt_model,
        reflection_minibatch_size=8,  # three, the usual number, show too few labels at a time
        add_format_failure_as_feedback=True,
        num_threads=run.threads,
        log_dir=str(run.scratch("gepa")),  # it goes on from there when the run is resumed
        seed=run.seed,
    )


def optimize_prompts(run: Run, start: Program, model: Any) -> Program:
    """A copy of `start` with better prompts, chosen on dev."""
    return prompt_optimizer(run, model).compile(start.deepcopy(), trainset=run.train, valset=run.dev)


def tune(run: Run, answered: Program, rows: list[traces.ChatRow]) -> Program:
    """The student, trained on the answers of `answered` and asked with the same instruction."""
    student = traces.without_demos(answered)
    student.set_lm(training.train(run, "tuned", rows))
    return student


if __name__ == "__main__":
    sys.exit(main(improve, Path(__file__).resolve().parent, program, __doc__))
