"""What is secret in a statement is nowhere afterwards but where its user put it: in the object that it made."""

from __future__ import annotations

import json

import pytest
from server_process import ServerProcess

FAST = {"http_max_tries": 1, "postgresql_connection_attempt_timeout": 1, "connect_timeout": 1, "s3_retry_attempts": 0}
PLACE = "'127.0.0.1:1', 'd', 't', 'u', 'MARK'"
HTTP = "PRIMARY KEY id SOURCE(HTTP(URL 'http://ADDRESS127.0.0.1:1/x' FORMAT 'CSV' OPTIONS)) LAYOUT(FLAT()) LIFETIME(0)"
STATEMENTS = [
    f"SELECT * FROM postgresql({PLACE})",
    f"WITH x AS (SELECT * FROM postgresql({PLACE})) SELECT * FROM x",
    f"SELECT nosuch(1), * FROM postgresql({PLACE})",
    f"SELECT * FROM postgresql({PLACE}, 'too', 'many', 'a', 'b')",
    f"INSERT INTO FUNCTION postgresql({PLACE}) SELECT 1",
    f"INSERT INTO FUNCTION postgresql({PLACE}) FORMAT TSV\n1\n",
    f"INSERT INTO FUNCTION postgresql({PLACE}) SELECT a FROM input('a Int32') FORMAT TSV\n1\n",
    f"EXPLAIN SYNTAX SELECT * FROM mysql({PLACE})",
    f"EXPLAIN AST SELECT * FROM mongodb({PLACE}, 'a Int32')",
    "EXPLAIN AST SELECT * FROM mongodb('mongodb://u:MARK@127.0.0.1:1/d', 't', 'a Int32')",
    "EXPLAIN AST SELECT * FROM s3('http://127.0.0.1:1/bucket/k', 'AKID', 'MARK', 'CSV', 'a Int32')",
    "EXPLAIN AST SELECT * FROM s3('http://127.0.0.1:1/bucket/k?X-Amz-Signature=MARK', 'CSV', 'a Int32')",
    f"EXPLAIN AST SELECT * FROM remote({PLACE})",
    "SELECT * FROM url('http://u:MARK@127.0.0.1:1/x', 'CSV', 'a Int32')",
    "SELECT * FROM url('http://127.0.0.1:1/x?token=MARK', 'CSV', 'a Int32')",
    "SELECT * FROM url('http://127.0.0.1:1/x', 'CSV', 'a Int32', headers('Authorization' = 'Bearer MARK'))",
    f"CREATE TABLE secrets.a (a Int32) ENGINE = PostgreSQL({PLACE})",
    f"CREATE TABLE secrets.b (a NoSuchType) ENGINE = MySQL({PLACE})",
    f"CREATE TABLE secrets.c (a Int32) ENGINE = MySQL({PLACE})",
    "CREATE TABLE secrets.d (a Int32) ENGINE = S3('http://127.0.0.1:1/bucket/k', 'AKID', 'MARK', 'CSV')",
    "CREATE TABLE secrets.e (a Int32) ENGINE = URL('http://u:MARK@127.0.0.1:1/x', 'CSV')",
    f"CREATE VIEW secrets.f (a Int32) AS SELECT * FROM postgresql({PLACE})",
    "CREATE DATABASE secrets_s3 ENGINE = S3('http://127.0.0.1:1/bucket', 'AKID', 'MARK')",
    "CREATE USER secret_user IDENTIFIED BY 'MARK'",
    "CREATE USER secret_user IDENTIFIED WITH plaintext_password BY 'MARK'",
    "ALTER USER default IDENTIFIED BY 'MARK'",
    "CREATE NAMED COLLECTION secret_collection AS password = 'MARK'",
    "CREATE DICTIONARY secrets.g (id UInt64, a String) PRIMARY KEY id SOURCE(POSTGRESQL(HOST '127.0.0.1' PORT 1 "
    "USER 'u' PASSWORD 'MARK' DB 'd' TABLE 't')) LAYOUT(FLAT()) LIFETIME(0)",
    "SELECT dictGet('secrets.g', 'a', 1)",
    "SELECT encrypt('aes-128-ecb', 'x', 'MARK')",
    "SELECT nosuch FROM (SELECT encrypt('aes-128-ecb', 'x', 'MARK') AS y)",
    "SET format_avro_schema_registry_url = 'http://u:MARK@127.0.0.1:1'",
    "SELECT 1 SETTINGS format_avro_schema_registry_url = 'http://u:MARK@127.0.0.1:1'",
    f"SELECT * FRM postgresql({PLACE})",
    f"SELECT * FROM postgresql({PLACE}",
    f"INSERT INTO FUNCTION postgresql({PLACE} FORMAT TSV\n1\n",
    "CREATE USR secret_user IDENTIFIED BY 'MARK'",
    "CREATE USER secret_user IDENTIFIED BY 'MARK",
    "SELECT 1; CREATE USER secret_user IDENTIFIED BY 'MARK'",
]
# The engine takes an address that a dictionary reads for no secret; it is told to whoever may see the dictionary.
DICTIONARIES = [
    "CREATE DICTIONARY secrets.h (id UInt64, a String) " + HTTP.replace("ADDRESS", "u:MARK@").replace("OPTIONS", ""),
    "CREATE DICTIONARY secrets.i (id UInt64, a String) "
    + HTTP.replace("ADDRESS", "").replace("OPTIONS", "HEADERS(HEADER(NAME 'Authorization' VALUE 'MARK'))"),
]


