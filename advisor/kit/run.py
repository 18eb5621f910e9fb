"""One run of the project: its folder, its stages, its candidates.

A stage's files are on disk before the next stage begins, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from advisor.domain import verdict
from advisor.kit import report, traces
from advisor.kit.endpoint import Endpoint, Roles
from advisor.kit.files import read_json, read_lines, write_lines, write_text
from advisor.kit.hosts.hosted import Hosted
from advisor.kit.journal import Journal, finished_stages, looks_at_test, scored
from advisor.kit.lock import Lock
from advisor.kit.measure import Measured, measure
from advisor.kit.models import Models
from advisor.kit.plan import Plan
from advisor.kit.programs import Programs
from advisor.kit.progress import Progress
from advisor.kit.rows import Parts
from advisor.kit.watch import Watch

STAGE_OF = {
    "baseline": "baseline",
    "optimized": "optimize",
    "teacher": "teacher",
    "tuned": "train",
    "gold": "gold",
    "together": "together",
}


class Agree(Protocol):
    """Asks whether what is sent, or billed, is what the user wants; raises if not."""

    def __call__(self, question: str, paid_twice: str = "") -> None:
        """Ask; `paid_twice` is what has happened where a yes given beforehand to the first bill is none to a second."""


AT_THE_END = ("compare", "review")
"""Stages with test rows, which a trial leaves alone and no gate closes."""


@dataclass
class Run:
    """What `optimize.py` works with."""

    folder: Path
    runs: Path
    """Where the other runs of this project are."""
    plan: Plan
    endpoint: Endpoint
    roles: Roles
    task: Any
    """The module `program.py`."""
    parts: Parts
    lock: Lock
    """Held for as long as the process lives."""
    journal: Journal
    watch: Watch
    progress: Progress
    limited: bool
    """A cheap trial on a few rows: gates on counts do not close, and no test row is answered."""
    agree: Agree
    models: Models
    hosted: Hosted | None
    """Models that are billed while they run, where there are such."""
    programs: Programs = field(init=False)
    built: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.programs = Programs(self.folder / "programs", self.task.Program)
        self._finished = finished_stages(self.journal.events())

    @property
    def train(self) -> list[Any]:
        """Rows the optimizers learn from."""
        return self.parts.train

    @property
    def dev(self) -> list[Any]:
        """Rows that choose between prompts, and that the gates look at."""
        return self.parts.dev

    @property
    def stages(self) -> list[str]:
        """Stages this run goes through, where no gate closes."""
        return [stage for stage in self.plan.stages if not (self.limited and stage in AT_THE_END)]

    @property
    def threads(self) -> int:
        """Calls at a time."""
        return self.plan.threads

    @property
    def seed(self) -> int:
        """The same seed draws the same demonstrations, minibatches and trials."""
        return self.plan.seed

    @property
    def max_errors(self) -> int:
        """More than there are rows: a row that fails is counted, it does not end an optimizer."""
        return sum(self.parts.sizes().values()) + 1

    def scratch(self, name: str) -> Path:
        """Return a folder in which an optimizer keeps its own state of this stage."""
        return self.folder / name / self.progress.stage

    def model(self, name: str) -> Any:
        """Return the language model of that name at this run's host."""
        return self.models(name)

    @property
    def student(self) -> Any:
        """The model to be improved."""
        return self.model(self.roles.student.model)

    @property
    def teacher(self) -> Any:
        """The model whose answers the student learns from."""
        return self.model((self.roles.teacher or self.roles.student).model)

    @property
    def prompt_model(self) -> Any:
        """The model that writes instructions for the optimizer."""
        return self.models(self.roles.prompt_model.model, writes=True)

    @contextmanager
    def stage(self, name: str, note: str = "") -> Iterator[None]:
        """Journal a stage; its last line means that its files are on disk."""
        began = time.monotonic()
        self.progress.begin(name)
        self.journal.append("stage_started", stage=name, note=note)
        yield
        seconds = round(time.monotonic() - began, 3)
        self.journal.append("stage_finished", stage=name, seconds=seconds, meter=asdict(self.watch.meter))

    def skip(self, stage: str) -> bool:
        """Return whether an earlier leg of this run finished the stage, and say so."""
        if stage not in self._finished:
            return False
        self.journal.append("stage_skipped", stage=stage, reason="Finished before; its files are on disk.")
        return True

    def close(self, why: str) -> None:
        """Say of every stage that a gate has closed that it will not be run."""
        finished = finished_stages(self.journal.events())
        for stage in self.plan.stages:
            if stage not in finished and stage not in AT_THE_END:
                self.journal.append("stage_skipped", stage=stage, reason=why)

    def build(self, candidate: str, make: Callable[[], Any]) -> Any:
        """Make a candidate, save it and score it on dev; or load it, when an earlier leg of the run did that."""
        stage = STAGE_OF[candidate]
        if self.skip(stage):
            # MIPROv2 shows the program's source to its proposer, and a loaded program has none: with another
            # prompt there, nothing after it would be answered from the cache.
            program = make() if candidate == "baseline" else self.programs.load(candidate, self.model)
        else:
            with self.stage(stage):
                program = make()
                # An optimizer marks its result as done, and BetterTogether takes no such program.
                program._compiled = False
                self.programs.save(program, candidate)
                self.score(candidate, program, "dev")
        self.built[candidate] = program
        return program

    def score(self, candidate: str, program: Any, split: str) -> None:
        """Let a candidate answer every row of a split once; answers and score go to disk."""
        rows = getattr(self.parts, split)
        with self.progress.counting(f"{candidate}, {split} rows"):
            found = measure(program, rows, self.task.score, self.watch, self.progress, self.threads)
        write_lines(self.folder / "predictions" / f"{candidate}-{split}.jsonl", self._answers(rows, found))
        self.journal.append(
            "scored", candidate=candidate, split=split, outcomes=found.outcomes,
            model=program.predictors()[0].lm.model.removeprefix("openai/"), **found.usage,
        )  # fmt: skip

    def _answers(self, rows: list[Any], found: Measured) -> Iterator[dict[str, Any]]:
        label = self.task.LABEL[0]
        for number, (row, outcome, answer) in enumerate(zip(rows, found.outcomes, found.answers, strict=True)):
            yield {
                "row": number,
                "outcome": outcome,
                "expected": row[label],
                "answer": answer.get(label),
                # Apart: a column may have any name, those of the fields above too.
                "inputs": {theirs: row[ours] for ours, theirs in self.task.INPUTS.items()},
            }

    def collect(self, program: Any) -> traces.Kept:
        """Let a program answer the training rows and keep its right answers in `traces.jsonl`."""
        path = self.folder / "traces.jsonl"
        if self.skip("traces"):
            event = [event for event in self.journal.events() if event["kind"] == "traces_kept"][-1]
            return traces.Kept(list(read_lines(path)), event["tried"], event["failed"], tuple(event["classes_missing"]))
        with self.stage("traces"):
            kept = self.keep_right_answers(program, self.train)
            write_lines(path, kept.rows)
        return kept

    def keep_right_answers(self, program: Any, rows: list[Any]) -> traces.Kept:
        """Let a program answer training rows and journal how many answers may be trained on."""
        label = self.task.LABEL[0]
        with self.progress.counting("training rows"):
            kept = traces.collect(program, rows, self.task.keep, label, self.progress, self.threads)
        self.watch.check()
        self.journal.append(
            "traces_kept", tried=kept.tried, kept=len(kept.rows), failed=kept.failed,
            classes_missing=kept.classes_missing,
        )  # fmt: skip
        return kept

    def last_score(self, candidate: str) -> tuple[int, int, int]:
        """Return right answers, rows and failures of a candidate on dev."""
        outcomes = scored(self.journal.events(), "dev")[candidate]["outcomes"]
        return outcomes.count("1"), len(outcomes), outcomes.count("x")

    def compare(self) -> None:
        """Let every candidate answer the test rows once, the same rows for all, and say what that shows."""
        if self.limited:
            trial = f"{len(self.train)} train and {len(self.dev)} dev rows"
            self.journal.say(f"A trial on {trial}: the test rows were not touched.")
            return
        if not self.built or self.skip("compare"):
            return
        looks = looks_at_test(self.runs, self.folder)
        with self.stage("compare"):
            if looks:
                self.journal.say(report.seen_before(looks), "warning")
            done = scored(self.journal.events(), "test")
            for candidate, program in self.built.items():
                if candidate not in done:
                    self.score(candidate, program, "test")
            comparison = verdict.compare(
                list(scored(self.journal.events(), "test").values()),
                target=self.plan.gates.target_score,
                training_dollars=self.training_dollars(),
                calls_per_month=self.plan.calls_per_month,
                hosting=self.plan.hosting,
            )
            if comparison is not None:
                told = report.as_markdown(comparison, self.plan, self.journal.events(), looks)
                write_text(self.folder / "report.md", told)
                self.journal.append("compared", comparison=comparison)

    def training_dollars(self) -> float | None:
        """Return what the training jobs of this run cost; None when that is not known."""
        bills = [read_json(path).get("dollars") for path in (self.folder / "jobs").glob("*.json")]
        paid = [float(bill) for bill in bills if bill is not None]
        return sum(paid) if paid and len(paid) == len(bills) else None
