import pytest

from millrace_clickhouse.statement import (
    InsertHead,
    NeedMore,
    first_word,
    insert_head,
    reading_statement,
)


@pytest.mark.parametrize(
    ("sql", "head", "input_format", "data"),
    [
        (b"insert into t values (1)", b"insert into t", "Values", b" (1)"),
        (b"INSERT INTO a.t (x, y) FORMAT TSV\n1\t2", b"INSERT INTO a.t (x, y)", "TSV", b"1\t2"),
        (b"INSERT INTO t FORMAT RowBinary \n\n\x01", b"INSERT INTO t", "RowBinary", b"\n\x01"),
        (b"insert into values values (1)", b"insert into values", "Values", b" (1)"),
        (b"insert into `format`.`values` format CSV\r\n1", b"insert into `format`.`values`", "CSV", b"1"),
        (
            b"insert into function null('a Int') format Native \nabc",
            b"insert into function null('a Int')",
            "Native",
            b"abc",
        ),
        (
            b"/* ; */ insert into t -- x\n(a) settings x=1 format CSV\n",
            b"/* ; */ insert into t -- x\n(a) settings x=1",
            "CSV",
            b"",
        ),
        (b"insert into {t:Identifier} (a) values", b"insert into {t:Identifier} (a)", "Values", b""),
        (b"insert into t (a, b);", b"insert into t (a, b)", None, b""),
    ],
)
def test_splits_an_insert_from_its_data(sql: bytes, head: bytes, input_format: str | None, data: bytes) -> None:
    found = insert_head(sql, complete=True)
    assert found is not None
    assert (found.sql, found.format, sql[found.data_at :]) == (head, input_format, data)


@pytest.mark.parametrize(
    "sql", [b"insert into t select 1", b"INSERT INTO t (a) WITH 1 AS x SELECT x", b"select 1", b""]
)
def test_other_statements_bring_no_data(sql: bytes) -> None:
    assert insert_head(sql, complete=True) is None


@pytest.mark.parametrize("sql", [b"ins", b"insert into t (a", b"insert into t form", b"insert into t format TS"])
def test_asks_for_more_where_the_first_part_does_not_decide(sql: bytes) -> None:
    with pytest.raises(NeedMore):
        insert_head(sql, complete=False)


@pytest.mark.parametrize(
    ("sql", "output", "with_tail"),
    [
        (b"select 1;", None, b"select 1 X "),
        (b"select 1 -- format CSV", None, b"select 1 X "),
        (b"select 1 format JSON settings x=1 ; ", "JSON", b"select 1  X format JSON settings x=1"),
        (b"select format from t", None, b"select format from t X "),
        (
            b"(select 'format TSV') union all (select 2) format TSV",
            "TSV",
            b"(select 'format TSV') union all (select 2)  X format TSV",
        ),
        (b"with insert as (select 1) select * from insert", None, b"with insert as (select 1) select * from insert X "),
    ],
)
def test_finds_where_a_clause_belongs(sql: bytes, output: str | None, with_tail: bytes) -> None:
    found = reading_statement(sql)
    assert found is not None
    assert (found.format, found.with_tail(b"X")) == (output, with_tail)


@pytest.mark.parametrize(
    "sql",
    [
        b"create table x (a Int8) engine=Memory",
        b"with x as (select 1) insert into t select 1",
        b"check grant select on t",
        b";",
    ],
)
def test_statements_that_take_no_format(sql: bytes) -> None:
    assert reading_statement(sql) is None


def test_first_word_skips_comments() -> None:
    assert first_word(b"-- a\n/* b */ # c\n select 1") == b"SELECT"
    assert first_word(b" -- nothing") == b""


@pytest.mark.parametrize(
    ("sql", "reading"),
    [
        (b"insert into t", b"insert into t FROM INFILE 'f'  FORMAT CSV"),
        (b"insert into t (a) settings x=1", b"insert into t (a)  FROM INFILE 'f' settings x=1 FORMAT CSV"),
        (b"insert into settings", b"insert into settings FROM INFILE 'f'  FORMAT CSV"),
        (
            b"insert into a.settings (settings) settings x=1, y='settings z=2'",
            b"insert into a.settings (settings)  FROM INFILE 'f' settings x=1, y='settings z=2' FORMAT CSV",
        ),
    ],
)
def test_an_insert_that_reads_its_data_from_a_file(sql: bytes, reading: bytes) -> None:
    assert InsertHead(sql, "CSV", 0).reading_from(b"'f'", b"CSV") == reading


@pytest.mark.parametrize(
    ("sql", "target"),
    [
        (b"insert into t", (b"t", None)),
        (b"insert into table a.`b c` (x, y) settings z=1", (b"a.`b c` ", b"x, y")),
        (b"insert into {t:Identifier}(x)", (b"{t:Identifier}", b"x")),
        (b"insert into function (x)", (b"function ", b"x")),
        (b"insert into function null('a Int8') (a)", None),
        (b"insert into table function null('a Int8')", None),
    ],
)
def test_the_target_of_an_insert(sql: bytes, target: tuple[bytes, bytes | None] | None) -> None:
    found = InsertHead(sql, None, 0).target()
    assert (found and (found.table, found.columns)) == target
