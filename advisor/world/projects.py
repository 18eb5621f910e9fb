"""Write the project that carries a plan out: a folder of its own that needs no advisor."""

from __future__ import annotations

import contextlib
import json
import keyword
import re
import shutil
import tempfile
import unicodedata
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from advisor.domain.plan import Driver, Plan
from advisor.domain.preflight import TO_THE_HUB
from advisor.domain.providers import beside_the_host
from advisor.domain.renting import models_left_behind, rental
from advisor.domain.route_words import STAGE_WORDS
from advisor.errors import UsageError

PACKAGE = Path(__file__).parent.parent
KIT = PACKAGE / "kit"
CARRIED_ALONG = ("calls.py", "loopback.py", "reviewed.py", "statistics.py", "verdict.py")
"""Modules of the domain that the kit uses; plain Python, so they travel as they are."""

OWN_IMPORT = re.compile(r"^(\s*(?:from|import)\s+)advisor\.(?:kit|domain)\b", re.MULTILINE)
REQUIREMENTS = ("dspy[optuna]>=3.4.1,<3.5", "openai>=2.54,<3")
DRIVER_REQUIREMENTS: Mapping[Driver, tuple[str, ...]] = {
    "openai": (),
    "together": ("together>=3.1,<4",),
    "local": (
        "torch>=2.8",
        "transformers[serving]>=5.20,<6",
        "trl>=1.16,<2",
        "peft>=0.21,<1",
        "accelerate>=1.15,<2",
        "bitsandbytes>=0.45; sys_platform == 'linux'",
    ),
}
"""What training there needs besides; the extras of the same names in `pyproject.toml`."""
TEMPLATES = ("program.py", "optimize.py", "serve.py", "README.md")
RENTED = "launch.sky.yaml"
"""Only beside what trains on a GPU of the user's own: elsewhere a rented one would stand idle."""
STAYS = "runs/\n"
"""What is not copied to a rented machine: a bucket takes its place there, which has to be empty."""
PARTS = ("train", "dev", "test")
PLAN = "plan.json"

TRAINED = {"train": "tuned", "gold": "gold", "together": "together"}
"""What the program is called that a stage trains."""

LONGEST_NAME = 40
MEANINGFUL = """
    self cls inputs labels keys values items get copy without with_inputs instructions signature fields input_fields
    output_fields demos config lm n prediction completions reasoning completed trace traces score feedback
    json dict schema construct validate register insert append prepend delete equals dump_state load_state
    with_instructions with_updated_fields new_signature rollout_id temperature max_tokens
    str int bool float list type dspy program
"""
TAKEN = frozenset(MEANINGFUL.split())
"""Names that mean something else to DSPy, to pydantic or in `program.py`."""

Render = Callable[..., str]
Row = Mapping[str, str]


def write(plan: Plan, folder: Path, split: Mapping[str, Iterable[Row]], render: Render) -> Path:
    """Write the project into `folder` and return it; `split` holds the rows of train, dev and test.

    Labels are written with even spacing, in the rows as in the plan; two that then read the same become one.
    The folder appears whole or not at all. Written again from the same plan and rows it is left as it is, with
    what the user has changed in it.

    Raises:
        UsageError: the folder holds something else or cannot be written.
    """
    plan, rows = _with_even_labels(_with_found_models(plan), split)
    plan = _of_its_own(plan, folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name[:LONGEST_NAME]}-", dir=folder.parent))
        try:
            _fill(unfinished, plan, rows, render)
            if _has_files(folder):
                _require_same(folder, unfinished)
                return folder
            if folder.exists():
                folder.rmdir()
            unfinished.chmod(0o755)
            unfinished.replace(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            f"I could not write the project to {folder}.", f"{error.strerror or error}.", "Choose another folder."
        ) from error
    return folder


def _with_found_models(plan: Plan) -> Plan:
    """Name folders of models by their whole path: the project is run from a folder of its own.

    Raises:
        UsageError: it is run on a machine that has no such folder.
    """
    if plan.host.driver != "local":
        return plan
    roles = {"student": plan.student, "teacher": plan.teacher, "prompt_model": plan.prompt_model, "judge": plan.judge}
    found = plan.model_copy(update={
        name: role.model_copy(update={"model": _found(role.model)})
        for name, role in roles.items() if role and not role.elsewhere
    })  # fmt: skip
    if plan.rented and (left := models_left_behind(found)):
        raise UsageError(
            f"{left[0]} is a folder of this computer.",
            "A rented machine gets the project and nothing else.",
            TO_THE_HUB,
        )
    return found


def _of_its_own(plan: Plan, folder: Path) -> Plan:
    """Give a project that may be taken to a cloud what tells it from every other there; written again it keeps it."""
    if rental(plan) is None:
        return plan
    with contextlib.suppress(OSError, ValueError, AttributeError):
        told = json.loads((folder / PLAN).read_text("utf-8")).get("own")
        if isinstance(told, str) and told:
            return plan.model_copy(update={"own": told})
    return plan.model_copy(update={"own": f"{folder.name[:LONGEST_NAME]} {uuid.uuid4().hex}"})


def _found(model: str) -> str:
    try:
        path = Path(model).expanduser()
        return str(path.resolve()) if model.startswith((".", "~")) or path.is_dir() else model
    except (OSError, ValueError, RuntimeError):
        # A home of nobody, or a name too long for a folder's: nothing is there.
        return model


