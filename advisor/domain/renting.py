"""A rented GPU for a project that trains on a GPU of one's own: which cards do, and what things there are called."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from typing import NamedTuple

from advisor.domain import fit, sharing
from advisor.domain.facts import Fact, Facts, Gpu, Source
from advisor.domain.fit import Method, Work
from advisor.domain.model_shape import commonly_known
from advisor.domain.plan import Plan, Tuning
from advisor.domain.providers import keys_of
from advisor.domain.sharing import COUNTS, Cards

TOO_SMALL = ("T4",)
"""It has no bfloat16, and what it saves an hour it takes in hours."""
LIKELY_ROW = 512
"""Tokens of the longest row where the plan names no limit: one text to label, with its prompt."""
LEAST_DISK = 200
"""GB; room for the packages and a model of a few billion weights."""
LONGEST = 15
"""Letters of the name in that of the cluster: with what stands around them, as many as every cloud takes."""


class Rental(NamedTuple):
    """What the SkyPilot task of a project names."""

    cluster: str
    bucket: str
    cards: tuple[Cards, ...]
    """Any of them will do."""
    secrets: tuple[str, ...]
    """Names of variables; their values are given at the launch and stand in no file."""
    keys: tuple[str, ...]
    """Those of them that a run cannot do without."""
    disk_gb: int
    """For the model, what is made of it, and its checkpoints."""


def rental(plan: Plan) -> Rental | None:
    """Return how to rent a GPU for a plan, or None where none would be of use, or a model cannot be copied there."""
    trains = bool({"train", "gold", "together"} & set(plan.stages))
    if plan.host.driver != "local" or not (trains or plan.rented) or models_left_behind(plan):
        return None
    # The names of buckets are one list for the whole cloud, and some words are forbidden in them. Two projects of one
    # name are two clusters: on one, the second would take the place of the first.
    told = plan.own or plan.model_dump_json()
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
    keys = keys_of(plan)
    return Rental(
        cluster=f"advised-{_plain(plan.name)}-{digest[:6]}",
        bucket=f"advised-{digest}",
        cards=cards_for(plan.student.model, plan.tuning or Tuning()),
        secrets=tuple(dict.fromkeys(("HF_TOKEN", *keys))),
        keys=keys,
        disk_gb=disk_for(plan.student.model, plan.tuning or Tuning()),
    )


def models_left_behind(plan: Plan) -> list[str]:
    """Return the models that are folders of this computer outside the project: a rented machine has only the latter."""
    named = [role.model for _, role in plan.roles if not role.elsewhere and is_folder_elsewhere(role.model)]
    return list(dict.fromkeys(named))


def is_folder_elsewhere(model: str) -> bool:
    """Say whether a model's name is a path that leads out of the folder a project lies in."""
    inside = posixpath.normpath(model.replace("\\", "/"))
    return inside == ".." or inside.startswith(("/", "~", "../")) or re.match(r"[A-Za-z]:/", inside) is not None


def on_a_rented_machine(facts: Facts) -> Facts:
    """Return the facts as if the largest machine there is to rent stood here, with all its cards."""
    gib, names = max(fit.CARDS)
    cards = (Gpu(name=names[0], gib=gib),) * max(COUNTS)
    return facts.without("gpus").learn(Fact(name="gpus", value=cards, source=Source.assumed, evidence="to be rented"))


def cards_for(model: str, tuning: Tuning) -> tuple[Cards, ...]:
    """Return the cards that hold a model, several of a kind where none does; of an unknown one all worth trying."""
    every = tuple(Cards(name) for _, names in fit.CARDS for name in names if name not in TOO_SMALL)
    known = commonly_known(model.rpartition("/")[2])
    if known is None:
        return every
    at_once = max(1, tuning.batch // tuning.accumulate)
    work = Work(context=tuning.max_length or LIKELY_ROW, batch=at_once, rank=tuning.rank)
    # What the kit takes where it may choose.
    method: Method = "lora" if tuning.method == "auto" else tuning.method
    held = tuple(map(Cards, fit.cards(known.shape, method, work)))
    if not held and not fit.cards(known.shape, method, work._replace(batch=1)):
        held = sharing.sets(known.shape, method, work)
    return tuple(cards for cards in held if cards.name not in TOO_SMALL) or every[-1:]


def disk_for(model: str, tuning: Tuning) -> int:
    """Return the disk a training wants: what takes several cards to train fills the usual one."""
    known = commonly_known(model.rpartition("/")[2])
    if known is None:
        return LEAST_DISK
    # The base, the model made of it and its copy on the way to the bucket; of all weights three checkpoints as well.
    bytes_each = 6 + (48 if tuning.method == "full" else 0)
    return max(LEAST_DISK, -(-round(known.shape.parameters * bytes_each / 1e9 + 50) // 100) * 100)


def _plain(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[:LONGEST].strip("-") or "project"
