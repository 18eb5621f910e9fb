"""What is shown of the practice model's measurements: the table, and the acceptance line for each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SUBSETS = {
    "banking 12": ("banking77", 12, 11),
    "banking 15": ("banking77", 15, 12),
    "clinc 12": ("clinc150", 12, 21),
    "clinc 15": ("clinc150", 15, 22),
}
"""Column: data set, number of labels, seed of the draw."""
REPEATED = "banking 12"
"""The column whose prompt optimization is run twice with one thread."""
NEAR_CHANCE = 12.0
"""Points above chance that still count as near it: the base model's own logits remain after training."""


def table(columns: dict[str, dict[str, float]]) -> str:
    """Return all measurements as a Markdown table."""
    names = list(next(iter(columns.values())))
    lines = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name in names:
        digits = 2 if "cold" in name else 0 if name == "chats" else 1
        lines.append(f"| {name} | " + " | ".join(f"{column[name]:.{digits}f}" for column in columns.values()) + " |")
    return "\n".join(lines)


def verdicts(columns: dict[str, dict[str, float]], repeated: Sequence[float]) -> Iterator[tuple[bool, str]]:
    """Yield each acceptance line and whether it is met."""
    for column, scores in columns.items():
        zero = scores["small, zero-shot"]
        gain = scores["small + MIPROv2 light"] - zero
        yield gain >= 8, f"{column}: MIPROv2 gains {gain:+.1f} points on small (at least +8)"
        gain = scores["small, tuned on its MIPROv2 program's answers"] - zero
        yield gain >= 12, f"{column}: tuning on the optimized program's answers gains {gain:+.1f} (at least +12)"
        gap = scores["scikit-learn tf-idf + logistic regression"] - scores["small, tuned on gold labels"]
        yield gap <= 4, f"{column}: gold labels on small are {gap:+.1f} points behind scikit-learn (at most 4)"
        chance = 100 / SUBSETS[column][1]
        over = scores["small, tuned on shuffled labels"] - chance
        yield over <= NEAR_CHANCE, f"{column}: shuffled labels end {over:+.1f} over chance (at most {NEAR_CHANCE:g})"
        cold = scores["cold start, seconds"]
        yield cold < 1, f"{column}: cold start {cold:.2f} s (under 1)"
    yield len(set(repeated)) == 1, f"{REPEATED}: MIPROv2 twice with one thread scores {list(repeated)} (equal)"
