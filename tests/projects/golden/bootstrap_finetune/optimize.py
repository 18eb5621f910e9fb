# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "dspy[optuna]>=3.4.1,<3.5",
#     "openai>=2.54,<3",
# ]
# ///
"""Fine-tune the model on the program's own right answers, and measure whether that beats better prompts.

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
from kit import gates, instructions, traces, training
from kit.command import main
from kit.run import Run
from program import Program, score


def improve(run: Run) -> None:
    """The route. Each candidate is saved and scored on dev; `kit` scores them all on test when this returns."""
    baseline = run.build("baseline", lambda: plain(run.student))
    gates.above_chance(run)

    optimized = run.build("optimized", lambda: optimize_prompts(run, baseline, run.student))
    gates.worth_training(run)
    gates.target_not_reached(run)

    kept = run.collect(optimized)
    gates.enough_traces(run, kept)
    run.build("tuned", lambda: tune(run, optimized, kept.rows))
    gates.better_than_prompts(run, "tuned")

    run.build("gold", lambda: tune_on_labels(run, optimized))
    gates.better_than_prompts(run, "gold")


def plain(model: Any) -> Program:
    """The program as it is."""
    unchanged = Program()
    unchanged.set_lm(model)
    return unchanged


def prompt_optimizer(run: Run, model: Any) -> dspy.MIPROv2:
    """Searches instructions and demonstrations together."""
    return instructions.MIPROv2(
        run.progress,
        metric=score,
        auto='heavy',
        task_model=model,
        prompt_model=run.prompt_model,
        max_bootstrapped_demos=4,
        max_labeled_demos=4,
        num_threads=run.threads,
        max_errors=run.max_errors,
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


def tune_on_labels(run: Run, optimized: Program) -> Program:
    """The student, trained on the labels under the optimized instruction."""
    # Labels come without reasoning, so the trained program gives none.
    student = Program(reasoning=False)
    for ours, theirs in zip(student.predictors(), optimized.predictors(), strict=True):
        ours.signature = ours.signature.with_instructions(theirs.signature.instructions)
    student.set_lm(training.train(run, "gold", traces.from_labels(student, run.train)))
    return student


if __name__ == "__main__":
    sys.exit(main(improve, Path(__file__).resolve().parent, program, __doc__))
