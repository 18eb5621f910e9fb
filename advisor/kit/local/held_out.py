"""Let the model in training answer rows it does not train on: a falling loss alone shows no success."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisor.kit.local.rows import Messages

SHARE, FEWEST, MOST = 0.1, 20, 200
"""How many rows are held out."""
AT_A_TIME = 16

_FIELD = re.compile(r"\[\[ ## (\w+) ## \]\]")


@dataclass(frozen=True)
class Answers:
    """How the held-out rows were answered."""

    right: int
    parsed: int
    """Answers in the form that was asked for."""
    n: int


def split(rows: Sequence[Any], seed: int) -> tuple[list[Any], list[Any]]:
    """Return rows to train on and rows held out; too few rows are all trained on."""
    n = min(MOST, max(FEWEST, round(len(rows) * SHARE)))
    if len(rows) < 3 * n:
        return list(rows), []
    chosen = set(random.Random(seed).sample(range(len(rows)), n))
    return [row for at, row in enumerate(rows) if at not in chosen], [rows[at] for at in sorted(chosen)]


def answer(
    model: Any, tokenizer: Any, rows: Sequence[Messages], counted: int | None = None, *, together: bool = False
) -> Answers:
    """Answer every row by greedy generation and compare the label with the expected one.

    The first `counted` rows count. Processes that hold parts of one model answer `together`, word by word.
    """
    import torch

    pairs: list[tuple[str, str]] = []
    was_training, side = model.training, tokenizer.padding_side
    model.eval()
    tokenizer.padding_side = "left"
    try:
        with torch.no_grad():
            for at in range(0, len(rows), AT_A_TIME):
                pairs += _generated(model, tokenizer, rows[at : at + AT_A_TIME], together)
    finally:
        tokenizer.padding_side = side
        model.train(was_training)
    told = [(label_of(expected), label_of(said)) for expected, said in pairs[:counted]]
    return Answers(
        right=sum(expected == said for expected, said in told),
        parsed=sum(said is not None for _, said in told),
        n=len(told),
    )


def label_of(text: str) -> str | None:
    """Return what stands in the last field of an answer in the form of DSPy's ChatAdapter; None for any other form."""
    found = {name: value.strip() for name, value in _fields(text) if name != "completed"}
    return list(found.values())[-1] if found else None


def _fields(text: str) -> list[tuple[str, str]]:
    pieces = _FIELD.split(text)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def _generated(model: Any, tokenizer: Any, rows: Sequence[Messages], together: bool) -> list[tuple[str, str]]:
    prompts = [tokenizer.apply_chat_template(row[:-1], tokenize=False, add_generation_prompt=True) for row in rows]
    expected = [row[-1]["content"] for row in rows]
    inputs = tokenizer(prompts, return_tensors="pt", padding=True, add_special_tokens=False).to(model.device)
    inputs.pop("token_type_ids", None)
    longest = max(len(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in expected) + 8
    answered = model.generate(
        **inputs, max_new_tokens=longest, do_sample=False, pad_token_id=tokenizer.pad_token_id, use_cache=True,
        synced_gpus=together,
    )  # fmt: skip
    said = tokenizer.batch_decode(answered[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    return list(zip(expected, said, strict=True))
