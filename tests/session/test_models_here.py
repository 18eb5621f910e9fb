"""Models that answer on this computer are offered by name, and asked there: no key, no price, no row leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.domain.conversation import LookedAround, Said
from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.providers import others_asked
from advisor.replaying import replay
from advisor.session import Session
from advisor.world.machine import servers
from tests.conftest import write_tickets
from tests.session.model_stubs import Asked, Kind, answering

TO_DISTIL = ("yes", "optimized with GEPA, 72%", "cheaper calls", "it stands", "20,000 calls a month")


def told(**known: str) -> Facts:
    names: dict[str, FactName] = {"prompt_effort": "prompt_effort", "prompt_model": "prompt_model"}
    return Facts().learn(*(Fact(name=names[name], value=value, source=Source.told) for name, value in known.items()))


async def held(tmp_path: Path, data: Path, *replies: str, known: Facts | None = None) -> tuple[Session, Step]:
    session = Session(data, told=known, kept_in=tmp_path / "kept", projects_in=tmp_path / "advised")
    step = await session.open()
    for reply in replies:
        step = await session.reply(reply)
    return session, step


async def test_a_model_of_this_computer_is_asked_for_by_what_it_is_called_here(tmp_path: Path) -> None:
    data = write_tickets(tmp_path / "tickets.csv", 600)
    replies = ("yes", "optimized with GEPA at 72%, the task is settled, better answers, target 95%")
    _, step = await held(tmp_path, data, *replies, "this computer")
    assert step.asked == "student_model" and step.messages[-1].text.endswith("or a folder such as ./my-model?")
    _, step = await held(tmp_path, data, *replies, "Nebius")
    assert step.asked == "student_model" and step.messages[-1].text.endswith("as the host spells it?")


@pytest.mark.parametrize(
    ("kind", "label", "choice", "model", "path"),
    [
        ("ollama", "llama3.1:8b, Ollama on this computer", "2", "ollama_chat/llama3.1:8b", ""),
        ("vllm", "Qwen/Qwen3-8B, vLLM on this computer", "Qwen/Qwen3-8B", "hosted_vllm/Qwen/Qwen3-8B", "/v1"),
    ],
)
async def test_from_the_choice_to_a_run_that_is_taught_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, label: str, choice: str, model: str, path: str
) -> None:
    data = write_tickets(tmp_path / "tickets.csv", 300)
    with answering(kind) as asked:
        monkeypatch.setattr(servers, "PORTS", (asked.port,))
        session, step = await held(tmp_path, data, *TO_DISTIL, "practice", known=told(prompt_effort="bootstrap"))
        if step.asked != "teacher_model":
            step = await session.reply("distil it anyway")
        assert step.asked == "teacher_model"
        assert [answer.label for answer in step.answers] == ["practice-large, the larger practice model", label]
        step = await session.reply(choice)
        plan = session.plan
        assert plan is not None and plan.teacher is not None
        assert (plan.teacher.model, plan.teacher.address) == (model, f"http://127.0.0.1:{asked.port}{path}")
        assert plan.free and others_asked(plan) == ()
        assert f"teacher {model} (" in session.consent and "$0.00" in session.consent
        assert not asked.chats
        await session.reply("yes")
        async for view in session.run():
            ended = view.state
        await session.after_run()
        assert ended == "done" and session.comparison is not None
        teacher = session.comparison.row("teacher")
        assert teacher is not None and teacher.model == model and teacher.score > 0.9
        assert teacher.dollars_per_1000 == 0
        assert {chat["model"] for chat in asked.chats} == {model.partition("/")[2]}
        await session.close()


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """An Ollama that is found on this computer."""
    with answering("ollama") as asked:
        monkeypatch.setattr(servers, "PORTS", (asked.port,))
        yield asked


async def test_a_replay_asks_no_server_and_comes_to_the_same_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticket_file: Path, ollama: Asked
) -> None:
    session, _ = await held(tmp_path, ticket_file, *TO_DISTIL, "practice", "llama3.1:8b")
    (found,) = [event for event in session.events if isinstance(event, LookedAround)]
    assert found.facts[0].value == (f"ollama_chat/llama3.1:8b@http://127.0.0.1:{ollama.port}",)
    assert session.plan is not None and session.plan.teacher is not None and session.transcript is not None
    await session.close()
    monkeypatch.setattr(servers, "PORTS", ())
    assert await replay(session.transcript, tmp_path / "again") == []


async def test_without_one_practice_asks_for_no_teacher_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticket_file: Path
) -> None:
    monkeypatch.setattr(servers, "PORTS", ())
    session, step = await held(tmp_path, ticket_file, *TO_DISTIL, "practice")
    assert step.phase == "offering"
    assert not [event for event in session.events if isinstance(event, LookedAround)]
    await session.close()


async def test_names_that_could_do_harm_and_models_that_do_not_chat_are_not_offered(
    tmp_path: Path, ticket_file: Path, ollama: Asked
) -> None:
    session, step = await held(tmp_path, ticket_file, *TO_DISTIL, "practice")
    assert len(step.answers) == 2
    assert all(label in ("practice-large, the larger practice model", "llama3.1:8b, Ollama on this computer")
               for label in (answer.label for answer in step.answers))  # fmt: skip
    await session.close()


async def test_a_student_that_is_not_trained_may_answer_here_and_one_that_is_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticket_file: Path
) -> None:
    with answering("ollama") as asked:
        monkeypatch.setattr(servers, "PORTS", (asked.port,))
        trained, step = await held(
            tmp_path, ticket_file, "yes", "MIPROv2, it gets 70%", "better answers", "90%", "it stands", "this computer"
        )
        assert step.asked == "student_model" and step.answers == ()
        await trained.close()
        session, step = await held(
            tmp_path, ticket_file, "yes", "no, nothing yet", "better answers", "it is settled", "90%", "skip",
            "this computer",
        )  # fmt: skip
        assert step.asked == "student_model"
        assert [answer.label for answer in step.answers] == ["llama3.1:8b, Ollama on this computer"]
        await session.reply("1")
        plan = session.plan
        assert plan is not None and plan.student.model == "ollama_chat/llama3.1:8b" and plan.student.elsewhere
        assert plan.free and not plan.serves_here
        assert "600 rows are asked of the model on this computer" in session.consent
        assert session.project is not None and "torch" not in (session.project / "optimize.py").read_text("utf-8")
        assert not any("cannot start" in event.text for event in session.events if isinstance(event, Said))
        await session.close()
