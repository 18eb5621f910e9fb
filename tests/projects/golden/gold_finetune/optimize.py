# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "dspy[optuna]>=3.4.1,<3.5",
#     "openai>=2.54,<3",
# ]
# ///
"""Fine-tune the model on your labels, and measure whether that beats better prompts.

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
from program import Program, keep


def improve(run: Run) -> None:
    """The route. Each candidate is saved and scored on dev; `kit` scores them all on test when this returns."""
    baseline = run.build("baseline", lambda: plain(run.student))
    gates.above_chance(run)

    optimized = run.build("optimized", lambda: optimize_prompts(run, baseline, run.student))
    gates.worth_training(run)
    gates.target_not_reached(run)

    run.build("gold", lambda: tune_on_labels(run, optimized))
    gates.better_than_prompts(run, "gold")


def plain(model: Any) -> Program:
    """The program as it is."""
    unchanged = Program()
    unchanged.set_lm(model)
    return unchanged


def prompt_optimizer(run: Run, model: Any) -> dspy.BootstrapFewShot:
    """Shows rows the program got right, and labelled ones beside them."""
    return dspy.BootstrapFewShot(
        metric=keep,
        max_bootstrapped_demos=4,
        max_labeled_demos=8,
        max_errors=run.max_errors,
        # Otherwise it asks the model of dspy.settings, whoever is being optimized.
        teacher_settings={"lm": model},
    )


def optimize_prompts(run: Run, start: Program, model: Any) -> Program:
    """A copy of `start` with better prompts, chosen on dev."""
    better = prompt_optimizer(run, model).compile(start.deepcopy(), trainset=run.train)
    better.set_lm(model)  # the optimizer has reset it
    return better


def tune_on_labels(run: Run, optimized: Program) -> Program:
    """The student, trained on the labels under the optimized instruction."""
    student = Program(reasoning=False)
    for ours, theirs in zip(student.predictors(), optimized.predictors(), strict=True):
        ours.signature = ours.signature.with_instructions(theirs.signature.instructions)
    student.set_lm(training.train(run, "gold", traces.from_labels(student, run.train)))
    return student


if __name__ == "__main__":
    sys.exit(main(improve, Path(__file__).resolve().parent, program, __doc__))
