"""SkyPilot's own parser reads the task of a generated project; it asks no network and starts nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.domain.plan import Role, RunRoute
from tests.projects.test_project_sky import EVIL, OWN_GPU, local_plan, write

sky: Any = pytest.importorskip("sky", reason='SkyPilot is not installed: pip install "skypilot>=0.14,<0.15"')

ROUTES: tuple[RunRoute, ...] = ("bootstrap_finetune", "gold_finetune", "distillation", "better_together")


@pytest.mark.parametrize("route", ROUTES)
def test_skypilot_reads_the_task_of_every_route_that_trains(route: RunRoute, tmp_path: Path) -> None:
    from tests.projects.project_bench import make_plan

    plan = make_plan(route, host=OWN_GPU, practice=False, student=Role(model="local/Qwen/Qwen3-8B"))
    folder = write(plan, tmp_path / "p")
    task = sky.Task.from_yaml(str(folder / "launch.sky.yaml"))
    assert task.name.startswith("advised-tickets-") and "optimize.py" in task.run and "pip install" in task.setup
    assert {next(iter(one.accelerators)) for one in task.resources} == {"L40S", "H100", "A100-80GB", "H200"}
    for one in task.resources:
        assert one.use_spot and one.autostop_config.enabled and one.autostop_config.down
    (mounted,) = task.storage_mounts.items()
    assert mounted[0] == "runs" and mounted[1].mode.value == "MOUNT_CACHED"


def test_skypilot_reads_several_cards_of_a_kind(tmp_path: Path) -> None:
    folder = write(local_plan(student=Role(model="local/meta-llama/Llama-3.3-70B-Instruct")), tmp_path / "p")
    task = sky.Task.from_yaml(str(folder / "launch.sky.yaml"))
    asked = [card for one in task.resources for card in one.accelerators.items()]
    assert sorted(asked) == [("A100-80GB", 4), ("H100", 4), ("H200", 2), ("L40S", 8)]


def test_skypilot_takes_the_names_of_a_hostile_plan(tmp_path: Path) -> None:
    folder = write(local_plan(name=EVIL, title=EVIL), tmp_path / "p")
    task = sky.Task.from_yaml(str(folder / "launch.sky.yaml"))
    sky.utils.common_utils.check_cluster_name_is_valid(task.name)


def test_skypilot_would_have_refused_a_misspelt_field(tmp_path: Path) -> None:
    path = write(local_plan(), tmp_path / "p") / "launch.sky.yaml"
    path.write_text(path.read_text().replace("accelerators:", "acelerators:"))
    with pytest.raises(Exception, match="accelerators"):
        sky.Task.from_yaml(str(path))
