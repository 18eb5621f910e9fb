"""Faults on request, and requests that must not be faults."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.practice.api import Api
from tests.practice.practice_harness import CHAT, JOBS, LocalApi, ask, gold_rows


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


LONG_PARTS = (
    *("*", " ", "- ", "a: ", "one of ", "one of: a, ", "answer ", "Example({", "```", "<text>", "- a [3]: b."),
    *("[[ ## text ## ]]\n", "# Example 1\n", "Literal[", "(", "1. `text` (Literal['", "[[", '{"Inputs": '),
)


@pytest.mark.parametrize("part", LONG_PARTS)
def test_long_hostile_text_takes_no_longer_than_other_text(fuzzed: Api, part: str) -> None:
    text = (part * 20_000)[:20_000]
    fields = f"Your input fields are:\n1. `text` (str): {text}\nYour output fields are:\n1. `label` ({text}): {text}"
    system = f"{fields}\nAll interactions will be structured\nyour objective is: {text}"
    request = f"{text}\nwrite a new instruction for the assistant\n{text}"
    for contents in ([system, text], [text, request], [text, text]):
        started = time.process_time()
        roles = ("system", "user")
        messages = [{"role": role, "content": content} for role, content in zip(roles, contents, strict=True)]
        reply = fuzzed.handle("POST", CHAT, {}, json.dumps(ask(messages=messages)).encode())
        assert reply is not None and reply.status == 200
        assert time.process_time() - started < 2.0
