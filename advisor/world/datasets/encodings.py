"""Which characters a file's bytes stand for."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import IO, NamedTuple

from advisor.world.datasets.files import unpacking_errors

CHUNK = 2**20


class Encoding(NamedTuple):
    """How a file is decoded."""

    name: str
    """As Python spells it."""
    bom: bool = False
    bad_offset: int | None = None
    """First byte that is not UTF-8, where there is one."""
    bad_line: int | None = None
    damaged: bool = False
    """UTF-8 with stray bytes, rather than another encoding throughout."""

    @property
    def shown(self) -> str:
        """The name a reader knows."""
        return {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}.get(self.name, self.name.upper())


def by_mark(head: bytes) -> Encoding | None:
    """Return the encoding a byte order mark or the pattern of zero bytes gives away, or None."""
    # UTF-32's mark begins with UTF-16's.
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return Encoding(name, bom=True)
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return Encoding("utf-16-le")
    if even > 0.3 and odd < 0.05:
        return Encoding("utf-16-be")
    return None


def by_content(reopen: Callable[[], IO[bytes]]) -> Encoding:
    """Return UTF-8 if every byte agrees, else the likeliest one-byte encoding and where the first bad byte is."""
    with reopen() as stream:
        bad = _first_bad_byte(stream)
    if bad is None:
        return Encoding("utf-8")
    offset, line = bad
    with reopen() as stream:
        stray, proper, windows = _tally(stream)
    if stray <= proper:
        return Encoding("utf-8", bad_offset=offset, bad_line=line, damaged=True)
    return Encoding("cp1252" if windows else "latin-1", bad_offset=offset, bad_line=line)


def _read(stream: IO[bytes]) -> bytes:
    """Return the next piece; nothing where a compressed file breaks off, which the readers report."""
    try:
        return stream.read(CHUNK)
    except unpacking_errors():
        return b""


def _first_bad_byte(stream: IO[bytes]) -> tuple[int, int] | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    start, line = 0, 1
    while True:
        chunk = _read(stream)
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            within = error.start - pending
            return start + within, line + chunk[: max(0, within)].count(b"\n")
        if not chunk:
            return None
        start += len(chunk)
        line += chunk.count(b"\n")


def _tally(stream: IO[bytes]) -> tuple[int, int, bool]:
    """Return stray bytes, well-formed non-ASCII characters, and whether Windows-1252 explains the strays."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    stray = proper = 0
    seen: set[str] = set()
    while chunk := _read(stream):
        unusual = [c for c in decoder.decode(chunk) if c > "\x7f"]
        lone = [c for c in unusual if "\udc80" <= c <= "\udcff"]
        stray += len(lone)
        proper += len(unusual) - len(lone)
        seen.update(lone)
    high = {ord(c) - 0xDC00 for c in seen}
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return stray, proper, any(0x80 <= byte <= 0x9F for byte in high) and not high & undefined
