"""The plain front end and the commands, as a user starts them: real processes, exit codes, one sentence."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.events import RUN_EVENT
from tests.conftest import write_tickets

PROMPTS_ONLY = ("--set", "prompt_optimization=none", "--set", "prompt_effort=bootstrap", "--set", "goal=quality")


def advisor(*arguments: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", *arguments], input=stdin, cwd=cwd, capture_output=True, text=True,
        check=False, timeout=180,
    )  # fmt: skip


def written(data: Path, out: Path, *facts: str) -> Path:
    done = advisor("write", str(data), "--out", str(out), *(facts or PROMPTS_ONLY))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    assert 0 < len(done.stderr.strip().splitlines()) <= 4, done.stderr
    return done.stderr


def test_help_lists_every_command_and_exit_code() -> None:
    done = advisor("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("tour", "inspect", "replay", "practice", "130 interrupted"))


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, 4), ("", 4), ("text,label\n", 4)],
    ids=["missing", "empty", "header only"],
)
def test_a_file_that_cannot_be_used_ends_in_one_sentence(tmp_path: Path, content: str | None, code: int) -> None:
    path = tmp_path / "data.csv"
    if content is not None:
        path.write_text(content)
    done = advisor("inspect", str(path))
    assert done.returncode == code
    one_sentence(done)


def test_a_directory_is_no_dataset(tmp_path: Path) -> None:
    done = advisor("inspect", str(tmp_path))
    assert done.returncode == 4
    one_sentence(done)


@pytest.mark.parametrize("rows", [10, 100], ids=["ten rows", "one class"])
def test_data_that_stops_every_route_is_code_4(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "data.csv"
    labels = "ab" if rows == 10 else "a"
    path.write_text("text,label\n" + "".join(f"row number {n},{labels[n % len(labels)]}\n" for n in range(rows)))
    assert advisor("inspect", str(path)).returncode == 4
    done = advisor("write", str(path), "--out", str(tmp_path / "out"), *PROMPTS_ONLY)
    assert done.returncode == 4
    one_sentence(done)
    assert not (tmp_path / "out").exists()


def test_an_unknown_label_field_is_usage(ticket_file: Path) -> None:
    done = advisor("inspect", str(ticket_file), "--label", "categry")
    assert done.returncode == 2
    assert "category" in one_sentence(done)


def test_a_folder_in_use_is_not_overwritten(ticket_file: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("keep")
    done = advisor("write", str(ticket_file), "--out", str(taken), *PROMPTS_ONLY)
    assert done.returncode == 2
    one_sentence(done)
    assert (taken / "mine.txt").read_text() == "keep"


def test_a_folder_that_cannot_be_made_is_usage(ticket_file: Path) -> None:
    done = advisor("write", str(ticket_file), "--out", f"{ticket_file}/inside/a/file", *PROMPTS_ONLY)
    assert done.returncode == 2
    one_sentence(done)


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = advisor("practice", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    one_sentence(done)


def test_inspect_json_has_the_promised_keys(ticket_file: Path) -> None:
    found = json.loads(advisor("inspect", str(ticket_file), "--json").stdout)
    assert set(found) >= {
        "path", "format", "rows", "usable", "input_fields", "label_field", "task", "classes", "label_counts",
        "missing_labels", "duplicates", "normalized_duplicates", "conflicting_inputs", "conflicting_rows",
        "accuracy_ceiling", "leaks", "encoding", "tokens", "bad_rows", "warnings",
    }  # fmt: skip
    assert found["rows"] == 600


def test_advise_json_has_the_promised_keys_and_code() -> None:
    told = ("--set", "labelled_examples=2000", "--set", "task=classification", "--set", "optimized_score=0.78")
    done = advisor("advise", "--json", *told, "--set", "target_score=0.9")
    found = json.loads(done.stdout)
    assert set(found) >= {"route", "reasons", "against", "checklist", "facts", "questions_open"}
    assert (found["route"], done.returncode) == ("bootstrap_finetune", 0)
    assert advisor("advise", "--set", "metric=none").returncode == 3


def test_facts_can_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"goal": "cost", "baseline_score": 0.92, "spend_per_month_usd": 8000}))
    assert json.loads(advisor("advise", "--json", "--facts", str(path)).stdout)["route"] == "distillation"
    path.write_text("[1, 2]")
    assert advisor("advise", "--facts", str(path)).returncode == 2


def test_a_bad_fact_names_what_would_do() -> None:
    done = advisor("advise", "--set", "baseline_score=good")
    assert done.returncode == 2
    assert "78%" in one_sentence(done)


def test_the_input_may_end_before_the_questions_do(ticket_file: Path) -> None:
    done = advisor("plain", str(ticket_file), stdin="yes\n")
    assert done.returncode == 2
    assert "prompt_optimization" in done.stderr


def test_a_run_needs_a_yes_and_a_project(ticket_file: Path, tmp_path: Path) -> None:
    done = advisor("run", str(tmp_path))
    assert done.returncode == 2
    one_sentence(done)
    project = written(ticket_file, tmp_path / "project")
    done = advisor("run", str(project))
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert not (project / "runs").exists()


def test_run_streams_json_and_report_reads_it_back(ticket_file: Path, tmp_path: Path) -> None:
    project = written(ticket_file, tmp_path / "project")
    done = advisor("run", str(project), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    events = [RUN_EVENT.validate_json(line) for line in done.stdout.splitlines()]
    assert events[0].kind == "started"
    kinds = [event.kind for event in events]
    assert "compared" in kinds
    assert kinds.index("compared") > len(kinds) - 4
    report = advisor("report", str(project))
    assert report.returncode == 0
    assert "practice" in report.stdout
    assert "optimized prompts" in report.stdout
    listed = advisor("runs", str(project), "--json")
    assert json.loads(listed.stdout)["state"] == "done"


def test_a_killed_run_leaves_what_report_can_read(ticket_file: Path, tmp_path: Path) -> None:
    project = written(ticket_file, tmp_path / "project")
    command = [sys.executable, "-m", "advisor", "run", str(project), "--yes", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event["kind"] == "scored" and event["split"] == "test":
            break
    (run,) = (project / "runs").iterdir()
    os.kill(json.loads((run / "process.json").read_text())["pid"], signal.SIGKILL)
    process.stdout.read()
    assert process.wait(timeout=60) == 7
    done = advisor("report", str(project))
    assert done.returncode == 0
    assert "did not come to its end" in done.stdout
    resumed = advisor("run", str(project), "--yes", "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert "optimized prompts" in resumed.stdout


def test_ten_labels_of_bad_text_stay_strings(tmp_path: Path) -> None:
    path = write_tickets(tmp_path / "t.csv", 200)
    text = path.read_text().replace("billing", '"x""); import os #"').replace("text,category", "text,la\x1b[1mbel")
    path.write_text(text)
    project = written(path, tmp_path / "project")
    source = (project / "program.py").read_text()
    compile(source, "program.py", "exec")
    assert "\x1b" not in source


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_program_told_to_end_ends_its_run_which_then_resumes_from_a_relative_path(
    ticket_file: Path, tmp_path: Path
) -> None:
    written(ticket_file, tmp_path / "project", "--set", "prompt_optimization=none", "--set", "prompt_effort=light")
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "run", "project", "--yes", "--json"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert any('"trial"' in line for line in process.stdout)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume" in told
    (run,) = (tmp_path / "project" / "runs").iterdir()
    record = json.loads((run / "process.json").read_text())
    for pid in (record["pid"], *(beside["pid"] for beside in record["beside"])):
        assert not Path(f"/proc/{pid}").exists()
    assert not (tmp_path / "project" / "practice" / "project").exists()
    resumed = advisor("run", "project", "--yes", "--resume", cwd=tmp_path)
    assert resumed.returncode == 0, resumed.stderr


def test_a_second_look_at_the_same_test_rows_is_said(ticket_file: Path, tmp_path: Path) -> None:
    first = written(ticket_file, tmp_path / "all" / "first")
    second = written(ticket_file, tmp_path / "all" / "second")
    assert "earlier run" not in advisor("run", str(first), "--yes").stdout
    assert "scored by 1 earlier run." in advisor("run", str(second), "--yes").stdout
