"""Which privileges of the running engine each role has: a decision for every one."""

from __future__ import annotations

import re
from pathlib import Path

from server_process import ServerProcess

# Each privilege of the engine, and the roles that have it.
PRIVILEGES = Path(__file__).with_name("privileges.tsv")


def holders(server: ServerProcess) -> dict[str, str]:
    """Which roles have each privilege of the running engine, on anything at all: "administrator writer", or "-"."""
    rows = server.value("SELECT privilege, ifNull(parent_group, '') FROM system.privileges FORMAT TSV").split("\n")
    parents = dict(row.split("\t") for row in rows)
    granted = server.value(
        # What was granted as URL is told as READ and WRITE on URL.
        "SELECT DISTINCT role_name, if(access_type IN ('READ', 'WRITE'), access_object, toString(access_type))"
        " FROM system.grants WHERE role_name IN ('administrator', 'writer', 'reader')"
        " AND NOT is_partial_revoke FORMAT TSV"
    ).split("\n")
    direct = {tuple(row.split("\t")) for row in granted}

    def has(role: str, privilege: str) -> bool:
        return bool(privilege) and ((role, privilege) in direct or has(role, parents[privilege]))

    roles = ("administrator", "writer", "reader")
    return {name: " ".join(role for role in roles if has(role, name)) or "-" for name in parents}


def test_every_privilege_is_somebodys_by_decision(server: ServerProcess) -> None:
    """A privilege that a new version brings, or one more that a role has, wants a line in that file."""
    decided = dict(line.split("\t") for line in PRIVILEGES.read_text().splitlines())
    assert holders(server) == decided


def test_no_role_starts_programs_reads_files_or_ends_the_server(server: ServerProcess) -> None:
    closed = re.compile(
        "FILE|BACKUP|DISK|HDFS|HIVE|JDBC|ODBC|SQLITE|IMPERSONATE|SET DEFINER|INTROSPECTION"
        "|SYSTEM (SHUTDOWN|LISTEN|RELOAD (CONFIG|USERS|FUNCTION|MODEL)|RESTART DISK)"
        "|SYSTEM (FAILPOINT|JEMALLOC|INSTRUMENT .*|THREAD FUZZER)"
    )
    known = holders(server)
    found = {name for name in known if closed.fullmatch(name)}
    assert len(found) > 20
    assert {name: known[name] for name in found if known[name] != "-"} == {}
