"""Which training host a run has."""

from __future__ import annotations

from advisor.kit.hosts.host import TrainingHost
from advisor.kit.hosts.local import Local
from advisor.kit.hosts.openai_compatible import OpenAICompatible
from advisor.kit.hosts.together import Together
from advisor.kit.run import Run
from advisor.kit.stops import Stop


def trainer_for(run: Run, candidate: str) -> TrainingHost:
    """Return what trains this candidate.

    Raises:
        Stop: this kit does not know the host.
    """
    jobs, host = run.folder / "jobs", run.plan.host
    match host.driver:
        case "openai":
            return OpenAICompatible(run.endpoint, run.journal, jobs, candidate, host.name)
        case "local":
            make_room = run.models.servers.end if run.models.servers else lambda: None
            return Local(run.journal, run.folder, candidate, run.runs.parent, make_room)
        case "together" if run.hosted:
            return Together(run.endpoint, run.journal, jobs, candidate, run.hosted, run.folder.name)
    raise Stop("usage", f"This project cannot train at {host.name}.", "Write it again with a newer advisor.")
