"""What the webhook does for pages of other sites, and for clients that send too much or too little."""

import socket
from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ELSEWHERE, HOST, REBOUND, ask, send_raw
from millrace_checks.security.door import door
from millrace_checks.security.headers import framed

HALF = b"POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
HALVES = 60
# A run that never was, so that nothing changes should a request be let through.
CANCEL = "/api/v1/runs/20000101T000000000Z-0000/cancel"
LONG = {"X-Long": "a" * (64 * 1024)}
BIG = b'{"pipeline":"' + b"a" * (2 * 1024 * 1024) + b'"}'
TWO_LENGTHS = (
    f"POST {CANCEL} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
).encode()
UPDATE = "Update Millrace, or report it (SECURITY.md)"


def webhook(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door."""
    port = settings["WEBHOOK_PORT"]
    answer = ask(port, "POST", CANCEL, ELSEWHERE)
    yield door("webhook, a page of another site", answer.status == 403, answer.words, UPDATE)
    answer = ask(port, "GET", "/api/v1/runs", REBOUND)
    remedy = "Take the name out of WEBHOOK_ALLOWED_HOSTS"
    yield door("webhook, another name for this machine", answer.status == 403, answer.words, remedy)
    answer = ask(port, "GET", "/api/v1/runs", LONG)
    yield door("webhook, a head of 64 KB", answer.refused, answer.words, UPDATE)
    answer = ask(port, "POST", "/api/v1/runs", {"Content-Type": "application/json"}, BIG)
    yield door("webhook, a body of 2 MB", answer.refused, answer.words, UPDATE)
    status = send_raw(port, TWO_LENGTHS)
    yield door("webhook, a body of two lengths", status in (0, 400), f"HTTP {status}", UPDATE)
    yield framed("webhook", port, "/")
    yield beside_half_requests(port)


def beside_half_requests(port: str) -> Finding:
    """Holds when clients that never end their requests do not silence it for others."""
    held: list[socket.socket] = []
    try:
        for _ in range(HALVES):
            held.append(socket.create_connection((HOST, int(port)), timeout=5))
            held[-1].sendall(HALF)
        answer = ask(port, "GET", "/health")
    finally:
        for client in held:
            client.close()
    return door(f"webhook beside {HALVES} half requests", answer.status == 200, answer.words, UPDATE)
