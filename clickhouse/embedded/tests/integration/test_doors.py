"""Nothing leaves the data of the server: every door of the running engine is known, and each closed one is tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from server_process import AUTHORIZATION, READER, WRITER, ServerProcess

from millrace_clickhouse import doors


def _names(text: str) -> set[str]:
    return set(text.split())


SECRET = "told-to-nobody"

# Settings with a text that names neither a file nor a server nor a statement.
HARMLESS_TEXTS = _names("""
    bool_false_representation bool_true_representation chdb_client_name cluster_for_parallel_replicas
    column_names_for_schema_inference compatibility compression count_distinct_implementation database
    default_format distributed_cache_client_id distributed_cache_file_cache_name
    distributed_plan_force_exchange_kind errors_output_format exclude_materialize_skip_indexes_on_insert
    filesystem_cache_name force_data_skipping_indices force_optimize_projection_name format
    format_csv_null_representation format_custom_field_delimiter format_custom_result_after_delimiter
    format_custom_result_before_delimiter format_custom_row_after_delimiter format_custom_row_before_delimiter
    format_custom_row_between_delimiter format_json_object_each_row_column_for_object_name format_regexp
    format_schema_message_name format_template_resultset_format format_template_row_format
    format_template_rows_between_delimiter format_tsv_null_representation framing_output_format
    function_implementation http_response_headers iceberg_metadata_compression_method
    ignore_data_skipping_indices input_format input_format_mysql_dump_table_name
    input_format_orc_reader_time_zone_name insert_deduplication_token local_filesystem_read_method log_comment
    metrics_perf_events_list network_compression_method output_format output_format_avro_codec
    output_format_avro_confluent_subject output_format_avro_string_column_pattern
    output_format_image_terminal_mode output_format_orc_writer_time_zone_name output_format_pretty_grid_charset
    output_format_sql_insert_table_name parallel_replicas_custom_key preferred_optimize_projection_name
    promql_database promql_table query_cache_tag remote_filesystem_read_method s3_upload_checksum_algorithm
    s3queue_default_zookeeper_path send_logs_source_regexp stream_like_engine_insert_queue temporary_files_codec
    trace_profile_events_list workload
""")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file of the account, outside the data."""
    file = tmp_path / "outside"
    file.write_text(SECRET)
    return file


def names(server: ServerProcess, sql: str) -> set[str]:
    return {name.lower() for name in server.value(sql).split("\n")}


def test_every_table_function_is_known(server: ServerProcess) -> None:
    known = doors.INSIDE | doors.WITH_COLUMNS | doors.OUTGOING | doors.CLOSED_FUNCTIONS
    assert names(server, "SELECT name FROM system.table_functions") - known == set()


def test_every_function_that_may_read_elsewhere_is_closed(server: ServerProcess) -> None:
    """By their names: those that ask services or read files."""
    suspicious = "match(lower(name), '^(ai[A-Z]|ai[a-z]+$|file$|catboost)') AND NOT is_aggregate"
    assert names(server, f"SELECT name FROM system.functions WHERE {suspicious}") - doors.CLOSED_FUNCTIONS == set()


def test_every_engine_is_known(server: ServerProcess) -> None:
    known = doors.ENGINES_INSIDE | doors.ENGINES_OUTGOING | doors.CLOSED_ENGINES
    both = "SELECT name FROM system.table_engines UNION ALL SELECT name FROM system.database_engines"
    # `HDFS`, `S3` and so on are engines of tables and of databases.
    assert names(server, both) - known == set()


def test_every_source_of_a_dictionary_is_known(server: ServerProcess) -> None:
    known = doors.SOURCES_INSIDE | doors.SOURCES_OUTGOING | doors.CLOSED_SOURCES
    assert names(server, "SELECT name FROM system.dictionary_sources") - known == set()


