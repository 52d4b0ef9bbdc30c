"""A webhook whose runs follow a script, over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def node(name: str, status: str = "success", kind: str = "model", message: str = "") -> dict[str, Any]:
    """A node of dbt's project as the webhook tells of it."""
    return {"name": name, "type": kind, "status": status, "seconds": 0.1, "message": message}


@dataclass
class Script:
    """What the webhook does. pieces: of the log, one more for each time the log is read."""

    pieces: list[str] = field(default_factory=lambda: ["Running with dbt=1.11\n", "1 of 1 OK fact_sales ✓\n"])
    nodes: list[dict[str, Any]] = field(default_factory=lambda: [node("fact_sales")])
    state: str = "success"
    error: dict[str, str] | None = None
    refusals: list[tuple[int, str]] = field(default_factory=list)
    queued_looks: int = 0
    full_looks: int = 0
    earlier: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    options: list[dict[str, Any]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    reads: int = 0


class Handler(BaseHTTPRequestHandler):
    """The calls that a DAG makes."""

    script: Script

    def do_POST(self) -> None:
        if self.path.endswith("/cancel"):
            self.script.cancelled.append(self.path.split("/")[-2])
            self.answer(200, {"run_id": "ours", "state": "cancelled"})
            return
        options = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        pipeline = options.pop("pipeline")
        if self.script.refusals:
            status, sentence = self.script.refusals.pop(0)
            self.answer(status, {"error": {"code": "no", "message": sentence, "hint": "Look there."}})
        elif self.script.full_looks:
            self.script.full_looks -= 1
            error = {"code": "queue_full", "message": "Full.", "hint": "Wait."}
            self.answer(429, {"error": error}, {"Retry-After": "0"})
        elif self.script.earlier:
            self.script.keys.append(self.headers["Idempotency-Key"])
            state = self.script.earlier.pop(0)
            self.answer(202, {"run_id": "ours", "state": state}, {"Idempotency-Replayed": "true"})
        else:
            self.script.keys.append(self.headers["Idempotency-Key"])
            self.script.started.append(pipeline)
            self.script.options.append(options)
            self.answer(202, {"run_id": "ours", "state": "queued" if self.script.queued_looks else "running"})

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/api/v1/runs/ours" and self.script.queued_looks:
            self.script.queued_looks -= 1
            self.answer(200, {"run_id": "ours", "state": "queued", "position": 1})
        elif url.path == "/api/v1/runs/ours":
            end = {"run_id": "ours", "state": self.script.state, "seconds": 0.5, "error": self.script.error}
            nodes = self.script.nodes
            self.answer(200, end | {"models": nodes, "summary": {"pass": len(nodes), "error": 0}})
        elif url.path == "/api/v1/runs/ours/logs":
            self.log_from(int(parse_qs(url.query)["offset"][0]))
        else:
            self.answer(404, {"error": {"code": "no", "message": "There is no such run.", "hint": "List them."}})

    def log_from(self, offset: int) -> None:
        self.script.reads += 1
        written = "".join(self.script.pieces[: self.script.reads]).encode()
        ended = self.script.reads > len(self.script.pieces)
        headers = {"X-Next-Offset": str(len(written)), "X-Run-State": self.script.state if ended else "running"}
        self.answer(200, written[offset:], headers)

    def answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def fake_webhook(script: Script, port: int = 0) -> Iterator[str]:
    """Serves the script; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Scripted", (Handler,), {"script": script}))
    thread = threading.Thread(target=lambda: server.serve_forever(0.02))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
