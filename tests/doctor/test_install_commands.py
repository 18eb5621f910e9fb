"""The command that installs an extra works for how the advisor was installed."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from advisor.domain import doctor
from advisor.domain.machine import Origin
from advisor.world.machine import packages
from tests.doctor.test_doctor import a_machine, lacks

PROGRAM = "dspy-finetune-advisor"


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, f'pip install "{PROGRAM}[local]"'),
        (Origin(place="/src/advisor", editable=True), 'pip install -e "/src/advisor[local]"'),
        (Origin(place="/src/the advisor"), 'pip install "/src/the advisor[local]"'),
        (Origin(place="/src/it's $HOME", editable=True), """pip install -e '/src/it'"'"'s $HOME[local]'"""),
        (Origin(place="git+https://host/a.git", folder=False), f'pip install "{PROGRAM}[local] @ git+https://host/a.git"'),
    ],
)  # fmt: skip
def test_an_extra_is_installed_from_where_the_advisor_came(origin: Origin | None, command: str) -> None:
    found = a_machine(packages={}, programs=("pip",), origin=origin)
    assert command in lacks(found, "local_lora").values()
    assert [one.command for one in doctor.missing_packages(found)] == [command]
    assert command in doctor.lacking_here(found)


def test_so_is_a_newer_version() -> None:
    found = a_machine(packages={}, programs=("pip",), origin=Origin(place="/src/advisor", editable=True))
    assert 'pip install --upgrade -e "/src/advisor"' in lacks(found, "prompt_optimization").values()


def test_skypilot_is_the_extra_with_the_cloud_beside_it() -> None:
    found = a_machine(packages={}, programs=("pip",))
    (route,) = [one for one in doctor.judge(found) if one.route == "skypilot"]
    assert [lack.command for lack in route.lacks] == [f'pip install "{PROGRAM}[sky]"']
    assert route.notes == ('with your cloud: pip install "skypilot[aws]"',)
    assert doctor.SKYPILOT.startswith(f'pip install "{PROGRAM}[sky]", with your cloud: pip install "skypilot[aws]"')


class Installed:
    """Stands for the record of how a program was installed."""

    def __init__(self, told: str | None) -> None:
        self.told = told

    def read_text(self, name: str) -> str | None:
        return self.told if name == "direct_url.json" else None


@pytest.mark.parametrize("editable", [True, False])
def test_the_folder_is_read_from_the_record_and_has_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, editable: bool
) -> None:
    folder = tmp_path / "a checkout"
    told = json.dumps({"url": folder.as_uri(), "dir_info": {"editable": True} if editable else {}})
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(told))
    assert packages.origin() is None
    folder.mkdir()
    assert packages.origin() == Origin(place=str(folder), editable=editable)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"url": "https://host/a-1.whl", "archive_info": {}}, "https://host/a-1.whl"),
        ({"url": "https://host/a.git", "vcs_info": {"vcs": "git", "commit_id": "0"}}, "git+https://host/a.git"),
    ],
)
def test_so_is_an_address(told: Any, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(json.dumps(told)))
    assert packages.origin() == Origin(place=place, folder=False)


@pytest.mark.parametrize(
    "told", [None, "", "null", "[]", "{", "{}", '{"url": 3, "dir_info": {}}', '{"url": "x", "dir_info": 1}']
)
def test_a_record_that_says_nothing_means_the_name(told: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(told))
    assert packages.origin() is None
