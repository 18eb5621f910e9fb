"""Lines of any length: those beyond the limit are passed over, no other is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from advisor.world.datasets.files import lines as module
from advisor.world.datasets.files.lines import bounded_lines

LIMIT = 5


def expected(text: str, ends: str) -> Iterator[str | None]:
    for line in io.StringIO(text, newline="") if "\r" in ends else map(bytes.decode, io.BytesIO(text.encode())):
        fits = len(line) < LIMIT or (len(line) == LIMIT and line.endswith(tuple(ends)))
        yield line if fits else None


@given(st.text("ab\n", max_size=80), st.integers(1, 9))
def test_bytes(text: str, piece: int) -> None:
    module.SKIPPED, before = piece, module.SKIPPED
    try:
        found = list(bounded_lines(io.BytesIO(text.encode()), LIMIT))
    finally:
        module.SKIPPED = before
    assert [line if line is None else line.decode() for _, line in found] == list(expected(text, "\n"))
    assert [number for number, _ in found] == list(range(1, len(found) + 1))


@example("aaaaa\naaaaa\n", 7)
@given(st.one_of(st.text("abé\n", max_size=80), st.text("abé\r", max_size=80)), st.integers(1, 9))
def test_text(text: str, piece: int) -> None:
    module.SKIPPED, before = piece, module.SKIPPED
    try:
        found = list(bounded_lines(io.StringIO(text, newline=""), LIMIT))
    finally:
        module.SKIPPED = before
    assert [line for _, line in found] == list(expected(text, "\r\n"))
