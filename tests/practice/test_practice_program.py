"""The server as a program, asked by the real `openai` SDK."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import openai
import pytest
from openai.types.fine_tuning import FineTuningJob

from tests.practice.practice_harness import LABELLED, ROOT, Server, Start, chat_row, gold_rows, until

SMALL = "practice-small"
USER = [{"role": "user", "content": "Where is my money? It did not come back."}]


def file_of(client: openai.OpenAI, rows: list[dict[str, object]]) -> str:
    content = "\n".join(json.dumps(row) for row in rows).encode()
    return str(client.files.create(file=("rows.jsonl", content), purpose="fine-tune").id)


def ended(client: openai.OpenAI, job: FineTuningJob) -> FineTuningJob:
    found = until(
        lambda: client.fine_tuning.jobs.retrieve(job.id),
        lambda now: now.status in ("succeeded", "failed", "cancelled"),
    )
    assert isinstance(found, FineTuningJob)
    return found


def arm(client: openai.OpenAI, *faults: dict[str, object]) -> None:
    client.post("/../practice/faults", cast_to=object, body=list(faults))


def connection(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=20)


def test_starts_within_a_second(shared: Server) -> None:
    assert shared.seconds < 1.0
    assert shared.base_url.startswith("http://127.0.0.1:") and shared.base_url.endswith("/v1")


def test_chat_and_stream(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model=SMALL, messages=USER, n=2)
    assert len(whole.choices) == 2 and whole.usage and whole.usage.total_tokens > 0
    stream = client.chat.completions.create(
        model=SMALL,
        messages=USER,
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert chunks[-1].usage and not chunks[-1].choices


def test_fine_tuning_with_the_sdk(client: openai.OpenAI) -> None:
    file = file_of(client, gold_rows())
    assert client.files.content(file).read().count(b"\n") == len(LABELLED) - 1
    job = client.fine_tuning.jobs.create(
        model=SMALL,
        training_file=file,
        suffix="tour",
        method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 6}}},
    )
    assert job.status == "validating_files" and job.estimated_finish is None
    job = ended(client, job)
    assert (
        job.status == "succeeded"
        and job.fine_tuned_model
        and job.fine_tuned_model in {model.id for model in client.models.list()}
    )
    events = list(client.fine_tuning.jobs.list_events(job.id, limit=2))
    assert len(events) > 6 and events[0].message.endswith("successfully completed")
    assert len(list(client.fine_tuning.jobs.checkpoints.list(job.id))) == 3
    assert job.id in [listed.id for listed in client.fine_tuning.jobs.list()]
    assert client.files.content(job.result_files[0]).read().startswith(b"step,")
    with pytest.raises(openai.BadRequestError, match="already succeeded"):
        client.fine_tuning.jobs.cancel(job.id)
    client.files.delete(file)
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file)


def test_errors_are_the_sdks_own(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="gpt-4o", messages=USER)
    assert missing.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError, match="chat/completions"):
        client.completions.create(model=SMALL, prompt="x")
    with pytest.raises(openai.BadRequestError, match="Responses API"):
        client.responses.create(model=SMALL, input="x")
    few = client.fine_tuning.jobs.create(model=SMALL, training_file=file_of(client, gold_rows()[:5]))
    few = ended(client, few)
    assert few.status == "failed" and few.error and "at least 10 examples" in few.error.message


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("429", openai.RateLimitError),
        ("500", openai.InternalServerError),
        ("401", openai.AuthenticationError),
        ("drop", openai.APIConnectionError),
    ],
)
def test_faults_reach_the_client(client: openai.OpenAI, kind: str, error: type[Exception]) -> None:
    arm(client, {"kind": kind, "path": "chat", "times": 1, "message": "as ordered", "seconds": 0})
    with pytest.raises(error) as raised:
        client.chat.completions.create(model=SMALL, messages=USER)
    if isinstance(raised.value, openai.RateLimitError):
        assert raised.value.response.headers["retry-after"] == "0"
    assert client.chat.completions.create(model=SMALL, messages=USER).choices


def test_retries_outlast_a_short_fault(client: openai.OpenAI) -> None:
    arm(client, {"kind": "429", "path": "chat", "times": 2, "seconds": 0})
    patient = client.with_options(max_retries=3)
    assert patient.chat.completions.create(model=SMALL, messages=USER).choices


def test_slow_garbage_and_failing_jobs(client: openai.OpenAI) -> None:
    arm(client, {"kind": "slow", "path": "chat", "seconds": 5})
    with pytest.raises(openai.APITimeoutError):
        client.with_options(timeout=0.2).chat.completions.create(model=SMALL, messages=USER)
    arm(client, {"kind": "garbage"}, {"kind": "job_failed", "message": "unsafe file"})
    reply = client.chat.completions.create(model=SMALL, messages=USER)
    assert reply.choices[0].message.content == "I am not sure what you mean."
    job = ended(client, client.fine_tuning.jobs.create(model=SMALL, training_file=file_of(client, gold_rows())))
    assert job.status == "failed" and job.error and job.error.message == "unsafe file"


def test_connection_is_kept_and_only_this_computer_answered(shared: Server) -> None:
    wire = connection(shared)
    for _ in range(3):
        wire.request("GET", "/v1/models")
        reply = wire.getresponse()
        assert reply.status == 200 and json.loads(reply.read())["data"]
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        wire.request("GET", "/v1/models", headers=headers)
        reply = wire.getresponse()
        assert reply.status == 403 and reply.read()
    wire.request("POST", "/v1/chat/completions", headers={"Content-Length": str(2**40)})
    assert wire.getresponse().status == 413
    wire.close()


def test_body_may_come_in_chunks(shared: Server) -> None:
    wire = connection(shared)
    body = json.dumps({"model": SMALL, "messages": USER}).encode()
    for _ in range(2):
        wire.request("POST", "/v1/chat/completions", body=iter([body[:9], body[9:]]), encode_chunked=True)
        reply = wire.getresponse()
        assert reply.status == 200 and json.loads(reply.read())["choices"]
    wire.putrequest("POST", "/v1/chat/completions")
    wire.putheader("Transfer-Encoding", "chunked")
    wire.endheaders(b"oops\r\n")
    assert wire.getresponse().status == 400
    wire.close()


def test_port_file_is_whole_and_a_taken_port_is_told(start: Start, tmp_path: Path) -> None:
    port_file = tmp_path / "deep" / "port"
    server = start("--port-file", str(port_file))
    assert port_file.read_text().strip() == server.base_url
    port = urlsplit(server.base_url).port
    command = [sys.executable, "-m", "advisor.practice", "--state", str(tmp_path / "other"), "--port", str(port)]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert refused.returncode == 2 and not refused.stdout
    assert f"cannot use port {port}" in refused.stderr and "Traceback" not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    command[command.index("--state") + 1] = str(tmp_path / "state")
    command[command.index("--port") + 1] = "0"
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert refused.returncode == 2 and "cannot use the folder" in refused.stderr


def test_ends_with_its_standard_input(start: Start) -> None:
    assert start().stop() == 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_cleanly_on_a_signal(start: Start, number: signal.Signals) -> None:
    server = start()
    server.process.send_signal(number)
    assert server.process.wait(10) == 0
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", urlsplit(server.base_url).port or 0), timeout=2)


def test_killed_server_loses_nothing(start: Start) -> None:
    first = start()
    with first.client as client:
        done = ended(client, client.fine_tuning.jobs.create(model=SMALL, training_file=file_of(client, gold_rows())))
        long = client.fine_tuning.jobs.create(
            model="practice-large",
            training_file=file_of(client, gold_rows(200)),
            hyperparameters={"n_epochs": 50, "batch_size": 1},
        )
        until(lambda: client.fine_tuning.jobs.retrieve(long.id).status, lambda status: status == "running")
    first.process.kill()
    first.process.wait(10)

    second = start()
    with second.client as client:
        messages = chat_row("a new pin code", "")["messages"][:2]
        reply = client.chat.completions.create(model=str(done.fine_tuned_model), messages=messages)
        assert reply.choices[0].message.content == "change_pin"
        until(lambda: client.fine_tuning.jobs.retrieve(long.id).status, lambda status: status == "running")
        assert any("restarted" in event.message for event in client.fine_tuning.jobs.list_events(long.id))
        assert client.fine_tuning.jobs.cancel(long.id).status == "cancelled"
        assert client.fine_tuning.jobs.retrieve(long.id).status == "cancelled"
    assert second.stop() == 0


def test_imports_nothing_of_the_rest() -> None:
    code = (
        "import sys, advisor.practice.api, advisor.practice.__main__;"
        "print([name for name in sys.modules if name.startswith('advisor.') and "
        "not name.startswith('advisor.practice') or name.split('.')[0] in ('pydantic', 'dspy', 'openai', 'sklearn')])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert found.stdout.strip() == "[]", found.stderr
