"""Small files that are either whole or absent."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import IO

from advisor.practice.wire import JsonObject


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(path)


def write_json(path: Path, value: JsonObject) -> None:
    """Replace `path` by `value` as JSON."""
    write_bytes(path, json.dumps(value, ensure_ascii=True).encode())


def read_json(path: Path) -> JsonObject | None:
    """Return the JSON object in `path`, or None if the file is missing or damaged."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def claim(folder: Path) -> IO[bytes]:
    """Claim `folder` for this process until the returned file is closed.

    Raises:
        OSError: another process has claimed it, or it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise
    return lock
