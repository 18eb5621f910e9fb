"""Training on this computer, in a process of its own that outlives a killed run and is found again.

DSPy's own local provider does not run with today's transformers and TRL, and serves on every network interface.
"""

from __future__ import annotations

import functools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from advisor.kit.files import read_json, write_json, write_lines
from advisor.kit.hosts.host import HostJob, JobFailed, TrainingHost, as_lines
from advisor.kit.journal import Event, Journal, read_events
from advisor.kit.local import ending, held_out
from advisor.kit.local.ending import STOP_SECONDS
from advisor.kit.local.job import EVENTS, HELD_OUT, HOW_SPREAD, LOG, MODEL, ROWS, STOP, make_job, write_job
from advisor.kit.local.servers import environment
from advisor.kit.plan import Plan
from advisor.kit.stops import AT_ONCE

POLL_SECONDS = 0.2
TUNE = "advisor.kit.local.tune".removeprefix("" if __name__.startswith("advisor.") else "advisor.")
WAITING = (
    "Waiting until the training has written a checkpoint, which may take minutes. Ended once more it goes at once, and "
    "--resume goes on from the last whole one."
)
STATUS = {"done": "succeeded", "failed": "failed", "stopped": "cancelled"}


class Local(TrainingHost):
    """Trains one candidate with TRL; nothing leaves this computer."""

    uploads = False
    stop_seconds = STOP_SECONDS + 30.0
    left = "The training goes on by itself; --resume finds it, and --tear-down ends it."

    def __init__(self, journal: Journal, folder: Path, candidate: str, project: Path, make_room: Callable[[], None]):
        super().__init__(journal, folder / "jobs", candidate)
        self.runs_folder, self.project, self._make_room = folder, project, make_room

    def settings(self, plan: Plan) -> dict[str, Any]:
        """Return the settings of the job."""
        return {**plan.tuning, **({"epochs": plan.epochs} if plan.epochs else {})}

    def finetune(self, job: HostJob, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> str:
        """Train and return the name of the tuned model: its folder, as seen from the project.

        Raises:
            JobFailed: the training ended without a model.
        """
        record = self._record(model.removeprefix("openai/"), as_lines(rows), settings)
        folder = self.runs_folder / "tuning" / f"{self.candidate}-{record['digest'][:8]}"
        record["job_id"] = folder.name
        write_json(self.path, record)
        if (folder / MODEL).is_dir():
            self.journal.say(f"The training {folder.name} was brought to its end by an earlier run.")
            for event in self._unseen(folder, record):
                self._pass_on(job, record, event)
        else:
            self._prepare(folder, record["model"], rows, settings)
            self._make_room()
            while not self._carried_out(job, folder, record):
                self.journal.say(f"The training {folder.name} had been asked to stop by an earlier run; it goes on.")
        record["fine_tuned_model"] = self._name(folder / MODEL)
        write_json(self.path, record)
        return f"openai/{record['fine_tuned_model']}"

    def _status_of(self, job_id: str) -> str | None:
        # The run's own record: nobody else knows of a training on this computer.
        return read_json(self.path).get("status")

    def _record(self, model: str, text: str, settings: dict[str, Any]) -> dict[str, Any]:
        """The same job on more GPUs or fewer is gone on with."""
        return super()._record(model, text, {name: at for name, at in settings.items() if name not in HOW_SPREAD})

    def _name(self, model: Path) -> str:
        """A project that is moved finds its models again: they are named from its folder."""
        model = model.resolve()
        project = self.project.resolve()
        return model.relative_to(project).as_posix() if model.is_relative_to(project) else str(model)

    def _prepare(self, folder: Path, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> None:
        task = make_job(model, settings)
        train, kept_back = held_out.split(rows, task.seed)
        write_lines(folder / ROWS, train)
        write_lines(folder / HELD_OUT, kept_back)
        write_job(folder, task)

    def _carried_out(self, job: HostJob, folder: Path, record: dict[str, Any]) -> bool:
        """Return whether there is a model; False where somebody else than this run had it stopped."""
        last: Event = {}
        for event in self._follow(job, folder, record):
            last = event
            self._pass_on(job, record, event)
        if last.get("kind") == "done" and (folder / MODEL).is_dir():
            return True
        if last.get("kind") == "stopped" and not job.given_up.is_set():
            return False
        if last.get("kind") == "stopped" or job.given_up.is_set():
            job.last_status = "cancelled"
            raise JobFailed("The training was stopped; --resume goes on from its last checkpoint.")
        if last.get("kind") == "failed":
            raise JobFailed(f"{last['why']} {last['try_this']}")
        raise JobFailed(f"The training process ended without a word; its log is {folder / LOG}.")

    def _pass_on(self, job: HostJob, record: dict[str, Any], event: Event) -> None:
        job.last_status = record["status"] = STATUS.get(event["kind"], "running")
        if event["kind"] == "done":
            record["trained_tokens"] = event.get("tokens")
        write_json(self.path, record)
        self._report(record, record["status"], *_told(event))

    @staticmethod
    def _unseen(folder: Path, record: dict[str, Any]) -> Iterator[Event]:
        seen = int(record.get("events_seen", 0))
        for event in list(read_events(folder / EVENTS))[seen:]:
            record["events_seen"] = seen = seen + 1
            yield event

    def _follow(self, job: HostJob, folder: Path, record: dict[str, Any]) -> Iterator[Event]:
        """Start the training, or find the one that goes on since a run was killed, and yield what it tells."""
        if job.given_up.is_set():
            return
        process = self._start(folder)
        at_once = functools.partial(ending.end_at_once, folder)
        AT_ONCE.append(at_once)
        try:
            yield from self._watched(job, folder, record, process)
        finally:
            AT_ONCE.remove(at_once)

    def _watched(
        self, job: HostJob, folder: Path, record: dict[str, Any], process: subprocess.Popen[bytes] | None
    ) -> Iterator[Event]:
        stopping: float | None = None
        while True:
            # Looked at before the events are read, so that the last ones are not missed.
            over = process.poll() is not None if process else ending.is_free(folder)
            yield from self._unseen(folder, record)
            if over:
                return
            if job.given_up.wait(POLL_SECONDS) and stopping is None:
                self.journal.say(WAITING)
                (folder / STOP).touch()
                if process:
                    # Before the first step nobody looks for that file; later the signal is as polite.
                    process.terminate()
                stopping = time.monotonic()
            elif stopping is not None:
                # `given_up` is set by now and would let nobody wait; a training an earlier run began is no child.
                time.sleep(POLL_SECONDS)
                if process and time.monotonic() - stopping > STOP_SECONDS:
                    process.kill()

    def _start(self, folder: Path) -> subprocess.Popen[bytes] | None:
        if not ending.is_free(folder):
            self.journal.say(f"Found the training {folder.name} of an earlier run; it goes on.")
            return None
        (folder / STOP).unlink(missing_ok=True)
        self.journal.say("Starting the training; its libraries and the model are loaded first.")
        with (folder / LOG).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", TUNE, str(folder.resolve())],
                cwd=self.project, env=environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        ending.note(folder / ending.PROCESS, process.pid, [TUNE, str(folder.resolve())])
        return process


def _told(event: Event) -> tuple[str, dict[str, Any]]:
    """Return what an event says in words, and its figures."""
    kind = event["kind"]
    figures = {name: event[name] for name in ("step", "total_steps") if event.get(name) is not None}
    if kind == "checked":
        kept_back = f"{event['held_out']:,} held out" if event["held_out"] else "too few to hold any out"
        rows = f"{event['rows']:,} rows to train on, {kept_back}"
        told = f"{rows}; {event['median']:,} tokens in the median, {event['longest']:,} in the longest"
        return told + (f"; {event['too_long']:,} too long and left out." if event["too_long"] else "."), figures
    if kind == "began":
        share = event["trainable"] / max(event["parameters"], 1)
        return (
            f"Training {event['trainable']:,} of {event['parameters']:,} weights ({share:.1%}) on {_where(event)}, "
            f"from step {event['step']} of {event['total_steps']}."
        ), figures
    if kind == "step":
        speed = f", {event['tokens_per_second']:,.0f} tokens/s" if event.get("tokens_per_second") else ""
        left = f", about {_time(event['seconds_left'])} left" if event.get("seconds_left") else ""
        return f"Loss {event['loss']:.3f}{speed}{left}.", {**figures, "train_loss": event["loss"]}
    if kind == "evaluated":
        answers = f"{event['right']} of {event['n']} held-out rows right, {event['parsed']} in the right form"
        return f"{answers}; loss {event['loss']:.3f}.", {**figures, "valid_loss": event["loss"]}
    if kind == "failed":
        return f"{event['why']} {event['try_this']}", figures
    plain = {
        "saved": f"A checkpoint of step {event.get('step')} is on disk.",
        "stopped": f"Stopped at step {event.get('step')}, with a checkpoint.",
        "done": "The model is trained and on disk.",
    }
    return plain.get(kind, str(kind)), figures


def _where(event: Event) -> str:
    several = event.get("processes", 1)
    if several == 1:
        return str(event["device"])
    kind = event["device"].partition(":")[0]
    return f"{kind} by {several} processes" + (" that share the weights out" if event["sharded"] else "")


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
