"""A model that is a folder of this computer is looked for before anybody is asked for a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.running import read_plan
from advisor.session import Session
from advisor.startable import lacks
from advisor.world import machine
from advisor.world.machine.configs import no_model_in
from tests.session.test_plain import advisor
from tests.session.test_rented import local_plan, write
from tests.session.test_session import READY, said, talk


def test_a_folder_is_a_model_where_it_has_a_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert no_model_in("Qwen/Qwen3-0.6B") == ""
    assert "there is no such folder" in no_model_in("./mine")
    (tmp_path / "mine").mkdir()
    assert "it has no config.json" in no_model_in("./mine")
    (tmp_path / "mine" / "config.json").write_text("{}")
    assert no_model_in("./mine") == no_model_in(str(tmp_path / "mine")) == ""
    for strange in ("~nobody-of-that-name/x", "./" + "x" * 5000, "./\0"):
        assert "no such folder" in no_model_in(strange)


def test_a_home_of_nobody_is_written_as_it_was_named(tmp_path: Path) -> None:
    plan = local_plan()
    nobody = plan.student.model_copy(update={"model": "~nobody-of-that-name/x"})
    assert read_plan(write(plan.model_copy(update={"student": nobody}), tmp_path)).student.model == nobody.model


def test_run_and_write_say_it_before_the_yes(tmp_path: Path, ticket_file: Path) -> None:
    plan = local_plan()
    project = write(plan.model_copy(update={"student": plan.student.model_copy(update={"model": "./gone"})}), tmp_path)
    done = advisor("run", str(project), "--yes")
    assert done.returncode == 2 and "/gone is not the folder of a model: there is no such folder" in done.stderr
    assert not (project / "runs").exists()
    told = ("host=local", "student_model=./gone", "prompt_optimization=optimized", "optimized_score=0.7",
            "target_score=0.9")  # fmt: skip
    facts = [part for fact in told for part in ("--set", fact)]
    written = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *facts)
    assert written.returncode == 0 and "! It cannot start here yet: ./gone is not the folder" in written.stderr


async def test_the_conversation_offers_no_run_without_it(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "this computer", "./gone")
    assert step.phase == "asking" and "./gone is not the folder of a model" in said(step)
    assert session.plan is not None
    assert any("./gone" in told for told in lacks(session.plan, machine.look()))
    await session.close()
