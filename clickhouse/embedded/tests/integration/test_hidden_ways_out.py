"""Ways out of the data that no name in a statement's tree shows: among its data, in settings, aliases and addresses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from server_process import READER, WRITER, ServerProcess

_ALLOWED, _OTHER = "127.0.0.1", "127.0.0.2"


class _Handler(BaseHTTPRequestHandler):
    """Sends whoever asks the allowed host on to the other one."""

    def do_GET(self) -> None:
        asked: list[str] = self.server.asked  # type: ignore[attr-defined]
        asked.append(self.path)
        other = self.server.other  # type: ignore[attr-defined]
        self.send_response(307 if self.path.startswith("/redirect") else 200)
        self.send_header("Location", f"{other}/redirected")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_PUT = do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Elsewhere:
    """Two servers: one on the list of hosts, and one that is not."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.servers = [ThreadingHTTPServer((host, 0), _Handler) for host in (_ALLOWED, _OTHER)]
        self.allowed, self.other = (f"http://{host}:{port}" for host, port in (s.server_address for s in self.servers))
        for server, asked in zip(self.servers, ([], self.asked), strict=True):
            server.asked, server.other = asked, self.other  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    running = Elsewhere()
    yield running
    for server in running.servers:
        server.shutdown()
        server.server_close()


def headers(user: tuple[str, str]) -> dict[str, str]:
    return {"X-ClickHouse-User": user[0], "X-ClickHouse-Key": user[1]}


def refused(server: ServerProcess, sql: str | bytes, user: tuple[str, str] | None = None, **parameters: str) -> str:
    """The code of the error that the statement ends with."""
    answer = server.ask(sql, headers(user) if user else None, **parameters)
    assert answer.status != 200, (sql, answer.text)
    return answer.headers["x-clickhouse-exception-code"]


@pytest.fixture(scope="module")
def table(server: ServerProcess) -> str:
    server.value("CREATE TABLE default.texts (a String) ENGINE = MergeTree ORDER BY a")
    return "default.texts"


@pytest.mark.parametrize("user", [None, WRITER])
@pytest.mark.parametrize(
    "data",
    [
        "(file('/etc/hosts'))",
        "('a'), (file('/etc/hosts'))",
        "('a') (file('/etc/hosts'))",
        "('it''s', \\'), (file('/etc/hosts'))",
        "(`file`('/etc/hosts'))",
        "(`f\\x69le`('/etc/hosts'))",
        "(\"file\"/**/('/etc/hosts'))",
        "(file -- ,\n('/etc/hosts'))",
        "(file // ,\n('/etc/hosts'))",
        "(FILE\u00a0('/etc/hosts'))",
        "(concat('a', file('/etc/hosts')))",
        "((SELECT * FROM file('/etc/hosts', LineAsString, 'l String') LIMIT 1))",
        "((SELECT a FROM url('http://elsewhere.example/', LineAsString, 'a String')))",
        "(arrayMap(x -> file(x), ['/etc/hosts'])[1])",
        "($$a$$ || file('/etc/hosts'))",
        "(CASE WHEN 1 THEN file('/etc/hosts') END)",
        "(multiIf(1, toString(aiGenerate('x')), ''))",
    ],
)
def test_data_of_an_insert_reads_nothing_else(
    server: ServerProcess, table: str, data: str, user: tuple[str, str] | None
) -> None:
    before = server.value(f"SELECT count() FROM {table}")
    for sql in (
        f"INSERT INTO {table} VALUES {data}",
        f"INSERT INTO {table} FORMAT Values {data}",
        f"INSERT INTO {table} SELECT * FROM input('a String') FORMAT Values {data}",
    ):
        refused(server, sql, user)
    refused(server, f"{' ' * (1 << 20)}{data}", user, query=f"INSERT INTO {table} VALUES")
    assert server.value(f"SELECT count() FROM {table}") == before


def test_data_of_an_insert_may_hold_expressions(server: ServerProcess) -> None:
    server.value("CREATE TABLE default.values (a Int32, b String, c DateTime, d Int32 DEFAULT 7) ENGINE = Memory")
    for data in (
        "(1, 'a', now(), DEFAULT), (1.0, upper('b (c)'), toDateTime('2020-01-01 00:00:00'), 1 + 1)",
        "(1, 'it''s -- no comment', '2020-01-01', 2)",
        "(1, 'select file(1)', '2020-01-01', 2), (2, 'b', '2020-01-01', (SELECT 3))",
        "(1, 'a', '2020-01-01', 1e1);",
    ):
        server.value(f"INSERT INTO default.values VALUES {data}", session_id="values")
    assert server.value("SELECT sum(d) FROM default.values") == str(7 + 2 + 2 + 2 + 3 + 10)
    refused(server, "SELECT * FROM format(Values, 'a Int32', '(1 + plus(1, 1))')", session_id="values")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM format(Values, 'a String', '(file(\\'/etc/hosts\\'))')",
        "SELECT * FROM format(Values, '(file(\\'/etc/hosts\\'))')",
        "WITH '(file(\\'/etc/hosts\\'))' AS d SELECT * FROM format(Values, 'a String', d)",
        "WITH 'a String DEFAULT file(\\'/etc/hosts\\')' AS s SELECT * FROM format(JSONEachRow, s, '{}')",
        "WITH 'a String DEFAULT file(\\'/etc/hosts\\')' AS s SELECT * FROM format(JSONEachRow, S, '{}')",
        "SELECT * FROM format(JSONEachRow, 'a String DEFAULT file(\\'/etc/hosts\\') -- (alias z' AS y, '{}')",
        "SELECT * FROM format(JSONEachRow, (SELECT 'a String DEFAULT file(\\'/etc/hosts\\')'), '{}')",
        "SELECT 1 SETTINGS input_format_values_interpret_expressions = 1",
        "SELECT 1 SETTINGS `input_f\\x6frmat_values_interpret_expressions` = 1",
        "SET INPUT_FORMAT_VALUES_INTERPRET_EXPRESSIONS = DEFAULT",
    ],
)
def test_texts_of_a_statement_read_nothing_else(server: ServerProcess, sql: str) -> None:
    refused(server, sql)


