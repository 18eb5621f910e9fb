"""What a run on this computer says of few rows, and that it finds its own servers past a proxy."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from advisor.kit.hosts import local
from advisor.kit.local import held_out

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9"
LOOKS = """
import sys
from advisor.kit.local.servers import _answers, environment
from advisor.kit.models import clean_environment
before = _answers(int(sys.argv[1]))
clean_environment()
print(before, _answers(int(sys.argv[1])), environment()["no_proxy"])
"""


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


def test_a_model_server_of_the_run_is_found_past_a_proxy_and_its_own_processes_are_told() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        environment = {**os.environ, "HTTP_PROXY": NOBODY, "NO_PROXY": ".example.org", "PYTHONPATH": str(ROOT)}
        environment.pop("no_proxy", None)
        done = subprocess.run(
            [sys.executable, "-c", LOOKS, str(server.server_address[1])], env=environment, capture_output=True,
            text=True, timeout=60,
        )  # fmt: skip
        server.shutdown()
    assert done.stdout == "False True .example.org,127.0.0.1,localhost,::1,0.0.0.0\n", done.stderr


@pytest.mark.parametrize(("rows", "said"), [(59, "59 rows to train on, too few to hold any out"),
                                            (60, "40 rows to train on, 20 held out")])  # fmt: skip
def test_rows_too_few_to_hold_any_out_are_all_trained_on_and_that_is_told(rows: int, said: str) -> None:
    train, kept_back = held_out.split(range(rows), seed=0)
    event = {"kind": "checked", "rows": len(train), "held_out": len(kept_back), "median": 9, "longest": 12,
             "too_long": 0}  # fmt: skip
    told, figures = local._told(event)
    assert told == f"{said}; 9 tokens in the median, 12 in the longest." and figures == {}
