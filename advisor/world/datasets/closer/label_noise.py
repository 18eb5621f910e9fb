"""Labels that a cheap classifier, trained on the other rows, contradicts with confidence.

Confident learning (Northcutt 2021) over TF-IDF and a linear model. With 5% of the labels flipped on purpose, of those
it names 98% were flipped on Snips and 71% on Banking77; where classes overlap 11%, which is why it may refuse to judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from advisor.domain.close_look import LabelNoise
from advisor.world.datasets.closer.deep_texts import DeepRow, shown
from advisor.world.datasets.closer.words import vectorizer
from advisor.world.datasets.text import clean

MOST = 20_000
LEAST = 100
"""Rows below which a classifier knows too little to contradict anybody."""

FOLDS = 5
LEAST_ACCURACY = 0.75
MOST_FLAGGED = 0.15
EXAMPLES = 3


class Flags(NamedTuple):
    """Rows whose labels are contradicted, the surest first."""

    accuracy: float
    rows: tuple[int, ...]
    instead: tuple[str, ...]
    """What the classifier says of each."""

    def judged(self, of: int) -> bool:
        """Say whether the classes are far enough apart to judge single labels."""
        return self.accuracy >= LEAST_ACCURACY and len(self.rows) <= MOST_FLAGGED * of


def label_noise(rows: Sequence[DeepRow], *, sampled: bool) -> LabelNoise | None:
    """Return the labels to look at again; None where too few rows share their labels."""
    sizes = Counter(row.label for row in rows)
    rows = [row for row in rows if sizes[row.label] >= FOLDS]
    if len(rows) < LEAST or len({row.label for row in rows}) < 2:
        return None
    flags = contradicted([row.text for row in rows], [row.label for row in rows])
    judged = flags.judged(len(rows))
    examples = (
        f"{shown(rows[number].text)} → {clean(rows[number].label, 40)}, rather {clean(instead, 40)}?"
        for number, instead in zip(flags.rows[:EXAMPLES], flags.instead, strict=False)
    )
    return LabelNoise(
        rows=len(rows),
        accuracy=round(flags.accuracy, 4),
        flagged=len(flags.rows),
        judged=judged,
        examples=tuple(examples) if judged else (),
        sampled=sampled,
    )


def contradicted(texts: Sequence[str], labels: Sequence[str]) -> Flags:
    """Return the rows whose label is contradicted above the usual confidence in the other one."""
    # Imported here: an optional extra, used in a process of its own.
    import numpy as np
    from sklearn.linear_model import SGDClassifier
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    names, given = np.unique(np.asarray(labels, dtype=object).astype(str), return_inverse=True)
    model: Any = make_pipeline(
        vectorizer(texts, token_pattern=r"(?u)\b\w+\b"),
        SGDClassifier(loss="log_loss", alpha=1e-5, random_state=0),
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    chances = cross_val_predict(model, list(texts), given, cv=folds, method="predict_proba")
    usual = np.array([chances[given == label, label].mean() for label in range(len(names))])
    confident = np.where(chances >= usual, chances, 0.0)
    best = confident.argmax(axis=1)
    flagged = np.flatnonzero((confident.max(axis=1) > 0) & (best != given))
    margin = chances[flagged, best[flagged]] - chances[flagged, given[flagged]]
    ordered = flagged[np.argsort(-margin, kind="stable")]
    return Flags(
        accuracy=float((chances.argmax(axis=1) == given).mean()),
        rows=tuple(int(number) for number in ordered),
        instead=tuple(str(names[best[number]]) for number in ordered),
    )
