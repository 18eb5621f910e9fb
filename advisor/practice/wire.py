"""What goes over the wire: replies, refusals and identifiers."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One HTTP reply; a body that is not bytes is sent chunk by chunk."""

    status: int
    body: bytes | Iterable[bytes]
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class ApiError(Exception):
    """A refusal, told to the client in OpenAI's error shape."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        kind: str = "invalid_request_error",
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.kind = kind
        self.param = param
        self.headers = dict(headers or {})

    def reply(self) -> Reply:
        """Return the HTTP reply that carries this refusal."""
        error = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return json_reply({"error": error}, self.status, self.headers)


def json_reply(payload: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Return `payload` as a JSON reply."""
    return Reply(status, json.dumps(payload, ensure_ascii=False).encode(errors="replace"), headers=headers or {})


def new_id(prefix: str) -> str:
    """Return a fresh identifier such as `file-3f0c...`."""
    return f"{prefix}-{secrets.token_hex(12)}"


def timestamp() -> int:
    """Return the current Unix time in whole seconds, as the API reports it."""
    return int(time.time())


def estimated_tokens(text: str) -> int:
    """Return about how many tokens `text` has, at four characters a token."""
    return len(text) // 4 + 1


def paged(records: list[JsonObject], query: Mapping[str, str], default_limit: int) -> Reply:
    """Return one page of `records`, which are newest first, honouring `limit` and `after`."""
    try:
        limit = int(query.get("limit", default_limit))
    except ValueError:
        raise ApiError(400, f"Invalid value for 'limit': {query['limit']!r}.", param="limit") from None
    if limit < 1:
        raise ApiError(400, f"Invalid value for 'limit': {limit}. It must be at least 1.", param="limit")
    after = query.get("after")
    start = 0
    if after:
        known = [record["id"] for record in records]
        if after not in known:
            raise ApiError(400, f"Invalid value for 'after': {after!r} is not in the list.", param="after")
        start = known.index(after) + 1
    page = records[start : start + limit]
    return json_reply(
        {
            "object": "list",
            "data": page,
            "first_id": page[0]["id"] if page else None,
            "last_id": page[-1]["id"] if page else None,
            "has_more": start + limit < len(records),
        }
    )
