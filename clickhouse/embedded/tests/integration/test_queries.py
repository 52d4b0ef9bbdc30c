import json

import pytest
from server_process import AUTHORIZATION, ServerProcess


def test_query_in_body_in_address_and_in_both(server: ServerProcess) -> None:
    assert server.value("SELECT 1") == "1"
    assert server.ask(method="GET", query="SELECT 1").text == "1\n"
    assert server.value("+ 1", query="SELECT 1") == "2"


def test_format_and_its_headers(server: ServerProcess) -> None:
    answer = server.ask("SELECT 1 AS a FORMAT JSONEachRow")
    assert answer.text == '{"a":1}\n'
    assert answer.headers["x-clickhouse-format"] == "JSONEachRow"
    assert server.ask("SELECT 1 AS a", default_format="CSVWithNames").text == '"a"\n1\n'
    assert (
        server.ask("SELECT 1 AS a", {**AUTHORIZATION, "X-ClickHouse-Format": "CSV"})
        .headers["content-type"]
        .startswith("text/csv")
    )
    assert "x-clickhouse-format" not in server.ask("CREATE DATABASE IF NOT EXISTS other").headers


def test_an_answer_that_takes_no_format(server: ServerProcess) -> None:
    assert server.value("CHECK GRANT SELECT ON system.one") == "1"


@pytest.mark.parametrize("output", ["JSON", "TabSeparatedWithNamesAndTypes", "RowBinaryWithNamesAndTypes", "Parquet"])
def test_an_empty_result_still_has_its_head(server: ServerProcess, output: str) -> None:
    assert b"column_a" in server.ask(f"SELECT 1 AS column_a WHERE 0 FORMAT {output}").body


def test_parameters(server: ServerProcess) -> None:
    assert server.value("SELECT {a:String}, {b:Array(Int8)}", param_a="x\\ty'", param_b="[1,2]") == "x\\ty\\'\t[1,2]"
    assert server.value("INSERT INTO FUNCTION null('a Int8') VALUES ({a:Int8})", param_a=7) == ""


def test_database_and_settings_of_one_request(server: ServerProcess) -> None:
    server.value("CREATE DATABASE IF NOT EXISTS other")
    assert (
        server.value("SELECT currentDatabase(), getSetting('max_block_size')", database="other", max_block_size=77)
        == "other\t77"
    )
    assert server.value("SELECT currentDatabase()") == "default"


@pytest.mark.parametrize(
    ("sql", "parameters", "status", "code"),
    [
        ("SELECT * FROM nowhere", {}, 404, 60),
        ("SELECT wrong syntax here", {}, 400, 62),
        ("selec", {}, 400, 62),
        ("", {}, 400, 62),
        ("SELECT 1; SELECT 2", {}, 400, 62),
        ("SELECT invalid;statement", {}, 400, 62),
        ("SELECT 1", {"database": "nowhere"}, 404, 81),
        ("SELECT 1", {"no_such_setting": 1}, 404, 115),
        ("SELECT 1 FORMAT Nonsense", {}, 404, 73),
        ("SELECT sleepEachRow(1) FROM numbers(3)", {"max_execution_time": "0.1"}, 408, 159),
        ("SELECT 1 INTO OUTFILE 'x'", {}, 501, 48),
    ],
)
def test_errors(server: ServerProcess, sql: str, parameters: dict[str, str], status: int, code: int) -> None:
    answer = server.ask(sql, **parameters)
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (status, str(code)), answer.text
    assert answer.text.startswith(f"Code: {code}. DB::Exception: ")
    assert "(version 26." in answer.text


def test_an_error_in_mid_stream(server: ServerProcess) -> None:
    connection = server.connect()
    connection.request(
        "POST", "/", b"SELECT toString(number), throwIf(number = 3000000) FROM numbers(5000000)", AUTHORIZATION
    )
    answer = connection.getresponse()
    tag = answer.getheader("X-ClickHouse-Exception-Tag", "")
    body = b""
    with pytest.raises(Exception, match="IncompleteRead"):
        while part := answer.read1(1 << 20):
            body += part
    _, _, exception = body.rpartition(f"\r\n__exception__\r\n{tag}\r\nCode: 395.".encode())
    assert answer.status == 200
    assert exception.endswith(f" {tag}\r\n__exception__\r\n".encode())


