"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Literal, NamedTuple

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.encodings import Encoding, by_content, by_mark
from advisor.world.datasets.files.opening import Packing, check_regular, open_unpacked, read_head
from advisor.world.datasets.text import clean

HEAD = 2**18
"""Bytes looked at to tell one format from another."""

FormatName = Literal["json", "jsonl", "csv", "tsv", "parquet", "arrow", "excel", "sqlite", "folder"]

_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_CONVERT = "Save it as CSV or JSON Lines and give me that file."
_BINARY: tuple[tuple[bytes, FormatName], ...] = (
    (b"PAR1", "parquet"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"ARROW1\x00\x00", "arrow"),
    (b"\xff\xff\xff\xff", "arrow"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "excel"),
)
"""How files begin that DuckDB or a reader of their own opens; an Arrow stream begins with its marker."""

_FOREIGN = (
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"%PDF", "a PDF"),
    (b"FEA1", "a Feather file of the first version"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_BINARY_SUFFIXES: dict[str, tuple[str, str]] = {
    ".parquet": ("a Parquet file", "It does not begin with the bytes PAR1."),
    ".pq": ("a Parquet file", "It does not begin with the bytes PAR1."),
    ".arrow": ("an Arrow file", "It begins neither like a file nor like a stream of Arrow."),
    ".feather": ("an Arrow file", "It begins neither like a file nor like a stream of Arrow."),
    ".xlsx": ("an Excel workbook", "It is not the archive a workbook is."),
    ".ods": ("a spreadsheet", "It is not the archive a spreadsheet is."),
}
_DATABASES = (".db", ".sqlite", ".sqlite3")


class Source(NamedTuple):
    """A file that can be read, and how."""

    path: Path
    format: FormatName
    encoding: Encoding
    packing: Packing = ""
    inside: str = ""
    """The sheet of a workbook or the table of a database."""

    @property
    def zipped(self) -> bool:
        """Whether the file is compressed."""
        return bool(self.packing)

    def open_bytes(self) -> IO[bytes]:
        """Open the bytes, unpacked."""
        return open_unpacked(self.path, self.packing)

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
    check_regular(path)
    head, packing = read_head(path, HEAD)
    name = clean(path.name)
    if not head:
        raise UnreadableDataset(f"{name} is empty (0 bytes).", "", "Check that the export finished, then try again.")
    if binary := _binary_format(path, head, packing):
        return Source(path, binary, Encoding("utf-8"))
    suffix = (Path(path.stem).suffix if packing else path.suffix).lower()
    _refuse_foreign(head, name, suffix)
    marked = by_mark(head)
    if marked is None and len(head.translate(None, _CONTROL)) < len(head) * 0.9:
        raise UnreadableDataset(f"{name} is not text.", "It is full of control bytes.", _CONVERT)
    encoding = marked or _encoding(path, packing, *_version(path))
    text = head.decode(encoding.name, "replace").lstrip("\ufeff")
    _refuse_pages(text, name)
    if not text.strip():
        raise UnreadableDataset(f"{name} holds nothing but blank lines.", "", "Check that the export finished.")
    return Source(path, _format_of(text, suffix, len(head) < HEAD), encoding, packing)


def _version(path: Path) -> tuple[int, int]:
    """Return what differs when a file is no longer the same."""
    about = path.stat()
    return about.st_size, about.st_mtime_ns


@lru_cache(maxsize=256)
def _encoding(path: Path, packing: Packing, size: int, changed: int) -> Encoding:
    # An inspection opens a file several times, and all of it has to be looked at.
    return by_content(lambda: open_unpacked(path, packing))


def _binary_format(path: Path, head: bytes, packing: Packing) -> FormatName | None:
    found = next((format for magic, format in _BINARY if head.startswith(magic)), None)
    if head.startswith(b"PK\x03\x04"):
        found = _archive_format(path) if not packing else "excel"
    if found and packing:
        raise UnreadableDataset(
            f"{clean(path.name)} is a compressed {found.capitalize()} file.",
            "I unpack text only.",
            f"Unpack it with {'gunzip' if packing == 'gzip' else 'unzstd'} first.",
        )
    return found


def _archive_format(path: Path) -> FormatName:
    """Return the format of a zip archive that is a workbook.

    Raises:
        UnreadableDataset: it is another archive, or a damaged one.
    """
    name = clean(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableDataset(
            f"{name} is a damaged Excel workbook or zip archive.", "", "Download or save it again."
        ) from None
    if any(entry.startswith("xl/") for entry in inside) or {"content.xml", "mimetype"} <= set(inside):
        return "excel"
    raise UnreadableDataset(f"{name} is a zip archive.", "", "Unpack it and give me the file or the folder inside.")


def _refuse_foreign(head: bytes, name: str, suffix: str) -> None:
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableDataset(f"{name} is {kind}, which I do not read.", "", _CONVERT)
    if suffix in _BINARY_SUFFIXES:
        kind, why = _BINARY_SUFFIXES[suffix]
        raise UnreadableDataset(f"{name} is not {kind}.", why, "Export it again, or as CSV.")
    if suffix in _DATABASES:
        raise UnreadableDataset(
            f"{name} is not an SQLite database.", "It does not begin like one.", "Export its table as CSV."
        )


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
