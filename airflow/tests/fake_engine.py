"""A Docker engine over HTTP that only pretends to run containers, and remembers what it was asked."""

import json
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

IDENTITY = "c" * 64


class FakeEngine(ThreadingHTTPServer):
    """said: what its container prints, a frame each; exit_code: what it ends with; left: containers there already.

    until_stopped: when there is one, the container runs until it is told to stop.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.said: list[str] = []
        self.exit_code = 0
        self.left: list[dict[str, Any]] = []
        self.created: list[dict[str, Any]] = []
        self.removed: list[str] = []
        self.stopped: list[str] = []
        self.started = threading.Event()
        self.until_stopped: threading.Event | None = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers what DockerOperator asks."""

    server: FakeEngine
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.endswith("/_ping"):
            return self.answer("OK")
        if "/images/json" in self.path:
            return self.answer([{"Id": "sha256:1"}])
        if "/containers/json" in self.path:
            return self.answer(self.server.left)
        if "/containers/" in self.path:
            return self.answer({"Config": {"Tty": False}})
        return self.answer({"ApiVersion": "1.45", "Version": "26.1"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "/containers/create" in self.path:
            self.server.created.append(json.loads(body))
            return self.answer({"Id": IDENTITY, "Warnings": []}, 201)
        if "/attach" in self.path:
            return self.stream()
        if "/stop" in self.path:
            self.server.stopped.append(self.path.split("/containers/")[1])
            if self.server.until_stopped:
                self.server.until_stopped.set()
        if self.path.endswith("/start"):
            self.server.started.set()
        return self.answer({"StatusCode": self.server.exit_code})

    def do_DELETE(self) -> None:
        self.server.removed.append(self.path.split("/containers/")[1].split("?")[0])
        self.answer({})

    def stream(self) -> None:
        """The container's output in Docker's frames, from its start to its end."""
        self.send_response(101)
        self.send_header("Connection", "Upgrade")
        self.end_headers()
        self.wfile.flush()
        self.server.started.wait(10)
        for text in self.server.said:
            piece = text.encode()
            self.wfile.write(struct.pack(">BxxxL", 1, len(piece)) + piece)
        if self.server.until_stopped:
            self.server.until_stopped.wait(10)
        self.close_connection = True

    def answer(self, content: Any, status: int = 200) -> None:
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""
