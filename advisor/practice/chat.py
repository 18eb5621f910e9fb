"""Chat completions: checks a request, asks a model, and writes the reply whole or as a stream."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.practice.prompt import Message
from advisor.practice.rendering import Piece
from advisor.practice.shelf import ModelShelf
from advisor.practice.wire import ApiError, JsonObject, Reply, estimated_tokens, json_reply, new_id, timestamp

ROLES = ("system", "developer", "user", "assistant")
MOST_CHOICES = 128
REQUESTS_COUNTED = 10_000
GARBAGE = "I am not sure what you mean."
FINGERPRINT = "practice-2"

_UNSUPPORTED = {
    "tools": "Tools are not available on the practice model.",
    "functions": "Functions are not available on the practice model.",
    "audio": "Audio is not available on the practice model.",
    "prediction": "Predicted outputs are not available on the practice model.",
    "prompt": "Send `messages`; the practice model does not complete a `prompt`.",
}


@dataclass(frozen=True)
class ChatRequest:
    """A checked chat completion request."""

    model: str
    messages: tuple[Message, ...]
    response_format: JsonObject | None
    temperature: float
    n: int
    seed: int | None
    longest: int | None
    """Tokens a reply may have."""
    stops: tuple[str, ...]
    logprobs: bool
    top_logprobs: int
    stream: bool
    stream_usage: bool


@dataclass(frozen=True)
class Usage:
    """Estimated tokens of one request."""

    prompt: int
    completion: int

    def public(self) -> JsonObject:
        """Return the usage as the API tells it."""
        total = self.prompt + self.completion
        return {"prompt_tokens": self.prompt, "completion_tokens": self.completion, "total_tokens": total}


class Chat:
    """Answers chat completion requests and counts the tokens."""

    def __init__(self, models: ModelShelf) -> None:
        self._models = models
        self._lock = threading.Lock()
        self._asked: Counter[bytes] = Counter()
        self.tokens: Counter[str] = Counter()

    def answer(self, body: JsonObject, *, garbage: bool = False) -> Reply:
        """Return the reply to `body`; with `garbage`, one that no adapter can parse."""
        request = read_chat_request(body)
        model = self._models.get(request.model)
        replies = model.complete(
            request.messages,
            request.response_format,
            temperature=request.temperature,
            seeds=self._seeds(request),
        )
        if garbage:
            replies = [[Piece(GARBAGE)] for _ in replies]
        cut = [_cut(pieces, request) for pieces in replies]
        usage = Usage(
            sum(estimated_tokens(text) + 3 for _, text in request.messages),
            sum(estimated_tokens("".join(piece.text for piece in pieces)) for pieces, _ in cut),
        )
        with self._lock:
            self.tokens.update(prompt_tokens=usage.prompt, completion_tokens=usage.completion)
        head: JsonObject = {
            "id": new_id("chatcmpl"),
            "created": timestamp(),
            "model": request.model,
            "system_fingerprint": FINGERPRINT,
        }
        if request.stream:
            return Reply(200, _stream(request, head, cut, usage), "text/event-stream")
        return json_reply({**head, **_whole(request, cut), "usage": usage.public()})

    def _seeds(self, request: ChatRequest) -> list[int]:
        """Return one seed per choice: the same request gets the same first answer, then others if it is random.

        DSPy does not send its rollout number, so that repeated proposals would otherwise all be alike.
        """
        digest = hashlib.blake2b(repr((request.model, request.messages)).encode(errors="replace")).digest()
        seed = request.seed
        if seed is None:
            seed = int.from_bytes(digest[:6], "big")
            if request.temperature > 0:
                with self._lock:
                    if len(self._asked) > REQUESTS_COUNTED:
                        self._asked.clear()
                    seed += 7919 * self._asked[digest]
                    self._asked[digest] += 1
        return [seed * 1009 + number for number in range(request.n)]


def read_chat_request(body: JsonObject) -> ChatRequest:
    """Return the checked request in `body`; a 400 names what is wrong or not available."""
    for name, refusal in _UNSUPPORTED.items():
        if body.get(name):
            raise ApiError(400, refusal, code="unsupported_parameter", param=name)
    if not isinstance(body.get("model"), str):
        raise ApiError(400, "you must provide a model parameter", param="model")
    options = body.get("stream_options")
    return ChatRequest(
        model=body["model"],
        messages=_messages(body.get("messages")),
        response_format=_response_format(body.get("response_format")),
        temperature=_number(body, "temperature", 0.0, 2.0) or 0.0,
        n=int(_number(body, "n", 1, MOST_CHOICES, whole=True) or 1),
        seed=_optional_int(_number(body, "seed", -(2**63), 2**63, whole=True)),
        longest=_optional_int(
            _number(body, "max_completion_tokens", 1, 2**31, whole=True)
            or _number(body, "max_tokens", 1, 2**31, whole=True)
        ),
        stops=_stops(body.get("stop")),
        logprobs=bool(body.get("logprobs")),
        top_logprobs=int(_number(body, "top_logprobs", 0, 20, whole=True) or 0),
        stream=bool(body.get("stream")),
        stream_usage=bool(options.get("include_usage")) if isinstance(options, dict) else False,
    )


def _optional_int(value: float | None) -> int | None:
    return None if value is None else int(value)


def _number(body: JsonObject, name: str, least: float, most: float, *, whole: bool = False) -> float | None:
    value = body.get(name)
    if value is None:
        return None
    right = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not right or not least <= value <= most:
        kind = "a whole number" if whole else "a number"
        raise ApiError(400, f"'{name}' must be {kind} from {least:g} to {most:g}.", param=name)
    return int(value) if whole else float(value)


def _stops(value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    if (value is not None and not texts and value != []) or not all(isinstance(text, str) for text in texts):
        raise ApiError(400, "'stop' must be a text or a list of texts.", param="stop")
    return tuple(text for text in texts if text)


def _response_format(value: object) -> JsonObject | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.get("type") not in ("text", "json_object", "json_schema"):
        raise ApiError(400, "'response_format' must be text, json_object or json_schema.", param="response_format")
    return value


def _messages(value: object) -> tuple[Message, ...]:
    if not isinstance(value, list) or not value:
        raise ApiError(400, "'messages' must be a list of at least one message.", param="messages")
    return tuple(_message(message, f"messages[{number}]") for number, message in enumerate(value))


def _message(message: object, where: str) -> Message:
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        raise ApiError(400, f"'{where}.role' must be one of {', '.join(ROLES)}.", param=where)
    content = message.get("content")
    if content is None and message["role"] == "assistant":
        return "assistant", ""
    if isinstance(content, str):
        return message["role"], content
    if not isinstance(content, list):
        raise ApiError(400, f"'{where}.content' must be a text or a list of text parts.", param=where)
    texts = []
    for part in content:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            kind = part.get("type") if isinstance(part, dict) else type(part).__name__
            raise ApiError(400, f"'{where}': the practice model reads text only, not {kind!r}.", param=where)
        texts.append(part["text"])
    return message["role"], "\n".join(texts)


def _cut(pieces: Sequence[Piece], request: ChatRequest) -> tuple[list[Piece], str]:
    """Return the pieces up to a stop text or the token limit, and why the reply ends there."""
    text = "".join(piece.text for piece in pieces)
    end, reason = len(text), "stop"
    for stop in request.stops:
        found = text.find(stop)
        end = min(end, found) if found >= 0 else end
    if request.longest is not None and request.longest * 4 < end:
        end, reason = request.longest * 4, "length"
    kept, used = [], 0
    for piece in pieces:
        if used + len(piece.text) > end:
            if end > used:
                kept.append(Piece(piece.text[: end - used], piece.logprob))
            break
        kept.append(piece)
        used += len(piece.text)
    return kept, reason


def _whole(request: ChatRequest, replies: Sequence[tuple[list[Piece], str]]) -> JsonObject:
    choices = [
        {
            "index": index,
            "message": {
                "role": "assistant",
                "content": "".join(piece.text for piece in pieces),
                "refusal": None,
            },
            "finish_reason": reason,
            "logprobs": _logprobs(pieces, request) if request.logprobs else None,
        }
        for index, (pieces, reason) in enumerate(replies)
    ]
    return {"object": "chat.completion", "choices": choices}


def _logprobs(pieces: Sequence[Piece], request: ChatRequest) -> JsonObject:
    def entry(text: str, logprob: float) -> JsonObject:
        return {"token": text, "logprob": logprob, "bytes": list(text.encode(errors="replace"))}

    content = []
    for piece in pieces:
        others = piece.alternatives or ((piece.text, piece.logprob),)
        top = [entry(text, logprob) for text, logprob in others[: request.top_logprobs]]
        content.append({**entry(piece.text, piece.logprob), "top_logprobs": top})
    return {"content": content, "refusal": None}


def _stream(
    request: ChatRequest, head: JsonObject, replies: Sequence[tuple[list[Piece], str]], usage: Usage
) -> Iterator[bytes]:
    def chunk(**parts: object) -> bytes:
        event = {**head, "object": "chat.completion.chunk", **parts}
        return f"data: {json.dumps(event)}\n\n".encode()

    def delta(index: int, change: JsonObject, reason: str | None = None, piece: Piece | None = None) -> bytes:
        logprobs = _logprobs([piece], request) if piece and request.logprobs else None
        choice = {"index": index, "delta": change, "finish_reason": reason, "logprobs": logprobs}
        return chunk(choices=[choice], **({"usage": None} if request.stream_usage else {}))

    for index, (pieces, reason) in enumerate(replies):
        yield delta(index, {"role": "assistant", "content": ""})
        for piece in pieces:
            yield delta(index, {"content": piece.text}, piece=piece)
        yield delta(index, {}, reason)
    if request.stream_usage:
        yield chunk(choices=[], usage=usage.public())
    yield b"data: [DONE]\n\n"
