"""What a host wants of the environment is named where hosts are offered: in the question and in `advisor models`."""

from __future__ import annotations

import pytest

from advisor import asking
from advisor.commands import models
from advisor.domain.facts import Facts
from advisor.world import machine

WANTED = {
    "nebius": ("NEBIUS_API_KEY",),
    "together": ("TOGETHER_API_KEY",),
    "foundry": ("ADVISED_BASE_URL", "ADVISED_UPLOAD_TO", "AZURE_OPENAI_API_KEY"),
    "other": ("ADVISED_BASE_URL", "ADVISED_UPLOAD_TO", "ADVISED_API_KEY"),
}
ALL = tuple(dict.fromkeys(name for names in WANTED.values() for name in names))


def labels(environment: dict[str, str], *, trains: bool = True) -> dict[str, str]:
    found = asking.answers("host", Facts(), None, machine=machine.look(environment), trains=trains)
    return {answer.value: answer.label for answer in found}


@pytest.mark.parametrize("host", WANTED)
def test_the_question_names_what_is_not_set(host: str) -> None:
    assert all(name in labels({})[host] for name in WANTED[host])
    half = labels({name: "https://models.example.com" for name in WANTED[host][:-1]})
    assert half[host].endswith(f"({WANTED[host][-1]} is not set)")
    rest = labels({name: "https://models.example.com" for name in WANTED[host]})
    assert "not set" not in rest[host]


def test_what_needs_no_key_names_none() -> None:
    found = labels({})
    assert all("not set" not in found[host] for host in ("practice", "local", "sky"))


def test_where_nothing_is_trained_no_rows_are_uploaded() -> None:
    assert "ADVISED_UPLOAD_TO" not in labels({}, trains=False)["foundry"]


def test_the_table_of_models_names_what_each_host_needs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ALL:
        monkeypatch.delenv(name, raising=False)
    models.main([])
    told = " ".join(capsys.readouterr().out.split())
    assert "Nebius Token Factory (needs NEBIUS_API_KEY)" in told
    assert "needs ADVISED_BASE_URL, ADVISED_UPLOAD_TO and AZURE_OPENAI_API_KEY)" in told
    assert "one H100; needs TOGETHER_API_KEY)" in told
    monkeypatch.setenv("NEBIUS_API_KEY", "k")
    models.main([])
    assert "needs NEBIUS_API_KEY" not in capsys.readouterr().out
