"""ClickHouse's users, as the settings name them."""

from collections.abc import Mapping
from dataclasses import dataclass

ADMINISTRATOR, WRITER, READER = "administrator", "writer", "reader"
# What the names of a user's settings begin with.
PREFIXES = {ADMINISTRATOR: "CLICKHOUSE", WRITER: "CLICKHOUSE_WRITER", READER: "CLICKHOUSE_READER"}


ADMINISTRATORS = "the password of ClickHouse's administrator"
# Others sign in with fewer rights, and know no password of the administrator's.
SERVERS_OWN = ("clickhouse", "millrace_clickhouse")


@dataclass(frozen=True)
class User:
    """role: what the user is for; password_setting: the name of the setting that holds the password."""

    role: str
    name: str
    password: str
    password_setting: str


def clickhouse_users(settings: Mapping[str, str]) -> list[User]:
    """Every user of ClickHouse that the product makes."""
    return [
        User(role, settings.get(f"{prefix}_USER", role), settings[f"{prefix}_PASSWORD"], f"{prefix}_PASSWORD")
        for role, prefix in PREFIXES.items()
        if f"{prefix}_PASSWORD" in settings
    ]


def knows_administrator(program: str, environment: Mapping[str, str], settings: Mapping[str, str]) -> bool:
    """True for a program that was given the administrator's password though there are users with fewer rights."""
    administrator, *others = clickhouse_users(settings)
    if not others or program in SERVERS_OWN or administrator.password in {other.password for other in others}:
        return False
    return administrator.password in environment.values()
