"""The users of the server: each has a name, a password and a role that says what it may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from .auth import Credentials, refused


class Role(Enum):
    """What a user may do; the value is the name of the engine's role."""

    ADMINISTRATOR = "administrator"
    WRITER = "writer"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Account:
    """One user."""

    credentials: Credentials
    role: Role

    @property
    def name(self) -> str:
        return self.credentials.user


class Accounts:
    """All users, by their names."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._accounts = tuple(accounts)
        names = [account.name for account in self._accounts]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"CLICKHOUSE_USER={twice} is the name of another user of this server; choose another one.")

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts)

    def signed_in(self, given: Credentials) -> Account:
        """The account whose name and password these are. Raises ClickHouseError (516)."""
        # Every account is compared, so that the time tells nothing of which names there are.
        found = [account for account in self._accounts if account.credentials.same_as(given)]
        if not found:
            raise refused(given)
        return found[0]


def accounts_from(environment: Mapping[str, str]) -> Accounts:
    """
    The administrator (`CLICKHOUSE_USER`, `_PASSWORD`), and the users `writer` and `reader` where they have a password
    (`CLICKHOUSE_WRITER_PASSWORD`, `CLICKHOUSE_READER_PASSWORD`). Raises ValueError for two of one name.
    """
    administrator = Credentials(
        environment.get("CLICKHOUSE_USER", "default"), environment.get("CLICKHOUSE_PASSWORD", "")
    )
    others = (
        Account(Credentials(role.value, password), role)
        for role in (Role.WRITER, Role.READER)
        if (password := environment.get(f"CLICKHOUSE_{role.name}_PASSWORD", ""))
    )
    return Accounts([Account(administrator, Role.ADMINISTRATOR), *others])
