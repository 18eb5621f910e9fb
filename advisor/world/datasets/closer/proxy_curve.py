"""Is more data still helping? The learning curve of a cheap linear proxy over TF-IDF, not of a fine-tuned model."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from advisor.domain.close_look import CurvePoint, ProxyCurve
from advisor.domain.learning_curve import MOST as FURTHEST
from advisor.domain.learning_curve import Point, reach
from advisor.world.datasets.closer.deep_texts import DeepRow
from advisor.world.datasets.closer.words import vectorizer

MOST = 30_000
LEAST = 100
"""Rows below which parts of them teach a proxy nothing worth drawing."""

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 1.0)
ORDERS = 3
HELD_BACK = 0.2
MOST_TESTED = 3_000
MANY_CLASSES = 20
"""Classes above which a support vector machine takes the place of the logistic model."""

_TESTS = frozenset({"test", "testing", "holdout", "validate", "validation", "valid", "val", "dev", "eval"})


def proxy_curve(rows: Sequence[DeepRow], *, sampled: bool) -> ProxyCurve | None:
    """Return the curve and where it leads at twice the rows; None where the rows are too few."""
    sizes = Counter(row.label for row in rows)
    rows = [row for row in rows if sizes[row.label] >= 2]
    train, test = _parts(rows)
    if len(train) < LEAST or not test or len({row.label for row in train}) < 2:
        return None
    points = measure(train, test)
    most = points[-1].rows
    missed = reach(points[:-1], most, len(test))
    ends = reach(points, int(FURTHEST * most), len(test))
    return ProxyCurve(
        points=tuple(CurvePoint(rows=point.rows, accuracy=round(point.accuracy, 4)) for point in points),
        test_rows=len(test),
        doubled=int(FURTHEST * most),
        low=round(ends.low, 4),
        high=round(ends.high, 4),
        missed_by=round((missed.low + missed.high) / 2 - points[-1].accuracy, 4),
        sampled=sampled,
    )


def measure(train: Sequence[DeepRow], test: Sequence[DeepRow], seed: int = 0) -> list[Point]:
    """Return the accuracy after each share of the rows, the mean over some random orders."""
    texts = [row.text for row in train]
    many = len({row.label for row in train}) > MANY_CLASSES
    right: Counter[int] = Counter()
    orders: Counter[int] = Counter()
    for order in range(ORDERS):
        shuffled = list(train)
        random.Random(seed + order).shuffle(shuffled)
        for share in SHARES:
            if share == 1.0 and order:
                continue
            part = shuffled[: max(2, round(share * len(train)))]
            if len({row.label for row in part}) < 2:
                continue
            words = vectorizer(texts)
            model = _model(many, seed).fit(words.fit_transform([row.text for row in part]), [row.label for row in part])
            said = model.predict(words.transform([row.text for row in test]))
            right[len(part)] += sum(a == row.label for a, row in zip(said, test, strict=True))
            orders[len(part)] += 1
    return [Point(rows, right[rows] / orders[rows] / len(test)) for rows in sorted(orders)]


def _model(many: bool, seed: int) -> Any:
    from sklearn.linear_model import SGDClassifier
    from sklearn.svm import LinearSVC

    return LinearSVC(random_state=seed) if many else SGDClassifier(loss="log_loss", alpha=1e-5, random_state=seed)


def _parts(rows: Sequence[DeepRow], seed: int = 0) -> tuple[list[DeepRow], list[DeepRow]]:
    """Return what to learn from and what to measure on: the split the file brought along, else a fifth held back."""
    tests = {row.split for row in rows if row.split.strip().casefold() in _TESTS}
    preferred = next((name for name in sorted(tests) if name.strip().casefold().startswith("test")), None)
    if preferred is not None and {row.split for row in rows} - tests:
        known = {row.group for row in rows if row.split not in tests}
        test = [row for row in rows if row.split == preferred and row.group not in known]
        return [row for row in rows if row.split not in tests], test[:MOST_TESTED]
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    held = min(MOST_TESTED, round(HELD_BACK * len(rows)))
    return shuffled[held:], shuffled[:held]
