"""Chat, models and files without a network."""

from __future__ import annotations

import json
import math

import pytest

from tests.practice.practice_harness import CHAT, LocalApi, ask


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
        ({"stop": 1.5}, "stop"),
        ({"stop": ["x", 1]}, "stop"),
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
