"""The kept conversation a command is about: a file, a name that `advisor export --list` shows, or the newest."""

from __future__ import annotations

from pathlib import Path

from advisor.domain.cleaning import clean
from advisor.errors import UsageError
from advisor.world import paths
from advisor.world.transcripts import SUFFIX, kept

LATEST = "latest"


def kept_file(name: str) -> Path:
    """Return the transcript that is meant.

    Raises:
        UsageError: there is none.
    """
    folder = paths.conversations()
    if name == LATEST:
        newest = next(iter(kept(folder)), None)
        if newest is None:
            raise UsageError("No conversation is kept yet.", "", "Hold one with `advisor`, or name a transcript.")
        return newest.path
    for path in (Path(name), folder / name, folder / f"{name}{SUFFIX}"):
        if path.is_file():
            return path
    raise UsageError(
        f"There is no transcript {clean(name, 300)}.", "", "`advisor export --list` shows what is kept."
    )  # fmt: skip
