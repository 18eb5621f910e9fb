"""What a project still needs is named as it is: the model, the price, and by an example that the host trains."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.hosts import HOSTS, example_student
from advisor.world import catalogue
from tests.session.test_plain import advisor

PRICES = ("student_price_in=1", "student_price_out=1", "student_price_training=1", "student_hosting_per_hour=4")


@pytest.mark.parametrize("host", sorted(set(HOSTS) - {"practice"}))
def test_the_example_of_a_model_is_one_the_host_trains(host: str) -> None:
    entry = catalogue.read().find(host, example_student(host))
    trained_there = [name for name in catalogue.read().model if name.startswith(f"{host}/")]
    assert entry is not None and entry.methods if trained_there else entry is None


def test_write_names_such_a_model(ticket_file: Path, tmp_path: Path) -> None:
    done = advisor("write", str(ticket_file), "--set", "host=nebius", "--out", str(tmp_path / "p"))
    assert done.returncode == 2 and f"--set student_model={example_student('nebius')}" in done.stderr


def test_the_price_that_is_not_known_is_the_one_that_is_asked_for(ticket_file: Path, tmp_path: Path) -> None:
    facts = ("host=together", "student_model=Qwen/Qwen3-8B", "budget_usd=20", "judge_model=mycorp/judge", *PRICES)
    told = [part for fact in facts for part in ("--set", fact)]
    done = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), "--route", "gold_finetune", *told)
    assert done.returncode == 2 and "what mycorp/judge costs is not known" in done.stderr
    assert "--set judge_price_in=" in done.stderr and "student_price" not in done.stderr
