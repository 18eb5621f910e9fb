"""A run that was stopped goes on where it was, and nothing is paid twice."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.domain.plan import RunRoute
from tests.projects.project_bench import Project, lines_of, make_plan

CHATS = "POST /v1/chat/completions"
UPLOADS = "POST /v1/files"
JOBS = "POST /v1/fine_tuning/jobs"

Make = Callable[..., Project]
Started = list[subprocess.Popen[bytes]]


def test_a_killed_run_does_not_pay_for_finished_stages_again(make: Make, started: Started) -> None:
    whole = make(make_plan(name="whole"))
    before = whole.server.requests(CHATS)
    assert whole.run().code == 0
    paid = whole.server.requests(CHATS) - before

    project = make(make_plan(name="killed"))
    before = project.server.requests(CHATS)
    process = project.start()
    started.append(process)
    project.wait_for(process, "stage_finished", stage="baseline")
    process.kill()
    process.wait(10)

    assert project.run("--resume").code == 0
    # The calls that were in the air when it died are the only ones that may be asked again.
    assert paid <= project.server.requests(CHATS) - before <= paid + make_plan().threads
    skipped = [event.stage for event in project.events("stage_skipped")]
    assert skipped[:2] == ["split", "baseline"]
    assert [event.resumed for event in project.events("started")] == [False, True]
    assert len(project.runs()) == 1
    assert project.events("finished")[-1].outcome == "done"


def test_an_unattended_start_begins_and_then_goes_on(make: Make, started: Started) -> None:
    """A machine that may be taken away runs the same command line again."""
    project = make(make_plan(optimizer="labelled_few_shot"))
    kept = project.folder / "runs" / "first"
    again = ("--resume-if-begun", "--yes", "--run-dir", str(kept))
    process = project.start(*again)
    started.append(process)
    project.wait_for(process, "stage_finished", stage="baseline")
    process.kill()
    process.wait(10)
    chats = project.server.requests(CHATS)

    assert project.run(*again).code == 0
    events = [json.loads(line) for line in lines_of(kept)]
    assert [event["resumed"] for event in events if event["kind"] == "started"] == [False, True]
    assert events[-1]["kind"] == "finished" and events[-1]["outcome"] == "done"
    asked = project.server.requests(CHATS)
    assert asked > chats

    assert project.run(*again).code == 0, "a finished run has nothing left to pay for"
    assert project.server.requests(CHATS) == asked
    assert project.run("--resume-if-begun", "--resume").code == 2


@pytest.mark.parametrize(("route", "candidate"), [("gold_finetune", "gold"), ("better_together", "together")])
def test_a_killed_run_finds_its_training_job_again(
    make: Make, started: Started, route: RunRoute, candidate: str
) -> None:
    project = make(make_plan(route))
    uploads, jobs = project.server.requests(UPLOADS), project.server.requests(JOBS)
    # The first look at the job takes longer than the process lives.
    project.server.arm({"kind": "slow", "path": r"fine_tuning/jobs/[\w-]+$", "seconds": 30})
    process = project.start("--yes")
    started.append(process)
    project.wait_for(process, "uploaded")
    journal = project.runs()[-1] / "jobs" / f"{candidate}.json"
    while "job_id" not in json.loads(journal.read_text()):
        assert process.poll() is None
    process.kill()
    process.wait(10)
    project.server.arm()
    torn = project.runs()[-1] / "events.jsonl"
    torn.write_bytes(torn.read_bytes() + b'{"kind": "said", "te')

    assert project.run("--resume", "--yes").code == 0
    assert project.server.requests(UPLOADS) == uploads + 1
    assert project.server.requests(JOBS) == jobs + 1
    whole = [line for line in lines_of(project.runs()[-1]) if not line.endswith('"te')]
    events = [json.loads(line) for line in whole]
    assert sum(event["kind"] == "uploaded" for event in events) == 1
    assert any("of an earlier run" in event["text"] for event in events if event["kind"] == "said")
    assert events[-1]["kind"] == "finished" and events[-1]["outcome"] == "done"


def test_an_interrupted_run_ends_at_once_and_can_go_on(make: Make, started: Started) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    project.server.arm({"kind": "slow", "path": "chat", "after": 10, "times": 4, "seconds": 60})
    process = project.start("--limit", "20")
    started.append(process)
    project.wait_for(process, "progress")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 130
    finished = project.events("finished")[-1]
    assert (finished.outcome, finished.exit_code) == ("cancelled", 130)
    assert "--resume" in finished.try_this
    project.server.arm()
    assert project.run("--resume").code == 0
    assert project.events("finished")[-1].outcome == "done"


def test_a_search_for_prompts_that_was_stopped_takes_the_same_way_again(make: Make, started: Started) -> None:
    project = make(make_plan(optimizer="mipro_light"))
    process = project.start()
    started.append(process)
    project.wait_for(process, "trial", number=6)
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    before = [event.score for event in project.events("trial")]
    assert project.run("--resume").code == 0
    again = [event.score for event in project.events("trial")][len(before) :]
    assert again[: len(before)] == before
    first, second = proposals(project.runs()[-1] / "dspy.log")
    assert first == second


def proposals(log: Path) -> list[list[str]]:
    """Return the instructions each leg of a run was offered; another one would be paid for all over again."""
    legs = log.read_text(encoding="utf-8").split("Proposed Instructions for Predictor 0:")[1:]
    return [
        [line.rpartition("mipro_optimizer_v2: ")[2] for line in leg.partition("==> STEP 3")[0].splitlines()]
        for leg in legs
    ]


def test_a_run_goes_on_only_with_its_own_models_and_rows(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    project.server.arm({"kind": "401", "after": 14, "times": 100})
    assert project.run("--limit", "12").code == 6
    other = project.run("--resume", ADVISED_STUDENT="practice-large")
    assert other.code == 2 and "began with student" in other.err
    project.server.arm()
    assert project.run("--resume").code == 0
    assert project.events("started")[-1].rows == {"train": 12, "dev": 12, "test": 0}
    nothing = project.run("--resume")
    assert nothing.code == 2 and "no unfinished run" in nothing.err


def test_the_caller_may_choose_the_folder_of_a_run_once(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    folder = project.folder / "runs" / "mine"
    assert project.run("--limit", "10", "--run-dir", str(folder)).code == 0
    before = (folder / "events.jsonl").read_bytes()
    again = project.run("--run-dir", str(folder))
    assert again.code == 2 and "holds a run already" in again.err
    assert (folder / "events.jsonl").read_bytes() == before


def test_a_run_refused_before_it_began_keeps_no_record_but_of_its_end(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    assert project.run(ADVISED_BASE_URL="").code == 2
    assert not (project.folder / "runs").exists(), "nobody named a folder to tell it in"
    named = project.folder / "runs" / "mine"
    assert project.run("--run-dir", str(named), ADVISED_BASE_URL="").code == 2
    (event,) = project.events()
    assert (event.kind, event.outcome, event.exit_code) == ("finished", "failed", 2)
    assert "No model server is known." in event.why and event.meter is None
    assert project.run("--resume").code == 0 and project.runs() == [named]
    assert len(project.events("started")) == 1 and project.events()[-1].outcome == "done"


@pytest.mark.parametrize("named", [False, True])
def test_a_run_that_is_going_is_not_resumed_beside_itself(make: Make, started: Started, named: bool) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    project.server.arm({"kind": "slow", "path": "chat", "after": 5, "times": 4, "seconds": 30})
    process = project.start()
    started.append(process)
    project.wait_for(process, "progress")
    folder = project.runs()[-1]
    second = project.run("--resume", "--yes", *(["--run-dir", str(folder)] if named else []))
    assert second.code == 2 and "in use" in second.err
    # One that does not get so far as to open it leaves the record alone too.
    refused = project.run("--resume", "--run-dir", str(folder), ADVISED_BASE_URL="")
    assert refused.code == 2
    assert len(project.events("started")) == 1 and not project.events("finished")
    process.kill()
    process.wait(10)
    project.server.arm()
    assert project.run("--resume").code == 0
