"""The command line of `optimize.py`: what it takes, how it ends."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.kit import forecast, preflight, prices
from advisor.kit.hosts.hosted import end_left_over
from advisor.kit.hosts.removing import left_running, tear_down
from advisor.kit.journal import Journal
from advisor.kit.lock import Lock
from advisor.kit.models import clean_environment
from advisor.kit.opening import Setting, can_go_on, choose_folder, limit_of, open_run, prepare
from advisor.kit.report import Teller
from advisor.kit.review import review
from advisor.kit.run import Run
from advisor.kit.stops import AT_ONCE, GateClosed, Stop, owed, owing

SETTLE_SECONDS = 2.0
PATIENCE_SECONDS = 30.0
"""How long what a host bills is waited for before an interruption ends the run at once."""
LOOK_AFTER_IT = (
    "--resume goes on with a training job that was left. `python optimize.py --tear-down` stops an endpoint and "
    "cancels a training job; resumed after that, the run trains anew, and that is billed anew."
)

Improve = Callable[[Run], None]


def main(improve: Improve, project: Path, task: Any, about: str | None) -> int:
    """Run the project as the arguments say and return the exit code."""
    options = _parser(about).parse_args()
    clean_environment()
    try:
        with _interruptible():
            return _run(improve, project, task, options)
    except Stop as stop:
        _tell_early_stop(stop, options)
        return stop.exit_code


def _run(improve: Improve, project: Path, task: Any, options: argparse.Namespace) -> int:
    if options.resume_if_begun:
        options.resume = can_go_on(project / "runs", options.run_dir)
    if options.tear_down:
        return tear_down(project, sys.stdout)
    folder = choose_folder(project / "runs", options)
    if options.resume and options.limit is None:
        options.limit = limit_of(folder)
    setting = prepare(project, task, options)
    lacking = preflight.lacking(setting.plan)
    if lacking and not options.dry_run:
        raise lacking
    preflight.check(setting.plan, setting.roles, setting.endpoint, setting.parts, task, setting.budget)
    if options.dry_run:
        _tell_forecast(setting)
        if lacking:
            sys.stderr.write(f"It cannot start here yet. {lacking.why} {lacking.try_this}\n")
        return 0
    _someone_can_agree(setting, options)
    return _carry_out(improve, folder, setting, options)


def _parser(about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="check everything and count the calls; make none")
    parser.add_argument(
        "--limit", type=_positive, metavar="N", help="a cheap trial on the first N rows of train and dev"
    )
    parser.add_argument("--budget", type=_dollars, metavar="USD", help="stop before so much is spent")
    going_on = parser.add_mutually_exclusive_group()
    going_on.add_argument("--resume", action="store_true", help="go on with the newest unfinished run")
    going_on.add_argument(
        "--resume-if-begun", action="store_true", help="the same where there is one, else begin; for unattended starts"
    )
    parser.add_argument("--tear-down", action="store_true", help="end what runs of this project left running; no run")
    parser.add_argument("--run-dir", type=Path, metavar="DIR", help="folder of the run (default: runs/<time>)")
    parser.add_argument(
        "--train-again",
        action="store_true",
        help="with --resume: pay once more for a training that its host has lost, or that was cancelled",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="agree beforehand to what would be asked: rows to send, prices, what is billed",
    )
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


def _dollars(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 <= (number := float(text.lstrip("$"))) < float("inf"):
            return number
    raise argparse.ArgumentTypeError(f"{text!r} is not an amount of dollars")


def _tell_forecast(setting: Setting) -> None:
    plan, sizes = setting.plan, setting.parts.sizes()
    calls = forecast.calls_by_stage(plan, sizes)
    told = [f"{setting.endpoint.base_url}, {', '.join(f'{rows} {name}' for name, rows in sizes.items())} rows", ""]
    told += [f"  {stage:<10}{number:>8,} calls" for stage, number in calls.items()]
    told += [f"  {'in all':<10}{sum(calls.values()):>8,} calls, up to a quarter of them from the cache", ""]
    if plan.uploads:
        told.append(f"Up to {sizes['train']:,} rows would be uploaded to {setting.endpoint.upload_to}.")
    budget = "No budget is set: --budget sets one."
    if setting.endpoint.free and not prices.billed_beside(plan, setting.roles):
        budget = (
            "Nothing is billed there." if plan.host.free else "No call is billed; a rented machine is, by the hour."
        )
    told.append(budget if setting.budget is None else f"The run would stop before ${setting.budget:,.2f} is spent.")
    sys.stdout.write("\n".join([*told, "No call was made.", ""]))


def _someone_can_agree(setting: Setting, options: argparse.Namespace) -> None:
    if setting.plan.uploads and not options.yes and not sys.stdin.isatty():
        raise Stop(
            "usage",
            f"This run uploads training rows to {setting.endpoint.upload_to}, and nobody is here to agree.",
            "Add --yes if that is what you want.",
        )


def _carry_out(improve: Improve, folder: Path, setting: Setting, options: argparse.Namespace) -> int:
    terminal, keyboard = sys.stdout, sys.stdin
    teller = Teller(terminal)

    def agree(question: str, paid_twice: str = "") -> None:
        if options.train_again if paid_twice else options.yes:
            return
        if paid_twice and (options.yes or not keyboard.isatty()):
            raise Stop("usage", paid_twice, f"{question} Go on with --resume --train-again if you mean to.")
        terminal.write(f"{question} [y/N] ")
        terminal.flush()
        if keyboard.readline().strip().lower() not in ("y", "yes"):
            raise Stop("cancelled", f"Not agreed: {question}", "Go on with --resume when you want to.")

    run = open_run(folder, setting, options, teller.show, agree)
    with _quiet(folder / "dspy.log"), _servers_end_with(run):
        if run.hosted:
            run.hosted.recover(run.journal.events())
            end_left_over(run.runs, run.hosted.platform, run.journal.say, run.endpoint.poll_seconds)
        ended = _ended(improve, run)
        _close(run, ended)
        run.journal.append(
            "finished",
            outcome=ended.told_outcome,
            why=ended.why,
            try_this=ended.try_this,
            exit_code=ended.exit_code,
            meter=asdict(run.watch.meter),
        )
    if ended.exit_code:
        terminal.flush()
        # DSPy's threads would go on with the calls they have begun.
        os._exit(ended.exit_code)
    return 0


def _close(run: Run, ended: Stop) -> None:
    """Let nobody ask a model any more, and end what is billed."""
    # Halted first: who asks while an endpoint is being stopped would start it again.
    run.watch.halt(ended)
    if run.hosted:
        run.hosted.end()
    for line in left_running(run.endpoint, sorted((run.folder / "jobs").glob("*.json"))):
        run.journal.say(line, "warning")
    run.watch.settle(SETTLE_SECONDS)


def _ended(improve: Improve, run: Run) -> Stop:
    """Carry the route out and return how it ended."""
    ended = Stop("done", "")
    try:
        if not run.skip("split"):
            with run.stage("split"):
                preflight.ask_every_model(run)
        try:
            improve(run)
        except GateClosed as gate:
            ended = gate
            run.close(gate.why)
        run.compare()
        review(run)
    except Stop as stop:
        return stop
    except Exception as error:
        # An interruption that met DSPy while it was tidying up comes out as what went wrong there.
        if (replaced := _behind(error)) is not None:
            return replaced
        traceback.print_exc()
        return Stop("failed", f"{type(error).__name__}: {error}", f"The details are in {run.folder / 'dspy.log'}.")
    return ended


def _behind(error: BaseException) -> Stop | None:
    """Return the stop that an error took the place of, if it did."""
    context = error.__context__
    while context is not None:
        if isinstance(context, Stop):
            return context
        context = context.__context__
    return None


@contextlib.contextmanager
def _servers_end_with(run: Run) -> Iterator[None]:
    with owing(run.hosted.owed if run.hosted else str):
        try:
            yield
        finally:
            for running in (run.models.servers, run.hosted):
                if running:
                    running.end()


@contextlib.contextmanager
def _quiet(path: Path) -> Iterator[None]:
    """Send what DSPy prints, its progress bars and its log to a file: the terminal is for the run's own lines."""
    with path.open("a", encoding="utf-8") as log, contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        yield


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C and a polite kill end the run with its record complete; a second one ends it at once.

    What a host bills is waited for all the same, but not for ever.
    """
    until = 0.0

    def stop(number: int, frame: object) -> None:
        nonlocal until
        until = time.monotonic() + PATIENCE_SECONDS
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, at_once)
        raise Stop("cancelled", "The run was interrupted.", "Go on with --resume: what is paid is kept.")

    def at_once(number: int, frame: object) -> None:
        left, waited_for = until - time.monotonic(), owed()
        if waited_for and left > 0:
            os.write(2, f"{waited_for} Interrupted once more after {left:.0f} seconds, it is left as it is.\n".encode())
            return
        if waited_for:
            os.write(2, f"LEFT AS IT IS, AND PERHAPS BILLED: {waited_for} {LOOK_AFTER_IT}\n".encode())
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        for end in AT_ONCE:
            # The streams of Python may be those of a log by now, or be written to this very moment.
            os.write(2, f"{end()}\n".encode())
        os.kill(os.getpid(), number)

    before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _tell_early_stop(stop: Stop, options: argparse.Namespace) -> None:
    """Say why nothing was begun, also in the journal of a run whose folder was chosen by the caller."""
    sys.stderr.write(f"{stop.why}\n{stop.try_this}\n" if stop.try_this else f"{stop.why}\n")
    path = options.run_dir and options.run_dir / "events.jsonl"
    if not path or options.dry_run or path.exists() != options.resume:
        return
    # A run that another process is at has not ended.
    with contextlib.suppress(OSError, Stop):
        lock = Lock(path.parent)
        Journal(path).append(
            "finished", outcome=stop.told_outcome, why=stop.why, try_this=stop.try_this, exit_code=stop.exit_code
        )
        lock.release()
