"""The deep checks: what they find, and that neither time, memory, a fault nor a missing library hurts."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.domain.close_look import CloseLook, Deep
from advisor.domain.dataset import DatasetReport
from advisor.world.datasets.closer import deep_checks
from advisor.world.datasets.closer.close_look import look_closer, look_deeper, never, roles_of
from advisor.world.datasets.closer.deep_checks import DeepLimits, look_deep
from advisor.world.datasets.closer.deep_texts import DeepRow, distinct_rows, shown_apart
from advisor.world.datasets.closer.near_copies import near_copies, overlap, sequences
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect

NEEDS_SKLEARN = pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed (extra `deep`)"
)
NEEDS_RENSA = pytest.mark.skipif(
    importlib.util.find_spec("rensa") is None, reason="rensa is not installed (extra `deep`)"
)
NOISE: tuple[Deep, ...] = ("noise",)
TOPICS = {
    "billing": ["invoice", "charge", "fee", "refund", "payment", "bill", "price", "double", "statement", "amount"],
    "security": ["password", "stolen", "fraud", "locked", "code", "phone", "login", "suspicious", "reset", "blocked"],
    "travel": ["abroad", "currency", "exchange", "airport", "cash", "foreign", "trip", "rate", "euro", "dollar"],
}
COMMON = ["please", "help", "me", "with", "my", "account", "today", "thanks", "i", "need", "to", "know", "about", "the"]


def rows(n: int = 400, seed: int = 0) -> Iterator[dict[str, str]]:
    chance = random.Random(seed)
    for i in range(n):
        label = list(TOPICS)[i % 3]
        words = [chance.choice(COMMON) for _ in range(8)] + [chance.choice(TOPICS[label]) for _ in range(4)]
        chance.shuffle(words)
        yield {"text": " ".join(words), "label": label, "split": "test" if i % 5 == 0 else "train"}


def inspected(folder: Path, records: list[dict[str, str]]) -> DatasetReport:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in records), "utf-8")
    return inspect(path, label_field="label", input_fields=("text",))


def deep(
    report: DatasetReport,
    *checks: Deep,
    limits: DeepLimits = DeepLimits(),  # noqa: B008 - frozen
    cancelled: object = never,
) -> CloseLook:
    empty = CloseLook(rows=0, complete=True)
    return look_deep(report, roles_of(report), empty, checks, cancelled, limits)  # type: ignore[arg-type]


def test_sequences_of_words_and_of_characters() -> None:
    assert sequences("A b, c d!") == {"a b c", "b c d"}
    assert sequences("two words") == {"two words"}
    assert len(sequences("我的银行卡在国外丢失了怎么办")) == 10
    assert overlap(sequences("a b c d e f"), sequences("a b c d e g")) == pytest.approx(3 / 5)


def test_two_long_rows_are_shown_where_they_part() -> None:
    text = "a long passage about the same thing over and over again, with a number +44 20 7946 0018 in it, and then "
    shown = shown_apart(f"{text}who?", f"{text}when?")
    assert shown.endswith("who? ≈ …" + shown.partition("≈ …")[2]) and shown.endswith("when?")
    assert shown.startswith("…") and "0018" not in shown


@NEEDS_RENSA
def test_near_copies_are_verified_and_counted_across_splits() -> None:
    long = "i lost my card yesterday on the train to work and need a new one sent"
    given = [
        DeepRow(f"{long} today", "lost", "train"),
        DeepRow(f"{long} now", "stolen", "test"),
        DeepRow(f"{long} now", "stolen", "train"),
        DeepRow("a wholly different question about the exchange rate of the euro", "rate", "test"),
        DeepRow("write to jane.doe@example.org about the card i lost on monday morning in town", "lost", "train"),
        DeepRow("write to jane.doe@example.org about the card i lost on monday morning in paris", "lost", "train"),
    ]
    found = near_copies(given, sampled=False)
    assert (found.compared, found.inputs, found.labelled_otherwise) == (6, 3, 2)
    assert found.across == {"`train` and `test`": 1, "`test` and `train`": 1}
    assert "jane.doe" not in " ".join(found.examples)


@NEEDS_RENSA
def test_edits_of_one_word_in_twenty_are_found() -> None:
    chance = random.Random(0)
    vocabulary = [f"w{i}" for i in range(2_000)]
    given, edited = [], 0
    for _ in range(2_000):
        words = [chance.choice(vocabulary) for _ in range(30)]
        given.append(DeepRow(" ".join(words), "", ""))
        if chance.random() < 0.1:
            words[chance.randrange(30)] = "edited"
            given.append(DeepRow(" ".join(words), "", ""))
            edited += overlap(sequences(given[-1].text), sequences(given[-2].text)) >= 0.7
    assert near_copies(given, sampled=False).inputs >= 0.97 * edited


@NEEDS_SKLEARN
def test_flipped_labels_are_named_and_a_curve_is_drawn(tmp_path: Path) -> None:
    records = list(rows(600))
    flipped = range(0, 600, 25)
    for i in flipped:
        records[i]["label"] = list(TOPICS)[(i + 1) % 3]
    report = look_closer(inspected(tmp_path, records), deep=("noise", "curve"))
    assert report.close is not None and report.close.noise is not None and report.close.curve is not None
    noise, curve = report.close.noise, report.close.curve
    assert noise.judged and noise.flagged == pytest.approx(len(flipped), abs=6) and len(noise.examples) == 3
    assert curve.doubled <= 2 * curve.points[-1].rows + 1 and 0 <= curve.low <= curve.high <= 1
    said = {finding.about: finding.what for finding in report.findings}
    assert "contradicts with confidence" in said["noise"] and "cheap linear proxy" in said["curve"]


def test_deep_checks_are_added_to_a_close_look(tmp_path: Path) -> None:
    close = look_closer(inspected(tmp_path, list(rows(30))))
    deeper = look_deeper(close, ("noise", "curve"))
    again = look_deeper(deeper, ("noise", "curve"))
    assert close.close is not None and deeper.close is not None and deeper == again
    assert set(close.findings) < set(deeper.findings) and len(deeper.close.not_run) == 2
    assert look_deeper(close, NOISE, cancelled=lambda: True) is close


@NEEDS_SKLEARN
def test_scripts_without_spaces_are_judged_by_their_characters(tmp_path: Path) -> None:
    chance = random.Random(0)
    topics = {"billing": "付款账单费用退钱价格金额", "travel": "旅行机场外国现金汇率出境"}
    common = "我的你他是不在有这个了请问能"
    records = []
    for i in range(400):
        label = list(topics)[i % 2]
        written = [chance.choice(common) for _ in range(8)] + [chance.choice(topics[label]) for _ in range(4)]
        chance.shuffle(written)
        records.append({"text": "".join(written), "label": label, "split": "test" if i % 5 == 0 else "train"})
    records[7]["label"] = "billing"
    close = deep(inspected(tmp_path, records), "noise", "curve")
    assert close.noise is not None and close.noise.judged and close.noise.accuracy > 0.9
    assert records[7]["text"] in close.noise.examples[0]
    assert close.curve is not None and close.curve.points[-1].accuracy > 0.9


@NEEDS_SKLEARN
def test_classes_that_overlap_are_not_judged(tmp_path: Path) -> None:
    chance = random.Random(0)
    records = [{**row, "label": chance.choice("ab")} for row in rows(300)]
    report = look_closer(inspected(tmp_path, records), deep=NOISE)
    assert report.close is not None and report.close.noise is not None
    assert not report.close.noise.judged and report.close.noise.examples == ()
    assert any("overlap too much to judge label noise" in finding.what for finding in report.findings)


def test_few_rows_and_free_text_are_declined(tmp_path: Path) -> None:
    report = inspected(tmp_path, list(rows(30)))
    assert [missing.check for missing in deep(report, "noise", "curve").not_run] == ["noise", "curve"]
    free = report.model_copy(update={"task": "free_text"})
    assert "one label a row" in deep(free, "curve").not_run[0].why


def test_a_missing_library_names_the_command_that_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = inspected(tmp_path, list(rows(60)))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    (near,) = deep(report, "near").not_run
    assert near.why == "No check of near copies: rensa is not installed."
    assert near.try_this == "pip install 'dspy-finetune-advisor[deep]'"


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A child of our own writing in the place of the real one."""
    monkeypatch.setattr(deep_checks, "CHILD", "stand_in")
    monkeypatch.setattr(deep_checks, "ROOT", tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: True)
    return tmp_path / "stand_in.py"


