"""What writes files that are hard to read."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Build = Callable[[Path], Path]
PAIRS = [(f"customer text number {i} about things", ("refund", "card", "login")[i % 3]) for i in range(60)]
LINES = [json.dumps({"text": text, "label": label}) + "\n" for text, label in PAIRS]
CSV = "text,label\n" + "".join(f"{text},{label}\n" for text, label in PAIRS)
JSONL = "".join(LINES)


def content(name: str, data: str | bytes) -> Build:
    """Return what writes a file of that name and content."""

    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return build


def zstd(data: bytes) -> bytes:
    """Return data compressed with zstd."""
    if sys.version_info >= (3, 14):
        from compression.zstd import compress
    else:
        from backports.zstd import compress
    return compress(data)


def labelled(labels: Sequence[object]) -> str:
    """Return JSON Lines with those labels."""
    return "".join(
        json.dumps({"text": f"words of row {i} here", "label": label}) + "\n" for i, label in enumerate(labels)
    )


def table(labels: Sequence[str], rows: int = 60) -> str:
    """Return a table with those labels in turn."""
    return "text,label\n" + "".join(f"words of row {i} here,{labels[i % len(labels)]}\n" for i in range(rows))


def long_line(size: int, name: str = "long.jsonl") -> Build:
    """Return what writes one line of that many bytes among others, as a file with a hole."""

    def build(folder: Path) -> Path:
        path = folder / name
        rows = [(f"text of row {i} {'x' * 80}", "ab"[i % 2]) for i in range(3000)]
        # More text than is looked at to tell the format: the hole reads as zero bytes.
        if name.endswith(".csv"):
            before, last = "text,label\n" + "".join(f"{text},{label}\n" for text, label in rows), "last words,a\n"
        else:
            before, last = "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in rows), LINES[0]
        with path.open("wb") as stream:
            stream.write(before.encode())
            stream.seek(size, io.SEEK_CUR)
            stream.write(f"\n{last}".encode())
        return path

    return build


def loop(folder: Path) -> Path:
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop"


def dangling(folder: Path) -> Path:
    (folder / "dangling").symlink_to(folder / "gone")
    return folder / "dangling"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def locked(folder: Path) -> Path:
    path = content("locked.csv", CSV)(folder)
    path.chmod(0)
    return path


def beside_a_neighbour(folder: Path) -> Path:
    (folder / "t1x.csv").write_text("wrong,file\n1,2\n")
    return content("t[1]*.csv", CSV)(folder)


def parquet(cut: int | None = None) -> Build:
    def build(folder: Path) -> Path:
        import duckdb

        path = folder / "rows.parquet"
        with duckdb.connect() as database:
            database.execute(f"copy (select 'text ' || i as text, 'a' as label from range(900) t(i)) to '{path}'")
        path.write_bytes(path.read_bytes()[:cut])
        return path

    return build


def chat(parts: bool) -> str:
    def text(words: str) -> object:
        return [{"type": "text", "text": words[:3]}, {"type": "text", "text": words[3:]}] if parts else words

    return "".join(
        json.dumps({"messages": [
            {"role": "user", "content": text(f"question number {i}")},
            {"role": "assistant", "content": text(f"answer number {i}")},
        ]}) + "\n"
        for i in range(30)
    )  # fmt: skip
