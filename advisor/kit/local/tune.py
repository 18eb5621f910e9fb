"""The training itself, a program of its own: `python -m kit.local.tune FOLDER`.

The folder holds the job and its rows; what happens is told in its `events.jsonl`.
"""

from __future__ import annotations

import sys
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from advisor.kit.files import write_text
from advisor.kit.journal import Journal
from advisor.kit.local import checkpoints, rows
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
from advisor.kit.local.rows import Unusable
from advisor.kit.lock import Lock

FAILED = 1


def main(folder: Path) -> int:
    """Carry the job of a folder out, from its newest checkpoint where there is one."""
    lock = Lock(folder)
    journal = Journal(folder / EVENTS)
    try:
        _carry_out(read_job(folder), folder, journal)
        return 0
    except Unusable as error:
        journal.append("failed", why=str(error), try_this=error.try_this)
    except Exception as error:
        traceback.print_exc()
        why, try_this = _in_words(error)
        journal.append("failed", why=why, try_this=try_this)
    finally:
        lock.release()
    return FAILED


def _carry_out(job: Job, folder: Path, journal: Journal) -> None:
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
    write_text(folder / EXAMPLE, rows.example(tokenizer, kept[0]))
    job = replace(job, method=_method(job), max_length=lengths.limit)
    journal.append("checked", rows=len(kept), held_out=len(held_out), method=job.method, **asdict(lengths))
    _train(job, folder, journal, tokenizer, kept, held_out)


def _method(job: Job) -> str:
    import torch

    if job.method == "qlora" and not torch.cuda.is_available():
        raise Unusable("QLoRA needs an NVIDIA GPU.", "Use method lora.")
    return "lora" if job.method == "auto" else job.method


def _train(job: Job, folder: Path, journal: Journal, tokenizer: Any, kept: list[Any], held_out: list[Any]) -> None:
    from advisor.kit.local.trainer import make_trainer
    from advisor.kit.local.watching import Watching

    watching = Watching(journal, folder, tokenizer, held_out)
    trainer = make_trainer(job, folder / CHECKPOINTS, tokenizer, kept, held_out, watching)
    last = checkpoints.newest_whole(folder / CHECKPOINTS)
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
    if job.method == "full":
        part = folder / f"{MODEL}.part"
        trainer.save_model(str(part))
        tokenizer.save_pretrained(part)
        part.replace(folder / MODEL)
        return None
    from advisor.kit.local.merging import merge

    trainer.save_model(str(folder / ADAPTER))
    trained = trainer.accelerator.unwrap_model(trainer.model)
    quantized = job.method == "qlora"
    return merge(trained, tokenizer, folder / ADAPTER, folder / MODEL, job.model, quantized=quantized)


def _tokens_of(trainer: Any) -> int | None:
    for entry in reversed(trainer.state.log_history):
        if "num_tokens" in entry:
            return int(entry["num_tokens"])
    return None


def _in_words(error: Exception) -> tuple[str, str]:
    if "out of memory" in str(error).lower():
        return (
            "The GPU's memory is too small for this model and these rows.",
            "In plan.json, under tuning: batch 1 and accumulate 8, then a smaller max_length, then method qlora; or "
            "a smaller model.",
        )
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:300]}", "The whole message is in log.txt beside the job."


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
