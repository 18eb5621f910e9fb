"""From a trained adapter to a model that any server loads, checked against the one that was trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor.kit.local.rows import Unusable

PROBE = "The quick brown fox jumps over the lazy dog."
CLOSE = 0.05
"""The largest difference of logits, as a share of their spread, that rounding to 16 bits explains."""


def merge(
    trained: Any, before: Any, tokenizer: Any, adapter: Path, target: Path, base: str, *, quantized: bool
) -> float:
    """Write the merged model and return by how much its logits differ from `before`, as a share of their spread.

    Where no model is given to merge into, the base is loaded again and takes the adapter.

    Raises:
        Unusable: the merged model does not answer as the trained one did.
    """
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    if trained is None:
        # Merged into four bits, most of what was learned would be rounded away.
        whole = AutoModelForCausalLM.from_pretrained(base, dtype="auto", device_map="cpu")
        trained = PeftModel.from_pretrained(whole, adapter)
    merged = trained.merge_and_unload(safe_merge=True)
    part = target.with_name(target.name + ".part")
    merged.save_pretrained(part)
    tokenizer.save_pretrained(part)
    read_back = AutoModelForCausalLM.from_pretrained(part, dtype="auto")
    spread = (before.max() - before.min()).item()
    difference = (last_logits(read_back, tokenizer) - before).abs().max().item() / max(spread, 1e-9)
    if not quantized and difference > CLOSE:
        raise Unusable(
            f"The merged model answers differently from the trained one: logits differ by {difference:.0%}.",
            "Train with method full, or serve the adapter by itself.",
        )
    part.replace(target)
    return float(difference)


def last_logits(model: Any, tokenizer: Any) -> Any:
    """Return what a model says of a sentence's next word, to compare two models by."""
    import torch

    probe = tokenizer(PROBE, return_tensors="pt")["input_ids"]
    model.eval()
    with torch.no_grad():
        return model(input_ids=probe.to(model.device)).logits[0, -1].float().cpu()
