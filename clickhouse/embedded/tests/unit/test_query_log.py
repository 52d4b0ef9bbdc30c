from millrace_clickhouse.query_log import for_clients


def test_reads_processes_as_clients_know_them() -> None:
    sql = b"SELECT 'system.processes' FROM System . processes p, system.processes"
    assert for_clients(sql) == b"SELECT 'system.processes' FROM system.http_processes p, system.http_processes"


def test_kills_by_the_clients_query_id() -> None:
    assert for_clients(b"KILL QUERY WHERE query_id = 'a' OR user = 'b' SYNC") == (
        b"KILL QUERY WHERE query_id IN "
        b"(SELECT engine_query_id FROM system.http_processes_with_ids WHERE  query_id = 'a' OR user = 'b' ) SYNC"
    )


def test_leaves_other_statements_alone() -> None:
    for sql in (b"select 1", b"KILL MUTATION WHERE 1", b"select processes from t"):
        assert for_clients(sql) == sql
