"""The whole API without a network."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practice_harness import LABELLED, LocalApi, chat_row, gold_rows

from advisor.practice.api import Api

CHAT = "/v1/chat/completions"
JOBS = "/v1/fine_tuning/jobs"


def ask(text: str = "hello", **options: object) -> dict[str, object]:
    return {"model": "practice-small", "messages": [{"role": "user", "content": text}], **options}


def test_models(local: LocalApi) -> None:
    status, models = local.call("GET", "/v1/models")
    assert status == 200
    assert [model["id"] for model in models["data"]] == ["practice-small", "practice-large"]
    assert local.call("GET", "/v1/models/practice-large")[1]["object"] == "model"
    status, error = local.call("GET", "/v1/models/gpt-4o")
    assert status == 404 and error["error"]["code"] == "model_not_found"
    assert local.call("DELETE", "/v1/models/practice-small")[0] == 403


def test_chat_completion_has_the_shape_of_the_api(local: LocalApi) -> None:
    status, reply = local.call("POST", CHAT, ask(n=3, logprobs=True, top_logprobs=2))
    assert status == 200
    assert [choice["index"] for choice in reply["choices"]] == [0, 1, 2]
    usage = reply["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    for choice in reply["choices"]:
        tokens = [token["token"] for token in choice["logprobs"]["content"]]
        assert "".join(tokens) == choice["message"]["content"]
    assert local.call("POST", CHAT, ask())[1]["choices"][0]["logprobs"] is None


def test_label_carries_its_probability_and_its_rivals(local: LocalApi) -> None:
    body = ask("my refund", logprobs=True, top_logprobs=3)
    body["messages"] = [
        {"role": "system", "content": "Answer with one of: refund, card, pin."},
        {"role": "user", "content": [{"type": "text", "text": "my refund"}]},
    ]
    token = local.call("POST", CHAT, body)[1]["choices"][0]["logprobs"]["content"][0]
    assert token["token"] == "refund" and token["logprob"] < 0
    assert sum(math.exp(other["logprob"]) for other in token["top_logprobs"]) == pytest.approx(1)
    assert token["top_logprobs"][0]["token"] == "refund"


def test_temperature_varies_and_a_seed_fixes(local: LocalApi) -> None:
    body = ask("nothing to go by", temperature=2, n=64)
    body["messages"] = [{"role": "system", "content": "One of: a1, b2, c3."}, {"role": "user", "content": "?"}]

    def contents(request: dict[str, object]) -> list[str]:
        choices = local.call("POST", CHAT, request)[1]["choices"]
        return [choice["message"]["content"] for choice in choices]

    assert len(set(contents(body))) == 3
    assert contents(body) != contents(body)
    assert contents({**body, "seed": 5}) == contents({**body, "seed": 5})
    assert len(set(contents({**body, "temperature": 0}))) == 1


def test_reply_ends_at_the_limit_or_a_stop_text(local: LocalApi) -> None:
    long = local.call("POST", CHAT, ask("one two three four five six"))[1]["choices"][0]
    assert long["finish_reason"] == "stop"
    cut = local.call("POST", CHAT, ask("one two three four five six", max_tokens=2))[1]["choices"][0]
    assert cut["finish_reason"] == "length" and cut["message"]["content"] == long["message"]["content"][:8]
    stopped = local.call("POST", CHAT, ask("one two three four five six", stop=[" three"]))[1]["choices"][0]
    assert stopped["message"]["content"] == "one two"


def test_stream_ends_as_the_api_says(local: LocalApi) -> None:
    body = ask("one two", stream=True, stream_options={"include_usage": True}, n=2)
    reply = local.api.handle("POST", CHAT, {}, json.dumps(body).encode())
    assert reply is not None and not isinstance(reply.body, bytes)
    events = [chunk.decode() for chunk in reply.body]
    assert events[-1] == "data: [DONE]\n\n"
    chunks = [json.loads(event.removeprefix("data: ")) for event in events[:-1]]
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert chunks[-1]["choices"] == [] and chunks[-1]["usage"]["total_tokens"] > 0
    reasons = [choice["finish_reason"] for chunk in chunks for choice in chunk["choices"]]
    assert reasons.count("stop") == 2


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"tools": [{"type": "function"}]}, "tools"),
        ({"functions": [{}]}, "functions"),
        ({"prompt": "x"}, "prompt"),
        ({"messages": []}, "messages"),
        ({"messages": "hello"}, "messages"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0]"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0]"),
        ({"messages": [{"role": "user"}]}, "messages[0]"),
        ({"model": None}, "model"),
        ({"n": 0}, "n"),
        ({"n": True}, "n"),
        ({"temperature": 3}, "temperature"),
        ({"temperature": "hot"}, "temperature"),
        ({"response_format": {"type": "grammar"}}, "response_format"),
        ({"response_format": "json"}, "response_format"),
    ],
)
def test_what_cannot_be_done_is_refused(local: LocalApi, change: dict[str, object], param: str) -> None:
    status, reply = local.call("POST", CHAT, {**ask(), **change})
    assert status == 400
    assert reply["error"]["param"] == param and reply["error"]["message"]


def test_other_urls(local: LocalApi) -> None:
    for path in ("/v1/completions", "/v1/responses", "/v1/embeddings"):
        assert local.call("POST", path, {"input": "x"})[0] == 400
    assert local.call("GET", "/v1/nothing")[0] == 404
    assert local.call("PUT", CHAT)[0] == 405
    assert local.call("POST", CHAT)[0] == 400
    assert local.api.handle("POST", CHAT, {}, b"{").status == 400  # type: ignore[union-attr]
    assert local.api.handle("POST", CHAT, {}, b"[" * 100_000).status == 400  # type: ignore[union-attr]


def test_files(local: LocalApi) -> None:
    content = bytes(range(256)) + b"\r\n--edg\r\n--other--\r\n"
    first, second = local.upload_bytes(content), local.upload_bytes(b"", "batch")
    assert local.call("GET", f"/v1/files/{first}")[1]["bytes"] == len(content)
    reply = local.api.handle("GET", f"/v1/files/{first}/content", {}, b"")
    assert reply is not None and reply.body == content
    assert {file["id"] for file in local.call("GET", "/v1/files")[1]["data"]} == {first, second}
    assert [file["id"] for file in local.call("GET", "/v1/files?purpose=batch")[1]["data"]] == [second]
    assert local.call("DELETE", f"/v1/files/{first}")[1]["deleted"] is True
    assert local.call("GET", f"/v1/files/{first}")[0] == 404
    assert local.call("DELETE", f"/v1/files/{first}")[0] == 404


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b""),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello\r\n--x--',
        ),
    ],
)
def test_bad_uploads_are_refused(local: LocalApi, content_type: str, body: bytes) -> None:
    reply = local.api.handle("POST", "/v1/files", {"content-type": content_type}, body)
    assert reply is not None and reply.status == 400


def test_job_trains_and_tells(local: LocalApi) -> None:
    method = {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 12, "batch_size": "auto"}}}
    job = local.job(training_file=local.upload(gold_rows()), suffix="my bank", method=method)
    assert job["status"] == "succeeded", job
    assert job["fine_tuned_model"].startswith("ft:practice-small:practice:my-bank:")
    assert job["trained_tokens"] > 0 and job["finished_at"] and job["estimated_finish"] is None
    assert job["hyperparameters"]["n_epochs"] == 12
    events = local.events(job["id"])
    assert events[0]["message"].startswith("Created") and events[-1]["message"].endswith("successfully completed")
    data = [event["data"] for event in events if event["type"] == "metrics"]
    assert [each["epoch"] for each in data] == list(range(1, 13))
    assert data[-1]["train_loss"] < data[0]["train_loss"]
    for name in ("step", "total_steps", "valid_loss", "train_mean_token_accuracy", "valid_mean_token_accuracy"):
        assert name in data[0]
    messages = chat_row("I want a new pin code", "")["messages"][:2]
    reply = local.call("POST", CHAT, {"model": job["fine_tuned_model"], "messages": messages})[1]
    assert reply["choices"][0]["message"]["content"] == "change_pin"


def test_events_and_jobs_come_in_pages_newest_first(local: LocalApi) -> None:
    file = local.upload(gold_rows())
    jobs = [local.job(training_file=file, hyperparameters={"n_epochs": 2})["id"] for _ in range(3)]
    page = local.call("GET", f"{JOBS}?limit=2")[1]
    assert [job["id"] for job in page["data"]] == [jobs[2], jobs[1]] and page["has_more"] is True
    page = local.call("GET", f"{JOBS}?limit=2&after={jobs[1]}")[1]
    assert [job["id"] for job in page["data"]] == [jobs[0]] and page["has_more"] is False
    newest = local.call("GET", f"{JOBS}/{jobs[0]}/events?limit=1")[1]
    assert newest["data"][0]["message"].endswith("successfully completed") and newest["has_more"] is True
    rest = local.call("GET", f"{JOBS}/{jobs[0]}/events?after={newest['data'][0]['id']}")[1]["data"]
    assert newest["data"][0]["id"] not in {event["id"] for event in rest}
    assert local.call("GET", f"{JOBS}?limit=x")[0] == 400
    assert local.call("GET", f"{JOBS}?after=nothing")[0] == 400
    assert len({job["fine_tuned_model"] for job in local.call("GET", JOBS)[1]["data"]}) == 3


def test_checkpoints_can_be_asked(local: LocalApi) -> None:
    job = local.job(training_file=local.upload(gold_rows()), hyperparameters={"n_epochs": 5})
    checkpoints = local.call("GET", f"{JOBS}/{job['id']}/checkpoints")[1]["data"]
    assert len(checkpoints) == 3
    assert checkpoints[0]["fine_tuned_model_checkpoint"] == job["fine_tuned_model"]
    for checkpoint in checkpoints:
        assert local.call("POST", CHAT, ask(model=checkpoint["fine_tuned_model_checkpoint"]))[0] == 200


def test_validation_file_is_measured(local: LocalApi) -> None:
    wrong = [chat_row(text, "change_pin") for text, _ in LABELLED]
    job = local.job(training_file=local.upload(gold_rows()), validation_file=local.upload(wrong))
    last = [event["data"] for event in local.events(job["id"]) if event["type"] == "metrics"][-1]
    assert last["train_mean_token_accuracy"] == 1.0
    assert last["valid_mean_token_accuracy"] == pytest.approx(1 / 3, abs=0.001)


def test_tuned_model_can_be_tuned_on(local: LocalApi) -> None:
    first = local.job(training_file=local.upload(gold_rows()))["fine_tuned_model"]
    more = [chat_row(f"close my account {number}", "close_account") for number in range(20)]
    second = local.job(model=first, training_file=local.upload(more))["fine_tuned_model"]
    assert second.split(":")[1] == "practice-small"
    for text, label in (("new pin code", "change_pin"), ("please close the account", "close_account")):
        messages = chat_row(text, "")["messages"][:2]
        reply = local.call("POST", CHAT, {"model": second, "messages": messages})[1]
        assert reply["choices"][0]["message"]["content"] == label
    assert local.call("DELETE", f"/v1/models/{second}")[1]["deleted"] is True
    assert local.call("POST", CHAT, ask(model=second))[0] == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "must have at least 10 examples"),
        (json.dumps(gold_rows()[0]).encode(), "Training file has 1 example(s)"),
        (b"not json\n" * 12, "line 1 is not valid JSON"),
        (b'{"prompt": "x", "completion": "y"}\n' * 12, 'missing "messages"'),
        (b'{"messages": [{"role": "user", "content": "x"}]}\n' * 12, "end with an assistant one"),
        (b"\xff\xfe\x00" * 100, "Invalid file format"),
    ],
)
def test_unusable_file_fails_the_job_with_its_reason(local: LocalApi, content: bytes, reason: str) -> None:
    job = local.job(training_file=local.upload_bytes(content))
    assert job["status"] == "failed" and job["fine_tuned_model"] is None
    assert reason in job["error"]["message"] and job["error"]["code"] == "invalid_training_file"
    assert any(event["level"] == "error" and reason in event["message"] for event in local.events(job["id"]))


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"training_file": "file-none"}, "training_file"),
        ({"training_file": None}, "training_file"),
        ({"validation_file": "file-none"}, "validation_file"),
        ({"model": None}, "model"),
        ({"hyperparameters": {"n_epochs": 0}}, "n_epochs"),
        ({"hyperparameters": {"n_epochs": "many"}}, "n_epochs"),
        ({"hyperparameters": []}, None),
        ({"hyperparameters": [1]}, "hyperparameters"),
        ({"method": {"type": "dpo"}}, "method.type"),
        ({"method": "dpo"}, "method.type"),
        ({"suffix": "x" * 65}, "suffix"),
        ({"seed": -1}, "seed"),
    ],
)
def test_job_that_cannot_be_is_refused(local: LocalApi, change: dict[str, Any], param: str | None) -> None:
    body = {"model": "practice-small", "training_file": local.upload(gold_rows()), **change}
    status, reply = local.call("POST", JOBS, body)
    if param is None:
        assert status == 200
    else:
        assert status == 400 and reply["error"]["param"] == param


def test_unknown_job_or_model(local: LocalApi) -> None:
    for method, path in (("GET", ""), ("GET", "/events"), ("GET", "/checkpoints"), ("POST", "/cancel")):
        assert local.call(method, f"{JOBS}/ftjob-none{path}")[0] == 404
    body = {"model": "gpt-4o", "training_file": local.upload(gold_rows())}
    assert local.call("POST", JOBS, body)[0] == 404


def test_cancelled_job_stays_cancelled(local: LocalApi) -> None:
    file = local.upload(gold_rows(60))
    body = {"model": "practice-large", "training_file": file, "hyperparameters": {"n_epochs": 50}}
    job = local.call("POST", JOBS, body)[1]
    status, cancelled = local.call("POST", f"{JOBS}/{job['id']}/cancel")
    assert status == 200 and cancelled["status"] == "cancelled"
    assert local.call("POST", f"{JOBS}/{job['id']}/cancel")[0] == 400
    after = local.job(training_file=file, hyperparameters={"n_epochs": 1})
    assert after["status"] == "succeeded"
    found = local.call("GET", f"{JOBS}/{job['id']}")[1]
    assert found["status"] == "cancelled" and found["fine_tuned_model"] is None
    assert local.call("POST", f"{JOBS}/{after['id']}/cancel")[0] == 400
    tuned = [model["id"] for model in local.call("GET", "/v1/models")[1]["data"] if model["id"].startswith("ft:")]
    assert tuned == [after["fine_tuned_model"]]


def test_restart_keeps_models_and_takes_up_jobs(tmp_path: Path, local: LocalApi) -> None:
    file, lost = local.upload(gold_rows()), local.upload(gold_rows())
    done = local.job(training_file=file)
    interrupted, orphaned = local.job(training_file=file), local.job(training_file=lost)
    for job in (interrupted, orphaned):
        path = tmp_path / "state" / "jobs" / f"{job['id']}.json"
        kept = {**json.loads(path.read_text()), "status": "running", "fine_tuned_model": None, "error": None}
        path.write_text(json.dumps(kept))
    local.call("DELETE", f"/v1/files/{lost}")
    (tmp_path / "state" / "jobs" / "ftjob-broken.json").write_text("{")

    again = LocalApi(tmp_path / "state")
    messages = chat_row("I want a new pin code", "")["messages"][:2]
    for api in (local, again):
        reply = api.call("POST", CHAT, {"model": done["fine_tuned_model"], "messages": messages, "logprobs": True})[1]
        assert reply["choices"][0]["message"]["content"] == "change_pin"
    job = again.ended(interrupted["id"])
    assert job["status"] == "succeeded" and job["fine_tuned_model"]
    assert any("restarted" in event["message"] for event in again.events(job["id"]))
    job = again.ended(orphaned["id"])
    assert job["status"] == "failed" and lost in job["error"]["message"]


def test_faults_need_leave(tmp_path: Path) -> None:
    api = Api(tmp_path)
    reply = api.handle("POST", "/practice/faults", {}, b'[{"kind": "500"}]')
    assert reply is not None and reply.status == 403


def test_faults_come_in_order_and_run_out(local: LocalApi) -> None:
    faults = [
        {"kind": "429", "path": "chat", "after": 1, "times": 2, "seconds": 7},
        {"kind": "500", "path": "models"},
        {"kind": "drop", "path": "chat"},
    ]
    assert local.call("POST", "/practice/faults", faults)[0] == 200
    assert local.call("POST", CHAT, ask())[0] == 200
    reply = local.api.handle("POST", CHAT, {}, json.dumps(ask()).encode())
    assert reply is not None and reply.status == 429 and reply.headers["Retry-After"] == "7"
    assert local.call("POST", CHAT, ask())[0] == 429
    assert local.api.handle("POST", CHAT, {}, json.dumps(ask()).encode()) is None
    assert local.call("POST", CHAT, ask())[0] == 200
    assert local.call("GET", "/v1/models")[0] == 500
    assert local.call("GET", "/v1/models")[0] == 200
    stats = local.call("GET", "/practice/stats")[1]
    assert stats["faults"]["fired"] == {"429": 2, "drop": 1, "500": 1} and stats["faults"]["armed"] == []
    assert stats["requests"][f"POST {CHAT}"] == 2


def test_job_fails_on_request(local: LocalApi) -> None:
    local.call("POST", "/practice/faults", [{"kind": "job_failed", "message": "No luck today."}])
    file = local.upload(gold_rows())
    job = local.job(training_file=file)
    assert job["status"] == "failed" and job["error"]["message"] == "No luck today."
    assert local.job(training_file=file)["status"] == "succeeded"


@pytest.mark.parametrize("fault", [{}, {"kind": "503"}, {"kind": "500", "path": "("}, {"kind": "500", "times": "x"}, 5])
def test_bad_faults_are_refused(local: LocalApi, fault: object) -> None:
    assert local.call("POST", "/practice/faults", [fault])[0] == 400
    assert local.call("POST", "/practice/faults", fault)[0] == 400
    assert local.call("GET", "/practice/faults")[1] == {"armed": []}


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(tmp_path_factory.mktemp("fuzzed"))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
MARKED = st.lists(
    st.sampled_from(
        [
            *("[[ ## text ## ]]", "[[ ## label ## ]]", "[[ ## completed ## ]]", "Your input fields are:"),
            *("1. `text` (str): x", "Your output fields are:", "1. `label` (Literal['a', 'b']): y", "1. `n` (int):"),
            *("1. `label` (Literal[", "{label}        # note: the value you produce must be one of: a; b", "```"),
            *("All interactions will be structured", "your objective is:", "\n\nRespond with the corresponding output"),
            *("Outputs will be a JSON object", "<text>", "</text>", "- a: b, c.", "- a [3]: b x2.", "# Example 1"),
            *("write a new instruction for the assistant", "Example({'a': 1}) (input_keys={'a'})", '[{"Inputs": 3}]'),
            *('[{"Inputs": {"a": 1}, "Feedback": "expected \'x\'"}]', "\ud800", "\u2028", "one of: a, b", "{", "[1"),
        ]
    )
    | st.text(max_size=30),
    max_size=12,
).map("\n".join)
MESSAGES = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["system", "user", "assistant", "developer"]), "content": MARKED}),
    min_size=1,
    max_size=5,
)
SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"enum": ["x", 1, None]}, {"$ref": "#"}, {"const": []}, {"type": "array"}]),
    lambda inner: (
        st.fixed_dictionaries({"properties": st.dictionaries(st.text(max_size=5), inner, max_size=3)})
        | st.fixed_dictionaries({"anyOf": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"type": st.just("array"), "items": inner})
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=MESSAGES, schema=st.none() | SCHEMAS, temperature=st.sampled_from([0, 0.5, 2]), large=st.booleans())
def test_no_prompt_breaks_the_server(
    fuzzed: Api, messages: list[object], schema: object, temperature: float, large: bool
) -> None:
    body = {"model": f"practice-{'large' if large else 'small'}", "messages": messages, "temperature": temperature}
    if schema is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"schema": schema}}
    reply = fuzzed.handle("POST", CHAT, {}, json.dumps(body).encode())
    assert reply is not None and reply.status == 200, reply
    assert isinstance(reply.body, bytes)
    content = json.loads(reply.body)["choices"][0]["message"]["content"]
    if schema is not None:
        json.loads(content)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "DELETE", "PUT"]),
    path=st.sampled_from(
        [CHAT, JOBS, f"{JOBS}/x/cancel", "/v1/files", "/v1/files/x", "/v1/models/x", "/practice/faults"]
    )
    | st.text(max_size=20).map(lambda text: f"/{text}"),
    body=JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40),
    content_type=st.sampled_from(["", "application/json", "multipart/form-data; boundary=x", "multipart/form-data"]),
)
def test_no_request_breaks_the_server(fuzzed: Api, method: str, path: str, body: bytes, content_type: str) -> None:
    reply = fuzzed.handle(method, path, {"content-type": content_type}, body)
    assert reply is not None and reply.status < 500


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(st.sampled_from(["n", "stop", "stream_options", "seed", "top_logprobs", "max_tokens"]), JSON)
)
def test_no_option_breaks_the_server(fuzzed: Api, body: dict[str, object]) -> None:
    reply = fuzzed.handle("POST", CHAT, {}, json.dumps({**ask(), **body}).encode())
    assert reply is not None and reply.status in (200, 400)
