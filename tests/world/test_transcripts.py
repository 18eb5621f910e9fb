import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.cleaning import clean, clean_lines, last_drawn, redact
from advisor.domain.conversation import (
    Advised,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Measured,
    Opened,
    Overruled,
    Planned,
    Ran,
    Replied,
    Said,
    Understood,
)
from advisor.domain.dataset import SplitSizes
from advisor.domain.facts import Fact, Gpu, Range, Source
from advisor.domain.plan import Gates, Host, Plan, Role, Task
from advisor.domain.retelling import to_json, to_markdown
from advisor.errors import AdvisorError
from advisor.world import paths
from advisor.world.transcripts import Transcript, finished, kept, load, unfinished

PLAN = Plan(
    name="tickets", title="Tickets", route="distillation", data_path="t.csv", split=SplitSizes(1, 2, 3),
    task=Task(input_fields=("text",), label_field="label", labels=("a",), instruction="Sort."),
    optimizer="mipro_light", stages=("baseline",),
    host=Host(name="practice", base_url=None, key_variable="KEY", upload_to="practice"),
    student=Role(model="m"), prompt_model=Role(model="m"), gates=Gates(chance_score=0.5, min_traces=1, warn_traces=2),
)  # fmt: skip
FACTS = (
    Fact(name="baseline_score", value=0.71, source=Source.told, evidence="you said"),
    Fact(name="calls_per_month", value=Range(low=300, high=400), source=Source.told),
    Fact(name="gpus", value=(Gpu(name="A100", gib=80),), source=Source.measured),
    Fact(name="input_fields", value=("text",), source=Source.measured),
)
EVERYTHING: list[ConversationEvent] = [
    Opened(t=1, data="tickets.csv"), Asked(t=2, fact="baseline_score", text="How good is it?"),
    Replied(t=3, text="about 71% \u202e grüß"), Understood(t=4, facts=FACTS), Measured(t=5, facts=FACTS),
    Said(t=6, text="Noted."), Advised(t=7, route="prompt_optimization", reasons=("untried",)),
    Overruled(t=8, route="distillation", risk="It may fail."), Planned(t=9, plan=PLAN, digest="d"),
    Consented(t=10, sentence="797 rows go to practice."), Ran(t=11, folder="runs/x"), Closed(t=12, exit_code=3),
]  # fmt: skip


def written(folder: Path, events: list[ConversationEvent]) -> Transcript:
    transcript = Transcript.create(folder)
    for event in events:
        transcript.append(event)
    return transcript


def test_every_event_comes_back_as_it_was(tmp_path: Path) -> None:
    transcript = written(tmp_path / "deep" / "er", EVERYTHING)
    assert transcript.events() == EVERYTHING == load(transcript.path)
    assert len(transcript.path.read_text().splitlines()) == len(EVERYTHING)
    first = json.loads(transcript.path.read_text().splitlines()[0])
    assert (first["kind"], first["version"]) == ("opened", 1)


def test_each_event_is_on_disk_before_the_next(tmp_path: Path) -> None:
    transcript = Transcript.create(tmp_path)
    for number, event in enumerate(EVERYTHING, 1):
        transcript.append(event)
        assert len(load(transcript.path)) == number


def test_the_time_is_noted_where_the_event_has_none(tmp_path: Path) -> None:
    (event,) = written(tmp_path, [Said(text="a")]).events()
    assert event.t > 1_600_000_000


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_torn_last_line_is_passed_over_and_ended_on_reopening(tmp_path: Path, cut: int) -> None:
    transcript = written(tmp_path, EVERYTHING[:4])
    whole = transcript.path.read_bytes()
    transcript.path.write_bytes(whole[:-cut])
    assert load(transcript.path) == (EVERYTHING[:3] if cut > 1 else EVERYTHING[:4])
    again = Transcript.reopen(transcript.path)
    again.append(EVERYTHING[-1])
    assert again.events()[-1] == EVERYTHING[-1]


def test_garbage_and_events_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xff\xfe\n{"kind": "dreamt"}\n[]\n{"kind": "said", "text": "a", "new_field": 1}\n\n')
    assert load(path) == [Said(text="a")]
    with pytest.raises(AdvisorError, match=r"could not read the conversation b\.jsonl"):
        load(tmp_path / "b.jsonl")


