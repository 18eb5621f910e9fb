"""What a host's error means for the run: give up, or go on."""

from __future__ import annotations

from typing import Any

from advisor.kit.stops import Stop

FIRST_FAILURES = 3
"""Failed calls in a row after which a host that never answered is given up."""

LATER_FAILURES = 20
"""The same for a host that has answered before: it may only be having a bad minute."""

REFUSALS = {
    401: ("The host does not accept the key.", "Check the key and the address it belongs to."),
    402: ("The host wants to be paid first.", "Add funds at the host, then go on with --resume."),
    403: ("The host does not allow this account to do that.", "Ask the host for access, or choose another host."),
    404: ("The host does not know this model or does not offer this.", "Check the model's name and the host's list."),
}
REFUSED_JOBS = (
    (("region", "country", "territory"), "The host does not train for this region.",
     "Choose a host that serves your region."),
    (("moderation", "unsafe", "usage polic", "content polic"), "The host's moderation does not accept the rows.",
     "Take the rows it names out of data/train.jsonl, then go on with --resume."),
    (("deprecated", "retired", "decommissioned", "no longer available", "model_not_found"),
     "The host no longer trains this model.", "Choose another one with ADVISED_STUDENT, in a new run."),
    (("hyperparameter", "unrecognized", "unknown parameter", "unknown field", "extra_forbidden", "extra inputs"),
     "The host does not know one of the settings.", "Take it out of plan.json, then go on with --resume."),
    (("fine-tuning is not available", "fine-tuning is closed", "not allowed to create fine", "not permitted to fine"),
     "The host trains no models for this account.", "Ask the host for access, or choose another host."),
)  # fmt: skip
"""Words in a refusal to train, what they mean, what to try; looked for in this order."""
ON_ITS_OWN = (
    "The host answers for this model only from an endpoint of its own, billed by the hour. The run starts none for a "
    "model that is not trained yet: it is asked by the token first, to measure what training changes."
)
BY_THE_TOKEN = "Name a base from the host's list of serverless models with ADVISED_STUDENT, in a new run."
QUOTA_CODES = ("insufficient_quota", "billing_hard_limit_reached", "quota_exceeded")


class Failures:
    """Counts failed calls in a row."""

    def __init__(self) -> None:
        self._in_a_row = 0
        self._answered = False

    def clear(self) -> None:
        """A call succeeded."""
        self._in_a_row, self._answered = 0, True

    def after(self, error: BaseException) -> Stop | None:
        """Return why to give up after one more failed call, if it is time to."""
        self._in_a_row += 1
        refusal = refused(error)
        if refusal and (not self._answered or self._in_a_row >= FIRST_FAILURES):
            return refusal
        if self._in_a_row < (LATER_FAILURES if self._answered else FIRST_FAILURES):
            return None
        return refusal or failed(error)


def refused(error: BaseException) -> Stop | None:
    """Return the stop for an answer that will stay no: key, money, access, an unknown model."""
    status, said = _status(error), words(error)
    if _code(error) in QUOTA_CODES:
        status = 402
    if "non-serverless" in said.casefold():
        return Stop("host_refused", f"{ON_ITS_OWN} It said: {said}", BY_THE_TOKEN)
    if status not in REFUSALS:
        return None
    meaning, try_this = REFUSALS[status]
    return Stop("host_refused", f"{meaning} It said: {said}", try_this)


def refused_job(error: BaseException) -> Stop | None:
    """Return the stop for a host that will not train these rows, this model or for this account."""
    said = words(error)
    heard = f"{said} {_code(error) or ''}".casefold()
    for signs, meaning, try_this in REFUSED_JOBS:
        if _status(error) not in (401, 402, 429) and any(sign in heard for sign in signs):
            return Stop("host_refused", f"{meaning} It said: {said}", try_this)
    return refused(error)


def failed(error: BaseException) -> Stop:
    """Return the stop for a host that does not answer, or answers with an error each time."""
    status = _status(error)
    happened = f"The host answers with an error ({status})." if status else "The host does not answer."
    return Stop(
        "failed",
        f"{happened} {type(error).__name__}: {words(error)}",
        "Check that it is up and takes this model's calls, then go on with --resume.",
    )


def words(error: BaseException) -> str:
    """Return what the host said, on one line and not too long."""
    body = getattr(error, "body", None)
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = body["error"]
    said = body.get("message") if isinstance(body, dict) else None
    text = " ".join(str(said or getattr(error, "message", None) or error or type(error).__name__).split())
    return text if len(text) <= 300 else text[:299] + "…"


def _status(error: BaseException) -> Any:
    """DSPy's errors say `status`, those of the openai package `status_code`."""
    return getattr(error, "status", None) or getattr(error, "status_code", None)


def _code(error: BaseException) -> Any:
    return getattr(error, "provider_code", None) or getattr(error, "code", None)
