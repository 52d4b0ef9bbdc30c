"""What is said of facts about a machine, a source and a ClickHouse."""

import socket
from dataclasses import replace

import pytest

from millrace_checks.doctor.machine import GIGABYTE, ports, room, version
from millrace_checks.doctor.source import Server, Table, judged, table_finding
from millrace_checks.doctor.warehouse import judged_grants, judged_version
from millrace_local.services import Service

GOOD = Server("17.6", 17, False, "logical", 0.1, False, True)
TABLE = Table(True, False, True, "d")


def wrong(findings):
    return [finding.detail for finding in findings if not finding.holds]


def test_a_good_source_is_good_for_loads_and_changes():
    assert wrong(judged("source", "db:5432", GOOD, True)) == []


@pytest.mark.parametrize(
    ("server", "follows", "said"),
    [
        (replace(GOOD, major=11), False, "12 or newer is needed"),
        (replace(GOOD, drift=3600.0), False, "differ by 3600 s"),
        (replace(GOOD, wal_level="replica"), True, "ALTER SYSTEM SET wal_level = logical"),
        (replace(GOOD, may_replicate=False), True, "ALTER ROLE … REPLICATION"),
    ],
)
def test_what_is_in_the_way_of_a_source_is_said_with_what_to_do(server, follows, said):
    assert said in "; ".join(wrong(judged("source", "db:5432", server, follows)))


def test_loads_need_no_log_of_changes():
    assert wrong(judged("source", "db", replace(GOOD, wal_level="replica", may_replicate=False), False)) == []


@pytest.mark.parametrize(
    ("facts", "follows", "said"),
    [
        (None, False, "is not there"),
        (replace(TABLE, is_readable=False), False, "GRANT SELECT ON shop.t"),
        (replace(TABLE, is_filtered=True), False, "row policies hide rows"),
        (replace(TABLE, has_key=False), True, "REPLICA IDENTITY FULL"),
    ],
)
def test_what_is_in_the_way_of_a_table(facts, follows, said):
    finding = table_finding("shop.t", facts, follows)
    assert not finding.holds
    assert said in finding.detail


@pytest.mark.parametrize(("identity", "follows"), [("d", False), ("f", True), ("i", True)])
def test_a_table_without_a_key_can_be_loaded_and_with_an_identity_followed(identity, follows):
    assert table_finding("shop.t", replace(TABLE, has_key=False, identity=identity), follows).holds


def test_versions_and_grants_of_clickhouse():
    assert judged_version("ch", "h:1", "26.8.1.2").holds
    assert not judged_version("ch", "h:1", "23.3.1").holds
    assert judged_grants("ch", "u", "GRANT ALL ON *.* TO u").holds
    assert judged_grants("ch", "writer", "GRANT writer TO writer").holds
    rights = "GRANT SELECT, INSERT, ALTER TABLE, CREATE DATABASE, CREATE TABLE, DROP TABLE ON *.* TO u"
    assert judged_grants("ch", "u", rights).holds
    lacking = judged_grants("ch", "u", "GRANT SELECT ON *.* TO u")
    assert not lacking.holds
    assert "GRANT CREATE DATABASE, CREATE TABLE, INSERT" in lacking.detail


def test_room_and_versions_of_programs():
    assert room("disk", 7 * GIGABYTE, 6, "free").holds
    assert room("disk", GIGABYTE, 6, "free").detail == "1.0 GB free; a first start needs 6"
    assert version(["echo", "Apache Maven 3.9.9 (x)"]) == "3.9.9"
    assert version(["/no/such/program"]) == ""


def test_a_port_of_another_program_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = {"MILLRACE_BIND": "127.0.0.1", "A_PORT": str(taken.getsockname()[1])}
        service = Service("a", "A_PORT", lambda _: False)
        assert wrong(ports(settings, {"a": service})) == [
            "taken by another program; stop it, or set another port in .env"
        ]