def test_expressions_in_data_are_no_setting_of_clients(server: ServerProcess) -> None:
    assert refused(server, "SELECT 1", input_format_values_interpret_expressions="1") == "452"
    assert server.value("SELECT getSetting('input_format_values_interpret_expressions')") == "false"


@pytest.mark.parametrize(
    "definition",
    [
        "TABLE default.closed (a String) ENGINE = URL('http://localhost:1/', Template) SETTINGS {setting}",
        "TABLE default.closed (a String) ENGINE = URL('http://localhost:1/', CSV) SETTINGS max_threads = 1, {setting}",
        "DICTIONARY default.closed (id UInt64, v String) PRIMARY KEY id SOURCE(HTTP(URL 'http://localhost:1/' "
        "FORMAT 'Template')) LAYOUT(FLAT()) LIFETIME(0) SETTINGS({setting})",
        "VIEW default.closed AS SELECT * FROM (SELECT 1 SETTINGS {setting})",
    ],
)
@pytest.mark.parametrize(
    "setting",
    [
        "format_template_row = '/etc/hosts'",
        "FORMAT_SCHEMA = '/etc/hosts:X'",
        "`format_sch\\x65ma` = '/etc/hosts:X'",
        "input_format_record_errors_file_path = '/tmp/written'",
        "max_http_get_redirects = 5",
        "s3_max_redirects = 5",
    ],
)
def test_what_a_statement_makes_keeps_fixed_settings(server: ServerProcess, definition: str, setting: str) -> None:
    assert refused(server, f"CREATE {definition.format(setting=setting)}") == "452"


def test_an_address_leads_to_one_server(server: ServerProcess, elsewhere: Elsewhere) -> None:
    for source in (
        f"url('{elsewhere.allowed}/|{elsewhere.other}/x', LineAsString, 'a String')",
        f"url('{elsewhere.allowed}/{{a,b}},{elsewhere.other}/x', LineAsString, 'a String')",
        f"url('{elsewhere.allowed}/{{a,b}},http:{{/,/}}/elsewhere/', LineAsString, 'a String')",
        f"s3('{elsewhere.allowed}/b/k|{elsewhere.other}/b/k', NOSIGN, LineAsString, 'a String')",
    ):
        assert refused(server, f"SELECT * FROM {source}") == "491"
        assert refused(server, f"INSERT INTO FUNCTION {source} SELECT 'a'") == "491"
    address = f"{elsewhere.allowed}/|{elsewhere.other}/x"
    assert refused(server, f"CREATE TABLE default.closed (a String) ENGINE = URL('{address}', CSV)") == "491"
    assert elsewhere.asked == []


def test_no_redirect_is_followed(server: ServerProcess, elsewhere: Elsewhere) -> None:
    for source in (
        f"url('{elsewhere.allowed}/redirect', LineAsString, 'a String')",
        f"s3('{elsewhere.allowed}/redirect/k', NOSIGN, LineAsString, 'a String')",
        f"s3('{elsewhere.allowed}/redirect/*', NOSIGN, LineAsString, 'a String')",
    ):
        refused(server, f"SELECT * FROM {source}")
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW default.closed (a String) SQL SECURITY DEFINER AS "
        "SELECT a FROM url('http://localhost:1/', LineAsString, 'a String')",
        "CREATE FUNCTION closed AS x -> (SELECT count() FROM url('http://localhost:1/', LineAsString, 'a String'))",
        "CREATE TABLE default.closed (a String) ENGINE = URL('http://localhost:1/', CSV)",
        "CREATE DATABASE closed ENGINE = MySQL('localhost:1', 'd', 'u', 'p')",
        "CREATE VIEW default.closed SQL SECURITY NONE AS SELECT 1",
    ],
)
def test_a_writer_has_nobody_else_reach_other_servers(server: ServerProcess, sql: str) -> None:
    assert refused(server, sql, WRITER) == "497"


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW PROCESSLIST",
        "SHOW CREATE USER default",
        "SHOW ACCESS",
        "SHOW USERS",
        "SHOW ROLES",
        "DESCRIBE FILESYSTEM CACHE 'x'",
        "CHECK TABLE default.texts",
        "SET ROLE administrator",
        "BEGIN TRANSACTION",
    ],
)
def test_a_reader_sees_nothing_of_others(server: ServerProcess, sql: str) -> None:
    assert refused(server, sql, READER) == "497"


@pytest.mark.parametrize(
    "sql",
    [
        "BACKUP TABLE system.one TO Null",
        "RESTORE TABLE system.one FROM Null",
        "SNAPSHOT TABLE system.one TO Null",
        "CREATE TOKEN",
        "CREATE HANDLER closed URL '/closed' AS SELECT 1",
        "EXECUTE AS writer SELECT 1",
    ],
)
def test_a_kind_of_statement_that_is_not_named_is_closed(server: ServerProcess, sql: str) -> None:
    assert refused(server, sql) == "497"
