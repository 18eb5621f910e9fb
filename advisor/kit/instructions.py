"""MIPROv2 for any model: one that cannot write instructions in the form asked for leaves the examples to search."""

from __future__ import annotations

import logging
from typing import Any

import dspy
from dspy.propose import GroundedProposer
from dspy.teleprompt.mipro_optimizer_v2 import BOOTSTRAPPED_FEWSHOT_EXAMPLES_IN_CONTEXT
from dspy.utils.exceptions import AdapterParseError

from advisor.kit.progress import Progress

_log = logging.getLogger(dspy.MIPROv2.__module__)
"""Where DSPy writes down what it would have done here."""


class MIPROv2(dspy.MIPROv2):
    """DSPy's own ends the whole search at the first instruction that cannot be read, after the calls before it."""

    def __init__(self, progress: Progress, **settings: Any) -> None:
        super().__init__(**settings)
        self._progress = progress

    def _bootstrap_fewshot_examples(self, *about: Any, **more: Any) -> Any:
        self._progress.journal.say("Looking for rows the program gets right, to show as examples.")
        return super()._bootstrap_fewshot_examples(*about, **more)

    def _propose_instructions(
        self, program: Any, trainset: list[Any], demos: list[Any] | None, *aware: Any, num_instruct_candidates: int
    ) -> dict[int, list[str]]:
        proposer = _Proposer(self._progress, program=program, trainset=trainset, **self._manner(*aware))
        proposed: dict[int, list[str]] = proposer.propose_instructions_for_program(
            trainset=trainset, program=program, demo_candidates=demos, N=num_instruct_candidates, trial_logs={}
        )
        if proposer.unread:
            self._progress.journal.say(_said(proposer.unread, proposer.asked), "warning")
        for number, predictor in enumerate(program.predictors()):
            # The first is always the program's own; one that could not be read has become that, too.
            proposed[number] = list(dict.fromkeys([predictor.signature.instructions, *proposed[number][1:]]))
            _log.info(f"Proposed Instructions for Predictor {number}:\n")
            for place, instruction in enumerate(proposed[number]):
                _log.info(f"{place}: {instruction}\n")
        return proposed

    def _manner(self, batch: int, of_program: bool, of_data: bool, of_tips: bool, of_demos: bool) -> dict[str, Any]:
        """Return how DSPy's own would propose: it can be given no other proposer, so its settings are said again."""
        return {
            "prompt_model": self.prompt_model,
            "view_data_batch_size": batch,
            "program_aware": of_program,
            "use_dataset_summary": of_data,
            "use_task_demos": of_demos,
            "num_demos_in_context": BOOTSTRAPPED_FEWSHOT_EXAMPLES_IN_CONTEXT,
            "use_tip": of_tips,
            "set_tip_randomly": of_tips,
            "use_instruct_history": False,
            "set_history_randomly": False,
            "verbose": self.verbose,
            "rng": self.rng,
            "init_temperature": self.init_temperature,
        }


class _Proposer(GroundedProposer):
    def __init__(self, progress: Progress, **settings: Any) -> None:
        self._progress = progress
        self.asked = self.unread = self._expected = 0
        progress.journal.say("Reading what the data is about, for whoever writes the instructions.")
        super().__init__(**settings)

    def propose_instructions_for_program(self, **about: Any) -> Any:
        sets = len(next(iter(about["demo_candidates"].values()))) if about["demo_candidates"] else about["N"]
        self._expected = min(about["N"], sets) * len(about["program"].predictors())
        self._tell()
        return super().propose_instructions_for_program(**about)

    def propose_instruction_for_predictor(self, program: Any, predictor: Any, *about: Any, **more: Any) -> str:
        self.asked += 1
        try:
            return str(super().propose_instruction_for_predictor(program, predictor, *about, **more))
        except AdapterParseError:
            self.unread += 1
            return str(predictor.signature.instructions)
        finally:
            self._tell()

    def _tell(self) -> None:
        self._progress.step("instructions written", self.asked, self._expected)


def _said(unread: int, asked: int) -> str:
    told = f"The model that writes instructions was asked for {asked}; {unread} came in a form that cannot be read"
    rest = "the search goes on with the others" if unread < asked else "examples alone are searched"
    return f"{told}, so {rest}. A stronger one can be named in plan.json under prompt_model."
