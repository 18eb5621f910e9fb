"""What a host's refusal means is said in words of ours, with what to do."""

from __future__ import annotations

from dspy.lm15 import ServerError

from advisor.kit.refusals import refused


def test_a_base_that_is_only_served_by_the_hour_is_told_from_every_other_error() -> None:
    said = "Unable to access non-serverless model openai/gpt-oss-20b. Please create a new dedicated endpoint."
    stop = refused(ServerError(said))
    assert stop is not None and stop.outcome == "host_refused"
    assert "billed by the hour" in stop.why and "asked by the token first" in stop.why and said in stop.why
    assert "serverless" in stop.try_this and "ADVISED_STUDENT" in stop.try_this
    assert refused(ServerError("It is busy.")) is None
