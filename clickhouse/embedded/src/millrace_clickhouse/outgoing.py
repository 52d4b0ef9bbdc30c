"""Which servers a statement may connect to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .errors import ClickHouseError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_NAME = r"[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]"
_HOST = re.compile(rf"({_NAME})(?::(\d{{1,5}}))?")
_URL = re.compile(rf"[A-Za-z][A-Za-z0-9+]*://(?:[^\s/?#@\\]*@)?({_NAME})(?::(\d{{1,5}}))?(?:[/?#].*)?", re.DOTALL)
_ENTRY = re.compile(rf"(\*|(?:\*\.)?(?:{_NAME}))(?::(\d{{1,5}}))?")


class OutgoingHosts:
    """A list of hosts: `name`, `name:port`, `*.domain`, or `*` for all."""

    def __init__(self, told: Iterable[str]) -> None:
        """Raises ValueError for an entry that names no host."""
        self._entries: list[tuple[str, str | None]] = []
        for entry in told:
            match = _ENTRY.fullmatch(entry)
            if match is None:
                raise ValueError(f"CLICKHOUSE_OUTGOING_HOSTS: {entry!r} is no host, host:port, *.domain or *.")
            self._entries.append((match.group(1).lower(), match.group(2)))

    @staticmethod
    def of(setting: str | None) -> OutgoingHosts:
        """From a list with commas; None stands for this machine alone, an empty one for none."""
        if setting is None:
            return OutgoingHosts(LOOPBACK)
        return OutgoingHosts(filter(None, (entry.strip() for entry in setting.split(","))))

    def check(self, address: str | None) -> None:
        """
        Raises ClickHouseError (491) unless every server of the address (`host:port`, several with `,` or `|`, or a URL)
        is allowed; None is an address that is not written out.
        """
        if any(entry == ("*", None) for entry in self._entries):
            return
        if address is None:
            raise _refused("its host must be written out as a text in the statement itself")
        url = _URL.fullmatch(address)
        if url and _names_several(address):
            raise _refused("several addresses in one text are not looked at")
        for match in [url] if url else [_HOST.fullmatch(host) for host in re.split(r"[,|]", address)]:
            if match is None or not self._allows(match.group(1).lower(), match.group(2)):
                name = match.group(1) if match else None
                raise _refused(f"{name or 'its address'} is none of the hosts that are allowed")

    def _allows(self, host: str, port: str | None) -> bool:
        return any(
            (entry in ("*", host) or (entry.startswith("*.") and host.endswith(entry[1:])))
            and wanted_port in (None, port)
            for entry, wanted_port in self._entries
        )


def _names_several(url: str) -> bool:
    """
    Whether the engine makes several addresses of the text: it tries what `|` separates one after the other, and reads
    what commas outside braces separate, where there are braces.
    """
    depth = 0
    for letter in url if "{" in url else "":
        depth += (letter == "{") - (letter == "}")
        if letter == "," and depth <= 0:
            return True
    return "|" in url


def _refused(why: str) -> ClickHouseError:
    sentence = f"The statement connects to another server, and {why} (CLICKHOUSE_OUTGOING_HOSTS lists them)"
    return ClickHouseError.of(491, "UNACCEPTABLE_URL", sentence)
