"""One HTTP request, as the server hands it over."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from .accounts import Account
from .body import Readable


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request: header names are lower case; `pairs` are the address's parameters in their order."""

    method: str
    headers: Mapping[str, str]
    pairs: list[tuple[str, str]]
    body: Readable
    client: socket.socket
    account: Account

    @property
    def only_reads(self) -> bool:
        """GET and HEAD may not change anything."""
        return self.method in ("GET", "HEAD")
