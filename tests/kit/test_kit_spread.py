"""How one training is spread over the graphics processors there are, and what is refused in words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.kit.hosts.local import Local
from advisor.kit.journal import Journal
from advisor.kit.local import checkpoints, workers
from advisor.kit.local import spread as spreading
from advisor.kit.local.job import Job, make_job
from advisor.kit.local.ranks import own_share
from advisor.kit.local.rows import Unusable
from advisor.kit.local.spread import Card, Spread, portion, spread
from tests.waiting import linux

LARGE, SMALL = Card("H100", 80 * 2**30), Card("T4", 15 * 2**30)
SEVEN = 7_000_000_000


def spread_of(found: list[Card], begun: bool | None = None, **settings: Any) -> Spread:
    return spread(Job("m", **settings), found, lambda: SEVEN, begun)


@linux
@pytest.mark.parametrize(
    ("found", "settings", "expected"),
    [
        ([], {}, Spread(1)),
        ([], {"processes": 2}, Spread(2)),
        ([LARGE], {}, Spread(1)),
        ([LARGE] * 4, {}, Spread(4, False, (0, 1, 2, 3))),
        ([LARGE] * 3, {}, Spread(2, False, (0, 1))),
        ([LARGE] * 3, {"batch": 9}, Spread(3, False, (0, 1, 2))),
        ([SMALL, LARGE, SMALL, LARGE], {}, Spread(2, False, (1, 3))),
        ([SMALL] * 8 + [LARGE], {}, Spread(1, False, (8,))),
        ([SMALL] * 4, {}, Spread(4, True, (0, 1, 2, 3))),
        ([SMALL] * 4, {"method": "qlora"}, Spread(4, False, (0, 1, 2, 3))),
        ([LARGE] * 2, {"method": "full"}, Spread(2, True, (0, 1))),
        ([LARGE] * 2, {"sharded": True}, Spread(2, True, (0, 1))),
        ([SMALL] * 2, {"sharded": False}, Spread(2, False, (0, 1))),
        ([LARGE] * 4, {"processes": 1}, Spread(1, False, (0,))),
    ],
)  # fmt: skip
def test_all_cards_of_one_kind_train_and_share_weights_out_where_one_cannot_hold_them(
    found: list[Card], settings: dict[str, Any], expected: Spread
) -> None:
    assert spread_of(found, **settings) == expected


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"processes": 3}, "8 rows cannot be shared out among 3"),
        ({"processes": 0}, "cannot be shared out among 0"),
        ({"processes": 4}, "there are 2 GPUs of one kind"),
        ({"sharded": True, "method": "qlora"}, "QLoRA keeps a whole copy on every GPU"),
        ({"sharded": True, "processes": 1}, "two processes or more"),
    ],
)
def test_what_cannot_be_spread_is_refused_in_words(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(Unusable, match=said) as refused:
        spread_of([LARGE, LARGE], **settings)
    assert "plan.json" in refused.value.try_this or "computer" in refused.value.try_this


@linux
def test_a_training_goes_on_as_it_began_and_is_refused_where_it_cannot() -> None:
    assert spread_of([LARGE] * 2, begun=True).sharded
    assert not spread_of([SMALL] * 2, begun=False).sharded
    assert spread_of([LARGE], begun=False) == Spread(1)
    for begun in (True, False):
        found, settings = [LARGE] * 2, {"sharded": not begun}
        with pytest.raises(Unusable, match="checkpoints of this training") as refused:
            spread_of(found, begun, **settings)
        assert f"sharded {str(begun).lower()}" in refused.value.try_this
        assert spread_of(found, begun, sharded=begun).sharded == begun, "what is told to try is taken"


@pytest.mark.parametrize("settings", [{}, {"sharded": True}, {"sharded": False}, {"processes": 1}])
def test_weights_that_were_shared_out_want_two_gpus_again(settings: dict[str, Any]) -> None:
    found = [LARGE] * (2 if "processes" in settings else 1)
    with pytest.raises(Unusable, match="checkpoints of this training") as refused:
        spread_of(found, True, **settings)
    assert "two GPUs of one kind" in refused.value.try_this and "new run" in refused.value.try_this


CARDS_SAY = {
    "import time; time.sleep(60)": "nothing came within 1 seconds",
    "import sys; sys.exit('CUDA error: the driver is gone')": "CUDA error: the driver is gone",
    "print('no list')": "no reason was given",
    "pass": "no reason was given",
}


@pytest.mark.parametrize("program", CARDS_SAY)
def test_cards_that_do_not_answer_are_said_in_words(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cuda = SimpleNamespace(device_count=lambda: 2)
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    monkeypatch.setattr(spreading, "LOOK_SECONDS", 1.0)
    monkeypatch.setattr(spreading, "_LOOK", "import json; print(json.dumps([['L4', 9], ['L4', 9]]))")
    if "sleep" not in program:
        monkeypatch.setattr(spreading, "LOOK_SECONDS", 30.0)
        assert spreading.cards() == [Card("L4", 9)] * 2
    monkeypatch.setattr(spreading, "_LOOK", program)
    with pytest.raises(Unusable, match=CARDS_SAY[program]) as refused:
        spreading.cards()
    assert "nvidia-smi" in refused.value.try_this


@given(st.integers(1, 64), st.integers(1, 64), st.integers(1, 8))
def test_a_step_has_the_batch_of_the_job_and_no_process_more_rows_at_a_time(
    rows: int, parts: int, processes: int
) -> None:
    job = Job("m", batch=rows * processes, accumulate=parts * processes)
    at_a_time, own_parts = portion(job, processes)
    assert at_a_time * own_parts * processes == max(rows, parts) * processes == job.step_rows
    assert at_a_time <= job.step_rows // job.accumulate


def test_rows_are_answered_as_often_by_each_and_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for n, of in (10, 3), (9, 3), (1, 4), (50, 2):
        shares = []
        for at in range(of):
            monkeypatch.setattr("advisor.kit.local.ranks.place", lambda at=at, of=of: (at, of))
            shares.append(own_share(list(range(n))))
        assert len({len(mine) for mine, _ in shares}) == 1
        assert sorted(row for mine, own in shares for row in mine[:own]) == list(range(n))


@pytest.mark.parametrize(
    ("already", "expected"), [(None, "1,3"), ("4,5,6,7", "5,7"), ("GPU-a,GPU-b,GPU-c,GPU-d", "GPU-b,GPU-d")]
)
def test_a_worker_sees_the_cards_of_the_training_and_no_others(
    already: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(workers.VISIBLE, raising=False)
    if already:
        monkeypatch.setenv(workers.VISIBLE, already)
    told = workers._environment(Spread(2, True, (1, 3)), 1, SimpleNamespace(port=4711))
    assert told[workers.VISIBLE] == expected
    assert (told["RANK"], told["WORLD_SIZE"], told["MASTER_ADDR"]) == ("1", "2", "127.0.0.1")
    assert told[workers.SHARDED] == "true"
    alone = workers._environment(Spread(1, False, (1,)), 0, None)
    assert alone[workers.VISIBLE] == expected.split(",")[0] and alone.get("RANK") == os.environ.get("RANK")


def checkpoint(folder: Path, step: int, **files: str) -> Path:
    path = folder / f"checkpoint-{step}"
    path.mkdir(parents=True)
    for name, text in {"trainer_state.json": "{}", "model.safetensors": "", **files}.items():
        (path / name).write_text(text)
    return path


def test_checkpoints_of_shared_out_weights_are_whole_with_all_their_files(tmp_path: Path) -> None:
    whole = {"optimizer.bin": "", "pytorch_model_fsdp.bin": ""}
    first = checkpoint(tmp_path, 5, **whole)
    lacking = checkpoint(tmp_path, 6, **{"optimizer.bin": ""})
    torn = checkpoint(tmp_path, 7, **{**whole, "trainer_state.json": '{"epoch": '})
    assert checkpoints.newest_whole(tmp_path) == first
    assert checkpoints.is_sharded(first)
    assert not lacking.exists() and not torn.exists()


def test_the_same_job_on_other_cards_is_the_same_job(tmp_path: Path) -> None:
    host = Local(Journal(tmp_path / "events.jsonl"), tmp_path, "gold", tmp_path, lambda: None)
    plain = host._record("m", "rows", {"rank": 8})
    assert host._record("m", "rows", {"rank": 8, "processes": 4, "sharded": True})["digest"] == plain["digest"]
    assert host._record("m", "rows", {"rank": 16})["digest"] != plain["digest"]
    assert make_job("m", {"processes": 4, "sharded": True}) == Job("m", processes=4, sharded=True)
