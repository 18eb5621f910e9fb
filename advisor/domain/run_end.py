"""How a run is ended: what it ends first, how long that may take, and what is said of it."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.plan import Plan

USUAL_S = 5.0
JOB_S = 20.0
"""For runs that cancel a training job at a host that bills it: the time the kit gives it, and a little more."""
ENDPOINT_S = 30.0
"""For runs that stop an endpoint as well, which is billed."""
CHECKPOINT_S = 660.0
"""For runs whose training here writes a checkpoint first: the time the kit gives it, and a little more."""


class RunEnd(NamedTuple):
    """What ending a run takes."""

    seconds: float = USUAL_S
    """How long it may take to end what it has started."""
    first: str = ""
    """What it does first, in words; nothing where nobody would notice."""
    waits: bool = False
    """Whether that is never cut short: what it leaves would be billed."""
    lost: str = "The stage it is at is lost; finished stages stay."
    """What ending it at once costs."""
    unended: str = ""
    """What is said where it had to be killed all the same."""

    @property
    def told(self) -> str:
        """What is waited for, and how long at most."""
        return f"{self.first}; that takes {self.seconds:.0f} seconds at most" if self.waits else self.first


def run_end(plan: Plan | None) -> RunEnd:
    """Return how a run of this plan is ended."""
    if plan is None:
        return RunEnd()
    if plan.host.driver == "local":
        first = "A training here writes its checkpoint first, for minutes perhaps"
        return RunEnd(
            CHECKPOINT_S, first, lost="What a training here is writing is lost; its last whole checkpoint stays."
        )
    if plan.host.free or not plan.uploads:
        return RunEnd(ENDPOINT_S if plan.host.driver == "together" else USUAL_S)
    if plan.host.driver == "together":
        first = "A training job and an endpoint at the host, where there are any, are ended first: they are billed"
        found = "An endpoint may still be billed: `python optimize.py --tear-down` in the project's folder stops it."
        return RunEnd(ENDPOINT_S, first, waits=True, unended=f"{found} {_JOB_LEFT}")
    first = "A training job at the host, where there is one, is cancelled first: it is billed"
    return RunEnd(JOB_S, first, waits=True, unended=_JOB_LEFT)


_JOB_LEFT = (
    "A training job may go on at the host and be billed: resumed, the run waits for it. `python optimize.py "
    "--tear-down` in the project's folder cancels it instead; resumed after that, the run trains anew, and that is "
    "billed anew."
)
