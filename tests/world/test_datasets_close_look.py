"""The closer look: what it adds to a first report, and that it changes nothing else."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.domain.dataset import DatasetReport, Finding
from advisor.world.datasets.closer import tokenizer
from advisor.world.datasets.closer.close_look import Limits, look_closer
from advisor.world.datasets.inspection import inspect

WORDS = (
    "my",
    "card",
    "account",
    "transfer",
    "money",
    "lost",
    "stolen",
    "fee",
    "refund",
    "where",
    "when",
    "how",
    "bank",
    "app",
)


def rows(n: int = 300, seed: int = 0) -> Iterator[dict[str, object]]:
    chance = random.Random(seed)
    for i in range(n):
        text = " ".join(chance.choice(WORDS) for _ in range(9))
        yield {"text": f"{text} {i}", "label": ("billing", "security", "transfers")[i % 3]}


def written(folder: Path, records: Iterable[object]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in records), "utf-8")
    return path


def closer(folder: Path, records: Iterable[object], **options: object) -> DatasetReport:
    report = inspect(written(folder, records), label_field="label", input_fields=("text",))
    return look_closer(report, **options)  # type: ignore[arg-type]


def about(report: DatasetReport, topic: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.about == topic]


def test_it_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    first = inspect(written(tmp_path, rows()), label_field="label", input_fields=("text",))
    report = look_closer(first)
    assert first.close is None and report.close is not None
    assert set(first.findings) <= set(report.findings)
    same = set(DatasetReport.model_fields) - {"close", "tokens", "findings", "warnings"}
    assert all(getattr(first, name) == getattr(report, name) for name in same)
    assert first.tokens and first.tokens.estimated and report.tokens and not report.tokens.estimated
    assert (report.close.rows, report.close.complete) == (300, True)
    assert DatasetReport.model_validate_json(report.model_dump_json()) == report


def test_what_the_test_part_can_show_is_said_in_points(tmp_path: Path) -> None:
    (finding,) = about(closer(tmp_path, rows(300)), "test")
    # 300 rows leave 60 for testing.
    assert "60 rows cannot support" in finding.what and "about 16 points" in finding.what
    assert "under 10 never" in finding.consequence
    (finding,) = about(closer(tmp_path, rows(40)), "test")
    assert finding.severity == "warns"


def test_personal_data_is_counted_and_masked(tmp_path: Path) -> None:
    records = list(rows())
    records[5]["text"] = "write to jane.doe@example.org or +44 20 7946 0018"
    records[6]["text"] = "write to john.roe@example.org &amp; wait \x07"
    report = closer(tmp_path, records)
    (finding,) = about(report, "personal")
    assert "2 rows with what looks like an e-mail address, 1 row with what looks like a phone number" in finding.what
    assert "jane.doe" not in report.model_dump_json(include={"close", "findings"})
    assert "7946 0018" not in report.model_dump_json(include={"close", "findings"})
    texts = [found.what for found in about(report, "text")]
    assert len(texts) == 2 and any("U+0007" in text for text in texts) and any("&amp;" in text for text in texts)


def test_a_second_name_of_the_label_and_a_field_that_gives_it_away(tmp_path: Path) -> None:
    codes = {"billing": 10, "security": 20, "transfers": 30}
    records = [
        {**row, "code": codes[str(row["label"])], "agent": f"{row['label']}-{i % 12}", "noise": i % 4}
        for i, row in enumerate(rows())
    ]
    report = closer(tmp_path, records)
    assert report.close is not None
    assert [(found.field, found.same, found.is_input) for found in report.close.giveaways] == [
        ("code", True, False), ("agent", False, False),
    ]  # fmt: skip
    said = [found.what for found in about(report, "leaks")]
    assert said[0] == "`code` is the label under another name."
    assert "`agent` gives the label away" in said[1] and "33.3%" in said[1]


def test_an_input_that_holds_its_label(tmp_path: Path) -> None:
    records = [{**row, "text": f"[{row['label']}] {row['text']}"} for row in rows()]
    report = closer(tmp_path, records)
    assert report.close and report.close.echo and (report.close.echo.own, report.close.echo.other) == (1.0, 0.0)
    (finding,) = about(report, "leaks")
    assert finding.what.startswith("The input holds the text of its own label in 100% of 300 rows")


def test_a_field_that_merely_goes_with_a_lopsided_label_is_no_giveaway(tmp_path: Path) -> None:
    records = [{**row, "label": "yes" if i % 60 == 0 else "no", "queue": i % 7} for i, row in enumerate(rows(600))]
    report = closer(tmp_path, records)
    assert report.close is not None and report.close.giveaways == ()


def test_what_was_only_partly_read_is_said(tmp_path: Path) -> None:
    records = list(rows())
    records[3]["text"] = "a@example.org"
    report = closer(tmp_path, records, limits=Limits(read_rows=100))
    assert report.close is not None and (report.close.rows, report.close.complete) == (100, False)
    assert "among the first 100" in about(report, "personal")[0].what
    assert report.tokens is not None and report.tokens.counted == 300


def test_rows_too_long_for_a_context_are_warned_of(tmp_path: Path) -> None:
    records = [*rows(100), {"text": "word " * 9_000, "label": "billing"}]
    report = closer(tmp_path, records)
    (finding,) = [found for found in about(report, "tokens") if found.severity == "warns"]
    assert finding.what == "1 row beyond 8,192 tokens."


def test_cancelled_it_returns_the_report_as_it_was(tmp_path: Path) -> None:
    first = inspect(written(tmp_path, rows()))
    assert look_closer(first, cancelled=lambda: True) is first


def test_a_second_look_replaces_the_first(tmp_path: Path) -> None:
    records = [*rows(), {"text": "nul \x00 here", "label": "billing"}]
    once = closer(tmp_path, records)
    assert look_closer(once) == once
    assert sum("control characters" in finding.what for finding in once.findings) == 1


def test_without_a_tokenizer_the_estimate_stays_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "load", lambda: None)
    report = closer(tmp_path, rows())
    assert report.tokens is not None and report.tokens.estimated
    (finding,) = about(report, "tokens")
    assert "stay estimates" in finding.what


def test_conversations_and_files_without_a_label(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "hello there"}, {"role": "assistant", "content": "good day"}]
    report = look_closer(inspect(written(tmp_path, ({"messages": turns} for _ in range(30)))))
    assert report.tokens is not None and report.tokens.training == 30 * (3 * 2 + 3) + (report.tokens.total or 0)
    report = look_closer(inspect(written(tmp_path, ({"text": f"some words {i}"} for i in range(30)))))
    assert report.close is not None and report.tokens is not None and report.tokens.training == 0


def test_hostile_names_and_values_stay_off_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label", "co\x1b[31mde"])
        writer.writerows([f"{row['text']} \x1b]0;title\x07", row["label"], row["label"]] for row in rows())
    assert main(["inspect", str(path), "--label", "label", "--input", "text"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "A closer look:" in out and "`code` is the label under another name" in out


def test_json_on_the_screen_moves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = "co\x9b31m\u202ede"
    path = written(tmp_path, ({**row, named: row["label"]} for row in rows()))
    assert main(["inspect", str(path), "--json"]) == 0
    out = capsys.readouterr().out
    assert all(character.isprintable() or character == "\n" for character in out)
    assert named in [field["name"] for field in json.loads(out)["fields"]]


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, rows())
    assert main(["inspect", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["close"]["complete"] and said["tokens"]["tokenizer"] == "o200k"
    assert {"path", "rows", "usable", "task", "label_counts", "leaks", "bad_rows", "warnings"} <= said.keys()
