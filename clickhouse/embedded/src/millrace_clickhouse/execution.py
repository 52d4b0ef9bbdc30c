"""Running a statement on a connection while its answer streams to the client."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from io import FileIO

from .engine import Connection, Engine, Outcome
from .errors import ClickHouseError, ClientGone
from .statement import ReadingStatement

_PIPE_BYTES = 1 << 18
_KILL_AGAIN_SECONDS = 0.2
_BEGINS_SECONDS = 0.005
_GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR


class _Job(threading.Thread):
    """One statement running beside the thread that serves the client."""

    def __init__(self, work: Callable[[], Outcome], afterwards: Callable[[], None]) -> None:
        super().__init__(name="statement", daemon=True)
        self._work = work
        self._afterwards = afterwards
        self._outcome: Outcome | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._outcome = self._work()
        except ClickHouseError as error:
            self._error = error
        except OSError as error:
            self._error = ClickHouseError.of(210, "NETWORK_ERROR", f"The client is gone: {error}")
        except BaseException as error:
            self._error = error
            raise
        finally:
            self._afterwards()

    def outcome(self) -> Outcome:
        """Waits for the end. Raises what the statement raised, a ClickHouseError as a rule."""
        self.join()
        if self._error:
            raise self._error
        assert self._outcome is not None
        return self._outcome


class Execution:
    """Runs statements of one client on one connection; a reading statement ends when its client leaves."""

    def __init__(self, engine: Engine, connection: Connection, client: socket.socket) -> None:
        self._engine = engine
        self._connection = connection
        self._client = client
        self._mark = b"/* %b */" % connection.token.encode()

    def read(
        self, statement: ReadingStatement, output: str, parameters: Mapping[str, str], write: Callable[[bytes], None]
    ) -> Outcome:
        """Runs a statement that answers with rows, handing over its parts. Raises ClickHouseError, ClientGone."""

        def run(pipe: int) -> Outcome:
            sql = statement.with_tail(b"INTO OUTFILE '/proc/self/fd/%d' TRUNCATE %b" % (pipe, self._mark))
            return self._connection.run(sql, output, parameters)

        return self._piped(run, write)

    def stream(
        self,
        statement: ReadingStatement,
        output: str,
        parameters: Mapping[str, str],
        write: Callable[[bytes], None],
        change: Callable[[bytes], bytes],
    ) -> Outcome:
        """Runs a SELECT like `read`, handing over each block when it is there, as `change` makes it."""

        def run(pipe: int) -> Outcome:
            with open(pipe, "wb", buffering=0, closefd=False) as sink:
                return self._connection.stream(
                    statement.sql, output, parameters, lambda block: _write_all(sink, change(block))
                )

        return self._piped(run, write)

    def feed(self, statement: Callable[[int], bytes], parameters: Mapping[str, str], parts: Iterator[bytes]) -> Outcome:
        """
        Runs a statement that writes `parts`, which it reads from the pipe it is made for. Raises ClickHouseError and
        ClientGone; then it has not come to its end.
        """
        reader, writer = _pipe()
        mark = uuid.uuid4().hex
        sql = b"/* %b %b */ %b" % (self._connection.token.encode(), mark.encode(), statement(reader))
        job = _Job(lambda: self._connection.run(sql, parameters=parameters), lambda: os.close(reader))
        job.start()
        try:
            with open(writer, "wb", buffering=0, closefd=False) as sink, contextlib.suppress(BrokenPipeError):
                for part in parts:
                    _write_all(sink, part)
        except BaseException:
            # Killed first, so that the end of the data does not look like a whole insert.
            self._kill(job)
            os.close(writer)
            self._end(job)
            raise
        os.close(writer)
        try:
            return job.outcome().as_change()
        except ClickHouseError as error:
            told = error.without_pipe()
            if error.in_data:
                self._engine.log_failed(mark, told)
            raise told from None

    def _piped(self, run: Callable[[int], Outcome], write: Callable[[bytes], None]) -> Outcome:
        reader, writer = _pipe()
        job = _Job(lambda: run(writer), lambda: os.close(writer))
        job.start()
        try:
            for part in self._parts(reader):
                write(part)
        except (ClientGone, OSError) as gone:
            os.close(reader)
            self._end(job)
            raise ClientGone from gone
        os.close(reader)
        return job.outcome()

    def _kill(self, job: _Job) -> None:
        """Kills the statement, which may not have begun yet, and returns once it is killed or over."""
        while job.is_alive() and not self._engine.kill(self._connection.token):
            job.join(_BEGINS_SECONDS)

    def _end(self, job: _Job) -> None:
        """Kills the statement: again and again, since it may not have begun yet."""
        while job.is_alive():
            self._engine.kill(self._connection.token)
            job.join(_KILL_AGAIN_SECONDS)

    def _parts(self, reader: int) -> Iterator[bytes]:
        """What the statement writes, until its end. Raises ClientGone."""
        poller = select.poll()
        poller.register(reader, select.POLLIN)
        poller.register(self._client, select.POLLRDHUP)
        while True:
            ready = dict(poller.poll())
            if ready.get(self._client.fileno(), 0) & _GONE:
                raise ClientGone
            if reader in ready:
                part = os.read(reader, _PIPE_BYTES)
                if not part:
                    return
                yield part


def _pipe() -> tuple[int, int]:
    reader, writer = os.pipe()
    with contextlib.suppress(OSError):
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return reader, writer


def _write_all(sink: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[sink.write(rest) :]
