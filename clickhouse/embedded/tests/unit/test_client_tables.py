import pytest

from millrace_clickhouse.client_tables import for_clients


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        (
            "SELECT 'system.processes' FROM system . processes p, system.processes",
            "SELECT 'system.processes' FROM system . http_processes p, system.http_processes",
        ),
        ('SELECT * FROM `system`."query_log" l', "SELECT * FROM `system`.http_query_log l"),
        (
            "SELECT query_log.query, system.query_log.type FROM system.query_log",
            "SELECT http_query_log.query, system.http_query_log.type FROM system.http_query_log",
        ),
        ("INSERT INTO t SELECT query FROM system.query_log", "INSERT INTO t SELECT query FROM system.http_query_log"),
    ],
)
def test_tables_are_read_as_clients_know_them(sql: str, read: str) -> None:
    assert for_clients(sql.encode(), lambda: False) == read.encode()


def test_the_current_database_may_be_system() -> None:
    sql = b"SELECT query_log FROM query_log JOIN processes USING query_id"
    assert for_clients(sql, lambda: False) == sql
    read = b"SELECT query_log FROM http_query_log JOIN http_processes USING query_id"
    assert for_clients(sql, lambda: True) == read


def test_kills_by_the_clients_query_id() -> None:
    assert for_clients(b"KILL QUERY WHERE query_id = 'a' OR user = 'b' SYNC", lambda: False) == (
        b"KILL QUERY WHERE query_id IN "
        b"(SELECT engine_query_id FROM system.http_processes_with_ids WHERE  query_id = 'a' OR user = 'b' ) SYNC"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "KILL MUTATION WHERE 1",
        "select processes from t",
        "SELECT * FROM t.query_log, `t.system`.query_log",
        "SELECT 1 FROM system.query_log_rows",
        "SYSTEM FLUSH LOGS system.query_log",
    ],
)
def test_leaves_other_statements_alone(sql: str) -> None:
    assert for_clients(sql.encode(), lambda: False) == sql.encode()
