"""The answer to one request: held back at first, so that an early error still gets its own HTTP status."""

from __future__ import annotations

import json
import random
import string
import time
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from . import block_framing
from .content_coding import Encoder
from .engine import Outcome
from .errors import ClickHouseError
from .spill import Spill

HOLD_BYTES = 1 << 20


class Wire(Protocol):
    """The HTTP connection below an answer."""

    def start(self, status: HTTPStatus, headers: list[tuple[str, str]], length: int | None) -> None: ...

    def write(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def pause(self) -> None: ...

    def abort(self) -> None: ...


class Response:
    """
    Body bytes go in as the engine makes them; headers go out with the first that cannot be held back any more. What is
    held back beyond a MiB waits in a file below `folder`.
    """

    def __init__(self, wire: Wire, headers: list[tuple[str, str]], version: str, folder: Path) -> None:
        self._wire = wire
        self._headers = headers
        self._version = version
        self._hold_bytes: int | None = HOLD_BYTES
        self._hold_until: float | None = None
        self._held = Spill(folder, HOLD_BYTES)
        self._started = False
        self._encoder: Encoder | None = None
        self._framed = False
        self._coding: str | None = None
        self._tag = "".join(random.choices(string.ascii_lowercase, k=16))

    def add_header(self, name: str, value: str) -> None:
        """Adds a header; only before any body is sent."""
        self._headers.append((name, value))

    def hold(self, size: int | None, seconds: float | None = None) -> None:
        """Sets how much of the body to hold back, in bytes (None: all) and in seconds (None: no limit)."""
        self._hold_bytes = size
        self._hold_until = None if seconds is None else time.monotonic() + seconds

    def encode(self, framed: bool, coding: str | None, encoder: Encoder | None) -> None:
        """Sets how the body is packed: in ClickHouse's blocks, in an HTTP content coding, in both or neither."""
        self._framed = framed
        self._encoder = encoder
        self._coding = coding

    def write(self, data: bytes) -> None:
        """Takes the next part of the body. Raises OSError when the client is gone."""
        if self._started:
            self._send(data)
            return
        self._held.add(data)
        if self._held_enough():
            self._start(HTTPStatus.OK, None, Outcome(), 0)
            self._release()

    def _held_enough(self) -> bool:
        if self._hold_bytes is None:
            return False
        late = self._hold_until is not None and time.monotonic() > self._hold_until
        return late or self._held.size > self._hold_bytes

    def finish(self, outcome: Outcome, elapsed_ns: int) -> None:
        """Completes the answer of a statement that succeeded."""
        if self._started:
            self._wire.write(self._encoder.end() if self._encoder else b"")
            self._wire.end()
            return
        if self._held.size > HOLD_BYTES:
            self._start(HTTPStatus.OK, None, outcome, elapsed_ns)
            self._release()
            self._wire.write(self._encoder.end() if self._encoder else b"")
            self._wire.end()
            return
        body = self._packed(b"".join(self._held.parts()))
        self._start(HTTPStatus.OK, len(body), outcome, elapsed_ns)
        self._wire.write(body)
        self._wire.end()

    def close(self) -> None:
        """Drops what was held back and not sent."""
        self._held.close()

    def fail(self, error: ClickHouseError) -> None:
        """Tells the error: with its status when nothing was sent yet, else in the body, which then ends unfinished."""
        text = f"{error.text} (version {self._version} (official build))\n".encode("utf-8", "surrogateescape")
        if self._started:
            # Clients take an exception for that of everything they have read together with it, and drop what they have
            # not read yet when the connection ends.
            self._wire.write(self._encoder.flush() if self._encoder else b"")
            self._wire.pause()
            self._send(self._exception_block(text))
            self._wire.write(self._encoder.end() if self._encoder else b"")
            self._wire.pause()
            self._wire.abort()
            return
        self._headers = [header for header in self._headers if header[0] not in ("Content-Type", "X-ClickHouse-Format")]
        self.add_header("Content-Type", "text/plain; charset=UTF-8")
        self.add_header("X-ClickHouse-Exception-Code", str(error.code))
        if error.status is HTTPStatus.UNAUTHORIZED:
            self.add_header("WWW-Authenticate", 'Basic realm="ClickHouse server HTTP API"')
        body = self._packed(text)
        self._start(error.status, len(body), Outcome(), 0)
        self._wire.write(body)
        self._wire.end()

    def _exception_block(self, text: bytes) -> bytes:
        tag = self._tag.encode()
        return b"\r\n__exception__\r\n%b\r\n%b%d %b\r\n__exception__\r\n" % (tag, text, len(text), tag)

    def _start(self, status: HTTPStatus, length: int | None, outcome: Outcome, elapsed_ns: int) -> None:
        self._started = True
        if self._coding and length != 0:
            self.add_header("Content-Encoding", self._coding)
        self.add_header("X-ClickHouse-Exception-Tag", self._tag)
        self.add_header("X-ClickHouse-Summary", summary(outcome, elapsed_ns))
        self._wire.start(status, self._headers, length)

    def _release(self) -> None:
        for part in self._held.parts():
            self._send(part)
        self._held.close()

    def _send(self, data: bytes) -> None:
        packed = block_framing.frame(data) if self._framed else data
        self._wire.write(self._encoder.add(packed) if self._encoder else packed)

    def _packed(self, body: bytes) -> bytes:
        packed = block_framing.frame(body) if self._framed else body
        return self._encoder.add(packed) + self._encoder.end() if self._encoder and packed else packed


def summary(outcome: Outcome, elapsed_ns: int) -> str:
    """The counts of a statement, as X-ClickHouse-Summary tells them: a JSON object of strings."""
    counts = {
        "read_rows": outcome.read_rows,
        "read_bytes": outcome.read_bytes,
        "written_rows": outcome.written_rows,
        "written_bytes": outcome.written_bytes,
        "total_rows_to_read": outcome.read_rows,
        "result_rows": outcome.result_rows,
        "result_bytes": outcome.result_bytes,
        "elapsed_ns": elapsed_ns,
    }
    return json.dumps({name: str(count) for name, count in counts.items()}, separators=(",", ":"))
