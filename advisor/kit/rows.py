"""The rows of the project as DSPy examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import dspy

from advisor.kit.files import read_lines
from advisor.kit.stops import Stop


class Parts(NamedTuple):
    """Disjoint parts of the data; `test` is answered once, at the end."""

    train: list[Any]
    dev: list[Any]
    test: list[Any]

    def sizes(self) -> dict[str, int]:
        """Return how many rows each part has."""
        return {name: len(part) for name, part in self._asdict().items()}


def read_parts(folder: Path, inputs: dict[str, str], label: tuple[str, str], limit: int | None = None) -> Parts:
    """Read train, dev and test.

    With a `limit`, train and dev are cut to their first rows and test is left out: a trial must not look at it.
    `inputs` and `label` map field names of the program to those in the data.

    Raises:
        Stop: a part is missing or empty, or a row lacks a field.
    """
    train, dev, test = (_read(folder / f"{name}.jsonl", inputs, label) for name in Parts._fields)
    return Parts(train, dev, test) if limit is None else Parts(train[:limit], dev[:limit], [])


def _read(path: Path, inputs: dict[str, str], label: tuple[str, str]) -> list[Any]:
    names = {**inputs, label[0]: label[1]}
    try:
        rows = list(read_lines(path))
        examples = [dspy.Example(**{ours: row[theirs] for ours, theirs in names.items()}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Stop(
            "usage", f"{path} cannot be used: {type(error).__name__} {error}.", "Write the project again."
        ) from error
    if not examples:
        raise Stop("usage", f"{path} holds no rows.", "Write the project again from data with labels.")
    return [example.with_inputs(*inputs) for example in examples]
