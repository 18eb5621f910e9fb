"""The files that rows are read from, by what people call them and by how their names end."""

from __future__ import annotations

LISTED = "JSON, JSONL, CSV, TSV, Parquet, Excel, OpenDocument, SQLite or Arrow"
"""What a file may be, for a sentence that asks for one."""

SUFFIXES = (
    ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab", ".parquet", ".pq", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods",
    ".db", ".sqlite", ".sqlite3", ".arrow", ".feather",
)  # fmt: skip
"""How the names of such files end; text may have one of `PACKED` behind."""

PACKED = (".gz", ".zst", ".zstd")
