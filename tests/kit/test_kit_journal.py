from __future__ import annotations

import threading
from pathlib import Path

from advisor.domain.events import RUN_EVENT, Said
from advisor.kit.journal import Journal, ending, finished_stages, read_events, scored


def test_a_line_is_on_disk_when_append_returns(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "runs" / "events.jsonl")
    journal.say("a\nb \u202e ü")
    (line,) = journal.path.read_text("utf-8").splitlines()
    event = RUN_EVENT.validate_json(line)
    assert isinstance(event, Said) and event.text == "a\nb \u202e ü" and event.t > 0


def test_many_threads_write_whole_lines(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "events.jsonl")

    def say_often() -> None:
        for _ in range(50):
            journal.say("x" * 5000)

    threads = [threading.Thread(target=say_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(read_events(journal.path))) == 400


def test_half_a_line_of_a_killed_run_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    Journal(path).say("before")
    path.write_bytes(path.read_bytes() + b'{"kind": "said", "te\xff')
    Journal(path).say("after")
    assert [event["text"] for event in read_events(path)] == ["before", "after"]


def test_an_unshown_event_is_still_written(tmp_path: Path) -> None:
    shown: list[str] = []
    journal = Journal(tmp_path / "events.jsonl", lambda event: shown.append(event["kind"]))
    journal.append("stage_finished", stage="baseline", seconds=1.0)
    assert shown == ["stage_finished"]
    assert finished_stages(journal.events()) == {"baseline"}


def test_a_run_that_began_again_has_not_ended() -> None:
    finished = {"kind": "finished", "outcome": "failed"}
    assert ending([{"kind": "started"}, finished]) == finished
    assert ending([{"kind": "started"}, finished, {"kind": "started"}]) is None
    assert ending([]) is None


def test_the_last_score_counts() -> None:
    events = [{"kind": "scored", "candidate": "tuned", "split": "dev", "outcomes": text} for text in ("00", "11")]
    assert scored(events, "dev")["tuned"]["outcomes"] == "11"
    assert scored(events, "test") == {}