def test_every_setting_that_names_a_place_is_known(server: ServerProcess) -> None:
    """Texts, paths and addresses among the settings are fixed, or are no names of files, servers or statements."""
    texts = "SELECT name FROM system.settings WHERE type IN ('String', 'URI', 'Map') OR name LIKE '%redirect%'"
    assert names(server, texts) - set(doors.FIXED_SETTINGS) - HARMLESS_TEXTS == set()


@pytest.mark.parametrize("name", sorted(doors.CLOSED_FUNCTIONS))
def test_a_closed_function_is_refused(server: ServerProcess, name: str) -> None:
    quoted = f"`{name}`"
    for statement in (
        f"SELECT * FROM {quoted}('x')",
        f"INSERT INTO FUNCTION {quoted}('x') SELECT 1",
        f"SELECT {quoted}('x')",
        f"SELECT 1 IN ({quoted}('x'))",
        f"CREATE TABLE default.closed (a String DEFAULT {quoted}('x')) ENGINE = Memory",
        f"CREATE VIEW default.closed AS SELECT * FROM {quoted}('x')",
        f"CREATE FUNCTION closed AS (x) -> {quoted}(x)",
        f"SELECT arrayMap(x -> {quoted}(x), ['a'])",
        f"SELECT * APPLY({quoted}) FROM (SELECT 'a')",
        f"SELECT * FROM format(JSONEachRow, 'a String, b String DEFAULT {quoted}(\\'x\\')', '{{}}')",
        f"EXPLAIN SELECT * FROM {quoted}('x')",
        f"DESCRIBE TABLE {quoted}('x')",
    ):
        answer = server.ask(statement)
        assert answer.headers.get("x-clickhouse-exception-code") == "497", (statement, answer.text)


@pytest.mark.parametrize("key", ["ORDER BY tuple()", "PARTITION BY toYYYYMM(d) ORDER BY d", "PRIMARY KEY upper(file)"])
def test_a_function_in_a_key_is_no_engine(server: ServerProcess, key: str) -> None:
    columns = "(d Date, file String)"
    assert server.ask(f"CREATE TABLE default.keyed {columns} {key}").status == 200
    assert server.ask("DROP TABLE default.keyed").status == 200
    answer = server.ask(f"CREATE TABLE default.keyed {columns} ENGINE File(TSV) {key}")
    assert answer.headers.get("x-clickhouse-exception-code") == "497", answer.text


@pytest.mark.parametrize("name", sorted(doors.CLOSED_ENGINES))
def test_a_closed_engine_is_refused(server: ServerProcess, name: str) -> None:
    for statement in (
        f"CREATE TABLE default.closed (a String) ENGINE = {name}('x')",
        f"CREATE TEMPORARY TABLE closed (a String) ENGINE = {name}('x')",
        f"CREATE MATERIALIZED VIEW default.closed ENGINE = {name}('x') AS SELECT 1 AS a",
        f"CREATE DATABASE closed ENGINE = {name}('/')",
        f"ATTACH TABLE default.closed (a String) ENGINE = {name}('x')",
    ):
        answer = server.ask(statement)
        assert answer.headers.get("x-clickhouse-exception-code") == "497", (statement, answer.text)


