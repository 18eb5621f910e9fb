"""What one writes by hand with TRL for the job of a folder: no events, nothing held out, no checkpoints.

`python -m bench.bare_trl FOLDER` prints its tokens and its seconds as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer

from advisor.kit.local.job import ROWS, read_job, read_rows


def main(folder: Path) -> None:
    """Train, and print how fast."""
    job, cuda = read_job(folder), torch.cuda.is_available()
    rows = [{"prompt": row[:-1], "completion": row[-1:]} for row in read_rows(folder / ROWS)]
    lora = LoraConfig(task_type="CAUSAL_LM", target_modules="all-linear", r=job.rank, lora_alpha=job.alpha)
    half = cuda and job.method != "full"
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(job.model, dtype=torch.bfloat16 if half else torch.float32),
        args=SFTConfig(
            output_dir=str(folder / "bare"), num_train_epochs=job.epochs, learning_rate=job.rate,
            per_device_train_batch_size=job.batch, max_length=4096, gradient_checkpointing=cuda, bf16=cuda,
            use_cpu=not cuda, save_strategy="no", report_to="none", seed=job.seed, disable_tqdm=True,
        ),
        train_dataset=Dataset.from_list(rows),
        processing_class=AutoTokenizer.from_pretrained(job.model),
        peft_config=None if job.method == "full" else lora,
    )  # fmt: skip
    seconds = trainer.train().metrics["train_runtime"]
    tokens = [entry["num_tokens"] for entry in trainer.state.log_history if "num_tokens" in entry][-1]
    print(json.dumps({"tokens": tokens, "seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
