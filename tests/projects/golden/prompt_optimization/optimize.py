# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "dspy[optuna]>=3.4.1,<3.5",
#     "openai>=2.54,<3",
# ]
# ///
"""Optimize the prompts of the program, and measure whether that helped.

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
from kit import gates, instructions
from kit.command import main
from kit.run import Run
from program import Program, score


def improve(run: Run) -> None:
    """The route. Each candidate is saved and scored on dev; `kit` scores them all on test when this returns."""
    baseline = run.build("baseline", lambda: plain(run.student))
    gates.above_chance(run)

    run.build("optimized", lambda: optimize_prompts(run, baseline, run.student))


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
        auto='medium',
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


if __name__ == "__main__":
    sys.exit(main(improve, Path(__file__).resolve().parent, program, __doc__))