@pytest.mark.parametrize(
    "key",
    [
        "sk-abcdefghijklmnopqrst", "sk-proj-AbCd_1234-efgh5678", "AIzaSyA1234567890abcdefghijklmnopqrs",
        "hf_AbCdEfGhIjKlMnOpQrStUv", "gsk_abcdefghijklmnop1234", "Bearer abcdefghijklmnopqrstuvwx",
    ],
)  # fmt: skip
def test_keys_are_masked_wherever_they_stand(tmp_path: Path, key: str) -> None:
    fact = Fact(name="current_model", value=key, source=Source.told, evidence=f"x\n{key}")
    events: list[ConversationEvent] = [
        Opened(data=f"/tmp/{key}"), Replied(text=f"my key:\n{key}."), Understood(facts=(fact,)),
        Said(text=f"{key},{key}"),
        Consented(sentence=f'"{key}"'), Planned(plan=PLAN.model_copy(update={"title": f"({key})"})),
    ]  # fmt: skip
    transcript = written(tmp_path, events)
    secret = key.removeprefix("Bearer ")[8:]
    for text in (transcript.path.read_text(), to_json(events), to_markdown(events)):
        assert secret not in text
    assert f"…{key[-4:]}" in transcript.path.read_text()
    assert redact(redact(key)) == redact(key)


