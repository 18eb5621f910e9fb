"""Files that are safe to open: regular ones, unpacked on the way where they are compressed."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import sys
import zlib
from pathlib import Path
from typing import IO, Any, Literal, cast

from advisor.errors import UnreadableDataset
from advisor.world.datasets.text import clean

Packing = Literal["", "gzip", "zstd"]
"""How the bytes of a file are compressed; empty where they are not."""

_MAGIC: tuple[tuple[bytes, Packing], ...] = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))


def check_regular(path: Path) -> None:
    """Refuse what is no regular file that may be read: reading a pipe could wait forever.

    Raises:
        UnreadableDataset: a folder, a pipe, a device, a link to nothing, or a file without permission.
    """
    name, mode = clean(str(path)), mode_of(path)
    if stat.S_ISDIR(mode):
        raise UnreadableDataset(f"{name} is a folder.", "", "Give me the file inside it that holds the rows.")
    if not stat.S_ISREG(mode):
        raise UnreadableDataset(
            f"{name} is {_kind(mode)}, not a file.",
            "Reading it could wait forever.",
            "Copy the rows into a file first.",
        )
    if not os.access(path, os.R_OK):
        raise forbidden(name)


def mode_of(path: Path) -> int:
    """Return what kind of file stands at a path, links followed.

    Raises:
        UnreadableDataset: nothing does, or it cannot be looked at.
    """
    name = clean(str(path))
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        why = "It is a link to a file that is gone." if path.is_symlink() else "No file has that name."
        raise UnreadableDataset(f"I cannot find {name}.", why, "Check the spelling and the folder.") from None
    except PermissionError:
        raise forbidden(name) from None
    except (OSError, ValueError) as error:
        raise UnreadableDataset(f"I cannot open {name}.", _reason(error), "Check the path.") from None


def forbidden(name: str) -> UnreadableDataset:
    """Return the error for a file whose permissions keep us out."""
    return UnreadableDataset(
        f"I may not read {name}.", "Its permissions do not allow it.", "Change them, or copy the file."
    )


def open_unpacked(path: Path, packing: Packing) -> IO[bytes]:
    """Open the bytes of a file, unpacked."""
    if packing == "gzip":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if packing == "zstd":
        return cast("IO[bytes]", _zstd().ZstdFile(path, "rb"))
    return path.open("rb", buffering=2**18)


def read_head(path: Path, size: int) -> tuple[bytes, Packing]:
    """Return the first bytes of a file, unpacked, and how they were packed.

    Raises:
        UnreadableDataset: they are no valid archive.
    """
    with path.open("rb") as stream:
        head = stream.read(size)
    packing = next((packing for magic, packing in _MAGIC if head.startswith(magic)), "")
    # Unlike the file objects these give what there is of a file that breaks off; the readers then say where.
    try:
        if packing == "gzip":
            return zlib.decompressobj(wbits=31).decompress(head, size), "gzip"
        if packing == "zstd":
            return _zstd().ZstdDecompressor().decompress(head, size), "zstd"
    except unpacking_errors() as error:
        raise broken_archive(path, error) from None
    return head, ""


def unpacking_errors() -> tuple[type[Exception], ...]:
    """Return what reading a compressed file that breaks off or is corrupt raises."""
    loaded: Any = sys.modules.get("compression.zstd") or sys.modules.get("backports.zstd")
    return (EOFError, zlib.error, gzip.BadGzipFile, *((loaded.ZstdError,) if loaded else ()))


def broken_archive(path: Path, error: Exception, rows: int = 0) -> UnreadableDataset:
    """Return the error for a compressed file that ends early or is corrupt."""
    read = f" after {rows:,} rows" if rows else ""
    return UnreadableDataset(
        f"{clean(path.name)} cannot be unpacked to its end; it breaks off{read}.",
        f"{clean(str(error)).rstrip('.')}.",
        "Download or export it again.",
    )


def _zstd() -> Any:
    # A start-up that reads no such file does not pay for it.
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "It is a link that leads back to itself."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return "The name holds characters no file can have."


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"
