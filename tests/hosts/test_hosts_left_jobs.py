"""`--tear-down` cancels the training jobs that dead runs have left at their host, and says what it could not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.kit.files import read_json, write_json
from advisor.kit.lock import Lock
from tests import waiting
from tests.hosts.api import serving
from tests.hosts.openai_api import OpenAI, error
from tests.hosts.test_hosts_whole_runs import make, needs_together
from tests.hosts.together_api import BASE, TogetherApi
from tests.projects.project_bench import Ended, Project

HOSTS = [(OpenAI, "other", "gpt-4.1-mini"), pytest.param(TogetherApi, "together", BASE, marks=needs_together)]
NOTHING = "Nothing that this project started is running at the host.\n"


def left_training(api: Any, folder: Path, name: str = "other", model: str = "gpt-4.1-mini") -> Project:
    """Return a project whose run was killed while its host trained, and whose host still does."""
    project = make(api, folder, name, model)
    api.holding = True
    running = project.start("--yes", ADVISED_API_KEY="secret-key")
    waiting.until(lambda: record(project).get("job_id") or running.poll() is not None, "the training job is begun")
    running.kill()
    running.wait(10)
    assert len(api.jobs) == 1
    return project


def record(project: Project) -> dict[str, Any]:
    return next((read_json(path) for path in project.folder.glob("runs/*/jobs/gold.json")), {})


def tear_down(project: Project, **changes: str) -> Ended:
    return project.run("--tear-down", ADVISED_API_KEY="secret-key", **changes)


@pytest.mark.parametrize(("kind", "name", "model"), HOSTS)
def test_a_job_that_a_killed_run_has_left_is_cancelled(kind: Any, name: str, model: str, tmp_path: Path) -> None:
    with serving(kind) as api:
        project = left_training(api, tmp_path, name, model)
        (job,) = api.jobs
        ended = tear_down(project)
        assert ended.code == 0 and f"The training job {job} of the run" in ended.out, ended.err
        assert "is cancelled; what was trained until now may be billed." in ended.out
        assert api.jobs[job]["status"].startswith("cancel") and record(project)["status"] == "cancelled"
        assert tear_down(project).out == NOTHING


def test_one_that_cannot_be_cancelled_is_told_and_counted(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        api.refusals["POST /v1/fine_tuning/jobs/ftjob-1/cancel"] = error(400, "Not\x1b[2J now.")
        ended = tear_down(project)
        assert ended.code == 7 and "could not be cancelled and may go on being billed: Not [2J now." in ended.out
        api.refusals.clear()
        assert tear_down(project).code == 0 and api.jobs["ftjob-1"]["status"] == "cancelled"


def test_one_that_goes_on_for_all_that_is_counted(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        api.deaf = True
        ended = tear_down(project)
        assert ended.code == 7 and "was asked to stop, and the host says that it is validating_files" in ended.out
        assert "may go on being billed" in ended.out


def test_one_that_has_ended_meanwhile_is_left_for_the_run_to_go_on_with(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        api.holding = False
        while api.jobs["ftjob-1"]["status"] != "succeeded":
            api.go_on(api.jobs["ftjob-1"])
        ended = tear_down(project)
        assert ended.code == 0 and "has succeeded already" in ended.out
        assert api.count("POST /v1/fine_tuning/jobs/ftjob-1/cancel") == 0
        assert project.run("--yes", "--resume", ADVISED_API_KEY="secret-key").code == 0 and len(api.jobs) == 1


def test_one_whose_id_was_never_written_down_is_found_by_its_file(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        (path,) = project.folder.glob("runs/*/jobs/gold.json")
        write_json(path, {name: told for name, told in record(project).items() if name not in ("job_id", "status")})
        assert "The training job ftjob-1 of the run" in tear_down(project).out
        assert api.jobs["ftjob-1"]["status"] == "cancelled"


def test_one_that_the_host_has_lost_is_no_failure(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        api.jobs.clear()
        ended = tear_down(project)
        assert ended.code == 0 and "The host knows nothing of the training job ftjob-1" in ended.out


def test_another_host_than_the_one_it_trained_at_is_not_asked(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        (settings,) = project.folder.glob("runs/*/settings.json")
        write_json(settings, {**read_json(settings), "host": "https://api.example.org/v1"})
        looked = api.count("GET /v1/fine_tuning/jobs/ftjob-1")
        ended = tear_down(project)
        assert ended.code == 7 and "trained at https://api.example.org/v1, not at" in ended.out
        assert api.jobs["ftjob-1"]["status"] != "cancelled" and api.count("GET /v1/fine_tuning/jobs/ftjob-1") == looked


def test_a_run_that_goes_on_keeps_its_job(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        lock = Lock(project.runs()[-1])
        ended = tear_down(project)
        lock.release()
        assert ended.code == 0 and "is going: what belongs to it was left alone." in ended.out
        assert api.jobs["ftjob-1"]["status"] != "cancelled"


TORN = {"half written": '{"job_id": "ft', "another thing": "[]", "an id that is none": '{"job_id": {"id": "ftjob-9"}}'}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN)
def test_a_record_that_cannot_be_read_keeps_no_other_job_from_being_cancelled(torn: str, tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        (path,) = project.folder.glob("runs/*/jobs/gold.json")
        (path.parent / "again.json").write_text(torn, encoding="utf-8")
        earlier = project.folder / "runs" / "2001-01-01T00-00-00" / "jobs"
        earlier.mkdir(parents=True)
        (earlier / "gold.json").write_text(torn, encoding="utf-8")
        ended = tear_down(project)
        assert ended.code == 7 and "Traceback" not in ended.err, ended.err
        assert "The record jobs/gold.json of the run 2001-01-01T00-00-00 cannot be read" in ended.out
        assert "jobs/again.json" in ended.out and ended.out.count("may go on and be billed: look at the host") == 2
        assert api.jobs["ftjob-1"]["status"] == "cancelled"


def test_settings_that_cannot_be_read_are_named_and_the_next_run_has_its_turn(tmp_path: Path) -> None:
    with serving(OpenAI) as api:
        project = left_training(api, tmp_path)
        earlier = project.folder / "runs" / "2001-01-01T00-00-00"
        write_json(earlier / "jobs" / "gold.json", {**record(project), "job_id": "ftjob-9"})
        (earlier / "settings.json").write_text('{"host": "htt', encoding="utf-8")
        ended = tear_down(project)
        assert ended.code == 7 and "Traceback" not in ended.err, ended.err
        assert "Where the run 2001-01-01T00-00-00 trained cannot be read from settings.json" in ended.out
        assert api.jobs["ftjob-1"]["status"] == "cancelled"


@pytest.mark.parametrize(("kind", "name", "model"), HOSTS)
def test_after_it_a_training_is_begun_and_billed_anew_only_by_a_yes_to_that(
    kind: Any, name: str, model: str, tmp_path: Path
) -> None:
    with serving(kind) as api:
        project = left_training(api, tmp_path, name, model)
        assert "--resume would train anew, and that is billed anew" in tear_down(project).out
        api.holding = False
        stopped = project.run("--yes", "--resume", ADVISED_API_KEY="secret-key")
        assert stopped.code == 2 and len(api.created) == 1, stopped.err
        finished = project.events("finished")[-1]
        assert "was cancelled, and what it trained until then may be billed" in finished.why
        assert "--resume --train-again" in finished.try_this
        again = project.run("--yes", "--resume", "--train-again", ADVISED_API_KEY="secret-key")
        assert again.code == 0 and len(api.created) == 2 and len(api.files) == 1, again.err