@pytest.mark.parametrize(
    "key", ["8f14e45fceea167a5a36dedd4bea2543", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dozjgNryP4J"]
)
def test_a_key_without_a_known_beginning_is_not_kept(tmp_path: Path, key: str) -> None:
    fact = Fact(name="current_model", value=key, source=Source.told, evidence=key)
    events: list[ConversationEvent] = [
        Replied(text=f"my key is {key}"), Replied(text=key), Understood(facts=(fact,)), Said(text=f"You said {key}."),
    ]  # fmt: skip
    transcript = written(tmp_path, events)
    for text in (transcript.path.read_text(), to_json(events), to_markdown(events)):
        assert key[8:] not in text


def test_a_shorter_key_is_masked_after_the_word_for_it(tmp_path: Path) -> None:
    assert "8f14e45fceea167a" not in written(tmp_path, [Replied(text="my key is 8f14e45fceea167a")]).path.read_text()


def test_our_own_names_and_digests_come_back_as_they_were(tmp_path: Path) -> None:
    folder = "/data/ana/advised/tickets-2/runs/2026-11-22T10-31-07-002"
    plan = PLAN.model_copy(update={"data_path": "exports/3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b.csv"})
    events: list[ConversationEvent] = [
        Opened(t=1, data="/data/3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b"), Planned(t=2, plan=plan, digest="8f14e45fceea167a"),
        Ran(t=3, folder=folder), Said(t=4, text="Job ftjob-49779013a4f0b3257d6526a9 made"),
        Said(t=5, text="ft:practice-small:practice:tuned:49779013"), Said(t=6, text=f"The project is in {folder}."),
    ]  # fmt: skip
    assert written(tmp_path, events).events() == events


def test_words_that_only_look_like_keys_stay() -> None:
    for text in (
        "risk-assessment-of-tickets",
        "task-specific-adaptation",
        "sk-learn",
        "hf_transfer is fast",
        "sha 8f" * 9,
    ):
        assert redact(text) == text


def test_an_unseen_character_does_not_hide_a_key() -> None:
    assert clean("key sk-abcdefgh\u200bijk\x07lmnopqrst") == "key sk-…qrst"
    assert clean("\x1b]0;never ended\nnext line") == "next line"


def test_long_output_is_cleaned_in_linear_time() -> None:
    began = time.process_time()
    for text in ("x" * 400_000, "\r" * 400_000, "\x1b]" * 200_000, "sk-" * 130_000):
        clean_lines(last_drawn(text))
    assert time.process_time() - began < 2


@settings(max_examples=300)
@given(st.text())
def test_cleaned_text_moves_no_cursor(text: str) -> None:
    found = clean(text, 80)
    assert len(found) <= 80 and not set(found) & set("\n\r\x1b\x07\x08\x9b\u202e\u2066\u2028")
    assert clean(f"a\x1b]0;title\x07b\x1b[2J{text}", 8000).startswith("ab")


def test_unfinished_conversations_come_newest_first(tmp_path: Path) -> None:
    first = written(tmp_path, EVERYTHING[:3])
    written(tmp_path, EVERYTHING)
    written(tmp_path, EVERYTHING[:2])
    second = written(tmp_path, [Opened(t=5), Replied(t=6, text="a"), Replied(t=7, text="b")])
    (tmp_path / "zzz.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    found = unfinished(tmp_path)
    assert [one.path for one in found] == [second.path, first.path]
    assert found[0][1:] == (5, None, 2, None, None, False)
    assert found[1][1:] == (1, "tickets.csv", 1, None, None, False)
    assert unfinished(tmp_path / "nowhere") == kept(tmp_path / "nowhere") == ()


def test_a_glance_tells_the_last_advice_and_the_last_run(tmp_path: Path) -> None:
    later: list[ConversationEvent] = [
        Advised(t=12, route="stop"), Ran(t=13, folder='runs/"kind": "ran"'),
        Replied(t=14, text='{"kind": "advised", "kind": "replied"}'),
    ]  # fmt: skip
    written(tmp_path, [*EVERYTHING[:-1], *later])
    (one,) = unfinished(tmp_path)
    assert (one.replies, one.route, one.run) == (2, "stop", 'runs/"kind": "ran"')
    done = written(tmp_path, EVERYTHING)
    assert [(each.path, each.finished) for each in kept(tmp_path)] == [(done.path, True), (one.path, False)]
    assert [each.path for each in finished(tmp_path)] == [done.path]


def test_a_torn_or_unknown_end_decides_nothing(tmp_path: Path) -> None:
    transcript = written(tmp_path, EVERYTHING)
    whole = transcript.path.read_bytes()
    transcript.path.write_bytes(whole + b'{"kind": "dreamt"}\n{"t": 9, "kind": "repl')
    assert unfinished(tmp_path) == ()
    transcript.path.write_bytes(whole[:-20])
    assert [one.path for one in unfinished(tmp_path)] == [transcript.path]
    transcript.path.write_bytes(whole + b"x" * 20_000)
    assert unfinished(tmp_path) == () and len(kept(tmp_path)) == 1


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_what_is_no_transcript_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").mkdir()
    (tmp_path / "c.jsonl").symlink_to("/dev/zero")
    (tmp_path / "d.jsonl").symlink_to(tmp_path / "gone")
    with (tmp_path / "e.jsonl").open("wb") as file:
        file.truncate(1 << 30)
    (tmp_path / "f.jsonl").write_bytes(b"\xff\xfe\x00" * 1000)
    (tmp_path / "g.jsonl").touch()
    began = time.process_time()
    assert unfinished(tmp_path) == kept(tmp_path) == ()
    for name in "abcde":
        with pytest.raises(AdvisorError, match="could not read the conversation"):
            load(tmp_path / f"{name}.jsonl")
    assert time.process_time() - began < 1


def test_many_long_conversations_are_looked_through_quickly(tmp_path: Path) -> None:
    body = (EVERYTHING[:-1]) * 40
    text = written(tmp_path, body).path.read_text()
    for number in range(200):
        (tmp_path / f"{number:03}.jsonl").write_text(text * 2)
    began = time.process_time()
    assert len(unfinished(tmp_path)) == 201
    assert time.process_time() - began < 2


def test_many_conversations_of_one_second_stay_apart_and_in_order(tmp_path: Path) -> None:
    made = [written(tmp_path, EVERYTHING[:3]).path for _ in range(12)]
    assert len(set(made)) == 12 and [one.path for one in unfinished(tmp_path)] == made[::-1]


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    assert Transcript.create(tmp_path).path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AdvisorError, match="could not be written"):
        Transcript.create(tmp_path / "file")
    transcript = Transcript.create(tmp_path)
    transcript.path.unlink()
    transcript.path.mkdir()
    with pytest.raises(AdvisorError, match="could not be written"):
        transcript.append(Said(text="a"))


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    found = [paths.conversations(), paths.practice_state(), paths.faults()]
    assert len(set(found)) == len(found) and all(path.parent == tmp_path for path in found)
    monkeypatch.delenv("ADVISOR_HOME")
    assert not any(path.is_relative_to(tmp_path) for path in (paths.conversations(),))
    assert list(tmp_path.iterdir()) == [], "asking for a path makes nothing"
