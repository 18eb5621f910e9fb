"""`advisor models`: what fits whom, at what price and until when; the rest with its reason."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor import lookup
from advisor.commands import models
from advisor.errors import UsageError

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue is judged by the day it was read on, whenever the tests run."""
    monkeypatch.setattr(lookup, "today", lambda: TODAY)


def found(capsys: pytest.CaptureFixture[str], *said: str, data: Path | None = None) -> dict[tuple[str, str], Any]:
    arguments = [str(data)] if data else []
    assert models.main([*arguments, "--json", *(part for fact in said for part in ("--set", fact))]) == 0
    told = json.loads(capsys.readouterr().out)
    return {(place["host"], place["model"]): place for place in told["places"]}


def standing(places: dict[tuple[str, str], Any], host: str) -> set[str]:
    return {place["standing"] for (at, _), place in places.items() if at == host}


def test_whoever_is_not_let_in_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    places = found(capsys, "openai_tuned_recently=no")
    assert standing(places, "openai") == {"refused"}
    assert places["openai", "gpt-4o-mini"]["step"] == "open"
    assert "last 60 days" in places["openai", "gpt-4o-mini"]["why"]
    assert standing(places, "nebius") == {"open"}
    assert places["databricks", ""]["why"] == "Databricks trains for nobody since 2026-08-14."


def test_an_open_question_is_a_condition(capsys: pytest.CaptureFixture[str]) -> None:
    places = found(capsys, "needed_days=30")
    assert places["openai", "gpt-4o-mini"]["standing"] == "depends"
    assert found(capsys, "needed_days=30", "openai_tuned_recently=yes")["openai", "gpt-4o-mini"]["standing"] == "open"


def test_what_does_not_outlive_the_plan_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    mini = found(capsys, "openai_tuned_recently=yes")["openai", "gpt-4o-mini"]
    assert (mini["step"], mini["retires"], mini["training"]) == ("outlives", "2027-01-14", 3.0)
    assert (mini["tuned_in"], mini["tuned_out"]) == (0.3, 1.2)


def test_rows_that_must_stay_are_offered_this_computer_only(capsys: pytest.CaptureFixture[str]) -> None:
    places = found(capsys, "data_must_stay=yes")
    assert {host for (host, _), place in places.items() if place["standing"] == "open"} <= {"practice", "local"}
    assert all("must stay" in place["why"] for (host, _), place in places.items() if host in ("nebius", "sky", "other"))


def test_a_small_budget_leaves_out_what_costs_more_or_cannot_be_known(
    capsys: pytest.CaptureFixture[str], ticket_file: Path
) -> None:
    said = ("openai_tuned_recently=yes", "needed_days=30", "label_field=category")
    cheap = found(capsys, *said, "budget_usd=5", data=ticket_file)["openai", "gpt-4o-mini"]
    assert cheap["standing"] == "open"
    assert 0.2 < cheap["training_usd"] < 2
    places = found(capsys, *said, "budget_usd=0.05", data=ticket_file)
    assert places["openai", "gpt-4o-mini"]["step"] == "price"
    assert places["nebius", "meta-llama/Llama-3.3-70B-Instruct"]["standing"] == "depends"
    assert standing(places, "practice") == {"open"}


def test_unknown_is_never_zero(capsys: pytest.CaptureFixture[str]) -> None:
    for place in found(capsys).values():
        if place["host"] not in ("practice", "local"):
            prices = ("training", "price_in", "price_out", "tuned_in", "tuned_out", "hosting_per_hour", "training_usd")
            assert all(place[name] is None or place[name] > 0 for name in prices), place
        assert place["sources"]


def test_the_users_own_model_and_prices_are_judged_too(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "catalogue.toml").write_text('[model."nebius/my/own"]\nmethods = ["lora"]\ntraining = 0.4\n')
    places = found(capsys, "host=nebius", "student_model=another/one", "student_price_training=7")
    assert places["nebius", "my/own"]["training"] == 0.4
    assert "your own catalogue" in " ".join(places["nebius", "my/own"]["sources"])
    assert places["nebius", "another/one"]["training"] == 7


def test_the_table_fits_eighty_columns_and_names_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert models.main(["--set", "needed_days=30"]) == 0
    shown = capsys.readouterr()
    assert max(map(len, shown.out.splitlines())) < 80
    for part in ("Open to you", "Open on a condition", "not yet to this version", "Not offered, and why", "Sources"):
        assert part in shown.out
    assert "developers.openai.com, deprecations, 2026-11-22" in shown.out
    assert "81 days ago" in shown.err
    assert "catalogue.toml" in shown.err


@pytest.mark.parametrize("columns", [50, 60, 79])
def test_the_table_fits_a_narrow_terminal_with_every_figure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert models.main([]) == 0
    shown = capsys.readouterr()
    assert max(map(len, shown.out.splitlines())) <= columns
    assert "3.99 an hour" in shown.out and "2027-10-14" in shown.out
    assert max(len(line) for line in shown.err.splitlines() if "catalogue.toml" not in line) <= columns


@pytest.mark.parametrize(
    ("written", "meant"),
    [("model", "student_model, current_model or teacher_model"), ("models", "student_model"), ("gpu", "gpus"),
     ("private", "data_must_stay"), ("calls", "calls_per_month"), ("budget", "budget_usd"), ("days", "needed_days")],
)  # fmt: skip
def test_a_name_that_is_no_fact_is_answered_with_what_may_be_meant(written: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        models.main(["--set", f"{written}=3"])
    assert meant in caught.value.why


def test_no_gpu_at_all_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    places = found(capsys, "gpus=none", "host=local", "student_model=Qwen/Qwen3-8B")
    assert "There is no GPU here" in places["local", "Qwen/Qwen3-8B"]["why"]


def test_names_from_the_users_file_reach_no_terminal_raw(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "catalogue.toml").write_text('[model."nebius/\\u001b[31mred\\u202e"]\nsource = "\\u001b]0;title\\u0007"\n')
    assert models.main([]) == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(capsys.readouterr().out)


def test_a_bad_file_of_the_users_is_a_sentence_and_nothing_heavy_is_imported(home: Path) -> None:
    code = (
        "import sys\nfrom advisor.__main__ import main\ncode = main(['models'])\n"
        "heavy = sorted({'litellm', 'dspy', 'openai', 'textual', 'duckdb', 'asyncio'} & set(sys.modules))\n"
        "sys.exit(', '.join(heavy) or code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (home / "catalogue.toml").write_text("[host.openai\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "catalogue.toml, line 1: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rented_gpu_is_reached_by_a_project_for_this_computer(capsys: pytest.CaptureFixture[str]) -> None:
    rented = found(capsys)["sky", ""]
    assert rented["standing"] == "depends"
    assert "--set host=sky" in rented["why"] and "`advisor run DIR --on sky`" in rented["why"]
    assert found(capsys, "data_must_stay=yes")["sky", ""]["standing"] == "refused"


def test_training_here_is_open_on_the_condition_of_what_this_computer_lacks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("platform.system", lambda: "Linux")
    here = found(capsys)["local", ""]
    assert here["standing"] == "depends" and "No NVIDIA GPU here: on the processor" in here["why"]
    assert found(capsys, "data_must_stay=yes")["practice", "practice-small"]["standing"] == "open"


def test_a_warning_is_wrapped_as_the_table_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "today", lambda: date(2027, 6, 1))
    assert models.main([]) == 0
    warned = [line for line in capsys.readouterr().err.splitlines() if "catalogue.toml" not in line]
    assert warned[0].startswith("! What I know of") and max(map(len, warned)) <= 79