@pytest.mark.parametrize("name", sorted(doors.CLOSED_SOURCES))
def test_a_closed_source_is_refused(server: ServerProcess, name: str, tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    answer = server.ask(
        f"CREATE DICTIONARY default.closed (id UInt64, v String) PRIMARY KEY id SOURCE({name}(COMMAND 'id > {proof}' "
        "FORMAT 'TabSeparated')) LAYOUT(FLAT()) LIFETIME(0)"
    )
    assert answer.headers["x-clickhouse-exception-code"] == "497", answer.text
    assert not proof.exists()


@pytest.mark.parametrize("name", doors.FIXED_SETTINGS)
def test_a_fixed_setting_stays(server: ServerProcess, name: str) -> None:
    value = server.value(f"SELECT value FROM system.settings WHERE name = '{name}'")
    other = "{'t': '1'}" if value == "{}" else "1" if value in ("0", "") else f"{value}1"
    for answer in (
        server.ask(f"SET {name} = '{other}'"),
        server.ask("SELECT 1", **{name: other}),
        server.ask(f"SELECT 1 SETTINGS {name} = '{other}'"),
    ):
        assert answer.status != 200, answer.text


def test_files_stay_where_they_are(server: ServerProcess, outside: Path) -> None:
    target = outside.with_name("written")
    for statement in (
        f"SELECT * FROM url('file://{outside}', 'LineAsString', 'l String')",
        f"SELECT 1 INTO OUTFILE '{target}'",
        f"SELECT 1\u00a0INTO\u00a0OUTFILE\u00a0'{target}'",
        f"SELECT 1 /* */ INTO/**/OUTFILE '{target}' FORMAT CSV",
        f"SHOW TABLES INTO OUTFILE '{target}'",
        f"EXISTS TABLE system.one INTO OUTFILE '{target}'",
        f"(SELECT 1) UNION ALL (SELECT 2) INTO OUTFILE '{target}'",
        f"CREATE TABLE default.closed (a Int8) ENGINE = Memory COMMENT 'x' INTO OUTFILE '{target}'",
        f"INSERT INTO FUNCTION null('a String') FROM INFILE '{outside}' FORMAT LineAsString",
        "CREATE TABLE default.closed (a Int8) ENGINE = MergeTree ORDER BY a "
        f"SETTINGS disk = disk(type = local, path = '{outside.parent}/')",
        f"ATTACH TABLE default.closed FROM '{outside.parent}' (a Int8) ENGINE = MergeTree ORDER BY a",
        f"CREATE TABLE default.closed (a Int8) ENGINE = EmbeddedRocksDB(0, '{outside.parent}') PRIMARY KEY a",
        f"BACKUP TABLE system.one TO File('{target}')",
        f"SELECT * FROM default.`{outside}`",
        f"SELECT * FROM `{outside}`",
    ):
        answer = server.ask(statement)
        assert answer.status != 200, statement
        assert SECRET not in answer.text
        assert not target.exists(), statement


def test_a_name_with_line_ends_hides_nothing(server: ServerProcess, outside: Path) -> None:
    forged = "x) (children 1)\n ExpressionList (children 1)\n  Literal \\'http://localhost/\\'\n Foo"
    sql = f"SELECT * FROM url('http://elsewhere.example/', CSV, 'a String') AS `{forged}`"
    assert server.ask(sql).headers["x-clickhouse-exception-code"] == "491"
    named = server.ask("SELECT * FROM {t:Identifier}, url('http://elsewhere.example/')", param_t=forged)
    assert named.status != 200
    hidden = outside.with_name("written")
    assert server.ask(f"SELECT 1 AS `a\nb` INTO OUTFILE '{hidden}'").status != 200
    assert server.value("SELECT 1 AS `a\nb`, 'c\nd'") == "1\tc\\nd"
    for name in (
        "\\`tick\\`",
        "``",
        "back\\\\slash",
        '"',
        "'",
        "a\\n",
        "\\x0a",
        "{{ x }}",
        "/*",
        "--",
        "é\u00a0 ",
        "$$",
    ):
        assert server.value(f"SELECT 1 AS `{name}`\nFORMAT TSV") == "1", name


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1 /* /* */ -- */ ; {more}",
        "SELECT 1 /* /* */ -- */ ; {more}; and no statement",
        "SELECT * FROM format(JSONEachRow, 'a Int8); {more}; SELECT (1', '{{}}')",
        "SELECT * FROM values('a Int8); {more}; SELECT (1', 1)",
        "CREATE DICTIONARY default.d (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT 1; {more}')) "
        "LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE DICTIONARY default.d (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'INSERT INTO t FORMAT CSV 1\n\n"
        "{more}')) LAYOUT(FLAT()) LIFETIME(0)",
        "INSERT INTO FUNCTION null('a Int8') VALUES (1); {more}",
        "INSERT INTO FUNCTION null('a Int8') FORMAT CSV 1\n\n{more}",
        "INSERT INTO FUNCTION null('a Int8') /* /* */ -- */ ; {more} -- \n FORMAT CSV 1",
        "KILL QUERY WHERE 0 /* /* */ -- */ ; {more}",
    ],
)
def test_no_second_statement_runs_unseen(server: ServerProcess, text: str) -> None:
    server.ask(text.format(more="CREATE TABLE default.unseen (a Int8) ENGINE = Memory"))
    server.value("DROP DICTIONARY IF EXISTS default.d")
    assert server.value("EXISTS TABLE default.unseen") == "0"


