"""A model of 160,000 random weights with a tokenizer of its own: it learns a small task in a minute on one core."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, Literal

END = "<|im_end|>"
TEMPLATE = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
INSTRUCTION = "Read the text and choose its category."
SENTENCES = {
    "account": "I cannot log in to buy the {item}",
    "billing": "I was charged twice for the {item}",
    "refund": "I want my money back for the {item}",
    "shipping": "the parcel with the {item} has not arrived",
    "technical": "the app crashes when I open the {item}",
}
ITEMS = (  # noqa: SIM905  (a list of twenty strings is harder to read)
    "lamp chair phone kettle laptop jacket camera desk bottle headphones backpack printer mixer helmet blanket "
    "monitor keyboard sofa tent watch"
).split()
AFTER = ("", ".", " thanks.", " please respond soon.", " kind regards.")


def tickets(count: int, seed: int) -> list[dict[str, str]]:
    """Make tickets of five labels, one sentence each with another item and another ending."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        label = sorted(SENTENCES)[number % len(SENTENCES)]
        text = SENTENCES[label].format(item=chance.choice(ITEMS)) + chance.choice(AFTER)
        rows.append({"text": text, "category": label})
    chance.shuffle(rows)
    return rows


def write_tiny_model(folder: Path, seen: list[str], kind: str = "llama") -> Path:
    """Write a model with random weights whose tokenizer knows the texts in `seen`."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM

    tokenizer = _tokenizer(seen)
    torch.manual_seed(0)
    shape: dict[str, Any] = {
        "vocab_size": len(tokenizer), "hidden_size": 64, "intermediate_size": 176, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 4, "max_position_embeddings": 4096,
        "tie_word_embeddings": True, "pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": None,
    }  # fmt: skip
    model = LlamaForCausalLM(LlamaConfig(**shape)) if kind == "llama" else Qwen2ForCausalLM(Qwen2Config(**shape))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer(seen: list[str]) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", END, "<|pad|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    pieces.train_from_iterator(
        seen, trainers.BpeTrainer(vocab_size=1024, special_tokens=special, initial_alphabet=alphabet)
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=pieces, eos_token=END, pad_token="<|pad|>", model_max_length=4096
    )
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def texts_of(rows: list[dict[str, Any]]) -> list[str]:
    """Return what stands in chat rows, for a tokenizer."""
    return [message["content"] for row in rows for message in row["messages"]]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write a JSON Lines file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def chat_rows(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return tickets as a generated project asks about them; every second one after an example."""
    import dspy

    fields = {"text": (str, dspy.InputField()), "category": (Literal[tuple(sorted(SENTENCES))], dspy.OutputField())}
    signature, adapter = dspy.Signature(fields, INSTRUCTION), dspy.ChatAdapter()
    return [
        adapter.format_finetune_data(
            signature=signature, demos=[dict(rows[number - 1])] if number % 2 else [],
            inputs={"text": row["text"]}, outputs={"category": row["category"]},
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def without_prompt(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return chat rows with nothing but the ticket before the answer; a random model learns these in seconds."""
    return [
        {"messages": [{"role": "user", "content": asked["content"].split("\n\nRespond")[0]}, answer]}
        for *_, asked, answer in (row["messages"] for row in rows)
    ]