def test_get_reads_only(server: ServerProcess) -> None:
    answer = server.ask(method="GET", query="CREATE TABLE nope (a Int8) ENGINE = Memory")
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (500, "164")


def test_counts_in_the_summary(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE counted (a Int64) ENGINE = MergeTree ORDER BY a")
    written = json.loads(
        server.ask("INSERT INTO counted SELECT number FROM numbers(10)").headers["x-clickhouse-summary"]
    )
    assert (written["written_rows"], written["result_rows"]) == ("10", "10")
    read = json.loads(server.ask("SELECT * FROM counted LIMIT 3").headers["x-clickhouse-summary"])
    assert (read["read_rows"], read["result_rows"], read["written_rows"]) == ("10", "3", "0")


def test_query_id_time_zone_and_name(server: ServerProcess) -> None:
    answer = server.ask("SELECT 1", query_id="mine", session_timezone="Asia/Tokyo")
    assert answer.headers["x-clickhouse-query-id"] == "mine"
    assert answer.headers["x-clickhouse-timezone"] == "Asia/Tokyo"
    assert answer.headers["x-clickhouse-server-display-name"]
    told = server.ask("SELECT 1 SETTINGS session_timezone = 'Europe/Oslo'").headers["x-clickhouse-timezone"]
    assert told == "Europe/Oslo"
    assert server.value("SELECT timezone(), currentUser(), version() LIKE '26.%'") == "UTC\tdefault\t1"


def test_the_query_log_knows_the_request(server: ServerProcess) -> None:
    sql = "  SELECT 'find me'  FORMAT JSON"
    server.ask(sql, {**AUTHORIZATION, "User-Agent": "tester"}, query_id="logged", log_comment="why")
    server.value("SYSTEM FLUSH LOGS")
    found = server.value(
        "SELECT query, interface, http_user_agent, log_comment, Settings['log_comment'], http_method "
        "FROM system.query_log "
        "WHERE query_id = 'logged' AND type = 'QueryFinish' FORMAT JSONCompactEachRow"
    )
    assert json.loads(found) == [sql.lstrip(), "HTTP", "tester", "why", "why", "POST"]


def test_the_query_log_has_a_key(server: ServerProcess) -> None:
    key = "SELECT primary_key FROM system.tables WHERE database = 'system' AND name = 'query_log'"
    assert server.value(key) == "event_date, event_time"
    server.value("SELECT 'in system'", query_id="in-system")
    server.value("SYSTEM FLUSH LOGS system.query_log")
    for sql, database in (
        ("SELECT count() > 0 FROM `system`.query_log WHERE query_log.query_id = 'in-system'", "default"),
        ("SELECT count() > 0 FROM query_log WHERE query_id = 'in-system'", "system"),
    ):
        assert server.value(sql, database=database) == "1"


def test_bytes_that_are_no_text(server: ServerProcess) -> None:
    assert server.ask(b"SELECT * FROM format(LineAsString, $x$\xff\xfe'(\x00$x$)").body == b"\xff\xfe\\'(\\0\n"
    for sql, code in (
        (b"SELECT throwIf(1, '\xff')", "395"),
        (b"SELECT \xff", "62"),
        (b"SELECT 1 ; \xff", "62"),
    ):
        assert server.ask(sql).headers["x-clickhouse-exception-code"] == code


def test_health_and_unknown_paths(server: ServerProcess) -> None:
    for path in ("/", "/ping", "/replicas_status"):
        assert server.ask(method="GET", path=path, headers={}).text == "Ok.\n"
    assert server.ask(method="HEAD", path="/ping", headers={}).body == b""
    assert server.ask(method="GET", path="/nothing", headers={}).status == 404
