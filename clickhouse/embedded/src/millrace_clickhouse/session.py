"""Sessions: connections that live from one request to the next, one request at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .accounts import Account
from .engine import Connection, Engine
from .errors import ClickHouseError
from .request import SessionWish

_SWEEP_SECONDS = 1.0
_MAX_SESSIONS = 1000


@dataclass
class _Session:
    connection: Connection
    busy: bool
    ends_at: float = 0.0


class Sessions:
    """All sessions by their user and their name. A session that nobody used for its time is closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions: dict[tuple[str, str], _Session] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="session-sweeper", daemon=True)
        self._sweeper.start()

    @contextmanager
    def connection(self, account: Account, wish: SessionWish | None) -> Iterator[Connection]:
        """
        A connection for one request, with its user's rights: the session's, or a fresh one. Raises ClickHouseError
        (372, 373).
        """
        if wish is None:
            fresh = self._engine.connect()
            try:
                fresh.act_as(account.role)
                yield fresh
            finally:
                fresh.close()
            return
        session = self._acquire((account.name, wish.id), wish)
        try:
            session.connection.act_as(account.role)
            yield session.connection
        finally:
            with self._lock:
                session.busy = False
                session.ends_at = time.monotonic() + wish.seconds

    def close(self) -> None:
        """Closes every session."""
        self._stopped.set()
        self._sweeper.join()
        with self._lock:
            for session in self._sessions.values():
                session.connection.close()
            self._sessions.clear()

    def _acquire(self, key: tuple[str, str], wish: SessionWish) -> _Session:
        self._close_expired()
        with self._lock:
            session = self._sessions.get(key)
            if session is None and wish.must_exist:
                raise ClickHouseError.of(372, "SESSION_NOT_FOUND", f"Session {wish.id} not found")
            if session is None and len(self._sessions) == _MAX_SESSIONS:
                sentence = f"There are {_MAX_SESSIONS} sessions; ask for a shorter session_timeout"
                raise ClickHouseError.of(202, "TOO_MANY_SIMULTANEOUS_QUERIES", sentence)
            if session is None:
                session = self._sessions[key] = _Session(self._engine.connect(), busy=True)
            elif session.busy:
                sentence = f"Session {wish.id} is locked by a concurrent client"
                raise ClickHouseError.of(373, "SESSION_IS_LOCKED", sentence)
            session.busy = True
            return session

    def _close_expired(self) -> None:
        now = time.monotonic()
        with self._lock:
            over = [name for name, session in self._sessions.items() if not session.busy and session.ends_at <= now]
            ended = [self._sessions.pop(name) for name in over]
        for session in ended:
            session.connection.close()

    def _sweep(self) -> None:
        while not self._stopped.wait(_SWEEP_SECONDS):
            self._close_expired()
