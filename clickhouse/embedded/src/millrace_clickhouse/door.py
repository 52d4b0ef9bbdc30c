"""
Keeps pages of other sites out. A browser sends their requests with their Origin, or, after their name was pointed at
this machine, with their Host; programs send neither, so nothing changes for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import ClickHouseError

_OWN_SITE = ("same-origin", "none")
_IPV4 = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]")
_PORT = re.compile(r":\d*$")


@dataclass(frozen=True, slots=True)
class Door:
    """`names` are those by which clients may call the server, besides localhost and IP addresses; in lower case."""

    names: frozenset[str]

    @staticmethod
    def of(host: str, environment: Mapping[str, str]) -> Door:
        """For the address listened on, and what CLICKHOUSE_HOST and CLICKHOUSE_ALLOWED_HOSTS name."""
        told = environment.get("CLICKHOUSE_ALLOWED_HOSTS", "").split(",")
        names = {name.strip().lower() for name in (host, environment.get("CLICKHOUSE_HOST", ""), *told)}
        return Door(frozenset(names - {""}))

    def check(self, headers: Mapping[str, str]) -> None:
        """Raises ClickHouseError (497) for a request that a page of another site has sent."""
        host = headers.get("host")
        if host is not None and not self._allows(host):
            raise _refused(
                "This server does not answer to the name in the Host header. Use an IP address or localhost, "
                "or add the name to CLICKHOUSE_ALLOWED_HOSTS."
            )
        if headers.get("sec-fetch-site", "none").lower() not in _OWN_SITE or _is_foreign(headers.get("origin"), host):
            raise _refused("A page of another site may not run statements here. Send the request from a program.")

    def _allows(self, host: str) -> bool:
        name = _PORT.sub("", host).lower()
        known = name == "localhost" or name in self.names
        return known or bool(_IPV4.fullmatch(name) or _IPV6.fullmatch(name))


def _is_foreign(origin: str | None, host: str | None) -> bool:
    return origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower())


def _refused(sentence: str) -> ClickHouseError:
    return ClickHouseError.of(497, "ACCESS_DENIED", sentence)
