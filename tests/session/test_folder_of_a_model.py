"""A model that is a folder of this computer is looked for before anybody is asked for a yes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.held_here import too_large
from advisor.domain.pace import pace_for, pace_of
from advisor.lookup import with_looked_up
from advisor.running import read_plan
from advisor.session import Session
from advisor.startable import lacks
from advisor.world import machine
from advisor.world.machine.configs import no_model_in
from tests.session.test_plain import advisor
from tests.session.test_rented import local_plan, write
from tests.session.test_session import READY, said, talk


def test_a_folder_is_a_model_where_it_has_a_config_weights_and_a_tokenizer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert no_model_in("Qwen/Qwen3-0.6B") == ""
    assert "there is no such folder" in no_model_in("./mine")
    (tmp_path / "mine").mkdir()
    assert "it has no config.json" in no_model_in("./mine")
    (tmp_path / "mine" / "config.json").write_text("{}")
    assert "it has no weights (`*.safetensors`)" in no_model_in("./mine")
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"")
    assert "it has no tokenizer" in no_model_in("./mine")
    (tmp_path / "mine" / "tokenizer.json").write_text("{}")
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


CONFIG = {"hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8,
          "head_dim": 128, "intermediate_size": 12288, "vocab_size": 151936, "tie_word_embeddings": False}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    (made / "config.json").write_text(json.dumps(CONFIG))
    return made


def known(model: Path) -> Facts:
    told: dict[FactName, FactValue] = {"host": "local", "student_model": str(model), "gpus": (), "usable_examples": 700}
    return with_looked_up(Facts().learn(*(Fact(name=n, value=v, source=Source.told) for n, v in told.items())))


def test_its_size_is_counted_in_its_config(folder: Path) -> None:
    facts = known(folder)
    assert facts.number("student_weights") == pytest.approx(8.19e9, rel=0.01)
    refused = too_large(str(folder), facts)
    assert refused is not None and "training mine, 8.2 billion weights, on a processor" in refused.why
    assert pace_for(facts, str(folder)) == pace_of(facts.number("student_weights") or 0)


def test_a_config_that_does_not_tell_leaves_the_size_of_the_files(folder: Path) -> None:
    (folder / "config.json").write_text("{}")
    assert known(folder).number("student_weights") is None
    with (folder / "model-1.safetensors").open("wb") as file:
        file.truncate(1_200_000_000)
    facts = known(folder)
    assert facts.number("student_weights") == 600_000_000 and too_large(str(folder), facts) is None
