"""Each route, really run as a child process on the practice server."""

from __future__ import annotations

import json
from collections.abc import Callable

from advisor.domain.events import Compared, Finished, Scored, StageFinished, Started
from tests.projects.project_bench import Project, make_plan

Make = Callable[..., Project]


def finished(project: Project) -> Finished:
    return project.events("finished")[-1]  # type: ignore[no-any-return]


def assert_complete(project: Project, candidates: list[str]) -> None:
    """A run that went through: every stage, every candidate once on dev and once on test, every file."""
    run = project.runs()[-1]
    started: Started = project.events("started")[0]
    stages: list[StageFinished] = project.events("stage_finished")
    scored: list[Scored] = project.events("scored")
    assert [stage.stage for stage in stages] == list(started.stages)
    assert [event.candidate for event in scored if event.split == "dev"] == candidates
    assert [event.candidate for event in scored if event.split == "test"] == candidates
    for event in scored:
        predictions = (run / "predictions" / f"{event.candidate}-{event.split}.jsonl").read_text().splitlines()
        assert "".join(json.loads(line)["outcome"] for line in predictions) == event.outcomes
        assert len(event.outcomes) == 30
        assert event.tokens_in > event.tokens_out > 0
        assert event.dollars == 0.0
    for candidate in candidates:
        assert (run / "programs" / f"{candidate}.json").is_file()
    compared: Compared = project.events("compared")[0]
    assert [row["candidate"] for row in compared.comparison["rows"]] == candidates  # type: ignore[attr-defined]
    assert "practice models" in (run / "report.md").read_text()
    assert (finished(project).outcome, finished(project).exit_code) == ("done", 0)


def test_prompt_optimization_with_bootstrapped_examples(make: Make) -> None:
    project = make()
    ended = project.run()
    assert ended.code == 0, ended.err
    assert_complete(project, ["baseline", "optimized"])
    assert "Use optimized prompts" in ended.out or "Keep the plain program" in ended.out
    assert "\x1b" not in ended.out and "Average Metric" not in ended.out


def test_prompt_optimization_by_mipro_reports_every_trial(make: Make) -> None:
    project = make(make_plan(optimizer="mipro_light"))
    assert project.run().code == 0
    assert_complete(project, ["baseline", "optimized"])
    trials = project.events("trial")
    assert [trial.number for trial in trials] == list(range(1, trials[0].total + 1))
    assert all(trial.full and trial.rows == 30 for trial in trials)
    assert trials[-1].best == max(trial.score for trial in trials)


def test_prompt_optimization_by_gepa(make: Make) -> None:
    project = make(make_plan(optimizer="gepa"))
    assert project.run().code == 0
    assert_complete(project, ["baseline", "optimized"])
    assert project.events("trial")
    assert (project.runs()[-1] / "gepa" / "optimize").is_dir()


def test_bootstrap_finetune_with_the_labels_beside(make: Make) -> None:
    stages = ("split", "baseline", "optimize", "traces", "train", "gold", "compare")
    project = make(make_plan("bootstrap_finetune", gold_beside=True, stages=stages))
    before = project.server.stats()["jobs"].get("succeeded", 0)
    ended = project.run("--yes")
    assert ended.code == 0, ended.err
    assert_complete(project, ["baseline", "optimized", "tuned", "gold"])
    assert project.server.stats()["jobs"]["succeeded"] == before + 2
    kept = project.events("traces_kept")[0]
    uploads = project.events("uploaded")
    assert [upload.rows for upload in uploads] == [kept.kept, 40]
    assert {upload.host for upload in uploads} == {"127.0.0.1"}
    reports = project.events("job_reported")
    assert {report.candidate for report in reports} == {"tuned", "gold"}
    assert [report.train_loss for report in reports if report.train_loss is not None]
    models = {event.candidate: event.model for event in project.events("scored")}
    assert models["tuned"].startswith("ft:practice-small") and models["gold"] != models["tuned"]


def test_training_rows_look_like_the_questions_the_tuned_program_asks(make: Make) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot", reasoning=True))
    assert project.run("--yes").code == 0
    run = project.runs()[-1]
    assert_complete(project, ["baseline", "optimized", "gold"])
    row = json.loads((run / "jobs" / "gold.jsonl").read_text().splitlines()[0])
    assert [message["role"] for message in row["messages"]] == ["system", "user", "assistant"]
    assert "reasoning" not in row["messages"][-1]["content"]
    about = json.loads((run / "programs" / "gold.about.json").read_text())
    assert not about["reasoning"] and about["demonstrations"] == 0
    assert about["instruction"] in row["messages"][0]["content"]


def test_distillation_asks_the_teacher_for_the_rows_the_student_learns_from(make: Make) -> None:
    project = make(make_plan("distillation", optimizer="labelled_few_shot"))
    ended = project.run("--yes")
    assert ended.code == 0, ended.err
    assert_complete(project, ["baseline", "optimized", "teacher", "tuned"])
    models = {event.candidate: event.model for event in project.events("scored")}
    assert models["teacher"] == "practice-large"
    assert models["tuned"].startswith("ft:practice-small")
    programs = project.runs()[-1] / "programs"
    teacher, tuned = (json.loads((programs / f"{name}.about.json").read_text()) for name in ("teacher", "tuned"))
    assert tuned["instruction"] == teacher["instruction"]
    assert (teacher["demonstrations"], tuned["demonstrations"]) == (16, 0)
    compared: Compared = project.events("compared")[0]
    assert compared.comparison["retention"]


