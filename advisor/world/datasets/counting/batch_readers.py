"""The rows of a table in columns, by the fastest reader that gives what the ordinary one gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.world.datasets.counting.batches import Batch, in_batches
from advisor.world.datasets.counting.duck_batches import duck_batches, is_for_duckdb
from advisor.world.datasets.counting.line_batches import is_for_chunks, read_line_batches
from advisor.world.datasets.files.shapes import KEY_LABEL
from advisor.world.datasets.files.tables import Part, Table


def read_batches(
    table: Table, wanted: Sequence[str], limit: int | None = None, *, fast: bool = True
) -> Iterator[Batch]:
    """Yield every row, at most `limit` of them; fields that are not wanted may come as counts only.

    Raises:
        Misfit: only when fast; a row needs the ordinary reader, and what was yielded does not count.
        UnreadableDataset: the file breaks off or is damaged.
    """
    if limit is None and table.parts:
        whole = sum(part.table.source.path.stat().st_size for part in table.parts) or 1
        before = 0
        for part in table.parts:
            size = part.table.source.path.stat().st_size
            for batch in read_batches(part.table, wanted, fast=fast):
                yield replace(_placed(part, batch), share=(before + batch.share * size) / whole)
            before += size
    elif limit is None and fast and is_for_duckdb(table.source, table.dialect):
        yield from duck_batches(table.source, table.dialect, wanted)
    elif limit is None and fast and is_for_chunks(table.source):
        yield from read_line_batches(table.source)
    else:
        yield from in_batches(table.rows(limit))


def _placed(part: Part, batch: Batch) -> Batch:
    """Return the rows with the split and the label that the name of their file says."""
    columns = batch.columns
    if part.label is not None and batch.size:
        own = columns.get(KEY_LABEL, (None,) * batch.size)
        columns = {**columns, KEY_LABEL: list(map(part.label_of, own))}
    splits = [split or part.split for split in batch.splits] if batch.splits else (part.split,) * batch.size
    return replace(batch, columns=columns, splits=splits if any(splits) else ())