SLEEPS = """
import os, pathlib, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("pids").write_text(f"{os.getpid()} {grandchild.pid}")
time.sleep(60)
"""


def gone(folder: Path) -> bool:
    """Say whether the child and what it started have ended."""
    deadline = time.monotonic() + 5
    for pid in map(int, (folder / "pids").read_text().split()):
        while Path(f"/proc/{pid}/stat").exists():
            if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]:
                break
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_check_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path, child: Path) -> None:
    report = inspected(tmp_path, list(rows(60)))
    child.write_text(SLEEPS, "utf-8")
    (missing,) = deep(report, "near", limits=DeepLimits(seconds=1.5)).not_run
    assert "longer than 1.5 seconds" in missing.why and gone(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_cancelled_check_is_ended_at_once(tmp_path: Path, child: Path) -> None:
    report = inspected(tmp_path, list(rows(60)))
    child.write_text(SLEEPS, "utf-8")
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    began = time.monotonic()
    look = deep(report, "near", "noise", cancelled=stop.is_set)
    assert time.monotonic() - began < 5 and look.near is None and look.not_run == () and gone(tmp_path)


def test_a_child_that_dies_or_talks_nonsense_is_a_sentence(tmp_path: Path, child: Path) -> None:
    report = inspected(tmp_path, list(rows(60)))
    for code in ("import os; os.abort()", "print('hello')", "raise SystemExit(3)"):
        child.write_text(code, "utf-8")
        (missing,) = deep(report, "near").not_run
        assert missing.why.startswith("The check of near copies ended without an answer")


@NEEDS_SKLEARN
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no memory limit there")
def test_a_check_that_needs_too_much_memory_says_so(tmp_path: Path) -> None:
    report = inspected(tmp_path, list(rows(300)))
    look = deep(report, "noise", limits=DeepLimits(memory=60 * 2**20))
    assert look.noise is None and "memory" in look.not_run[0].why


def test_rows_are_drawn_evenly_and_kept_in_order(tmp_path: Path) -> None:
    report = inspected(tmp_path, [{"text": f"number {i} of these", "label": "ab"[i % 2]} for i in range(1_000)])
    draw = distinct_rows(open_table(Path(report.path)), roles_of(report), 100, labelled=True)
    numbers = [int(row.text.split()[1]) for row in draw.rows]
    assert draw.sampled and len(numbers) == 100 and numbers == sorted(numbers)
    assert 350 < sum(numbers) / 100 < 650
