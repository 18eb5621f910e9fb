"""TRL's trainer for a job."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoModelForCausalLM
from trl import SFTConfig, SFTTrainer

from advisor.kit.local.job import Job
from advisor.kit.local.rows import Messages, Unusable, as_prompt_and_completion
from advisor.kit.local.spread import portion
from advisor.kit.local.watching import QUALITY, Watching
from advisor.kit.local.workers import SHARDED

LOGS = 40
"""Reports of the loss over the whole training."""
FSDP: dict[str, Any] = {
    "version": 2,
    "auto_wrap_policy": "TRANSFORMER_BASED_WRAP",
    "reshard_after_forward": True,
    "cpu_ram_efficient_loading": True,
    "state_dict_type": "FULL_STATE_DICT",
}
"""Weights, gradients and the optimizer's memory are shared out; checkpoints hold them together, for any number.

Not FSDP's own activation checkpointing: it renames the layers, and PEFT 0.21 then saves an adapter without weights.
"""


def make_trainer(
    job: Job, output: Path, tokenizer: Any, kept: Sequence[Messages], held_out: Sequence[Messages], watching: Watching
) -> SFTTrainer:
    """Return the trainer; the model is loaded with it."""
    cuda = torch.cuda.is_available()
    half = torch.bfloat16 if cuda and torch.cuda.is_bf16_supported() else torch.float16
    # First of all: it joins this process to the others, and transformers looks for them when it loads a model.
    settings = _settings(job, output, len(kept), bool(held_out), cuda, half)
    own_card = settings.device.index or 0
    loaded: dict[str, Any] = {"dtype": half if cuda and job.method != "full" else torch.float32}
    if job.method == "qlora":
        loaded |= {"quantization_config": _four_bits(half), "device_map": {"": own_card}}
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(job.model, **loaded),
        args=settings,
        train_dataset=Dataset.from_list([as_prompt_and_completion(row) for row in kept]),
        eval_dataset=Dataset.from_list([as_prompt_and_completion(row) for row in held_out]) if held_out else None,
        processing_class=tokenizer,
        peft_config=_adapter(job),
        callbacks=[watching],
    )
    watching.sharded = bool(trainer.is_fsdp_enabled)
    if settings.fsdp and not watching.sharded:
        raise Unusable("Weights are shared out among GPUs only; here there are none.", "Use sharded null.")
    return trainer


def _settings(job: Job, output: Path, n: int, evaluated: bool, cuda: bool, half: Any) -> SFTConfig:
    sharded = os.environ.get(SHARDED) == "true"
    at_a_time, parts = portion(job, int(os.environ.get("WORLD_SIZE", "1")))
    steps = math.ceil(n / job.step_rows) * job.epochs
    return SFTConfig(
        output_dir=str(output),
        num_train_epochs=job.epochs,
        learning_rate=job.rate,
        lr_scheduler_type=job.schedule,
        warmup_steps=job.warmup,
        adam_beta2=job.beta2,
        weight_decay=job.weight_decay,
        per_device_train_batch_size=at_a_time,
        per_device_eval_batch_size=at_a_time,
        gradient_accumulation_steps=parts,
        max_length=job.max_length,
        completion_only_loss=True,
        packing=False,
        gradient_checkpointing=cuda or sharded,
        gradient_checkpointing_kwargs={"use_reentrant": False},
        ddp_find_unused_parameters=False,
        fsdp=sharded or None,
        fsdp_config=FSDP if sharded else None,
        bf16=cuda and half is torch.bfloat16,
        fp16=cuda and half is torch.float16,
        use_cpu=not cuda,
        dataloader_pin_memory=cuda,
        logging_steps=max(1, steps // LOGS),
        report_to="none",
        seed=job.seed,
        disable_tqdm=True,
        **_kept(max(1, math.ceil(steps / job.evaluations)), evaluated),
    )


def _kept(every: int, evaluated: bool) -> dict[str, Any]:
    """Return when weights are measured and saved, and which of them are taken in the end."""
    return {
        "save_strategy": "steps",
        "save_steps": every,
        "save_total_limit": 2,
        "eval_strategy": "steps" if evaluated else "no",
        "eval_steps": every,
        "load_best_model_at_end": evaluated,
        "metric_for_best_model": QUALITY if evaluated else None,
        "greater_is_better": True if evaluated else None,
    }


def _adapter(job: Job) -> Any:
    if job.method == "full":
        return None
    from peft import LoraConfig

    return LoraConfig(
        task_type="CAUSAL_LM", target_modules="all-linear", r=job.rank, lora_alpha=job.alpha, lora_dropout=0.0
    )


def _four_bits(half: Any) -> Any:
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=half
    )
