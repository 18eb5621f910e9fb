"""What Arrow files hold beside plain text: dictionaries, lists, gaps, times, several batches, packed buffers."""

from __future__ import annotations

import datetime
import decimal
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import as_text

pa = pytest.importorskip("pyarrow")

ROWS = 60
MOMENT = datetime.datetime.fromisoformat("2026-01-02 03:04:05")
COLUMNS: dict[str, tuple[Any, str]] = {
    "text": (pa.array([f"words of {i}" for i in range(ROWS)], pa.large_string()), "words of 1"),
    "label": (pa.array(["a", "b", None] * 20).dictionary_encode(), "b"),
    "tags": (pa.array([["x"], ["y", "z"], []] * 20), '["y", "z"]'),
    "moment": (pa.array([MOMENT] * ROWS, pa.timestamp("us")), "2026-01-02 03:04:05"),
    "nanoseconds": (pa.array([1_234_567] * ROWS, pa.timestamp("ns")), "1970-01-01 00:00:00.001234"),
    "took": (pa.array([5_000_001] * ROWS, pa.duration("ns")), "0:00:00.005000"),
    "at": (pa.array([1_500] * ROWS, pa.time64("ns")), "00:00:00.000001"),
    "day": (pa.array([MOMENT.date()] * ROWS), "2026-01-02"),
    "price": (pa.array([decimal.Decimal("1.10")] * ROWS), "1.10"),
    "nothing": (pa.nulls(ROWS), ""),
    "inner": (pa.array([{"a": 1, "b": [None]}] * ROWS), '{"a": 1, "b": [null]}'),
    "bytes": (pa.array([b"\xff\x00"] * ROWS), "(2 bytes)"),
}


@pytest.mark.parametrize("with_pandas", [True, False])
@pytest.mark.parametrize("packed", [None, "lz4", "zstd"])
@pytest.mark.parametrize("stream", [False, True])
def test_every_kind_of_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: bool, packed: str | None, with_pandas: bool
) -> None:
    if not with_pandas:
        monkeypatch.setitem(sys.modules, "pandas", None)
    path = tmp_path / "a.arrow"
    table = pa.table({name: column for name, (column, _) in COLUMNS.items()})
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with (
        pa.OSFile(str(path), "wb") as sink,
        new(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=packed)) as writer,
    ):
        writer.write_table(table, 7)
    records = list(open_table(path).records())
    assert len(records) == ROWS
    shown = {name: as_text(value) for name, value in records[1].values.items()}
    assert shown == {name: text for name, (_, text) in COLUMNS.items()}
    report = inspect(path, label_field="label")
    assert (report.label_counts, report.missing_labels) == ({"a": 20, "b": 20}, 20)


def test_a_dictionary_that_changes_from_batch_to_batch(tmp_path: Path) -> None:
    path = tmp_path / "a.arrow"
    labels = (["p", "q"], ["r", None])
    batches = [
        pa.record_batch({"text": ["a b", "c d"], "label": pa.array(names).dictionary_encode()}) for names in labels
    ]
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    assert [record.values["label"] for record in open_table(path).records()] == ["p", "q", "r", None]


def test_feather(tmp_path: Path) -> None:
    from pyarrow import feather

    path = tmp_path / "a.feather"
    feather.write_feather(pa.table({"text": ["a b", "c d"], "label": ["x", None]}), str(path))
    assert [tuple(record.values.values()) for record in open_table(path).records()] == [("a b", "x"), ("c d", None)]
