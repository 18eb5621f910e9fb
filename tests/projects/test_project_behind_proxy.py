"""A proxy in the environment catches no call to a server on this computer."""

from __future__ import annotations

from tests.projects.conftest import Make
from tests.projects.project_bench import make_plan
from tests.projects.test_project_review import flip, judged, says
from tests.session.model_stubs import answering

NOBODY = "http://127.0.0.1:9"
PROXIES = {"HTTP_PROXY": NOBODY, "HTTPS_PROXY": NOBODY, "ALL_PROXY": NOBODY, "NO_PROXY": "", "no_proxy": ""}


def test_models_here_are_asked_past_it_whichever_client_asks(make: Make) -> None:
    with answering("vllm", says) as asked:
        project = make(judged(asked.port))
        flip(project, 8)
        ended = project.run(**PROXIES)
        assert ended.code == 0, ended.err
        assert asked.chats, "LiteLLM asks the judge, OpenAI's package the practice models"
    answered = project.run("my parcel is late", script="serve.py", **PROXIES)
    assert answered.code == 0 and '"error"' not in answered.out, answered.out


def test_training_and_what_it_left_are_reached_too(make: Make) -> None:
    project = make(make_plan("gold_finetune", optimizer="labelled_few_shot"))
    ended = project.run("--yes", **PROXIES)
    assert ended.code == 0, ended.err
    assert project.run("--tear-down", **PROXIES).out.startswith("Nothing that this project started")
    assert "removed" in project.run("--forget", "gold", script="serve.py", **PROXIES).out
