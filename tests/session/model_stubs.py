"""Small model servers that answer as Ollama and vLLM do: by the words of a ticket, in DSPy's format."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from tests.conftest import SUBJECTS

Kind = Literal["ollama", "vllm"]
MODEL = {"ollama": "llama3.1:8b", "vllm": "Qwen/Qwen3-8B"}


@dataclass
class Asked:
    """A running server and what it was asked."""

    port: int = 0
    chats: list[dict[str, Any]] = field(default_factory=list)


def _label(prompt: str) -> str:
    """Return the label whose words stand in the last text of a prompt."""
    text = prompt.rpartition("[[ ## text ## ]]")[2].partition("Respond with")[0].lower()
    found = [label for label, words in SUBJECTS.items() if any(word in text for word in words)]
    return found[0] if found else sorted(SUBJECTS)[0]


def _answer(prompt: str) -> str:
    wanted = re.findall(r"\[\[ ## (\w+) ## \]\]", prompt.rpartition("Respond with")[2]) or ["category"]
    names = [name for name in dict.fromkeys(wanted) if name != "completed"]
    return "".join(f"[[ ## {name} ## ]]\n{_label(prompt)}\n\n" for name in names) + "[[ ## completed ## ]]"


def _listed(kind: Kind) -> dict[str, Any]:
    owner = "library" if kind == "ollama" else "vllm"
    models = {"object": "list", "data": [{"id": MODEL[kind], "object": "model", "owned_by": owner}]}
    if kind == "vllm":
        return {"/v1/models": models, "/version": {"version": "0.33.0"}}
    hostile = "\x1b[31mred[/b] " + "x" * 300
    tags = {"models": [{"name": MODEL[kind]}, {"name": "nomic-embed-text:latest"}, {"name": hostile}]}
    return {"/v1/models": models, "/api/tags": tags}


def _reply(path: str, body: dict[str, Any], says: Callable[[str], str]) -> dict[str, Any] | None:
    answer = says("\n".join(message["content"] for message in body["messages"]))
    if path == "/api/chat":
        return {
            "model": body["model"], "created_at": "2026-11-22T10:00:00Z", "done": True, "done_reason": "stop",
            "message": {"role": "assistant", "content": answer}, "prompt_eval_count": 10, "eval_count": 5,
        }  # fmt: skip
    if path == "/v1/chat/completions":
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        return {"id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice],
                "usage": usage}  # fmt: skip
    return None


@contextmanager
def answering(kind: Kind, says: Callable[[str], str] = _answer) -> Iterator[Asked]:
    """Answer on a free port of this computer, and keep what was asked; `says` answers a prompt."""
    asked, listed = Asked(), _listed(kind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.give(listed.get(self.path))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path.endswith(("/chat", "/chat/completions")):
                asked.chats.append(body)
                self.give(_reply(self.path, body, says))
            else:
                self.give({"template": "", "details": {}, "model_info": {}, "capabilities": ["completion"]})

        def give(self, said: dict[str, Any] | None) -> None:
            body = json.dumps(said or {"error": "not found"}).encode()
            self.send_response(200 if said else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):  # whoever asked may be gone
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    asked.port = server.server_address[1]
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
