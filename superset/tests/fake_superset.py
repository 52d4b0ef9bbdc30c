"""A server that answers like Superset's API, from memory."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = dict[str, tuple[int, Any]]


def handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.headers["Authorization"] != "Bearer token":
                return self.answer(401, {"msg": "Missing Authorization Header"})
            if self.headers["Content-Type"]:
                return self.answer(400, {"message": "A request of that type has a body"})
            status, body = answers.get(self.path.split("?")[0], (404, {"message": "Not found"}))
            self.answer(status, body)

        def do_POST(self) -> None:
            account = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            right = self.path == "/api/v1/security/login" and account["password"] == "right"
            self.answer(*((200, {"access_token": "token"}) if right else (401, {"message": "Not authorized"})))

        def answer(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def fake_superset(answers: Answers) -> Iterator[str]:
    """The address of a server that gives these (status, body) answers by path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(answers))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