@pytest.fixture(scope="module")
def marks(server: ServerProcess) -> dict[str, str]:
    """Each mark with the statement that had it, all of them run."""
    server.value("CREATE DATABASE IF NOT EXISTS secrets")
    found = {}
    for number, statement in enumerate((*STATEMENTS, *DICTIONARIES)):
        mark = f"Zq{number:03}secret"
        found[mark] = statement
        server.ask(statement.replace("MARK", mark), **FAST)
    server.value("SYSTEM FLUSH LOGS")
    return found


def test_no_table_of_the_system_shows_a_secret(server: ServerProcess, marks: dict[str, str]) -> None:
    columns = server.value(
        "SELECT table, groupArray(name) FROM system.columns WHERE database = 'system' AND type LIKE '%String%' "
        "GROUP BY table FORMAT JSONCompactEachRow"
    )
    shown: dict[str, set[str]] = {}
    for line in columns.splitlines():
        table, names = json.loads(line)
        texts = ", ".join(f"toString(`{name}`)" for name in names)
        found = server.ask(
            f"SELECT DISTINCT arrayJoin(extractAll(concat({texts}, ''), 'Zq[0-9]{{3}}secret')) FROM system.`{table}`",
            log_queries=0,
        )
        for mark in found.text.split() if found.status == 200 else ():
            if not (table in ("tables", "dictionaries") and marks[mark] in DICTIONARIES):
                shown.setdefault(table, set()).add(marks[mark])
    assert shown == {}


def test_no_log_shows_a_secret(server: ServerProcess, marks: dict[str, str]) -> None:
    logs = [path for path in server.path.rglob("*") if path.is_file() and "log" in path.name]
    assert server.path / "log" in logs
    assert [marks[mark] for mark in marks for path in logs if mark.encode() in path.read_bytes()] == []


def test_the_query_log_tells_statements_as_their_clients_wrote_them(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE told (a Int32) ENGINE = MergeTree ORDER BY a")
    wanted = {
        "told-1": ("SELECT 1", ""),
        "told-2": ("SELECT 1 FORMAT JSON", ""),
        "told-3": ("SELECT  1\nSETTINGS max_threads = 1 ", ""),
        "told-4": ("INSERT INTO told FORMAT TSV", "1\n"),
        "told-5": ("INSERT INTO told (a) SETTINGS max_threads = 1 FORMAT TSV", "1\n"),
        "told-6": ("INSERT INTO told SELECT a FROM input('a Int32') FORMAT TSV", "1\n"),
        "told-7": ("SELECT count() FROM system.processes", ""),
        "told-8": ("KILL QUERY WHERE query_id = 'none' SYNC", ""),
        "told-9": ("CREATE OR REPLACE VIEW told_view AS SELECT 1 AS a", ""),
    }
    for query_id, (query, data) in wanted.items():
        assert server.ask(data, query=query, query_id=query_id).status == 200
    server.value("SYSTEM FLUSH LOGS")
    found = server.value(
        "SELECT DISTINCT query_id, query FROM system.query_log WHERE query_id LIKE 'told-_' FORMAT JSONCompactEachRow"
    )
    told = {query_id: " ".join(query.split()) for query_id, query in map(json.loads, found.splitlines())}
    for query_id, (query, _) in wanted.items():
        assert told[query_id] == " ".join(
            query.replace(" FORMAT TSV", "" if "input" in query else " FORMAT TSV").split()
        )