def test_a_description_of_columns_is_no_statement(server: ServerProcess) -> None:
    structure = "a Int8); CREATE TABLE default.unseen (a Int8) ENGINE = Memory; SELECT (1"
    form = "".join(
        f'--b\r\nContent-Disposition: form-data; name="x{name}\r\n\r\n{value}\r\n'
        for name, value in (('_structure"', structure), ('"; filename="x"', "1"))
    )
    headers = {**AUTHORIZATION, "Content-Type": "multipart/form-data; boundary=b"}
    answer = server.ask(form + "--b--\r\n", headers, query="SELECT 1")
    assert answer.headers["x-clickhouse-exception-code"] == "62"
    assert server.value("EXISTS TABLE default.unseen") == "0"


@pytest.mark.parametrize("name", doors.PARSER_SETTINGS)
def test_settings_of_the_parser_stay(server: ServerProcess, name: str) -> None:
    assert server.ask("SELECT 1", **{name: 1}).headers["x-clickhouse-exception-code"] == "452"


def test_texts_within_texts_have_a_depth(server: ServerProcess) -> None:
    columns = "a Int8"
    for _ in range(4):
        quoted = columns.replace("\\", "\\\\").replace("'", "\\'")
        columns = f"a Int8 DEFAULT (SELECT a FROM format(CSV, '{quoted}', '1'))"
    answer = server.ask(f"CREATE TABLE default.deep ({columns}) ENGINE = Memory")
    assert answer.headers["x-clickhouse-exception-code"] == "497"


def test_commands_of_the_server_are_refused(server: ServerProcess) -> None:
    for command in ("SHUTDOWN", "KILL", "SUSPEND FOR 1 SECOND", "STOP LISTEN TCP", "RELOAD CONFIG", "RELOAD USERS"):
        assert server.ask(f"SYSTEM {command}").status != 200, command
    assert server.ask("SYSTEM FLUSH LOGS").status == 200


def test_other_servers_are_those_of_the_list(server: ServerProcess) -> None:
    for statement in (
        "SELECT * FROM url('http://elsewhere.example/', CSV, 'a String')",
        "SELECT * FROM url('http://localhost@elsewhere.example/', CSV, 'a String')",
        "SELECT * FROM url(concat('http://', 'localhost'), CSV, 'a String')",
        "SELECT * FROM remote('localhost,elsewhere.example', system.one)",
        "SELECT * FROM postgresql('elsewhere.example:5432', 'd', 't', 'u', 'p')",
        "SELECT * FROM s3('http://169.254.169.254/latest', CSV, 'a String')",
        "CREATE TABLE default.closed (a Int8) ENGINE = PostgreSQL('elsewhere.example:5432', 'd', 't', 'u', 'p')",
        "CREATE DATABASE closed ENGINE = MySQL('elsewhere.example:3306', 'd', 'u', 'p')",
        "CREATE DICTIONARY default.closed (id UInt64) PRIMARY KEY id SOURCE(HTTP(URL 'http://elsewhere.example/' "
        "FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE DICTIONARY default.closed (id UInt64) PRIMARY KEY id SOURCE(MYSQL(NAME elsewhere TABLE 't')) "
        "LAYOUT(FLAT()) LIFETIME(0)",
    ):
        answer = server.ask(statement)
        assert answer.headers.get("x-clickhouse-exception-code") in ("491", "497"), (statement, answer.text)
    assert server.value("SELECT * FROM remote('localhost', system.one)") == "0"
    server.value(
        "CREATE DICTIONARY default.open (id UInt64, name String) PRIMARY KEY id SOURCE(HTTP(URL 'http://localhost:1/' "
        "FORMAT 'CSV' HEADERS(HEADER(NAME 'a' VALUE 'b')))) LAYOUT(FLAT()) LIFETIME(0)"
    )
    server.value("DROP DICTIONARY default.open")


