"""A judge looks at wrong answers: whose label fits better, the data's or the program's? No score is changed by it."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import dspy
from dspy.utils.exceptions import AdapterParseError, LMError

from advisor.domain import reviewed
from advisor.kit.files import read_lines, write_text
from advisor.kit.journal import Event
from advisor.kit.report import escape
from advisor.kit.run import Run

ANSWERS = "review.jsonl"
"""Among the predictions: one line for every answer of the judge."""
HEADING = "## What the judge says of wrong answers"
CLIPPED = 300
"""Characters of an input in the list for a person."""


NEITHER, UNSURE = "neither of them", "cannot tell"


class Fits(dspy.Signature):
    """Two labels were given to the same input; they are named in an order that means nothing. Say which is right."""

    task: str = dspy.InputField(desc="what the labels are for")
    case: str = dspy.InputField(desc="the input, field by field")


def review(run: Run) -> None:
    """Show the judge what the recommended program got wrong; each of its answers is on disk before the next."""
    judge, compared = run.roles.judge, _compared(run.journal.events())
    if judge is None or "review" not in run.plan.stages or compared is None or run.limited or run.skip("review"):
        return
    with run.stage("review"):
        candidate = str(compared["recommended"])
        answers = read_lines(_predictions(run, f"{candidate}-test.jsonl"))
        wrong = [answer for answer in answers if answer["outcome"] == "0"]
        shown = random.Random(run.seed).sample(wrong, min(reviewed.MOST, len(wrong)))
        failed = _ask(run, candidate, sorted(shown, key=lambda answer: int(answer["row"])), judge.model)
        said = _said(run, candidate)
        counts = Counter(answer["prefers"] for answer in said)
        run.journal.append(
            "reviewed", candidate=candidate, model=judge.model, wrong=len(wrong), asked=len(shown), failed=failed,
            **{name: counts[name] for name in ("data", "program", "neither", "unsure")},
        )  # fmt: skip
        _list(run, [answer for answer in said if answer["prefers"] in ("program", "neither")])


def _ask(run: Run, candidate: str, shown: list[dict[str, Any]], model: str) -> int:
    """Ask of every row that has no answer yet, and return for how many there is none still."""
    judge = run.models(model)
    task = run.task.Program().predictors()[0].signature.instructions
    done, failed = {answer["row"] for answer in _said(run, candidate)}, 0
    with run.progress.counting("wrong answers"):
        for place, answer in enumerate(shown, start=1):
            if answer["row"] not in done:
                prefers = _prefers(judge, task, answer, run)
                failed += prefers is None
                if prefers:
                    _keep(run, {"candidate": candidate, **answer, "prefers": prefers})
                run.watch.check()
            run.progress.step("wrong answers", place, len(shown))
    return failed


def _prefers(judge: Any, task: str, answer: dict[str, Any], run: Run) -> str | None:
    """Return whose label the judge prefers; None where it gave no usable answer."""
    labels = [(str(answer["expected"]), "data"), (str(answer["answer"]), "program")]
    # By the row, so that a run that goes on asks what it would have asked.
    random.Random(f"{run.seed} {answer['row']}").shuffle(labels)
    first = _chosen(judge, task, answer, labels, run)
    if first != "program":
        return first
    # Against the data only where the order of the two made no difference.
    second = _chosen(judge, task, answer, labels[::-1], run)
    return second if second in (None, "program") else "unsure"


def _chosen(judge: Any, task: str, answer: dict[str, Any], labels: list[tuple[str, str]], run: Run) -> str | None:
    case = "\n".join(f"{name}: {value}" for name, value in answer["inputs"].items())
    prefers = {NEITHER: "neither", UNSURE: "unsure", **dict(labels)}
    either: Any = Literal[(*(label for label, _ in labels), NEITHER, UNSURE)]
    try:
        # What cannot be read is asked for once more by DSPy, as JSON: some judges keep to that form alone.
        said = dspy.Predict(Fits.append("right", dspy.OutputField(), either))(task=task, case=case, lm=judge).right
    except (AdapterParseError, LMError):
        return None
    return prefers.get(said, "unsure")


def _keep(run: Run, answer: dict[str, Any]) -> None:
    path = _predictions(run, ANSWERS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _said(run: Run, candidate: str) -> list[dict[str, Any]]:
    """Return what is on disk of a candidate; half a line that a killed run has left is ended and passed over."""
    path = _predictions(run, ANSWERS)
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    if text and not text.endswith("\n"):
        write_text(path, text[: text.rfind("\n") + 1])
    return [answer for answer in read_lines(path) if answer["candidate"] == candidate]


def _list(run: Run, doubtful: list[dict[str, Any]]) -> None:
    """Write the rows a person should look at."""
    told = [
        "# Rows worth looking at",
        "",
        "A judge prefers another label than the data's. It may be wrong too.",
        "",
    ]
    told += ["| test row | input | the data | the program | the judge prefers |", "| ---: | --- | --- | --- | --- |"]
    for answer in doubtful:
        case = " / ".join(str(value) for value in answer["inputs"].values())
        clipped = case if len(case) <= CLIPPED else case[:CLIPPED] + " …"
        prefers = "the program's" if answer["prefers"] == "program" else "neither"
        cells = [str(answer["row"]), *map(escape, (clipped, str(answer["expected"]), str(answer["answer"]))), prefers]
        told.append("| " + " | ".join(cells) + " |")
    write_text(run.folder / reviewed.LISTED, "\n".join([*told, ""]) if doubtful else "# No row worth looking at\n")
    last = _reviewed(run.journal.events())
    report = run.folder / "report.md"
    before = report.read_text("utf-8").partition(HEADING)[0].rstrip() if report.is_file() else ""
    write_text(report, f"{before}\n\n{HEADING}\n\n{reviewed.in_words(last, escape(last['model']))}\n")


def _predictions(run: Run, name: str) -> Path:
    return run.folder / "predictions" / name


def _compared(events: list[Event]) -> dict[str, Any] | None:
    return next((event["comparison"] for event in reversed(events) if event["kind"] == "compared"), None)


def _reviewed(events: list[Event]) -> Event:
    return next(event for event in reversed(events) if event["kind"] == "reviewed")
