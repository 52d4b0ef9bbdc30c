"""Waits until something answers, never for a fixed time."""

import http.client
import json
import socket
import struct
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from millrace_local.problem import Problem

POLL = 0.2  # seconds
PATIENCE = 5.0  # seconds


class Probe(http.client.HTTPConnection):
    """
    A connection that is never one with itself: where nobody listens on a port of those that the system hands out, it
    may hand out this very port to the one who connects, and then that connection is made.
    """

    def connect(self) -> None:
        super().connect()
        if self.sock.getsockname() == self.sock.getpeername():
            # Reset, so that the port is free at once for whoever is to listen there.
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close()
            raise ConnectionRefusedError("nobody listens there")


class ProbeHandler(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(Probe, request)


# No proxy: these are our own services.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), ProbeHandler)
NOT_YET = (OSError, http.client.HTTPException, ValueError)


def wait_until(healthy: Callable[[], bool], what: str, timeout: float, failed: Callable[[], str | None]) -> None:
    """Returns as soon as healthy() is true.

    timeout: seconds. failed(): a sentence when waiting has become pointless. Raises Problem then, and when time is up.
    """
    deadline = time.monotonic() + timeout
    while not healthy():
        reason = failed()
        if reason is None and time.monotonic() > deadline:
            reason = f"{what} did not become healthy within {timeout:.0f} s"
        if reason is not None:
            raise Problem(reason, f"Look at ./run.sh --logs {what}")
        time.sleep(POLL)


def http_ok(url: str) -> bool:
    """True when a GET answers with a status below 300."""
    try:
        with OPENER.open(url, timeout=PATIENCE):
            return True
    except NOT_YET:
        return False


def http_json(url: str) -> Any:
    """The JSON that a GET answers; None when it does not answer, or not with JSON."""
    try:
        with OPENER.open(url, timeout=PATIENCE) as response:
            return json.load(response)
    except NOT_YET:
        return None
