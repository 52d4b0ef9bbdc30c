"""What preparing Superset takes from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from millrace_superset.problem import Problem

NEEDED = (
    "SUPERSET_SECRET_KEY",
    "SUPERSET_DATABASE_URI",
    "SUPERSET_ADMIN_USER",
    "SUPERSET_ADMIN_PASSWORD",
    "CLICKHOUSE_HOST",
    "CLICKHOUSE_HTTP_PORT",
    "CLICKHOUSE_USER",
)


@dataclass(frozen=True)
class Settings:
    """
    clickhouse_uri is SQLAlchemy's address without the password; clickhouse_password is percent-encoded: Superset puts
    it into that address as it is, and SQLAlchemy decodes what it finds there.
    """

    secret_key: str
    admin_user: str
    admin_password: str
    clickhouse_uri: str
    clickhouse_password: str


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Raises Problem naming every variable that is missing."""
    missing = [name for name in NEEDED if not environment.get(name)]
    if missing:
        raise Problem(
            2, f"{', '.join(missing)} must be set.", "Each is described in .env.example; run.sh sets them all."
        )
    return Settings(
        secret_key=environment["SUPERSET_SECRET_KEY"],
        admin_user=environment["SUPERSET_ADMIN_USER"],
        admin_password=environment["SUPERSET_ADMIN_PASSWORD"],
        clickhouse_uri=clickhouse_uri(environment),
        clickhouse_password=quote(environment.get("CLICKHOUSE_PASSWORD", ""), safe=""),
    )


def clickhouse_uri(environment: Mapping[str, str]) -> str:
    """The address of database analytics. XXXXXXXXXX stands for a password that travels separately."""
    user = quote(environment["CLICKHOUSE_USER"], safe="")
    host, port = environment["CLICKHOUSE_HOST"], environment["CLICKHOUSE_HTTP_PORT"]
    return f"clickhousedb://{user}:XXXXXXXXXX@{host}:{port}/analytics"
