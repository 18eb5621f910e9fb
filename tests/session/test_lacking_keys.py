"""Keys and addresses a run lacks are named all at once, before anybody is asked for a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.conversation import Planned
from advisor.domain.hosts import HOSTS
from advisor.domain.lacking_to_start import cannot_start
from advisor.domain.machine import Graphics, Machine
from advisor.domain.plan import Plan, Role, RunRoute
from advisor.replaying import replay
from advisor.session import Session
from advisor.world import machine
from tests.projects.project_bench import make_plan
from tests.session.test_plain import advisor
from tests.session.test_rented import write
from tests.session.test_session import READY, talk

CLAUDE = Role(model="anthropic/claude-sonnet-4-5", price_in=3.0, price_out=15.0, elsewhere=True)
OWN = Role(model="some/model", price_in=0.1, price_out=0.1, train_price=1.0)


def bare(**told: object) -> Machine:
    return Machine(python="3.12", system="Linux x86_64", keys=(), graphics=Graphics(), packages={}).model_copy(
        update=told
    )


def at(host: str, route: RunRoute = "gold_finetune") -> Plan:
    return make_plan(
        route, host=HOSTS[host].host, practice=False, student=OWN, prompt_model=CLAUDE, judge=CLAUDE,
        optimizer="mipro_light",
    )  # fmt: skip


def test_all_keys_are_named_at_once_with_whose_they_are() -> None:
    (told,) = cannot_start(at("nebius"), bare())
    assert "NEBIUS_API_KEY (Nebius Token Factory) and ANTHROPIC_API_KEY (Anthropic) are not set." in told
    assert told.endswith("First run: export NEBIUS_API_KEY=… ANTHROPIC_API_KEY=…")
    assert "are not set" not in cannot_start(at("nebius"), bare(keys=("NEBIUS_API_KEY",)))[0]
    assert not cannot_start(at("nebius"), bare(keys=("NEBIUS_API_KEY", "ANTHROPIC_API_KEY")))


def test_a_host_that_the_environment_names_wants_a_key_of_its_own_and_one_on_this_computer_none() -> None:
    keys = ("NEBIUS_API_KEY", "ANTHROPIC_API_KEY")
    (told,) = cannot_start(at("nebius"), bare(keys=keys, host_named="models.example.com"))
    assert "ADVISED_API_KEY (models.example.com) is not set" in told
    assert not cannot_start(at("nebius"), bare(keys=keys[1:], host_named="127.0.0.1"))
    assert not cannot_start(at("nebius"), bare(keys=("ADVISED_API_KEY", *keys[1:]), host_named="models.example.com"))


def test_an_address_that_only_the_environment_has_is_wanted_too() -> None:
    (told,) = cannot_start(at("other"), bare(keys=("ANTHROPIC_API_KEY",)))
    assert all(name in told for name in ("ADVISED_BASE_URL", "ADVISED_UPLOAD_TO", "ADVISED_API_KEY"))
    there = bare(keys=("ANTHROPIC_API_KEY", "ADVISED_API_KEY"), host_named="a.example", settings=("ADVISED_BASE_URL",))
    assert "ADVISED_UPLOAD_TO (the host name" in cannot_start(at("other"), there)[0]
    assert not any("ADVISED_UPLOAD_TO" in told for told in cannot_start(at("other", "prompt_optimization"), there))


def test_together_wants_its_package_beside_its_key() -> None:
    told = cannot_start(at("together"), bare(keys=("ANTHROPIC_API_KEY",)))
    assert len(told) == 2 and "[together]" in told[0] and "TOGETHER_API_KEY" in told[1]


def test_the_key_of_every_host_a_project_trains_at_is_looked_for() -> None:
    wanted = {known.host.key_variable for known in HOSTS.values() if known.drivable}
    assert wanted <= set(machine.KEYS)


def test_practice_lacks_nothing() -> None:
    assert not cannot_start(make_plan("distillation"), bare())


def test_run_names_them_before_the_yes(tmp_path: Path) -> None:
    project = write(at("nebius"), tmp_path)
    done = advisor("run", str(project), "--yes")
    assert done.returncode == 2 and not (project / "runs").exists() and "Models:" not in done.stderr
    assert "NEBIUS_API_KEY" in done.stderr and "ANTHROPIC_API_KEY" in done.stderr
    assert f"`advisor run {project} --yes` starts it then." in done.stderr


def test_what_starts_it_then_is_the_command_that_was_given(tmp_path: Path) -> None:
    project = write(at("nebius"), tmp_path / "my rows")
    given = ("--budget", "5.25", "--limit", "20", "--resume", "--train-again", "--yes", "--json")
    done = advisor("run", str(project), *given)
    assert done.returncode == 2 and f"`advisor run '{project}' {' '.join(given)}` starts it then." in done.stderr
    assert f"`advisor run '{project}' --budget 0` starts" in advisor("run", str(project), "--budget", "0").stderr


TOLD = (*READY[:-1], "nebius", "some/model", "input price 0.1, output price 0.1, training price 1", "skip")


async def test_a_conversation_asks_for_a_yes_only_where_it_can_start_and_a_replay_does_as_it_did(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in machine.KEYS:
        monkeypatch.delenv(name, raising=False)
    session = Session(ticket_file, kept_in=tmp_path / "kept")
    step = await talk(session, *TOLD)
    assert step.phase == "asking" and "NEBIUS_API_KEY (Nebius Token Factory) is not set" in step.messages[-1].text
    assert "y / n" not in session.consent and any(
        isinstance(event, Planned) and event.lacks for event in session.events
    )
    await session.reply("yes")
    await session.close()
    (kept,) = (tmp_path / "kept").rglob("*.jsonl")
    monkeypatch.setenv("NEBIUS_API_KEY", "k")
    assert await replay(kept, tmp_path / "again") == []
    other = Session(ticket_file)
    step = await talk(other, *TOLD)
    assert step.phase == "offering" and step.messages[-1].text == other.consent and "y / n" in other.consent
    await other.close()
