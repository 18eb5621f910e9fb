import re
from typing import Any

import pytest

from advisor.domain.comparison import compare
from advisor.domain.dataset import SplitSizes
from advisor.domain.events import (
    Compared,
    Finished,
    GatePassed,
    Meter,
    Progress,
    RunEvent,
    Scored,
    StageFinished,
    StageStarted,
    Started,
    TracesKept,
    Uploaded,
)
from advisor.domain.plan import Gates, Host, Plan, Role, Task
from advisor.domain.progress import RunView
from advisor.domain.report import report_values
from advisor.world.templates import render

BASE = "1" * 50 + "0" * 48 + "xx"
BETTER = "1" * 90 + "0" * 10
HOSTILE = "a|b `c` <script>alert(1)</script>\n\n# Title [x](javascript:1)\u202e ![i](http://x)"


def plan(text: str = "Tickets") -> Plan:
    return Plan(
        name="tickets", title=text, route="distillation", data_path=text, split=SplitSizes(638, 80, 100),
        task=Task(input_fields=(text,), label_field=text, labels=("a", text), instruction="Sort."),
        optimizer="mipro_light", stages=("baseline", "train", "compare"),
        host=Host(name="openai", base_url=None, key_variable="OPENAI_API_KEY", upload_to="api.openai.com"),
        student=Role(model=text, train_price=3.0), prompt_model=Role(model=text),
        gates=Gates(target_score=0.8, chance_score=0.5, min_traces=50, warn_traces=200), calls_per_month=30_000,
    )  # fmt: skip


def events(text: str = "plain", *, practice: bool = False, end: str = "done") -> list[RunEvent]:
    def scored(candidate: str, outcomes: str, split: str = "test", dollars: float | None = None) -> Scored:
        return Scored.model_validate(
            {"candidate": candidate, "split": split, "outcomes": outcomes, "model": text, "calls": 1, "tokens_in": 1,
             "tokens_out": 1, "dollars": dollars, "seconds_per_call": 0.42}
        )  # fmt: skip

    found: list[Any] = [
        Started(t=100, run=text, route=text, practice=practice, host=text, endpoint=text, student=text, teacher=text,
                rows={"train": 638, "dev": 80, "test": 100}, stages=("baseline", text, "compare"),
                versions={"dspy": text}),
        StageStarted(t=101, stage="baseline", note=text),
        Progress(t=110, stage="baseline", done=80, total=80, meter=Meter(calls=1200, cache_hits=7, dollars=1.5)),
        scored("baseline", BASE, "dev"), StageFinished(t=111, stage="baseline", seconds=10),
        TracesKept(tried=638, kept=490, failed=2, classes_missing=(text,)),
        GatePassed(gate="traces", outcome="warn", reason=text), Uploaded(host=text, rows=490, file_id=text),
        scored("baseline", BASE, dollars=0.1), scored("teacher", BETTER), scored("tuned", BETTER, dollars=0.05),
    ]  # fmt: skip
    if end == "done":
        found += [StageStarted(t=112, stage="compare"), StageFinished(t=190, stage="compare", seconds=78)]
        found.append(Compared(comparison={}))
    found.append(Finished.model_validate({"t": 200, "outcome": end, "why": text, "try_this": text}))
    return found


def report(found: list[RunEvent], with_plan: Plan | None) -> str:
    view = RunView()
    for event in found:
        view = view.after(event)
    return render("conversation/report.md", **report_values(compare(found, with_plan), view, with_plan), looks=0)


def test_a_finished_run_is_told_whole() -> None:
    text = report(events(), plan())
    for expected in (
        "# Tickets: what the run showed",
        "The tuned program scored better than the plain program: 90 against 50 of 100 rows",
        "| the tuned program (recommended) | plain | 90% | 90 of 100 | 82.6% to 94.5% | 0 | $0.50 | 0.42 s |",
        "| the plain program | plain | 50% | 50 of 100 | 40.4% to 59.6% | 2 | $1.00 | 0.42 s |",
        "| the tuned program | the plain program | 40 | 0 | +40.0 points |",
        "a difference under about 12 points would usually be missed",
        "Rows: 638 train, 80 dev, 100 test",
        "Sent: 490 rows to plain",
        "Answers to train on: warned. plain",
        "490 of its answers passed the metric",
        "1,200 calls and 7 answers from the cache",
        "$1.50.",
        "`python serve.py` in the project's folder answers with the tuned program",
        "it came to its end after 1 min 40 s",
    ):
        assert expected in text, expected
    assert "Left undone" not in text and "practice" not in text.lower() and "!" not in text
    assert "\n\n\n\n" not in text


def test_an_incomplete_run_says_what_is_missing_and_why() -> None:
    text = report(events("killed", end="failed"), plan())
    assert "The run failed. killed killed\n\nLeft undone: killed, compare.\n" in text


def test_the_practice_model_is_named() -> None:
    text = report(events("openai/practice-small", practice=True), plan())
    assert "**The practice model answered (practice-small).**" in text
    assert "nothing about a real model" in text


def test_a_run_without_any_event_or_plan_still_reports() -> None:
    text = report([], None)
    assert "There is no comparison" in text and "Nothing was shown to be better yet" in text
    assert "# A run: what the run showed" in text


@pytest.mark.parametrize("with_plan", [plan(HOSTILE), None])
def test_hostile_text_stays_text(with_plan: Plan | None) -> None:
    text = report(events(HOSTILE, end="failed"), with_plan)
    assert "<script>" not in text and "\u202e" not in text and "\\<script\\>" in text
    assert re.search(r"(?<!\\)\]\(javascript", text) is None and re.search(r"(?<!\\)!\[", text) is None
    assert [line for line in text.splitlines() if line.startswith("# ")] == [text.splitlines()[0]]
    tables = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    assert len(tables) == 4
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table
