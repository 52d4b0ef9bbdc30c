"""The HTTP server: each request of each client is served by one thread, from parsing to the end of the answer."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Mapping
from typing import Any

from cheroot.server import HTTPConnection, HTTPServer

from .accounts import Accounts
from .door import Door
from .engine import Engine
from .failed_logins import FailedLogins
from .gateway import Gateway
from .http_request import Connection
from .incoming import MAX_HEAD_BYTES
from .memory import Trimmer
from .query_handler import QueryHandler
from .threads import ElasticThreadPool
from .visible import visible
from .waiting import WaitingConnections

_LOG = logging.getLogger("millrace_clickhouse")
_KEEP_ALIVE_SECONDS = 30
_BACKLOG = 1024
_MAX_QUEUED = 256


class ClickHouseServer(HTTPServer):
    """The server, ready to start."""

    ConnectionClass = Connection
    _connections: Any

    def __init__(
        self,
        address: tuple[str, int],
        engine: Engine,
        queries: QueryHandler,
        accounts: Accounts,
        settings: Mapping[str, str],
    ) -> None:
        super().__init__(address, Gateway, server_name="ClickHouse")
        self.requests = ElasticThreadPool(self)
        self.engine = engine
        self.queries = queries
        self.accounts = accounts
        self.trimmer = Trimmer()
        self.timeout = _KEEP_ALIVE_SECONDS
        self.request_queue_size = _BACKLOG
        self.keep_alive_conn_limit = _BACKLOG
        self.max_request_header_size = MAX_HEAD_BYTES
        self.display_name = socket.gethostname()
        self.door = Door.of(address[0], settings)
        self.failed_logins = FailedLogins()

    def prepare(self) -> None:
        """Binds the port. Raises OSError when it is taken."""
        super().prepare()
        self._connections._selector.close()
        self._connections = WaitingConnections(self)

    def process_conn(self, conn: HTTPConnection) -> None:
        """Takes what a watched connection has sent."""
        self._connections.gather(conn)

    def hand_over(self, conn: HTTPConnection) -> None:
        """Gives a connection with the head of a request to a thread."""
        if self.requests.queued < _MAX_QUEUED:
            self.requests.put(conn)
            return
        with contextlib.suppress(OSError):
            conn.socket.send(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        conn.close()

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Sends the HTTP server's own messages to the log, each as one line."""
        _LOG.log(level, "%s", visible(msg))