def _with_even_labels(plan: Plan, split: Mapping[str, Iterable[Row]]) -> tuple[Plan, dict[str, list[Row]]]:
    """Otherwise a model would be trained on one text and could only answer another."""
    field = plan.task.label_field
    rows: dict[str, list[Row]] = {part: [{**row, field: _even(row[field])} for row in split[part]] for part in PARTS}
    labels = tuple(dict.fromkeys(map(_even, plan.task.labels)))
    gates = plan.gates
    counts = Counter(row[field] for part in rows.values() for row in part)
    if len(labels) < len(plan.task.labels) and counts:
        gates = gates.model_copy(update={"chance_score": max(counts.values()) / counts.total()})
    task = plan.task.model_copy(update={"labels": labels})
    return plan.model_copy(update={"task": task, "gates": gates}), rows


def _even(label: str) -> str:
    return " ".join(label.split())


def _has_files(folder: Path) -> bool:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "There is a file of that name")
    return folder.is_dir() and any(folder.iterdir())


def _require_same(folder: Path, wanted: Path) -> None:
    names = [PLAN, *(f"data/{part}.jsonl" for part in PARTS)]
    if not (folder / PLAN).is_file():
        raise UsageError(
            f"{folder} is not empty.", "I write a project into a folder of its own.", "Choose another folder."
        )
    if any(_content(folder / name) != _content(wanted / name) for name in names):
        raise UsageError(
            f"{folder} holds the project of another plan or other rows.", "I never write over a project.",
            "Choose another folder, or remove that one.",
        )  # fmt: skip


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _fill(folder: Path, plan: Plan, split: Mapping[str, Iterable[Row]], render: Render) -> None:
    names = identifiers([*plan.task.input_fields, plan.task.label_field])
    values = _values(plan, names)
    for name in TEMPLATES:
        (folder / name).write_text(render(f"project/{name}", **values), encoding="utf-8", newline="\n")
    if values["rental"]:
        (folder / RENTED).write_text(render(f"project/{RENTED}", **values), encoding="utf-8", newline="\n")
        (folder / ".skyignore").write_text(STAYS, encoding="utf-8", newline="\n")
    (folder / PLAN).write_text(plan.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")
    (folder / "data").mkdir()
    for part in PARTS:
        lines = "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in split[part])
        (folder / "data" / f"{part}.jsonl").write_bytes(lines.encode("utf-8", "replace"))
    _copy_kit(folder / "kit")


def _copy_kit(target: Path) -> None:
    """Copy the kit; only its import lines change, from `advisor.kit` and `advisor.domain` to `kit`."""
    sources = [(path, path.relative_to(KIT)) for path in sorted(KIT.rglob("*.py"))]
    sources += [(PACKAGE / "domain" / name, Path(name)) for name in CARRIED_ALONG]
    for source, place in sources:
        destination = target / place
        destination.parent.mkdir(parents=True, exist_ok=True)
        text = OWN_IMPORT.sub(r"\1kit", source.read_text("utf-8"))
        destination.write_text(text, encoding="utf-8", newline="\n")


def _values(plan: Plan, names: dict[str, str]) -> dict[str, object]:
    """Return what the templates print."""
    task, driver = plan.task, plan.host.driver
    trained = [candidate for stage, candidate in TRAINED.items() if stage in plan.stages]
    return {
        "requirements": REQUIREMENTS + (DRIVER_REQUIREMENTS[driver] if plan.serves_here or driver != "local" else ()),
        "route": plan.route,
        "title": plan.title,
        "name": plan.name,
        "stages": plan.stages,
        "stage_words": STAGE_WORDS,
        "trains": bool(trained),
        "trained": next(iter(trained), None),
        "all_trained": trained,
        "optimizer": plan.optimizer,
        "reasoning": plan.reasoning,
        "prompts_elsewhere": plan.prompts_elsewhere,
        "practice": plan.practice,
        "instruction": task.instruction,
        "inputs": {names[field]: field for field in task.input_fields},
        "label": (names[task.label_field], task.label_field),
        "described": {ours: described(ours, theirs) for theirs, ours in names.items()},
        "labels": task.labels,
        "fold_case": len({label.casefold() for label in task.labels}) == len(task.labels),
        "rows": {part: getattr(plan.split, part) for part in PARTS},
        "host": plan.host,
        "serves_here": plan.serves_here,
        "student": plan.student.model,
        "teacher": plan.teacher and plan.teacher.model,
        "judge": plan.judge and plan.judge.model,
        "gates": plan.gates,
        "budget": plan.budget_usd,
        "rental": rental(plan),
        "beside": beside_the_host(plan),
    }


def identifiers(fields: Iterable[str]) -> dict[str, str]:
    """Return a Python name for every field, readable where the field is, and no two the same."""
    names: dict[str, str] = {}
    for number, field in enumerate(fields, start=1):
        name = _readable(field) or f"field_{number}"
        if name in TAKEN or keyword.iskeyword(name) or keyword.issoftkeyword(name) or name.startswith("model_"):
            name = f"{name}_field"
        taken, plain, copy = set(names.values()), name, 1
        while name in taken:
            copy += 1
            name = f"{plain}_{copy}"
        names[field] = name
    return names


def _readable(field: str) -> str:
    """Return the letters and digits of a field that ASCII has, joined by `_`; empty when there are none."""
    letters = unicodedata.normalize("NFKD", field.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST_NAME].strip("_")
    if not words or words.isdigit():
        return ""
    return words if words[0].isalpha() else f"field_{words}"


def described(name: str, field: str) -> str:
    """Return what a model should read for a field whose name in the program says less; empty when it says all.

    Brackets and signs stay out: `[[ ## answer ## ]]` would look like DSPy's own marks.
    """
    words = " ".join(re.sub(r"[^\w.,;:?'()/&%-]+", " ", field).split())
    return "" if words.casefold().replace("_", " ") == name.replace("_", " ") else words
