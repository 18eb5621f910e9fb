"""Long JSON arrays: the rows of one read row by row are those of one parsed as a whole, and no more is held."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files import jsonarray, jsonwhole
from advisor.world.datasets.files.readers import open_table
from tests.world.test_datasets_soup import JSON_VALUE, thorough

ROWS: list[dict[str, object]] = [
    {"text": 'ends like a row: "}, {" and \\', "label": "a"},
    {"text": "nested", "label": [{"x": 1}, {"y": [{}, {}]}], "n": {"a": {}, "b": {}}},
    {"text": "half \ud83d of one", "label": "b"},
    {"text": "é, 漢, 𝒳", "label": 2**70},
    {"text": "", "label": None},
]


def rows(path: Path) -> list[tuple[object, ...]]:
    return [tuple(row) for row in open_table(path).rows()]


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[tuple[object, ...]]]:
    """Read a file row by row, in pieces of a few bytes."""

    def read(path: Path) -> list[tuple[object, ...]]:
        with monkeypatch.context() as patch:
            patch.setattr(jsonarray, "STREAMED", 0)
            patch.setattr(jsonarray, "_CHUNK", 9)
            patch.setattr(jsonwhole, "SIZE_LIMIT", 0)
            return rows(path)

    return read


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_same_rows_row_by_row(
    tmp_path: Path, streamed: Callable[[Path], Any], indent: int | None, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(pack(json.dumps(ROWS, indent=indent).encode(encoding)))
    assert streamed(path) == rows(path)
    assert len(rows(path)) == len(ROWS)


@thorough
@example([{"nested": [-(2**63) - 1]}])
@given(st.lists(st.dictionaries(st.text(max_size=4), JSON_VALUE, min_size=1, max_size=3), min_size=1, max_size=6))
def test_any_rows(values: list[dict[str, object]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonarray, "_CHUNK", 16)
        text = json.dumps(values).replace("Infinity", "1").replace("NaN", "1").encode()
        pieces = [json.loads(text)]
        source = _Source(text)
        assert [list(jsonarray._values(source))] == pieces  # type: ignore[arg-type]


class _Source:
    """Bytes in place of a file: thousands of files would take the disk's time."""

    def __init__(self, content: bytes) -> None:
        from advisor.world.datasets.files.encodings import Encoding

        self.encoding, self.path, self._content = Encoding("utf-8"), Path("a.json"), content

    def open_bytes(self) -> Any:
        import io

        return io.BytesIO(self._content)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"a": "b"}, {"a": "c"}', "after 2 rows. It breaks off there"),
        ('[{"a": "b"}, {"a": "c', "after 1 rows. It breaks off there"),
        ('[{"a": "b"}, {"a": NaN}, {"a": "c"}]', "after 1 rows. It holds NaN"),
        ('[{"a": "b"}, {"a" "c"}, {"a": "d"}]', "after 1 rows. Expecting"),
        ('[{"a": "b"}, {"a": "c"}, ]', "after 1 rows. Extra data"),
        ('[{"a": "b"}, {"a": "c"}] x', "after 1 rows. Extra data"),
    ],
)
def test_a_fault_is_said_with_the_rows_before_it(
    tmp_path: Path, streamed: Callable[[Path], Any], text: str, reason: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(UnreadableDataset) as raised:
        streamed(path)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    "text", ['{"data": [{"a": "b"}]}', '[{"paragraphs": [{"context": "c", "qas": []}]}]', "[1, 2]"]
)
def test_what_is_no_plain_array_is_refused_with_the_way_out(
    tmp_path: Path, streamed: Callable[[Path], Any], text: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(UnreadableDataset, match=r"jq -c '\.\[\]' big\.json > big\.jsonl"):
        streamed(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can read its own peak")
def test_a_long_array_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    row = json.dumps({"text": "word " * 400, "label": "a"})
    with path.open("w") as file:
        file.write(f"[{row}" + f", {row}" * 70_000 + "]")
    assert path.stat().st_size > jsonarray.STREAMED
    code = (
        "import sys; from pathlib import Path;"
        "from advisor.world.datasets.files.readers import open_table;"
        "n = sum(1 for _ in open_table(Path(sys.argv[1])).rows());"
        "print(n, next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    found, kilobytes = map(int, done.stdout.split())
    assert found == 70_001 and kilobytes < 80 * 1024
