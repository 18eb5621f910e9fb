"""Which characters a file's bytes stand for."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from advisor.domain.dataset import Finding
from advisor.world.datasets.files.opening import unpacking_errors

CHUNK = 2**18

_HALVES = re.compile("\udced[\udca0-\udcaf][\udc80-\udcbf]\udced[\udcb0-\udcbf][\udc80-\udcbf]")
"""The bytes of a character beyond U+FFFF as Java and older MySQL write it, each kept as a surrogate."""


class Encoding(NamedTuple):
    """How a file is decoded."""

    name: str
    """As Python spells it."""
    bom: bool = False
    bad_offset: int | None = None
    """First byte that is not UTF-8, where there is one."""
    bad_line: int | None = None
    bad_byte: int | None = None
    damaged: bool = False
    """UTF-8 with stray bytes, rather than another encoding throughout."""
    halved: bool = False
    """All stray bytes are characters written as two halves, which can be joined (CESU-8)."""

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
    offset, byte = bad
    with reopen() as stream:
        line = _line_of(stream, offset)
    with reopen() as stream:
        tally = _tally(stream)
    if tally.stray <= tally.proper or tally.halved:
        return Encoding("utf-8", False, offset, line, byte, damaged=True, halved=tally.halved)
    return Encoding("cp1252" if tally.windows else "latin-1", False, offset, line, byte)


def _read(stream: IO[bytes]) -> bytes:
    """Return the next piece; nothing where a compressed file breaks off, which the readers report."""
    try:
        return stream.read(CHUNK)
    except unpacking_errors():
        return b""


def joined(text: str) -> str:
    """Return a text read with stray bytes kept, the characters joined that were written as two halves."""
    return _HALVES.sub(_join, text)


def _join(halves: re.Match[str]) -> str:
    raw = halves[0].encode("utf-8", "surrogateescape").decode("utf-8", "surrogatepass")
    return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def encoding_findings(encoding: Encoding, name: str = "") -> Iterator[Finding]:
    """Yield what is to be said of how a file is encoded; `name` where it is one of several."""
    file = f"`{name}`" if name else "The file"
    guess = "no character" if encoding.bad_byte is None else f"`{chr(encoding.bad_byte)}` in Latin-1"
    where = f"byte {encoding.bad_offset:,} (line {encoding.bad_line:,})" if encoding.bad_offset is not None else ""
    if encoding.halved:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"{file} writes some characters as two halves (CESU-8 instead of UTF-8), the first at {where}.",
            consequence="I join them; other programs refuse the file or take it for Latin-1.",
        )
    elif encoding.damaged:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"{file} is UTF-8 with stray bytes, the first at {where}; by itself it would be {guess}.",
            consequence="Rows that hold one are left out.",
        )
    elif where:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"{file} is not UTF-8 from {where} on; I read it as {encoding.shown}.",
            consequence="Check a row with accents; if it looks wrong, save the file as UTF-8.",
        )
    elif encoding.name != "utf-8":
        yield Finding(
            severity="notes",
            about="reading",
            what=f"{file} is {encoding.shown}; I read it as such.",
            consequence="What I write for the run is UTF-8.",
        )
    elif encoding.bom:
        yield Finding(
            severity="notes",
            about="reading",
            what=f"{file} begins with a byte order mark.",
            consequence="I leave it out; some training hosts refuse files that have one.",
        )


def _first_bad_byte(stream: IO[bytes]) -> tuple[int, int] | None:
    """Return the offset and the value of the first byte that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = 0
    while True:
        chunk = _read(stream)
        pending = len(decoder.getstate()[0])
        # Most text is ASCII, which takes no decoding to see.
        if chunk and not pending and chunk.isascii():
            start += len(chunk)
            continue
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return start + error.start - pending, error.object[error.start]
        if not chunk:
            return None
        start += len(chunk)


def _line_of(stream: IO[bytes], offset: int) -> int:
    line = 1
    while offset > 0 and (chunk := _read(stream)):
        line += chunk[:offset].count(b"\n")
        offset -= len(chunk)
    return line


class _Tally(NamedTuple):
    """The bytes beyond ASCII."""

    stray: int
    proper: int
    """Well-formed characters."""
    windows: bool
    """Whether Windows-1252 explains the strays."""
    halved: bool
    """Whether joining halves explains them all."""


def _tally(stream: IO[bytes]) -> _Tally:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    stray = proper = 0
    seen: set[str] = set()
    strays: list[str] = []
    while chunk := _read(stream):
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        unusual = [c for c in text if c > "\x7f"]
        lone = [c for c in unusual if "\udc80" <= c <= "\udcff"]
        stray += len(lone)
        proper += len(unusual) - len(lone)
        seen.update(lone)
        # A pair of halves takes six; beyond this many it is no matter of a few characters.
        strays.extend(lone[: max(0, 60_000 - len(strays))])
    high = {ord(c) - 0xDC00 for c in seen}
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    windows = any(0x80 <= byte <= 0x9F for byte in high) and not high & undefined
    halved = len(strays) == stray and not _HALVES.sub("", "".join(strays))
    return _Tally(stray, proper, windows, halved)
