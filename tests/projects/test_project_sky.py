"""The task for a rented GPU: when it is written, what it says, and that no name can say more."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import renting, tuning
from advisor.domain.facts import Gpu
from advisor.domain.model_shape import commonly_known
from advisor.domain.plan import Host, Plan, Role, Tuning
from advisor.world import projects, templates
from advisor.world.project_folder import read_plan
from tests import hostile
from tests.domain.test_supposing import READY, case
from tests.projects.project_bench import make_plan, parts

yaml: Any = importlib.import_module("yaml")  # it comes with DSPy

OWN_GPU = Host(name="local", base_url=None, key_variable="ADVISED_API_KEY", upload_to="127.0.0.1", driver="local")
EVIL = 'x": !!python/object/apply:os.system ["id"]\n  run: evil $(id) `id` # \u2028\x1b[2J{{ 7*7 }}'


def local_plan(**changes: Any) -> Plan:
    return make_plan("gold_finetune", **{"host": OWN_GPU, "practice": False, **changes})


def write(plan: Plan, folder: Path) -> Path:
    return projects.write(plan, folder, parts(plan), templates.render)


def task_in(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((folder / "launch.sky.yaml").read_text("utf-8"))
    return told


def test_it_runs_the_projects_own_command_line(tmp_path: Path) -> None:
    task = task_in(write(local_plan(student=Role(model="local/Qwen/Qwen3-8B")), tmp_path / "p"))
    assert re.fullmatch(r"advised-tickets-[0-9a-f]{6}", task["name"]) and task["workdir"] == "."
    assert task["resources"]["accelerators"] == {"L40S": 1, "H100": 1, "A100-80GB": 1, "H200": 1}
    assert task["resources"]["use_spot"] and task["resources"]["autostop"] == {"idle_minutes": 10, "down": True}
    assert task["secrets"] == {"HF_TOKEN": ""}, "a public model starts without a token"
    assert re.fullmatch(r"advised-[0-9a-f]{16}", task["file_mounts"]["runs"]["name"])
    assert shlex.split(task["setup"])[2:] == [
        "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        *projects.REQUIREMENTS,
        *projects.DRIVER_REQUIREMENTS["local"],
    ]
    told = task["run"].splitlines()[-1]
    assert told == 'python optimize.py --resume-if-begun --run-dir "runs/$RUN"' and task["envs"]["RUN"]


def test_where_no_card_holds_the_model_several_of_a_kind_are_asked_for(tmp_path: Path) -> None:
    folder = write(local_plan(student=Role(model="local/meta-llama/Llama-3.3-70B-Instruct")), tmp_path / "p")
    assert task_in(folder)["resources"]["accelerators"] == {"L40S": 8, "H100": 4, "A100-80GB": 4, "H200": 2}
    assert task_in(folder)["resources"]["disk_size"] == 500
    assert "It takes one of L40S:8, H100:4" in (folder / "README.md").read_text("utf-8")


def test_its_flags_are_flags_of_the_command(tmp_path: Path) -> None:
    from advisor.kit.command import _parser

    words = shlex.split(task_in(write(local_plan(), tmp_path / "p"))["run"].splitlines()[-1])
    options = _parser("").parse_args(words[2:])
    assert options.resume_if_begun and not options.resume and not options.yes


def test_the_readme_says_what_costs_money_and_never_says_yes_for_the_user(tmp_path: Path) -> None:
    folder = write(local_plan(), tmp_path / "p")
    text, name = (folder / "README.md").read_text("utf-8"), task_in(folder)["name"]
    section = text.partition("## On a rented GPU")[2].partition("\n## ")[0]
    for words in (f"sky launch -c {name} launch.sky.yaml", "sky exec", "sky logs", "sky down", "costs money",
                  "sky storage delete", "--secret HF_TOKEN"):  # fmt: skip
        assert words in section
    commands = section.split("```")[1]
    assert "HF_TOKEN" not in commands and "Only a gated model" in section
    assert not re.search(r"\s(-y|--yes)\b", commands)


@pytest.mark.parametrize("plan", [make_plan("gold_finetune"), local_plan(stages=make_plan().stages)])
def test_where_no_gpu_of_ones_own_trains_none_is_rented(plan: Plan, tmp_path: Path) -> None:
    folder = write(plan, tmp_path / "p")
    assert not (folder / "launch.sky.yaml").exists() and not (folder / ".skyignore").exists()
    assert "sky" not in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("teacher", "names"),
    [
        (Role(model="openai/gpt-4o", elsewhere=True), ["OPENAI_API_KEY"]),
        (Role(model="ollama_chat/llama3.2", elsewhere=True), []),
        (Role(model="Qwen/Qwen3-32B"), []),
    ],
)
def test_a_teacher_brings_the_name_of_its_key_and_no_key(
    teacher: Role, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-AbCd_1234-efgh5678")
    folder = write(local_plan(teacher=teacher, prompt_model=teacher), tmp_path / "p")
    assert task_in(folder)["secrets"] == {"HF_TOKEN": "", **dict.fromkeys(names)}
    assert not hostile.leaks((folder / "launch.sky.yaml").read_text("utf-8"))


def test_runs_are_not_copied_to_the_machine(tmp_path: Path) -> None:
    assert (write(local_plan(), tmp_path / "p") / ".skyignore").read_text() == "runs/\n"


def test_a_hostile_name_says_nothing_more(tmp_path: Path) -> None:
    plain = task_in(write(local_plan(), tmp_path / "plain"))
    plan = local_plan(name=EVIL, title=EVIL, data_path=EVIL, student=Role(model=EVIL))
    text = (write(plan, tmp_path / "p") / "launch.sky.yaml").read_text("utf-8")
    task = yaml.safe_load(text)
    assert task.keys() == plain.keys() and (task["run"], task["setup"]) == (plain["run"], plain["setup"])
    assert re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", task["name"]) and not hostile.unseen(text)


@given(st.text(max_size=60) | hostile.hostile_text())
def test_every_name_makes_a_name_a_cloud_takes(name: str) -> None:
    rented = renting.rental(local_plan(name=name))
    assert rented and re.fullmatch(r"advised-[a-z0-9]([a-z0-9-]*[a-z0-9])?", rented.cluster)
    assert len(rented.cluster) <= 30 and re.fullmatch(r"[a-z0-9-]{3,63}", rented.bucket)


def test_two_projects_of_one_name_are_two_clusters() -> None:
    one, other = renting.rental(local_plan(data_path="a.csv")), renting.rental(local_plan(data_path="b.csv"))
    assert one and other and one.cluster != other.cluster and one.bucket != other.bucket


def test_two_projects_of_one_plan_are_two_clusters_wherever_they_are_moved(tmp_path: Path) -> None:
    plan = local_plan()
    one, other = write(plan, tmp_path / "a" / "p"), write(plan, tmp_path / "b" / "p")
    named = task_in(one)["name"], task_in(one)["file_mounts"]["runs"]["name"]
    assert named[0] != task_in(other)["name"] and named[1] != task_in(other)["file_mounts"]["runs"]["name"]
    assert write(plan, one) == one, "written again it is left as it is"
    moved = one.rename(tmp_path / "elsewhere")
    rented = renting.rental(read_plan(moved))
    assert rented and (rented.cluster, rented.bucket) == named
    assert f"sky launch -c {rented.cluster} " in (moved / "README.md").read_text("utf-8")


@pytest.mark.parametrize("model", ["/models/mine", "~/mine", "..\\mine", "C:\\models\\mine"])
def test_a_model_that_stays_here_rents_nothing(model: str, tmp_path: Path) -> None:
    folder = write(local_plan(student=Role(model=model)), tmp_path / "p")
    assert not (folder / "launch.sky.yaml").exists() and "sky" not in (folder / "README.md").read_text("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40) | hostile.hostile_text())
def test_a_yaml_string_holds_any_text(text: str) -> None:
    quoted = templates.yaml_string(text)
    assert quoted.isascii() and quoted.isprintable()
    assert yaml.safe_load(f"key: {quoted}") == {"key": text}


def test_the_disk_holds_the_model_and_what_is_made_of_it() -> None:
    assert renting.disk_for("nobody/knows", Tuning()) == renting.disk_for("Qwen/Qwen3-8B", Tuning()) == 200
    assert renting.disk_for("Qwen/Qwen3-8B", Tuning(method="full")) == 500


def cards_for(model: str, planned: Tuning) -> tuple[str, ...]:
    return tuple(map(str, renting.cards_for(model, planned)))


def test_the_cards_hold_the_model_at_its_planned_work() -> None:
    usual = Tuning()
    assert cards_for("Qwen/Qwen3-0.6B", usual)[0] == "L4"
    assert cards_for("Qwen/Qwen3-8B", usual)[0] == "L40S"
    assert cards_for("Qwen/Qwen3-8B", Tuning(method="qlora", batch=1))[0] == "L4"
    assert cards_for("Qwen/Qwen3-8B", Tuning(batch=8, max_length=8192))[0] == "H200"
    assert cards_for("Qwen/Qwen3-8B", Tuning(batch=8, accumulate=8, max_length=8192))[0] == "L40S", "one row at once"
    large = "huggingface/meta-llama/Llama-3.3-70B-Instruct"
    assert cards_for(large, Tuning(method="qlora")) == ("H100", "A100-80GB", "H200")
    assert cards_for(large, usual) == ("L40S:8", "H100:4", "A100-80GB:4", "H200:2"), "none holds it alone"
    assert cards_for(large, Tuning(method="full")) == ("H200",), "not even eight hold it"
    assert cards_for("nobody/knows", usual) == ("L4", "A10G", "L40S", "H100", "A100-80GB", "H200")


def test_a_model_that_several_rented_cards_hold_is_planned_to_be_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = case({**READY, "student_model": "a/huge-one", "gpus": (Gpu(name="T4", gib=15.0),)})
    facts = renting.on_a_rented_machine(facts)
    assert [gpu.name for gpu in facts.gpus()] == ["H200"] * 8
    large = commonly_known("Llama-3.3-70B-Instruct")
    assert large
    huge = large.model_copy(update={"shape": large.shape.model_copy(update={"layers": 4 * large.shape.layers})})
    for module in (tuning, renting):
        monkeypatch.setattr(module, "commonly_known", lambda name: huge)
    planned = tuning.tuning_for(facts)
    assert planned == tuning.SHARED_OUT, "by QLoRA no single card holds it"
    assert cards_for("a/huge-one", planned) == ("H200:8",)