def headers(user: tuple[str, str]) -> dict[str, str]:
    return {"X-ClickHouse-User": user[0], "X-ClickHouse-Key": user[1]}


def test_a_writer_writes(server: ServerProcess) -> None:
    for statement in (
        "CREATE DATABASE IF NOT EXISTS written",
        "CREATE TABLE written.t (a Int8) ENGINE = MergeTree ORDER BY a",
        "INSERT INTO written.t VALUES (1)",
        "CREATE VIEW written.v AS SELECT * FROM written.t",
        "DROP DATABASE written",
    ):
        answer = server.ask(statement, headers=headers(WRITER))
        assert answer.status == 200, answer.text


def test_a_writer_cannot_become_more(server: ServerProcess) -> None:
    for statement in (
        "CREATE DICTIONARY default.closed (id UInt64) PRIMARY KEY id SOURCE(HTTP(URL 'http://localhost/' "
        "FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE TABLE system.closed (a Int8) ENGINE = Memory",
        "DROP TABLE system.query_log",
        "SELECT * FROM url('http://localhost/', CSV, 'a String')",
        "CREATE DICTIONARY default.closed (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT 1')) "
        "LAYOUT(FLAT()) LIFETIME(0)",
    ):
        assert server.ask(statement, headers=headers(WRITER)).status != 200, statement
    server.ask("SET ROLE ALL", headers=headers(WRITER), session_id="more")
    assert server.ask("DROP TABLE system.query_log", headers=headers(WRITER), session_id="more").status == 403


def test_a_reader_reads_and_does_nothing_else(server: ServerProcess) -> None:
    server.value("CREATE TABLE IF NOT EXISTS default.read (a Int8) ENGINE = MergeTree ORDER BY a")
    assert server.ask("SELECT count() FROM default.read", headers=headers(READER)).text == "0\n"
    assert server.ask("SELECT name FROM system.tables WHERE name = 'read'", headers=headers(READER)).text == "read\n"
    for statement in (
        "INSERT INTO default.read VALUES (1)",
        "CREATE TABLE default.closed (a Int8) ENGINE = Memory",
        "DROP TABLE default.read",
        "ALTER TABLE default.read DELETE WHERE 1",
        "KILL QUERY WHERE 1",
        "SYSTEM FLUSH LOGS",
        "SET readonly = 0",
        "SELECT * FROM system.query_log",
        "SELECT * FROM system.query_log_rows",
        "SELECT * FROM system.processes",
        "SELECT 1 IN (SELECT 1 FROM system.processes)",
        "SELECT 'a' IN system.processes",
        "SELECT * FROM merge('system', 'processes')",
        "SELECT * FROM clusterAllReplicas('default', system.processes)",
        "USE system",
    ):
        assert server.ask(statement, headers=headers(READER)).status != 200, statement
    assert server.ask("SELECT * FROM processes", headers=headers(READER), database="system").status == 403
    server.ask("SET ROLE ALL", headers=headers(READER), session_id="more")
    assert server.ask("DROP TABLE default.read", headers=headers(READER), session_id="more").status != 200


def test_a_session_is_its_users_own(server: ServerProcess) -> None:
    server.ask("CREATE TEMPORARY TABLE own (a Int8)", session_id="shared")
    answer = server.ask("SELECT * FROM own", headers=headers(READER), session_id="shared")
    assert answer.headers["x-clickhouse-exception-code"] == "60"
