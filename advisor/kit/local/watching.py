"""What the trainer says of its progress, as events of the job."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback

from advisor.kit.local.held_out import Answers, answer
from advisor.kit.local.job import STOP
from advisor.kit.local.ranks import Tells, own_share, place, sums
from advisor.kit.local.rows import Messages

QUALITY = "eval_quality"
"""Metric the best checkpoint is chosen by: right answers, and the loss between equals."""


class Watching(TrainerCallback):
    """Writes events; stops the training politely when asked by a file or a signal."""

    def __init__(self, journal: Tells, folder: Path, tokenizer: Any, held_out: Sequence[Messages]) -> None:
        self.journal, self.folder, self.tokenizer, self.held_out = journal, folder, tokenizer, held_out
        self.stopped = self.sharded = False
        self._asked = False
        self.seconds = 0.0
        """Spent in steps: what passes while held-out rows are answered or a checkpoint is written does not count."""
        self._tokens: tuple[float, float] | None = None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: object) -> None:
        self._asked = True

    def on_train_begin(self, args: Any, state: Any, control: Any, **told: Any) -> None:
        """Say what is trained."""
        self._began, self._first = time.monotonic(), state.global_step
        self._mark = self._began
        counts = [(weights.numel(), weights.requires_grad) for weights in told["model"].parameters()]
        self.journal.append(
            "began", step=state.global_step, total_steps=state.max_steps, device=str(args.device),
            processes=place()[1], sharded=self.sharded,
            trainable=sum(n for n, trained in counts if trained), parameters=sum(n for n, _ in counts),
        )  # fmt: skip

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **told: Any) -> None:
        """Say the loss, the speed and how long it will take."""
        if not logs or "loss" not in logs:
            return
        self._count()
        passed, done = self._mark - self._began, state.global_step - self._first
        tokens = logs.get("num_tokens")
        speed = None
        if tokens is not None:
            if self._tokens is None:
                # Counted from the first report on: a resumed job's tokens are of all its legs.
                self._tokens = (tokens, self.seconds)
            elif self.seconds > self._tokens[1]:
                speed = (tokens - self._tokens[0]) / (self.seconds - self._tokens[1])
        self.journal.append(
            "step", step=state.global_step, total_steps=state.max_steps, epoch=state.epoch, loss=logs["loss"],
            tokens=tokens, tokens_per_second=speed,
            seconds_left=passed / done * (state.max_steps - state.global_step) if done else None,
        )  # fmt: skip

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, float], **told: Any) -> None:
        """Let the model answer the held-out rows; the best checkpoint is the one with most right."""
        answers = self._answers(told["model"], args.device)
        loss = metrics["eval_loss"]
        metrics[QUALITY] = answers.right / answers.n - min(loss, 100.0) / 1e6
        self.journal.append(
            "evaluated", step=state.global_step, total_steps=state.max_steps, loss=loss, **asdict(answers)
        )
        self._mark = time.monotonic()

    def _answers(self, model: Any, device: Any) -> Answers:
        """Each process answers its share, and all know how all were answered."""
        rows, own = own_share(self.held_out)
        mine = answer(model, self.tokenizer, rows, own, together=self.sharded)
        right, parsed, n = sums((mine.right, mine.parsed, mine.n), device)
        return Answers(right=right, parsed=parsed, n=n)

    def on_save(self, args: Any, state: Any, control: Any, **told: Any) -> None:
        """Say that the job can be gone on with from here."""
        self.journal.append("saved", step=state.global_step)
        self._mark = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **told: Any) -> Any:
        """Stop where asked to, with a checkpoint."""
        if (control.should_evaluate or control.should_save) and torch.accelerator.is_available():
            # A GPU runs behind; what it still has to do is part of the step.
            torch.accelerator.synchronize()
        self._count()
        # They stop at the same step or wait for each other for ever.
        if any(sums((self._asked or (self.folder / STOP).exists(),), args.device)):
            self.stopped = control.should_save = control.should_training_stop = True
        elif state.global_step == state.max_steps and self.held_out:
            # Its number need not be a multiple of the steps between two evaluations.
            control.should_evaluate = control.should_save = True
        return control

    def _count(self) -> None:
        now = time.monotonic()
        self.seconds += now - self._mark
        self._mark = now
