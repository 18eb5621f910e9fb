"""The advisor and the runs it writes take the same names for folders of this computer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from advisor.domain.model_shape import names_folder
from advisor.kit.preflight import _check_folders
from advisor.kit.stops import Stop
from advisor.world.machine.configs import no_model_in

FOLDERS = ("./mine", "../mine", "/no/such/mine", "~/no-such-mine", "\\\\server\\mine", ".\\mine")
OTHERS = ("Qwen/Qwen3-0.6B", "gpt-4.1-mini", "openai/gpt-4.1-mini", "ollama_chat/llama3")


def refused_by_a_run(name: str) -> bool:
    role = SimpleNamespace(model=name, elsewhere=False)
    roles: Any = SimpleNamespace(all=lambda: [role])
    try:
        _check_folders(roles)
    except Stop:
        return True
    return False


@pytest.mark.parametrize("name", [*FOLDERS, *OTHERS])
def test_a_name_is_a_folders_to_both_or_to_none(name: str) -> None:
    assert names_folder(name) == bool(no_model_in(name)) == refused_by_a_run(name) == (name in FOLDERS)
