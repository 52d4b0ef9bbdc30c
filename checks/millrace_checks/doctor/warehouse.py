"""What ClickHouse is, and whether those who write may make what loads need."""

from collections.abc import Iterator, Mapping

from millrace_checks import clickhouse
from millrace_checks.finding import Finding
from millrace_local.problem import Problem

OLDEST = (24, 8)
NEEDED = ("CREATE DATABASE", "CREATE TABLE", "INSERT", "SELECT", "ALTER TABLE", "DROP TABLE")


def warehouse(settings: Mapping[str, str], prefix: str) -> Iterator[Finding]:
    """Looks at the server that settings with this prefix name."""
    name = f"ClickHouse ({prefix}_HOST)"
    place = f"{settings[f'{prefix}_HOST']}:{settings[f'{prefix}_HTTP_PORT']}"
    try:
        version, user = clickhouse.rows(settings, "SELECT version(), currentUser()", prefix)[0]
        told = ", ".join(row[0] for row in clickhouse.rows(settings, "SHOW GRANTS", prefix))
    except Problem as problem:
        yield Finding(name, False, f"{place}: {problem.sentence}")
        return
    yield judged_version(name, place, version)
    yield judged_grants(name, user, told)


def judged_version(name: str, place: str, version: str) -> Finding:
    """Whether a version is new enough."""
    numbers = tuple(int(part) for part in version.split(".")[:2])
    old = "" if numbers >= OLDEST else f"; {OLDEST[0]}.{OLDEST[1]} or newer is needed"
    return Finding(name, not old, f"{place}: ClickHouse {version}{old}")


def judged_grants(name: str, user: str, grants: str) -> Finding:
    """Whether the grants of a user, as SHOW GRANTS tells them, hold what a load needs."""
    upper = grants.upper()
    missing = [] if "GRANT ALL" in upper else [right for right in NEEDED if not holds(upper, right)]
    if not missing or "GRANT WRITER" in upper or "GRANT ADMINISTRATOR" in upper:
        return Finding(name, True, f"{user} may write")
    return Finding(name, False, f"{user} lacks {', '.join(missing)}: GRANT {', '.join(missing)} ON *.* TO {user}")


def holds(grants: str, right: str) -> bool:
    """Whether a right is granted by its name or by that of its group."""
    return right in grants or right.split()[0] + "," in grants or f"GRANT {right.split()[0]} ON" in grants
