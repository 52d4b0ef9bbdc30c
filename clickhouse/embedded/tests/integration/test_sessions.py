import threading
import time

from server_process import ServerProcess


def code(server: ServerProcess, sql: str, **parameters: str | int) -> str:
    return server.ask(sql, **parameters).headers.get("x-clickhouse-exception-code", "")


def test_temporary_tables_and_settings_last(server: ServerProcess) -> None:
    server.value("CREATE TEMPORARY TABLE kept (a Int8)", session_id="one")
    server.value("INSERT INTO kept VALUES (5)", session_id="one")
    server.value("SET max_block_size = 55", session_id="one")
    assert server.value("SELECT a, getSetting('max_block_size') FROM kept", session_id="one") == "5\t55"
    assert code(server, "SELECT * FROM kept", session_id="two") == "60"
    assert code(server, "SELECT * FROM kept") == "60"


def test_settings_and_database_of_one_request_are_undone(server: ServerProcess) -> None:
    server.value("CREATE DATABASE IF NOT EXISTS other")
    server.value("SET max_threads = 2", session_id="undo")
    seen = "SELECT getSetting('max_threads'), getSetting('max_block_size') > 99, currentDatabase()"
    assert server.value(seen, session_id="undo", max_threads=1, max_block_size=7, database="other") == "1\t0\tother"
    assert server.value(seen, session_id="undo") == "2\t1\tdefault"
    server.value("USE other", session_id="undo", database="default")
    assert server.value(seen, session_id="undo") == "2\t1\tother"


def test_one_request_at_a_time(server: ServerProcess) -> None:
    slow = threading.Thread(target=server.ask, args=("SELECT sleep(1.5)",), kwargs={"session_id": "busy"})
    slow.start()
    time.sleep(0.5)
    answer = server.ask("SELECT 1", session_id="busy")
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (500, "373")
    slow.join()
    assert server.value("SELECT 1", session_id="busy") == "1"


def test_a_session_ends_after_its_time(server: ServerProcess) -> None:
    server.value("SELECT 1", session_id="short", session_timeout=1)
    assert server.value("SELECT 1", session_id="short", session_timeout=1, session_check=1) == "1"
    time.sleep(2.5)
    assert code(server, "SELECT 1", session_id="short", session_check=1) == "372"


def test_a_read_only_session(server: ServerProcess) -> None:
    server.value("SET readonly = 1", session_id="readonly")
    assert server.value("SELECT 1", session_id="readonly") == "1"
    assert code(server, "CREATE TABLE nope (a Int8) ENGINE = Memory", session_id="readonly") == "164"


def test_the_log_holds_what_clients_sent_alone(server: ServerProcess) -> None:
    for number in range(3):
        server.value(f"SELECT 'noted once', {number}", session_id="noted")
    server.value("SYSTEM FLUSH LOGS")
    seen = "SELECT count() FROM system.query_log WHERE query LIKE '%noted once%' AND type = 'QueryFinish'"
    assert server.value(f"{seen} AND query NOT LIKE '%query_log%'") == "3"