def test_better_together_says_which_step_won(make: Make) -> None:
    project = make(make_plan("better_together"))
    ended = project.run("--yes")
    assert ended.code == 0, ended.err
    assert_complete(project, ["baseline", "optimized", "together"])
    assert len(project.events("uploaded")) == 1
    assert {report.candidate for report in project.events("job_reported")} == {"together"}
    said = " ".join(event.text for event in project.events("said"))
    assert "Best on dev: " in said or "untouched program" in said


def test_a_dry_run_makes_no_call_and_no_folder(make: Make) -> None:
    project = make(make_plan("better_together", optimizer="mipro_light"))
    before = project.server.at_rest()
    ended = project.run("--dry-run")
    after = project.server.stats()["requests"]
    assert ended.code == 0, ended.err
    assert "No call was made." in ended.out
    assert set(after.items()) - set(before.items()) == {("GET /practice/stats", after["GET /practice/stats"])}
    assert not (project.folder / "runs").exists()


def test_a_finished_program_is_served(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    assert "Run optimize.py first" in project.run("x", script="serve.py").err
    assert project.run("--limit", "12").code == 0
    assert "compared nothing" in project.run("x", script="serve.py").err
    assert project.run().code == 0
    assert project.run("--limit", "12").code == 0, "a later trial does not hide what the whole run recommends"
    many = project.run(script="serve.py", given="shipping of my parcel\n\ntechnical\n")
    assert [json.loads(line)["category"] for line in many.out.splitlines()] == ["shipping", "technical"]
    unknown = project.run("x", "--program", "tuned", script="serve.py")
    assert unknown.code == 2 and "baseline, optimized" in unknown.err


def test_a_trial_answers_no_test_row(make: Make) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot"))
    ended = project.run("--limit", "12", "--yes")
    assert ended.code == 0 and "of 12 right" in ended.out
    assert {(event.candidate, event.split) for event in project.events("scored")} == {
        ("baseline", "dev"), ("optimized", "dev"), ("gold", "dev"),
    }  # fmt: skip
    assert not project.events("compared") and not (project.runs()[-1] / "report.md").exists()
    assert not list((project.runs()[-1] / "predictions").glob("*-test.jsonl"))
    assert "A trial on 12 train and 12 dev rows: the test rows were not touched." in ended.out
    started: Started = project.events("started")[0]
    assert started.rows["test"] == 0 and "compare" not in started.stages
    assert (finished(project).outcome, finished(project).exit_code) == ("done", 0)


def test_a_second_look_at_the_test_rows_is_said(make: Make) -> None:
    project = make(make_plan(optimizer="labelled_few_shot"))
    assert project.run("--limit", "12").code == 0
    for looks in range(3):
        assert project.run().code == 0
        report = (project.runs()[-1] / "report.md").read_text()
        said = [event.text for event in project.events("said") if event.level == "warning"]
        if not looks:
            assert not said and "already looked at" not in report
            continue
        told = f"These test rows were already looked at by {looks} earlier run{'s' if looks > 1 else ''}; "
        assert [text.startswith(told) for text in said] == [True]
        assert told + "each look makes a lucky result likelier." in report


def test_what_training_left_at_the_host_is_removed(make: Make) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot"))
    assert project.run("--yes").code == 0
    path = project.runs()[-1] / "jobs" / "gold.json"
    before = json.loads(path.read_text())
    nowhere = project.run("--forget", "gold", script="serve.py", ADVISED_BASE_URL="", ADVISED_API_KEY="secret")
    assert nowhere.code == 2 and "No model server is known" in nowhere.err
    elsewhere = project.run(
        "--forget", "gold", script="serve.py", ADVISED_BASE_URL="http://elsewhere.example/v1", ADVISED_API_KEY="secret"
    )
    assert elsewhere.code == 2 and "trained at practice" in elsewhere.err
    assert "trained: gold" in project.run("--forget", "tuned", script="serve.py").err
    assert json.loads(path.read_text()) == before

    removed = project.run("--forget", "gold", script="serve.py")
    assert removed.code == 0, removed.err
    assert removed.out.splitlines() == [f"{before[name]}: removed" for name in ("fine_tuned_model", "file_id")]
    assert not {"file_id", "fine_tuned_model", "job_id"} & set(json.loads(path.read_text()))
    assert project.run("--forget", "gold", script="serve.py").out == "There was nothing left to remove.\n"

    path.write_text(json.dumps({"file_id": before["file_id"]}))
    assert "was gone already" in project.run("--forget", "gold", script="serve.py").out
    path.write_text(json.dumps({"digest": "x"}))
    assert project.run("--forget", "gold", script="serve.py").code == 0
