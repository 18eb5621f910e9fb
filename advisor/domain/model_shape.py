"""The numbers of a language model that decide how much memory it takes, as its own config.json gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

NAMES: dict[str, tuple[str, ...]] = {
    "hidden": ("hidden_size", "n_embd", "d_model"),
    "layers": ("num_hidden_layers", "n_layer", "num_layers"),
    "heads": ("num_attention_heads", "n_head"),
    "kv_heads": ("num_key_value_heads",),
    "head": ("head_dim",),
    "feed_forward": ("intermediate_size", "n_inner", "ffn_dim"),
    "vocabulary": ("vocab_size",),
}
"""Our names, and those configs use."""

NESTED = ("text_config", "language_config", "llm_config")
"""Where a model that also sees or hears keeps the part that writes."""
EXPERTS = ("num_experts", "num_local_experts", "n_routed_experts")
TIED_UNLESS_SAID = ("gemma", "gpt2")
LARGEST = 10_000_000


def names_folder(model: str) -> bool:
    """Say whether a model is named as a folder of this computer."""
    return model.startswith((".", "/", "~", "\\"))


class Shape(BaseModel):
    """A model of the usual kind: attention and a gated feed-forward part, layer upon layer."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    layers: int = Field(ge=1, le=1000)
    hidden: int = Field(ge=1, le=LARGEST)
    queries: int = Field(ge=1, le=LARGEST)
    """Width of all query heads together; not always `hidden`."""
    keys: int = Field(ge=1, le=LARGEST)
    """Width of all key heads together; values are as wide."""
    feed_forward: int = Field(ge=1, le=LARGEST)
    vocabulary: int = Field(ge=1, le=LARGEST)
    tied: bool
    """Whether the words going in and coming out share their weights."""

    @property
    def embedding(self) -> int:
        """Weights of the vocabulary."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    @property
    def parameters(self) -> int:
        """Weights in all, without the few of biases."""
        attention = 2 * self.hidden * (self.queries + self.keys)
        layer = attention + 3 * self.hidden * self.feed_forward + 2 * self.hidden
        return self.embedding + self.layers * layer + self.hidden


class Known(BaseModel):
    """A common open model, with the numbers of its published config.json."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    shape: Shape
    source: str


def read_config(config: object) -> Shape | str:
    """Return the shape a config.json gives, or why it gives none."""
    if not isinstance(config, Mapping):
        return "It is not a JSON object."
    inner = next((config[name] for name in NESTED if isinstance(config.get(name), Mapping)), config)
    if any(_count(inner.get(name)) > 1 for name in EXPERTS):
        return "It is a mixture of experts; I have no figures for those."
    found = {ours: next((n for name in theirs if (n := _count(inner.get(name)))), 0) for ours, theirs in NAMES.items()}
    missing = [NAMES[ours][0] for ours in ("hidden", "layers", "heads", "vocabulary") if not found[ours]]
    if missing:
        return f"It does not say {', '.join(missing)}."
    head = found["head"] or found["hidden"] // found["heads"]
    try:
        return Shape(
            layers=found["layers"],
            hidden=found["hidden"],
            queries=head * found["heads"],
            keys=head * (found["kv_heads"] or found["heads"]),
            feed_forward=found["feed_forward"] or 4 * found["hidden"],
            vocabulary=found["vocabulary"],
            tied=_tied(config, inner),
        )
    except ValueError:
        return "Its numbers are not those of a model."


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _tied(config: Mapping[str, object], inner: Mapping[str, object]) -> bool:
    for place in (inner, config):
        told = place.get("tie_word_embeddings")
        if isinstance(told, bool):
            return told
    return str(inner.get("model_type", "")).startswith(TIED_UNLESS_SAID)


def _known(
    name: str, layers: int, hidden: int, heads: tuple[int, int, int], wide: int, words: int, tied: bool
) -> Known:
    count, kv, size = heads
    shape = Shape(
        layers=layers,
        hidden=hidden,
        queries=count * size,
        keys=kv * size,
        feed_forward=wide,
        vocabulary=words,
        tied=tied,
    )
    return Known(name=name, shape=shape, source=f"config.json of huggingface.co/{name}")


def common() -> tuple[Known, ...]:
    """Return common open models, the smallest first; heads are query heads, key heads and their size."""
    return (
        _known("HuggingFaceTB/SmolLM2-360M-Instruct", 32, 960, (15, 5, 64), 2560, 49152, True),
        _known("Qwen/Qwen2.5-0.5B-Instruct", 24, 896, (14, 2, 64), 4864, 151936, True),
        _known("Qwen/Qwen3-0.6B", 28, 1024, (16, 8, 128), 3072, 151936, True),
        _known("meta-llama/Llama-3.2-1B-Instruct", 16, 2048, (32, 8, 64), 8192, 128256, True),
        _known("Qwen/Qwen3-1.7B", 28, 2048, (16, 8, 128), 6144, 151936, True),
        _known("meta-llama/Llama-3.2-3B-Instruct", 28, 3072, (24, 8, 128), 8192, 128256, True),
        _known("Qwen/Qwen3-4B", 36, 2560, (32, 8, 128), 9728, 151936, True),
        _known("meta-llama/Llama-3.1-8B-Instruct", 32, 4096, (32, 8, 128), 14336, 128256, False),
        _known("Qwen/Qwen3-8B", 36, 4096, (32, 8, 128), 12288, 151936, False),
        _known("Qwen/Qwen3-14B", 40, 5120, (40, 8, 128), 17408, 151936, False),
        _known("Qwen/Qwen3-32B", 64, 5120, (64, 8, 128), 25600, 151936, False),
        _known("meta-llama/Llama-3.3-70B-Instruct", 80, 8192, (64, 8, 128), 28672, 128256, False),
    )


_CLOSED = re.compile(
    r"(?:openai/|azure/|anthropic/|gemini/)?(?:ft:)?(?:gpt-(?!oss|2|neo|j\b)|o[1345]\b|chatgpt|claude|gemini)",
    re.IGNORECASE,
)
_BILLIONS = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,2})?)b(?![a-z0-9])", re.IGNORECASE)


def closed_model(name: str) -> bool:
    """Whether a name is that of a model whose weights its provider keeps."""
    return _CLOSED.match(name.strip()) is not None


def billions_in(name: str) -> float | None:
    """Return the billions of weights that a model's name tells, such as 70 for `Llama-3.3-70B-Instruct`."""
    found = _BILLIONS.search(name)
    return float(found[1]) or None if found else None


def commonly_known(name: str) -> Known | None:
    """Return the common model of this name, with or without its publisher."""
    wanted = name.strip().casefold()
    return next(
        (one for one in common() if wanted in (one.name.casefold(), one.name.partition("/")[2].casefold())), None
    )


def weights_from_bytes(size: int) -> float:
    """Return about how many weights files of so many bytes hold: most are kept in two bytes each."""
    return size / 2


def weights_of(name: str) -> float | None:
    """Return how many weights a model has: counted where its shape is known, else as its name says."""
    known, billions = commonly_known(name), billions_in(name)
    return known.shape.parameters if known else billions * 1e9 if billions else None
