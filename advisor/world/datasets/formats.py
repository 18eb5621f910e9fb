"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from pathlib import Path
from typing import IO, Literal, NamedTuple, cast

from advisor.errors import UnreadableDataset
from advisor.world.datasets.encodings import Encoding, by_content, by_mark
from advisor.world.datasets.text import clean

HEAD = 2**18
"""Bytes looked at to tell one format from another."""

FormatName = Literal["json", "jsonl", "csv", "tsv", "parquet"]

_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_CONVERT = "Save it as CSV or JSON Lines and give me that file."
_FOREIGN = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"%PDF", "a PDF"),
    (b"ARROW1", "an Arrow file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x80\x04\x95", "a Python pickle"),
)


class Source(NamedTuple):
    """A file that can be read, and how."""

    path: Path
    format: FormatName
    encoding: Encoding
    zipped: bool = False

    def open_bytes(self) -> IO[bytes]:
        """Open the bytes, unpacked."""
        return _open(self.path, self.zipped)

    def open_text(self) -> io.TextIOWrapper:
        """Open the text after any byte order mark, line ends as they are; undecodable bytes become surrogates."""
        stream = self.open_bytes()
        if self.encoding.bom:
            stream.read(len("\ufeff".encode(self.encoding.name)))
        return io.TextIOWrapper(stream, self.encoding.name, errors=_errors(self.encoding.name), newline="")


def identify(path: Path) -> Source:
    """Return how to read a file.

    Raises:
        UnreadableDataset: not a regular, readable, non-empty file in a format that holds rows.
    """
    _check_regular(path)
    head, zipped = _head(path)
    name = clean(path.name)
    if not head:
        raise UnreadableDataset(f"{name} is empty (0 bytes).", "", "Check that the export finished, then try again.")
    if head.startswith(b"PAR1"):
        return Source(path, "parquet", Encoding("utf-8"))
    _refuse_foreign(head, name)
    if path.suffix.lower() in (".parquet", ".pq"):
        raise UnreadableDataset(
            f"{name} is not a Parquet file.", "It does not begin with the bytes PAR1.", "Export it again, or as CSV."
        )
    marked = by_mark(head)
    if marked is None and len(head.translate(None, _CONTROL)) < len(head) * 0.9:
        raise UnreadableDataset(f"{name} is not text.", "It is full of control bytes.", _CONVERT)
    encoding = marked or by_content(lambda: _open(path, zipped))
    text = head.decode(encoding.name, "replace").lstrip("\ufeff")
    _refuse_pages(text, name)
    if not text.strip():
        raise UnreadableDataset(f"{name} holds nothing but blank lines.", "", "Check that the export finished.")
    suffix = Path(path.stem).suffix if zipped else path.suffix
    return Source(path, _format_of(text, suffix.lower(), len(head) < HEAD), encoding, zipped)


def _check_regular(path: Path) -> None:
    name = clean(str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        why = "It is a link to a file that is gone." if path.is_symlink() else "No file has that name."
        raise UnreadableDataset(f"I cannot find {name}.", why, "Check the spelling and the folder.") from None
    except PermissionError:
        raise _forbidden(name) from None
    except (OSError, ValueError) as error:
        raise UnreadableDataset(f"I cannot open {name}.", _reason(error), "Check the path.") from None
    if stat.S_ISDIR(mode):
        raise UnreadableDataset(
            f"{name} is a folder.", "I read one file at a time.", "Give me the file inside it that holds the rows."
        )
    if not stat.S_ISREG(mode):
        raise UnreadableDataset(
            f"{name} is {_kind(mode)}, not a file.",
            "Reading it could wait forever.",
            "Copy the rows into a file first.",
        )
    if not os.access(path, os.R_OK):
        raise _forbidden(name)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "It is a link that leads back to itself."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return "The name holds characters no file can have."


def _forbidden(name: str) -> UnreadableDataset:
    return UnreadableDataset(
        f"I may not read {name}.", "Its permissions do not allow it.", "Change them, or copy the file."
    )


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"


def _open(path: Path, zipped: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if zipped else path.open("rb")


def _head(path: Path) -> tuple[bytes, bool]:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.startswith(b"\x1f\x8b"):
        return head, False
    try:
        # Unlike GzipFile this gives what there is of a file that breaks off; the readers then say where.
        return zlib.decompressobj(wbits=31).decompress(head, HEAD), True
    except zlib.error as error:
        raise broken_archive(path, error) from None


def broken_archive(path: Path, error: Exception, rows: int = 0) -> UnreadableDataset:
    """Return the error for a compressed file that ends early or is corrupt."""
    read = f" after {rows:,} rows" if rows else ""
    return UnreadableDataset(
        f"{clean(path.name)} cannot be unpacked to its end; it breaks off{read}.",
        f"{clean(str(error)).rstrip('.')}.",
        "Download or export it again.",
    )


def _refuse_foreign(head: bytes, name: str) -> None:
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableDataset(f"{name} is {kind}, which I do not read.", "", _CONVERT)


def _refuse_pages(text: str, name: str) -> None:
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<head", "<?xml")):
        raise UnreadableDataset(
            f"{name} is a web page or XML, not data.",
            "A download often saves an error page under the name of the file.",
            "Open it to see what it says, then download the data again.",
        )
    if start.startswith("version https://git-lfs"):
        raise UnreadableDataset(
            f"{name} is a Git LFS pointer, not the data.",
            "The repository was cloned without its large files.",
            "Run `git lfs pull`, then try again.",
        )


def _format_of(text: str, suffix: str, complete: bool) -> FormatName:
    """Return the format of a text; `complete` says that this is all of it."""
    start = text.lstrip()[:1]
    lines = [line for line in text.split("\n") if line.strip()]
    if not complete and len(lines) > 1:
        lines.pop()
    if start in ("{", "["):
        parsed = [_is_row(line) for line in lines[:50]]
        if len(lines) > 1 and (parsed[0] or sum(parsed) > 1):
            return "jsonl"
        if suffix in (".jsonl", ".ndjson") and start == "{" and not (complete and len(lines) == 1):
            return "jsonl"
        if suffix not in (".csv", ".tsv", ".txt") or any(parsed):
            return "json"
    if any(_is_row(line) for line in lines[:50]) and suffix in (".jsonl", ".ndjson", ".json", ""):
        return "jsonl"
    if suffix == ".json" and complete and _parses(text):
        return "json"
    return "tsv" if suffix == ".tsv" else "csv"


def _is_row(line: str) -> bool:
    return line.lstrip()[:1] in ("{", "[") and _parses(line)


def _parses(text: str) -> bool:
    import orjson  # a start-up that reads no data does not pay for it

    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8" else "replace"
