"""What the text of a statement says beyond its tree."""

import pytest

from millrace_clickhouse.formatted_statement import FormattedStatement

DICTIONARY = b"CREATE DICTIONARY d (`id` UInt64) PRIMARY KEY id SOURCE(%b) LIFETIME(0) LAYOUT(FLAT())"


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        (b"select 1 into\noutfile 'x'", True),
        (b"insert into t from infile 'x' format CSV", True),
        (b"select 'into outfile' from outfile", False),
    ],
)
def test_files_of_the_client(sql: bytes, names: bool) -> None:
    assert FormattedStatement(sql).names_file is names


def test_names_behind_apply() -> None:
    applied = FormattedStatement(b"SELECT a, * APPLY(`fi\\`le`) APPLY sum FROM t").applied
    assert list(applied) == ["fi`le", "APPLY", "sum", "FROM", "t"]
    assert list(FormattedStatement(b"SELECT file").applied) == []


def test_places_of_tables() -> None:
    assert FormattedStatement(b"CREATE TABLE t (`a` Int8) ORDER BY a SETTINGS disk = disk(type = local)").describes_disk
    assert not FormattedStatement(b"CREATE TABLE t (`a` Int8) ORDER BY a SETTINGS disk = 'd'").describes_disk
    assert FormattedStatement(b"ATTACH TABLE t FROM '/x' (`a` Int8)").from_folder


def test_settings_of_a_source() -> None:
    own = FormattedStatement(DICTIONARY % b"CLICKHOUSE(TABLE 't' WHERE 'a = \\'b\\'' INVALIDATE_QUERY 'SELECT 2')")
    assert own.reads_as_engine
    assert list(own.source_queries) == ["SELECT 1 WHERE a = 'b'", "SELECT 2"]
    other = FormattedStatement(DICTIONARY % b"CLICKHOUSE(HOST 'h' USER 'u' PASSWORD 'p' QUERY 'SELECT 1')")
    assert not other.reads_as_engine
    assert (list(other.source_hosts), list(other.source_queries)) == (["h"], ["SELECT 1"])
    assert FormattedStatement(DICTIONARY % b"MYSQL(NAME c TABLE 't')").names_collection
    headers = b"HTTP(URL 'http://h/' HEADERS(HEADER(NAME 'a' VALUE 'b')))"
    assert not FormattedStatement(DICTIONARY % headers).names_collection
