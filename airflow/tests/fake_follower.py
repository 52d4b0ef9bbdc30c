"""A follower that says what a test has it say, over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def status(**changed: Any) -> dict[str, Any]:
    """A stream in which all is well, but for what is said otherwise."""
    tables = {"public.orders": {"state": "following", "inserts": 3, "updates": 2, "deletes": 1}}
    well = {"state": "following", "applied_lsn": "0/1A", "lag_seconds": 0.0, "lag_bytes": 0, "quarantined": 0}
    return {**well, "tables": tables, **changed}


@dataclass
class Says:
    """statuses: one after the other, the last one for ever; answers: to POST, by path; asked: the paths so far."""

    statuses: list[dict[str, Any]] = field(default_factory=lambda: [status()])
    answers: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """The calls that a DAG makes."""

    says: Says

    def do_GET(self) -> None:
        statuses = self.says.statuses
        self.answer(200, statuses.pop(0) if len(statuses) > 1 else statuses[0])

    def do_POST(self) -> None:
        self.says.asked.append(self.path)
        nothing = {"code": "unknown-path", "sentence": "There is nothing here.", "hint": "Try /status."}
        self.answer(*self.says.answers.get(self.path, (400, nothing)))

    def answer(self, code: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def fake_follower(says: Says) -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"says": says}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
