"""The inputs that other engines get wrong, each built in a folder, with what must become of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from tests.world.bad_builders import (
    CSV,
    JSONL,
    LINES,
    PAIRS,
    Build,
    beside_a_neighbour,
    chat,
    content,
    dangling,
    labelled,
    locked,
    long_line,
    loop,
    parquet,
    pipe,
    table,
    zstd,
)  # fmt: skip

Values = dict[str, Any]


class BadInput(NamedTuple):
    """One input."""

    name: str
    """The number of its kind, a letter, and a word."""
    build: Build
    says: str = ""
    """What stands in the findings, or in the sentence instead of a report."""
    report: Values | None = None
    """Values of the report; None where there must be none."""
    lines: Sequence[int] = ()
    """Lines of the bad rows."""
    forbidden: bool = False
    """Whether the reader has to be somebody without special rights."""


_OBJECTS = [json.loads(line) for line in LINES]
# Digests do not compress away, so that some rows come before the break.
_DIGESTS = "".join(f'{{"n": "{sha256(str(i).encode()).hexdigest()}"}}\n' for i in range(9_999)).encode()
_WIDE_NAMES = [f"c{i}" for i in range(10_000)]
_LATE = "".join(
    json.dumps({"text": f"text about {i} things", **({"label": "ab"[i % 2]} if i >= 30_000 else {})}) + "\n"
    for i in range(30_050)
)
_DEEP = '{"text": ' + "[" * 2000 + "]" * 2000 + ', "label": "a"}'
_QUOTES = "".join(('"' if i % 7 == 0 else 'say "') + f"{text}\t{label}\n" for i, (text, label) in enumerate(PAIRS))
_GOOD: Values = {"rows": 60, "bad_rows": 0, "label_counts": {"refund": 20, "card": 20, "login": 20}}

INPUTS = (
    BadInput("1a empty table", content("a.csv", b""), "is empty (0 bytes)"),
    BadInput("1b empty lines", content("a.jsonl", b""), "is empty (0 bytes)"),
    BadInput("2a mark, table", content("a.csv", b"\xef\xbb\xbf" + CSV.encode()), "byte order mark", _GOOD),
    BadInput("2b mark, lines", content("a.jsonl", b"\xef\xbb\xbf" + JSONL.encode()), "byte order mark", _GOOD),
    BadInput("3a utf-16 table", content("a.csv", CSV.encode("utf-16")), "UTF-16", _GOOD),
    BadInput("3b utf-16 lines", content("a.jsonl", JSONL.encode("utf-16")), "UTF-16", _GOOD),
    BadInput("3c utf-16 without a mark", content("a.csv", CSV.encode("utf-16-be")), "UTF-16-BE", _GOOD),
    BadInput("3d utf-32", content("a.csv", CSV.encode("utf-32")), "UTF-32", _GOOD),
    BadInput(
        "4a latin-1 table", content("a.csv", (CSV + "café,card\n").encode("latin-1")),
        f"byte {len(CSV) + 3:,} (line 62) on; I read it as Latin-1", {"rows": 61, "bad_rows": 0},
    ),
    BadInput(
        "4b latin-1 lines", content("a.jsonl", (JSONL + '{"text": "café", "label": "card"}\n').encode("latin-1")),
        "(line 61) on; I read it as Latin-1", {"rows": 61, "bad_rows": 0},
    ),
    BadInput("5a gzip", content("a.jsonl.gz", gzip.compress(JSONL.encode(), mtime=0)), "", _GOOD),
    BadInput("5b zstd", content("a.jsonl.zst", zstd(JSONL.encode())), "", _GOOD),
    BadInput("5c zstd table", content("a.csv.zst", zstd(CSV.encode())), "", _GOOD),
    BadInput("6a cut gzip", content("a.jsonl.gz", gzip.compress(_DIGESTS, mtime=0)[:-900]), "it breaks off after 9,"),
    BadInput("6b cut zstd", content("a.jsonl.zst", zstd(_DIGESTS)[:-900]), "it breaks off after "),
    BadInput("7 array named lines", content("a.jsonl", json.dumps(_OBJECTS)), "", _GOOD),
    BadInput(
        "8a broken line", content("a.jsonl", "".join(LINES[:30]) + '{"text": "x", \n' + "".join(LINES[30:])),
        "1 row could not be read", {"rows": 60, "bad_rows": 1}, lines=[31],
    ),
    BadInput(
        "8b many broken lines", content("a.jsonl", JSONL + "{ oops\n" * 25), "25 rows could not be read",
        {"rows": 60, "bad_rows": 25}, lines=range(61, 81),
    ),
    BadInput("9 blank lines", content("a.jsonl", "\n\n" + JSONL.replace("\n", "\n \n\n")), "", _GOOD),
    BadInput(
        "10 no objects", content("a.jsonl", 'null\n42\n"text"\n' + JSONL), "3 rows could not be read",
        {"rows": 60, "bad_rows": 3}, lines=[1, 2, 3],
    ),
    BadInput("11 kinds of label", content("a.jsonl", labelled([1, "two", None, ["x"]] * 15)), "different kinds"),
    BadInput(
        "12 type changes late", content("a.jsonl", labelled([*[1, 2] * 15_001, *["one"] * 20])), "",
        {"rows": 30_022, "bad_rows": 0, "label_counts": {"1": 15_001, "2": 15_001, "one": 20}},
    ),
    BadInput(
        "13 key comes late", content("a.jsonl", _LATE), "30,000 of 30,050 rows have no label",
        {"rows": 30_050, "label_field": "label", "label_counts": {"a": 25, "b": 25}},
    ),
    BadInput(
        "14a columns of one name", content("a.csv", "text,label,label\n" + "".join(f"{t},{c},x\n" for t, c in PAIRS)),
        "names `label` more than once", {"rows": 60, "label_field": "label"},
    ),
    BadInput(
        "14b keys of one name",
        content("a.jsonl", "".join(f'{{"text": "{t}", "label": "a", "label": "{c}"}}\n' for t, c in PAIRS)),
        "name `label` more than once", {"rows": 60},
    ),
    BadInput("15 no header", content("a.csv", CSV.split("\n", 1)[1]), "looks like data", {"rows": 60}),
    BadInput(
        "16 no header, numbers", content("a.csv", "".join(f"{i % 4},{t},{t} too\n" for i, (t, _) in enumerate(PAIRS))),
        "looks like data", {"rows": 60},
    ),
    BadInput(
        "17 ragged", content("a.csv", CSV + "a,b,c\nonly\nlast one here,card\n"), "2 rows could not be read",
        {"rows": 61, "bad_rows": 2}, lines=[62, 63],
    ),
    BadInput("18 lines in quotes", content("a.csv", CSV + '"two\nlines",card\n'), "", {"rows": 61, "bad_rows": 0}),
    BadInput("19 unbalanced quotes", content("a.tsv", "text\tlabel\n" + _QUOTES), "", {"rows": 60, "bad_rows": 0}),
    BadInput("20a NUL in a table", content("a.csv", CSV + "a\0b,card\n"), "control characters", {"rows": 61}),
    BadInput(
        "20b NUL, escaped", content("a.jsonl", JSONL + '{"text": "a\\u0000b", "label": "card"}\n'),
        "control characters", {"rows": 61, "bad_rows": 0},
    ),
    BadInput(
        "20c NUL, raw", content("a.jsonl", JSONL + '{"text": "a\0b", "label": "card"}\n'), "1 row could not be read",
        {"rows": 60, "bad_rows": 1}, lines=[61],
    ),
    BadInput("21 semicolons", content("a.csv", CSV.replace(",", ";")), "", _GOOD),
    BadInput("22 line ends of old Macs", content("a.csv", CSV.replace("\n", "\r")), "", _GOOD),
    BadInput(
        "23 words for nothing", content("a.csv", table(["NA", "None", "null", "nan", "spam"])),
        "could be a label or a missing one", {"rows": 60, "classes": 5},
    ),
    BadInput(
        "24 spellings", content("a.csv", table(["Spam", "spam", " spam", "SPAM "])), "spelled in more than one way",
        {"classes": 4},
    ),
    BadInput(
        "25 leading zeros", content("a.csv", table(["007", "010", "7"])), "",
        {"label_counts": {"007": 20, "010": 20, "7": 20}},
    ),
    BadInput(
        "26 yes and true", content("a.csv", table(["yes", "no", "true", "TRUE"])), "",
        {"label_counts": {"yes": 15, "no": 15, "true": 15, "TRUE": 15}},
    ),
    BadInput(
        "27 two styles of date", content("a.csv", "text,label,day\n" + "".join(
            f"{t},{c},{('2024-03-01', '01.03.2024')[i % 2]}\n" for i, (t, c) in enumerate(PAIRS)
        )), "", _GOOD,
    ),
    BadInput(
        "28 thirty digits", content("a.csv", "id,text,label\n" + "".join(
            f"{10**29 + i},{t},{c}\n" for i, (t, c) in enumerate(PAIRS)
        )), "", {**_GOOD, "samples.0.id": str(10**29)},
    ),
    BadInput(
        "29 half a character", content("a.jsonl", JSONL + '{"text": "x \\ud83d", "label": "card"}\n'),
        "could not be read", {"rows": 60, "bad_rows": 1}, lines=[61],
    ),
    BadInput(
        "30 no numbers", content("a.jsonl", JSONL + '{"text": "x", "label": NaN}\n{"text": "x", "label": -Infinity}\n'),
        "holds NaN, which JSON does not have", {"rows": 60, "bad_rows": 2}, lines=[61, 62],
    ),
    BadInput(
        "31a 10,000 columns", content("a.csv", ",".join(["text", "label", *_WIDE_NAMES]) + "\n" + "".join(
            ",".join([t, c, *["1"] * 10_000]) + "\n" for t, c in PAIRS
        )), "10,002 columns", {"rows": 60},
    ),
    BadInput(
        "31b 10,000 keys", content("a.jsonl", "".join(
            json.dumps({"text": t, "label": c, **dict.fromkeys(_WIDE_NAMES, 1)}) + "\n" for t, c in PAIRS
        )), "10,002 columns", {"rows": 60},
    ),
    BadInput(
        "32a too deep a line", content("a.jsonl", JSONL + _DEEP + "\n"), "is nested too deep",
        {"rows": 60, "bad_rows": 1}, lines=[61],
    ),
    BadInput("32b too deep a file", content("a.json", f"[{_DEEP}]"), "nested too deep"),
    BadInput(
        "33a chat in parts", content("a.jsonl", chat(parts=True)), "conversations",
        {"rows": 30, "labelled": 30, "usable": 30, "task": "chat"},
    ),
    BadInput(
        "33b chat", content("a.jsonl", chat(parts=False)), "conversations",
        {"rows": 30, "labelled": 30, "usable": 30, "task": "chat"},
    ),
    BadInput(
        "34 several labels", content("a.jsonl", labelled([["a"], ["a", "b"], []] * 20)), "",
        {"task": "multi_label", "label_counts": {"a": 40, "b": 20}},
    ),
    BadInput("35a pretty array", content("a.json", json.dumps(_OBJECTS, indent=2)), "", _GOOD),
    BadInput("35b pretty objects", content("a.json", "\n".join(json.dumps(o, indent=2) for o in _OBJECTS)), "", _GOOD),
    BadInput("36a error page", content("a.csv", "<!DOCTYPE html>\n<html><body>404</body></html>\n"), "web page"),
    BadInput(
        "36b pointer", content("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"),
        "Git LFS pointer",
    ),
    BadInput("37a no parquet", content("a.parquet", CSV), "not a Parquet file"),
    BadInput("37b cut parquet", parquet(-400), "damaged Parquet"),
    BadInput("37c parquet cut in the middle", parquet(1000), "damaged Parquet"),
    BadInput("38 name like a pattern", beside_a_neighbour, "", _GOOD),
    BadInput("39 name to be quoted", content("a b ü 'q' \".csv", CSV), "", _GOOD),
    BadInput("40 pipe", pipe, "a pipe"),
    BadInput("41a loop", loop, "back to itself"),
    BadInput("41b dangling link", dangling, "gone"),
    BadInput("41c empty folder", lambda folder: folder, "a folder without a data file"),
    BadInput(
        "42a line of 300 MB", long_line(300 * 2**20), "is longer than 32 MB", {"rows": 3001, "bad_rows": 1},
        lines=[3001],
    ),
    BadInput(
        "42b the same in a table", long_line(300 * 2**20, "long.csv"), "is longer than 32 MB",
        {"rows": 3001, "bad_rows": 1}, lines=[3002],
    ),
    BadInput(
        "43 line of 2.2 GB", long_line(2_200 * 2**20), "is longer than 32 MB", {"rows": 3001, "bad_rows": 1},
        lines=[3001],
    ),
    BadInput(
        "44 formula and escapes", content("a.csv", CSV.replace(
            "label\n", 'label\n"=HYPERLINK(""http://x"")",card\n\x1b[31mred\x07,card\n'
        )), "control characters", {"rows": 62, "bad_rows": 0, "samples.0.text": '=HYPERLINK("http://x")'},
    ),
    BadInput("45 no permission", locked, "may not read", forbidden=True),
)  # fmt: skip
