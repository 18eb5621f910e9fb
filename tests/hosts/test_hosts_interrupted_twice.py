"""A whole run that is interrupted again while it ends what a host bills still ends it."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import waiting
from tests.hosts.api import Asked, serving
from tests.hosts.openai_api import OpenAI
from tests.hosts.test_hosts_whole_runs import make, needs_together
from tests.hosts.together_api import BASE, TogetherApi

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


class Impatient:
    """Interrupts a run again, twice, as soon as it asks the host to end something."""

    def __init__(self, api: Any) -> None:
        self.api, self.answer = api, api.answer
        self.running: subprocess.Popen[bytes] | None = None
        self.again = 0
        api.answer = self

    def __call__(self, asked: Asked) -> Any:
        ends_job = asked.path.endswith("/cancel")
        stops = asked.method == "PATCH" and asked.json()["autoscaling"]["minReplicas"] == 0
        if self.running and (ends_job or stops):
            for number in (signal.SIGINT, signal.SIGTERM):
                self.running.send_signal(number)
                self.again += 1
        return self.answer(asked)


@needs_together
def test_the_endpoint_is_stopped(tmp_path: Path) -> None:
    with serving(TogetherApi) as api:
        api.provisioning_for_ever = True
        impatient = Impatient(api)
        running = make(api, tmp_path, "together", BASE).start("--yes", ADVISED_API_KEY="secret-key")
        waiting.until(lambda: api.running() or running.poll() is not None, "the endpoint is started")
        impatient.running = running
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert api.running() == [] and impatient.again >= 2


def test_the_job_is_cancelled(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        api.holding = True
        impatient = Impatient(api)
        running = make(api, tmp_path, "other", "gpt-4.1-nano-2025-04-14").start("--yes", ADVISED_API_KEY="secret-key")
        waiting.until(lambda: api.jobs or running.poll() is not None, "the job is begun")
        impatient.running = running
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert [job["status"] for job in api.jobs.values()] == ["cancelled"] and impatient.again >= 2
