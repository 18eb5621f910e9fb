"""Train weights at the host: the only way rows leave in a file, and always after the user's yes."""

from __future__ import annotations

import json
from typing import Any

from dspy.clients.utils_finetune import TrainDataFormat
from dspy.teleprompt.teleprompt import Teleprompter

from advisor.kit import gates, prices
from advisor.kit.endpoint import priced
from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.choosing import trainer_for
from advisor.kit.hosts.host import JobFailed, NotDeployed, Stopped, Trainer, TrainingHost, UploadRefused
from advisor.kit.refusals import failed, refused_job, words
from advisor.kit.run import Run
from advisor.kit.stops import Stop, owing
from advisor.kit.traces import ChatRow, without_demos

BYTES_PER_TOKEN = 3
"""A little many tokens for English, about right elsewhere: the budget is kept with it."""

USUAL_EPOCHS = 3
JOB_BILLED = "The training job at the host is being cancelled; it may be billed until then."
FORGOTTEN = " and which may have been billed. Perhaps the key is that of another account or project."
CANCELLED = ", and what it trained until then may be billed. Going on begins a new one, which is billed anew."


def train(run: Run, candidate: str, rows: list[ChatRow]) -> Any:
    """Train the student on chat rows and return the tuned model.

    Raises:
        Stop: the user or the budget says no, the host refuses, or the job fails.
    """
    provider = trainer_for(run, candidate)
    settings = provider.settings(run.plan)
    if run.hosted:
        run.hosted.end()
    _agreed(run, provider, rows, settings)
    billed = JOB_BILLED if provider.uploads and not run.endpoint.free else ""
    with owing(lambda: billed):
        job = run.student.copy(provider=Trainer(provider)).finetune(rows, TrainDataFormat.CHAT, settings)
        try:
            tuned = job.result()
        except BaseException:
            if not job.cancel(provider.stop_seconds):
                run.journal.say(provider.left, "warning")
            raise
    if isinstance(tuned, Exception):
        raise _translated(tuned) from tuned
    _count_cost(run, provider)
    run.watch.prices.update(prices.of_tuned([tuned.model], run.roles.student, run.endpoint, run.plan))
    return run.model(tuned.model)


class Weights(Teleprompter):
    """The weight step of `dspy.BetterTogether`: the program's right answers, checked, then trained on."""

    def __init__(self, run: Run, candidate: str) -> None:
        super().__init__()
        self.run = run
        self.candidate = candidate

    def compile(self, student: Any, *, trainset: list[Any], teacher: Any = None, valset: Any = None) -> Any:
        """Return a copy of the student on tuned weights."""
        kept = self.run.keep_right_answers(student, trainset)
        gates.enough_traces(self.run, kept)
        tuned = without_demos(student)
        tuned.set_lm(train(self.run, self.candidate, kept.rows))
        return tuned


def checked(run: Run, best: Any) -> Any:
    """Return what BetterTogether found, and say which of its steps that is.

    Raises:
        Stop: a step failed. BetterTogether only logs that and returns the best so far as if all were well.
    """
    if best.flag_compilation_error_occurred:
        error = run.progress.step_error
        why = f"{type(error).__name__}: {words(error)}" if error else "the reason is in dspy.log"
        raise Stop("failed", f"A step of BetterTogether failed: {why}", "Go on with --resume.")
    won = best.candidate_programs[0]
    if not won["strategy"]:
        run.journal.say("No step of BetterTogether did better on dev: this is the untouched program.", "warning")
    else:
        model = best.predictors()[0].lm.model.removeprefix("openai/")
        run.journal.say(f"Best on dev: {won['strategy']}, {won['score']:.1f}%, answered by {model}.")
    return best


