"""HTTP on the loopback: connections in, `Api.handle` behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from advisor.practice.api import Api
from advisor.practice.wire import ApiError, Reply

LARGEST_BODY = 256 * 2**20
TOO_LARGE = f"The body is larger than {LARGEST_BODY // 2**20} MiB."
IDLE_SECONDS = 300
LOCAL_NAMES = frozenset(("127.0.0.1", "localhost"))


class PracticeServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; give it an `api` before it serves."""

    api: Api

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Connection)

    @property
    def base_url(self) -> str:
        """The address to give to a client."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up; report anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            # Passed on as it came; only the base class looks into it.
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Connection(BaseHTTPRequestHandler):
    """One client connection, kept open between requests."""

    server: PracticeServer
    protocol_version = "HTTP/1.1"
    server_version = "practice"
    sys_version = ""
    # Small replies would otherwise wait for the client's delayed acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        """Answer a request."""
        try:
            self._check_caller()
            body = self._body()
        except ApiError as refusal:
            self._send(refusal.reply(), last=True)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.api.handle(self.command, self.path, headers, body)
        if reply is None:
            self.close_connection = True
            return
        self._send(reply)

    do_POST = do_DELETE = do_PUT = do_PATCH = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: `/practice/stats` counts the requests."""

    def _check_caller(self) -> None:
        """Refuse web pages: a browser would send requests here for any page the user opens."""
        callers = [self.headers.get("host", ""), *self.headers.get_all("origin", [])]
        names = [caller.rpartition("//")[2].partition(":")[0] for caller in callers]
        if not set(names) <= LOCAL_NAMES:
            raise ApiError(403, "The practice server answers programs on this computer only.")

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self._chunked_body()
        return self._exactly(self.headers.get("content-length") or "0", base=10)

    def _chunked_body(self) -> bytes:
        body = bytearray()
        while chunk := self._exactly(self.rfile.readline(64).split(b";")[0].strip().decode("latin-1"), base=16):
            body += chunk
            if len(body) > LARGEST_BODY:
                raise ApiError(413, TOO_LARGE)
            self.rfile.readline(64)
        while self.rfile.readline(1024).strip():
            continue
        return bytes(body)

    def _exactly(self, length: str, base: int) -> bytes:
        """Return the next `length` bytes, a number written in `base`."""
        try:
            count = int(length, base)
        except ValueError:
            count = -1
        if count < 0:
            raise ApiError(400, "The length of the body must be a number.")
        if count > LARGEST_BODY:
            raise ApiError(413, TOO_LARGE)
        return self.rfile.read(count)

    def _send(self, reply: Reply, *, last: bool = False) -> None:
        self.send_response(reply.status)
        if last:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if isinstance(reply.body, bytes):
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
        else:
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Cache-Control", "no-cache")
            self.end_headers()
            self._send_chunks(reply.body)
        self.wfile.flush()

    def _send_chunks(self, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")
