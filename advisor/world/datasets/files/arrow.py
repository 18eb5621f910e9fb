"""Arrow files and streams, which the `datasets` library saves too; they need the optional pyarrow."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.shapes import plain_row
from advisor.world.datasets.records import Record, readable
from advisor.world.datasets.text import clean

_BATCH = 2048


def check_arrow(path: Path) -> None:
    """Refuse an Arrow file where nothing can read it.

    Raises:
        UnreadableDataset: pyarrow is not installed.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise UnreadableDataset(
            f"{clean(path.name)} is an Arrow file, and the library that reads those is not installed.",
            "",
            "Run `pip install 'dspy-finetune-advisor[arrow]'`, or save the data as Parquet.",
        )


def read_arrow(path: Path) -> Iterator[Record]:
    """Yield every row, numbered from 1.

    Raises:
        UnreadableDataset: the file is cut short or damaged.
    """
    import pyarrow as pa  # optional, and large

    number = 0
    try:
        with pa.memory_map(str(path)) as stored:
            for batch in _batches(pa, stored):
                for start in range(0, batch.num_rows, _BATCH):
                    for row in batch.slice(start, _BATCH).to_pylist():
                        number += 1
                        values = {name: readable(value) for name, value in row.items()}
                        yield Record(number, plain_row(values) if "answers" in values else values)
    except (pa.ArrowException, OSError, ValueError) as error:
        after = f" after {number:,} rows" if number else ""
        raise UnreadableDataset(
            f"{clean(path.name)} is a damaged Arrow file{after}.",
            f"{clean(str(error), 120).rstrip('.')}.",
            "Save or download it again.",
        ) from None


def _batches(pa: Any, stored: Any) -> Iterator[Any]:
    is_file = stored.read(6) == b"ARROW1"
    stored.seek(0)
    if is_file:
        reader = pa.ipc.open_file(stored)
        batches: Any = (reader.get_batch(index) for index in range(reader.num_record_batches))
    else:
        batches = pa.ipc.open_stream(stored)
    for batch in batches:
        # A damaged offset would otherwise be followed out of the file.
        batch.validate(full=True)
        yield _to_microseconds(pa, batch)


def _to_microseconds(pa: Any, batch: Any) -> Any:
    """Return a batch without nanoseconds: Python has no values for them, and without pandas pyarrow refuses them."""
    for place, field in enumerate(batch.schema):
        if pa.types.is_temporal(field.type) and getattr(field.type, "unit", "") == "ns":
            kind = field.type
            coarser = (
                pa.timestamp("us", kind.tz) if pa.types.is_timestamp(kind)
                else pa.duration("us") if pa.types.is_duration(kind) else pa.time64("us")
            )  # fmt: skip
            batch = batch.set_column(place, field.name, batch.column(place).cast(coarser, safe=False))
    return batch
