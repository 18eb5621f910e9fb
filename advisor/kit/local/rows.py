"""Training rows as tokens, looked at before anything is trained on them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Messages = list[dict[str, str]]


class Unusable(Exception):
    """The rows or the model cannot be trained with; says why, and what to try."""

    def __init__(self, why: str, try_this: str) -> None:
        super().__init__(why)
        self.try_this = try_this


@dataclass(frozen=True)
class Lengths:
    """Tokens of the rows, and where they are cut."""

    median: int
    longest: int
    limit: int
    too_long: int
    """Rows longer than the limit; they are left out."""


def as_prompt_and_completion(messages: Messages) -> dict[str, Messages]:
    """Return a row as TRL takes it: only the completion is trained on, its end included."""
    return {"prompt": messages[:-1], "completion": messages[-1:]}


def usable(rows: Sequence[Messages], tokenizer: Any, limit: int | None, reads: int) -> tuple[list[Messages], Lengths]:
    """Return the rows that fit, and how long they are; `reads` is the longest text the model reads.

    Raises:
        Unusable: no row fits, or the model does not learn where to end.
    """
    sizes = [len(_tokens(tokenizer, row)) for row in rows]
    bound = min(limit or max(sizes), reads)
    kept = [row for row, size in zip(rows, sizes, strict=True) if size <= bound]
    if not kept:
        raise Unusable(
            f"Every row is longer than {bound:,} tokens, the shortest has {min(sizes):,}.",
            "Choose a model that reads more, or shorten the inputs.",
        )
    _check_trained(tokenizer, kept)
    return kept, Lengths(int(statistics.median(sizes)), max(sizes), bound, len(rows) - len(kept))


def example(tokenizer: Any, row: Messages) -> str:
    """Return one row as the model sees it, with a mark where training begins."""
    prompt, whole = _prompt(tokenizer, row), _tokens(tokenizer, row)
    given, trained = tokenizer.decode(prompt), tokenizer.decode(whole[len(prompt) :])
    return f"{given}<<<< trained on from here >>>>{trained}"


def _check_trained(tokenizer: Any, rows: Sequence[Messages]) -> None:
    """Each row must train something, and its end: a model that never saw the end of an answer does not stop."""
    for row in rows:
        prompt, whole = _prompt(tokenizer, row), _tokens(tokenizer, row)
        if whole[: len(prompt)] != prompt:
            raise Unusable(
                "The chat template of this model writes a prompt differently when an answer follows it.",
                "Choose another model: the trained part of a row cannot be told from the rest.",
            )
        if len(whole) <= len(prompt):
            raise Unusable("A row has an empty answer.", "Remove the rows without a label.")
        if tokenizer.eos_token_id not in whole[len(prompt) :]:
            raise Unusable(
                "The chat template of this model does not end an answer with its stop token.",
                "Choose the instruct version of the model.",
            )


def _prompt(tokenizer: Any, row: Messages) -> list[int]:
    return _ids(tokenizer.apply_chat_template(row[:-1], tokenize=True, add_generation_prompt=True, return_dict=False))


def _tokens(tokenizer: Any, row: Messages) -> list[int]:
    return _ids(tokenizer.apply_chat_template(row, tokenize=True, return_dict=False))


def _ids(tokens: Any) -> list[int]:
    return list(map(int, tokens))
