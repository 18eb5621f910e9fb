"""What ends a run early: gates, the budget, a host that says no, a user who was not asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest

from advisor.domain.plan import Gates, Host, Role
from tests.projects.project_bench import Project, make_plan

Make = Callable[..., Project]

PAID = Host(name="other", base_url=None, key_variable="ADVISED_API_KEY", upload_to="127.0.0.1", free=False)
PRICED = Role(model="practice-small", price_in=100.0, price_out=100.0, train_price=100.0)


def ending(project: Project) -> tuple[str, int]:
    finished = project.events("finished")[-1]
    return finished.outcome, finished.exit_code


def gates(project: Project) -> list[tuple[str, str]]:
    return [(event.gate, event.outcome) for event in project.events("gate")]


def test_prompts_at_chance_are_measured_and_nothing_is_trained(make: Make) -> None:
    project = make(make_plan("gold_finetune", gates=Gates(chance_score=1.0, min_traces=15, warn_traces=30)))
    assert project.run("--yes").code == 0
    assert ending(project) == ("stopped_at_gate", 0)
    assert gates(project) == [("baseline_at_chance", "warn"), ("baseline_at_chance", "stop")]
    scored = [(event.candidate, event.split) for event in project.events("scored")]
    assert scored == [(name, split) for split in ("dev", "test") for name in ("baseline", "optimized")]
    assert project.events("compared") and not project.events("uploaded")
    assert [event.stage for event in project.events("stage_skipped")] == ["gold"]


def test_a_plain_program_at_chance_may_still_be_mended_by_prompts(make: Make) -> None:
    plan = make_plan("gold_finetune", gates=Gates(chance_score=0.3, min_traces=15, warn_traces=30))
    project = make(plan)
    # One to ask the model first; then the plain program gets no usable answer to any row of dev.
    project.server.arm({"kind": "garbage", "after": 1, "times": 2 * plan.split.dev})
    assert project.run("--yes").code == 0
    assert gates(project)[:2] == [("baseline_at_chance", "warn"), ("baseline_at_chance", "go_on")]
    assert "the format fails" in project.events("gate")[0].reason
    assert project.events("uploaded") and ending(project) == ("done", 0)


def test_prompts_that_surely_reach_the_target_make_training_needless(make: Make) -> None:
    reached = Gates(target_score=0.35, chance_score=0.2, min_traces=15, warn_traces=30)
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot", gates=reached))
    assert project.run("--yes").code == 0
    assert ending(project) == ("stopped_at_gate", 0)
    assert gates(project)[-1] == ("target_reached", "stop")
    assert {event.candidate for event in project.events("scored")} == {"baseline", "optimized"}
    assert not project.events("uploaded")


def test_too_few_right_answers_are_not_uploaded(make: Make) -> None:
    starved = Gates(chance_score=0.2, min_traces=41, warn_traces=50)
    project = make(make_plan("bootstrap_finetune", optimizer="labelled_few_shot", gates=starved))
    uploads = project.server.requests("POST /v1/files")
    assert project.run("--yes").code == 0
    assert ending(project) == ("stopped_at_gate", 0)
    assert gates(project)[-1] == ("traces", "stop")
    assert project.server.requests("POST /v1/files") == uploads
    assert project.events("compared")


def test_rows_without_an_answer_are_counted_apart_from_wrong_ones(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    # One to ask the model first, then twice a row: DSPy asks again in JSON before it gives a row up.
    project.server.arm({"kind": "garbage", "after": 1, "times": 8})
    assert project.run().code == 0
    baseline = next(event for event in project.events("scored") if event.split == "dev")
    assert 1 <= baseline.outcomes.count("x") <= 8
    assert set(baseline.outcomes) == set("01x")
    lines = (project.runs()[-1] / "predictions" / "baseline-dev.jsonl").read_text().splitlines()
    assert sum('"answer": null' in line for line in lines) == baseline.outcomes.count("x")
    assert max(event.failed for event in project.events("progress")) == baseline.outcomes.count("x")


def test_a_run_stops_before_the_budget_is_spent(make: Make) -> None:
    project = make(make_plan(host=PAID, student=PRICED, prompt_model=PRICED, practice=False))
    ended = project.run("--budget", "0.5", ADVISED_API_KEY="any")
    assert ended.code == 5
    finished = project.events("finished")[-1]
    assert (finished.outcome, finished.exit_code) == ("over_budget", 5)
    assert 0 < finished.meter.dollars <= 0.5
    assert not project.events("compared")


def test_training_that_would_cross_the_budget_is_not_begun(make: Make) -> None:
    trained = PRICED.model_copy(update={"price_in": 0.0, "price_out": 0.0, "train_price": 1e5})
    plan = make_plan("gold_finetune", host=PAID, student=trained, prompt_model=trained, optimizer="labelled_few_shot")
    project = make(plan)
    assert project.run("--budget", "1", "--yes").code == 5
    assert gates(project)[-1] == ("budget", "stop")
    assert not project.events("uploaded")


def test_a_budget_needs_prices_before_anything_is_spent(make: Make) -> None:
    plan = make_plan(host=PAID, student=Role(model="practice-small"), practice=False)
    project = make(plan)
    chats = project.server.requests("POST /v1/chat/completions")
    ended = project.run("--budget", "5")
    assert ended.code == 5 and "practice-small" in ended.err
    assert project.server.requests("POST /v1/chat/completions") == chats
    assert not (project.folder / "runs").exists()


def test_a_refused_key_ends_the_run_at_once(make: Make) -> None:
    project = make()
    project.server.arm({"kind": "401", "times": 1000})
    chats = project.server.requests("POST /v1/chat/completions")
    ended = project.run()
    assert ended.code == 6 and "does not accept the key" in ended.out
    assert ending(project) == ("host_refused", 6)
    assert project.server.requests("POST /v1/chat/completions") <= chats + 2


def test_an_unknown_model_is_the_hosts_no(make: Make) -> None:
    project = make()
    ended = project.run(ADVISED_STUDENT="gpt-none")
    assert ended.code == 6 and "does not know this model" in ended.out


def test_a_host_that_is_down_ends_the_run_soon(make: Make) -> None:
    project = make()
    ended = project.run(ADVISED_BASE_URL="http://127.0.0.1:9/v1")
    assert ended.code == 7
    assert ending(project) == ("failed", 7)
    assert "does not answer" in ended.out


def test_a_failed_job_keeps_the_hosts_reason(make: Make) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot"))
    project.server.arm({"kind": "job_failed", "message": "Row 7 breaks the usage policy."})
    ended = project.run("--yes")
    assert ended.code == 7 and "Row 7 breaks the usage policy." in ended.out
    assert ending(project) == ("failed", 7)


def test_rows_go_to_no_host_but_the_one_in_the_plan(make: Make) -> None:
    project = make(make_plan("gold_finetune"))
    before = project.server.at_rest()
    ended = project.run("--yes", ADVISED_UPLOAD_TO="api.example.org")
    assert ended.code == 2 and "api.example.org" in ended.err
    after = project.server.stats()["requests"]
    assert {name for name in after if after[name] != before.get(name)} == {"GET /practice/stats"}


def test_without_a_yes_and_without_a_terminal_nothing_begins(make: Make) -> None:
    project = make(make_plan("gold_finetune"))
    ended = project.run()
    assert ended.code == 2 and "--yes" in ended.err
    assert not (project.folder / "runs").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize(("reply", "code", "uploads"), [(b"n\n", 130, 0), (b"y\n", 0, 1)])
def test_on_a_terminal_it_asks_before_rows_are_sent(make: Make, reply: bytes, code: int, uploads: int) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot"))
    keyboard, terminal = os.openpty()
    os.write(keyboard, reply)
    done = subprocess.run(
        project.command("--limit", "20"), env=project.environment(), stdin=terminal, capture_output=True, text=True
    )
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == code
    assert "Send 20 rows as a training file to 127.0.0.1? [y/N]" in done.stdout
    assert len(project.events("uploaded")) == uploads


def test_without_a_server_the_project_says_what_to_start(make: Make) -> None:
    project = make()
    folder = project.folder / "runs" / "chosen"
    ended = project.run("--run-dir", str(folder), ADVISED_BASE_URL="")
    assert ended.code == 2 and "advisor practice" in ended.err
    assert ending(project) == ("failed", 2)
