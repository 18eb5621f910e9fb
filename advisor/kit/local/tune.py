"""The training itself, a program of its own: `python -m kit.local.tune FOLDER`.

The folder holds the job and its rows; what happens is told in its `events.jsonl`. With several graphics processors it
starts itself again once for each, and those train together.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from advisor.kit.files import write_text
from advisor.kit.journal import Journal
from advisor.kit.local import checkpoints, rows, workers
from advisor.kit.local.job import (
    ADAPTER,
    CHECKPOINTS,
    EVENTS,
    EXAMPLE,
    HELD_OUT,
    MODEL,
    ROWS,
    Job,
    read_job,
    read_rows,
)
from advisor.kit.local.ranks import Tells, Unheard, place
from advisor.kit.local.rows import Unusable
from advisor.kit.local.spread import cards, spread, weights_of
from advisor.kit.lock import Lock

FAILED = 1
WORKER = "--worker"
TUNE = f"{__package__}.tune"


def main(folder: Path) -> int:
    """Carry the job of a folder out, from its newest checkpoint where there is one."""
    lock = Lock(folder)
    try:
        return _told(lambda: _spread_out(folder, lock), lambda why, try_this: _fail(folder, why, try_this))
    finally:
        lock.release()


def worker(folder: Path) -> int:
    """Carry it out together with others; whoever has started them tells what went wrong."""
    workers.end_with_starter()
    first = os.environ.get("RANK", "0") == "0"
    journal = Journal(folder / EVENTS) if first else Unheard()
    return _told(
        lambda: _carry_out(read_job(folder), folder, journal),
        lambda why, try_this: workers.say_last_words(folder, why, try_this),
    )


def _told(work: Callable[[], int], fail: Callable[[str, str], None]) -> int:
    try:
        return work()
    except Unusable as error:
        fail(str(error), error.try_this)
    except Exception as error:
        traceback.print_exc()
        fail(*_in_words(error))
    return FAILED


def _fail(folder: Path, why: str, try_this: str) -> None:
    Journal(folder / EVENTS).append("failed", why=why, try_this=try_this)


def _spread_out(folder: Path, lock: Lock) -> int:
    job = read_job(folder)
    last = checkpoints.newest_whole(folder / CHECKPOINTS)
    begun = None if last is None else checkpoints.is_sharded(last)
    over = spread(job, cards(), lambda: weights_of(job.model), begun)
    if over.processes == 1 and over.cards is None:
        return _carry_out(job, folder, Journal(folder / EVENTS))
    return workers.carry_out([sys.executable, "-m", TUNE, WORKER, str(folder)], folder, over, lock.number)


def _carry_out(job: Job, folder: Path, journal: Tells) -> int:
    # Only here: this is seconds of imports.
    from transformers import AutoConfig, AutoTokenizer, set_seed

    set_seed(job.seed)
    tokenizer = AutoTokenizer.from_pretrained(job.model)
    if tokenizer.chat_template is None:
        raise Unusable(f"{job.model} has no chat template.", "Choose the instruct version of the model.")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    reads = int(getattr(AutoConfig.from_pretrained(job.model), "max_position_embeddings", 0) or 2**20)
    kept, lengths = rows.usable(read_rows(folder / ROWS), tokenizer, job.max_length, reads)
    held_out = read_rows(folder / HELD_OUT)
    if not isinstance(journal, Unheard):
        write_text(folder / EXAMPLE, rows.example(tokenizer, kept[0]))
    job = replace(job, method=_method(job), max_length=lengths.limit)
    journal.append("checked", rows=len(kept), held_out=len(held_out), method=job.method, **asdict(lengths))
    _train(job, folder, journal, tokenizer, kept, held_out)
    return 0


def _method(job: Job) -> str:
    import torch

    if job.method == "qlora" and not torch.cuda.is_available():
        raise Unusable("QLoRA needs an NVIDIA GPU.", "Use method lora.")
    return "lora" if job.method == "auto" else job.method


def _train(job: Job, folder: Path, journal: Tells, tokenizer: Any, kept: list[Any], held_out: list[Any]) -> None:
    from advisor.kit.local.trainer import make_trainer
    from advisor.kit.local.watching import Watching

    watching = Watching(journal, folder, tokenizer, held_out)
    trainer = make_trainer(job, folder / CHECKPOINTS, tokenizer, kept, held_out, watching)
    last = checkpoints.newest(folder / CHECKPOINTS)
    trainer.train(resume_from_checkpoint=str(last) if last else None)
    if watching.stopped:
        journal.append("stopped", step=trainer.state.global_step)
        return
    difference = _save(job, folder, trainer, tokenizer)
    journal.append(
        "done", steps=trainer.state.global_step, tokens=_tokens_of(trainer), seconds=watching.seconds,
        difference=difference,
    )  # fmt: skip


def _save(job: Job, folder: Path, trainer: Any, tokenizer: Any) -> float | None:
    """Every process takes part: weights that are shared out are brought together for it. The first one writes."""
    first = place()[0] == 0
    if job.method == "full":
        part = folder / f"{MODEL}.part"
        trainer.save_model(str(part))
        if first:
            tokenizer.save_pretrained(part)
            part.replace(folder / MODEL)
        return None
    from advisor.kit.local.merging import last_logits, merge

    trainer.save_model(str(folder / ADAPTER))
    trained = trainer.accelerator.unwrap_model(trainer.model)
    before = last_logits(trained, tokenizer)
    if not first:
        return None
    quantized = job.method == "qlora"
    # Weights in four bits, or in parts, cannot be merged into.
    apart = quantized or trainer.is_fsdp_enabled
    merged_into = None if apart else trained
    return merge(merged_into, before, tokenizer, folder / ADAPTER, folder / MODEL, job.model, quantized=quantized)


def _tokens_of(trainer: Any) -> int | None:
    for entry in reversed(trainer.state.log_history):
        if "num_tokens" in entry:
            return int(entry["num_tokens"])
    return None


def _in_words(error: Exception) -> tuple[str, str]:
    if "out of memory" in str(error).lower():
        return (
            "The GPU's memory is too small for this model and these rows.",
            "In plan.json, under tuning: accumulate as large as batch, then a smaller max_length, then method qlora "
            "or, with several GPUs, sharded true; or a smaller model.",
        )
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:300]}", "The whole message is in log.txt beside the job."


if __name__ == "__main__":
    if sys.argv[1] == WORKER:
        code = worker(Path(sys.argv[2]))
        sys.stdout.flush()
        # No waiting for the others on the way out: one of them may have failed.
        os._exit(code)
    sys.exit(main(Path(sys.argv[1])))