def _agreed(run: Run, provider: TrainingHost, rows: list[ChatRow], settings: dict[str, Any]) -> None:
    """Go on only with the user's yes to what is sent, what it costs and what is billed afterwards.

    A job that an earlier leg of the run has begun had that yes, and its price is spent or owed already.
    """
    if not provider.uploads:
        return
    model, host = run.roles.student.model, run.endpoint.upload_to
    try:
        earlier = provider.earlier(model, rows, settings)
    except Exception as error:
        raise _translated(error) from error
    if earlier == "goes_on":
        return
    if earlier == "cancelled":
        _once_more(run, f"The training job {provider.job_id}, which this run began, was cancelled", CANCELLED)
    if earlier == "forgotten":
        told = f"The host knows nothing of the training job {provider.job_id}, which this run began there"
        _once_more(run, told, FORGOTTEN)
        provider.begin_again()
    try:
        provider.check(model, rows)
        run.agree(f"Send {len(rows):,} rows as a training file to {host}?")
        terms = provider.terms(model, rows, settings)
    except Exception as error:
        raise _translated(error) from error
    _within_budget(run, rows, terms.dollars)
    if terms.dollars is not None or terms.bills:
        price = f"The training costs about ${terms.dollars:,.2f}." if terms.dollars is not None else ""
        # Told whether or not somebody is asked: what the yes was to stays in the record.
        run.journal.say(f"{price} {terms.bills}".strip())
        try:
            run.agree(f"Train {model} at {host} on these terms?")
        except Stop:
            _say_what_is_there(run, provider)
            raise


def _once_more(run: Run, told: str, billed: str) -> None:
    """A second training is a second bill: the yes to the first one does not cover it."""
    if run.endpoint.free:
        run.journal.say(f"{told}; it is trained again, which costs nothing there.", "warning")
        return
    run.journal.say(f"{told}{billed}", "warning")
    run.agree("Train once more, and pay for it again?", f"{told}{billed}")


def _say_what_is_there(run: Run, provider: TrainingHost) -> None:
    """A host that names its price only for rows it has keeps them after a no."""
    if file_id := read_json(provider.path).get("file_id"):
        forget = f"python serve.py --forget {provider.candidate} --run-dir runs/{run.folder.name}"
        run.journal.say(f"The rows are at the host as {file_id}. To remove them: {forget}", "warning")


def _within_budget(run: Run, rows: list[ChatRow], dollars: float | None) -> None:
    """A job cannot be stopped half-way through its bill: know it, or estimate it, before it begins."""
    price = priced(run.roles.student, run.endpoint, run.plan).train_price
    if run.watch.budget is None or (dollars is None and not price):
        return
    if dollars is None:
        size = len(json.dumps(rows, ensure_ascii=False).encode())
        dollars = size / BYTES_PER_TOKEN * (run.plan.epochs or USUAL_EPOCHS) * (price or 0.0) / 1e6
    spent = run.watch.meter.dollars
    figures = f"about ${dollars:,.2f} for training and ${spent:,.2f} spent before"
    if spent + dollars <= run.watch.budget:
        run.journal.append("gate", gate="budget", outcome="go_on", reason=f"Within the budget: {figures}.")
        return
    why = f"Training would cross the budget of ${run.watch.budget:,.2f}: {figures}."
    run.journal.append("gate", gate="budget", outcome="stop", reason=why)
    raise Stop("over_budget", why, "Raise it with --budget and go on with --resume: what is paid is kept.")


def _count_cost(run: Run, provider: TrainingHost) -> None:
    """Add the training to what was spent, once, also when the job was begun by an earlier leg of the run."""
    record = read_json(provider.path)
    if "dollars" in record:
        return
    record["dollars"] = provider.dollars(priced(run.roles.student, run.endpoint, run.plan).train_price)
    # The journal is where the next leg reads what was spent: what is not in it would be paid and never counted.
    if record["dollars"] and not _is_counted(run, record["job_id"]):
        run.watch.spend(record["dollars"])
        provider.tell_price(record, run.watch.meter)
    write_json(provider.path, record)


def _is_counted(run: Run, job_id: str) -> bool:
    events = run.journal.events()
    return any(event["kind"] == "job_reported" and event["job_id"] == job_id and event.get("meter") for event in events)


def _translated(error: Exception) -> Stop:
    if isinstance(error, Stopped):
        return error.stop
    if isinstance(error, UploadRefused):
        return Stop("usage", str(error), "Set ADVISED_UPLOAD_TO to the host name you mean to send them to.")
    if isinstance(error, NotDeployed):
        return Stop("usage", error.why, error.try_this)
    if isinstance(error, JobFailed):
        said = refused_job(error)
        try_this = said.try_this if said else "Change what the host names, then go on with --resume."
        return Stop("failed", said.why if said else str(error), try_this)
    status = getattr(error, "status_code", None)
    if status is not None and status < 500:
        said = Stop("host_refused", f"The host refused to train: {words(error)}", "Choose another host or model.")
        return refused_job(error) or said
    return failed(error)
