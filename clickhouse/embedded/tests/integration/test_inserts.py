import uuid
from collections.abc import Iterator

import pytest
from server_process import AUTHORIZATION, ServerProcess


@pytest.fixture
def table(server: ServerProcess) -> str:
    server.value("CREATE OR REPLACE TABLE target (a UInt64, b String) ENGINE = MergeTree ORDER BY a")
    return "target"


def rows(server: ServerProcess) -> str:
    return server.value("SELECT count(), sum(a), max(b) FROM target")


def test_sql_in_the_address(server: ServerProcess, table: str) -> None:
    server.ask(b"1\tx\n2\ty\n", query="INSERT INTO target FORMAT TabSeparated")
    assert rows(server) == "2\t3\ty"


def test_sql_and_data_in_one_body(server: ServerProcess, table: str) -> None:
    server.ask(b'INSERT INTO target (a, b) FORMAT JSONEachRow\n{"a": 5, "b": "q;"}')
    server.ask(b"INSERT INTO target FORMAT CSV\n7,z")
    assert rows(server) == "2\t12\tz"


def test_values_are_kept_verbatim(server: ServerProcess, table: str) -> None:
    assert server.ask("INSERT INTO target VALUES (1 + 1, concat('a;', '?')), (3, '{x}');").status == 200
    assert rows(server) == "2\t5\t{x}"


def test_values_that_are_too_many_to_keep(server: ServerProcess, table: str) -> None:
    values = ", ".join(f"({number}, 'v')" for number in range(200_000))
    assert server.ask(f"INSERT INTO target VALUES {values}").status == 200
    assert rows(server) == f"200000\t{sum(range(200_000))}\tv"


def test_select_from_input(server: ServerProcess, table: str) -> None:
    answer = server.ask(
        b"3\n4\n", query="INSERT INTO target SELECT x * 2, 'in' FROM input('x UInt64') FORMAT TabSeparated"
    )
    assert answer.status == 200, answer.text
    assert rows(server) == "2\t14\tin"


@pytest.mark.parametrize("compression", ["none", "lz4_frame", "zstd"])
@pytest.mark.parametrize(
    "insert",
    [
        "INSERT INTO target (a) FORMAT ArrowStream",
        "INSERT INTO target (a) SETTINGS max_threads = 1 FORMAT arrowstream",
        "INSERT INTO target (a) SELECT a FROM input('a UInt64') FORMAT ArrowStream",
    ],
)
def test_arrow_of_which_columns_are_left_out(server: ServerProcess, table: str, insert: str, compression: str) -> None:
    data = server.ask(
        f"""
        SELECT number AS a, randomString(40) AS b, number AS c FROM numbers(300000)
        FORMAT ArrowStream SETTINGS output_format_arrow_compression_method = '{compression}'
        """
    ).body
    name = f"arrow-{uuid.uuid4()}"
    answer = server.ask(data, query=insert, query_id=name)
    assert answer.status == 200, answer.text
    assert rows(server) == f"300000\t{sum(range(300_000))}\t"
    server.value("SYSTEM FLUSH LOGS")
    told = server.value(f"SELECT any(query) FROM system.query_log WHERE query_id = '{name}'").replace("\\'", "'")
    assert told.rstrip() == (insert.removesuffix(" FORMAT ArrowStream") if "input(" in insert else insert)


def test_empty_first_parts_of_a_compressed_body(server: ServerProcess, table: str) -> None:
    import lz4.frame

    packed = lz4.frame.compress(b"0\tx\n")
    headers = {**AUTHORIZATION, "Content-Encoding": "lz4"}
    answer = server.ask(
        (packed[at : at + 1] for at in range(len(packed))), headers, query="INSERT INTO target FORMAT TSV"
    )
    assert answer.status == 200, answer.text
    assert rows(server) == "1\t0\tx"


def test_a_bad_row_leaves_nothing(server: ServerProcess, table: str) -> None:
    answer = server.ask(b"1\tx\nwrong\ty\n", query="INSERT INTO target FORMAT TabSeparated")
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (400, "27")
    assert rows(server) == "0\t0\t"


def test_a_client_that_dies_leaves_nothing(server: ServerProcess, table: str) -> None:
    connection = server.connect()
    connection.putrequest("POST", "/?query=INSERT+INTO+target+FORMAT+TSV")
    for name, value in {**AUTHORIZATION, "Content-Length": "1000"}.items():
        connection.putheader(name, value)
    connection.endheaders(b"1\tx\n")
    connection.close()
    server.value("SELECT sleep(0.5)")
    assert rows(server) == "0\t0\t"


def test_a_large_insert_takes_constant_memory(server: ServerProcess, table: str) -> None:
    server.value("CREATE OR REPLACE TABLE large (a UInt64, b String) ENGINE = Null")
    block = b"".join(b"%d\tsome text of a row %d\n" % (number, number) for number in range(20_000))

    def insert(times: int) -> int:
        def parts() -> Iterator[bytes]:
            for _ in range(times):
                yield block

        assert server.ask(parts(), query="INSERT INTO large FORMAT TabSeparated").status == 200
        return resident_bytes(server.pid)

    settled = insert(200)
    assert insert(1200) < settled + (150 << 20)


def resident_bytes(pid: int) -> int:
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


DEFAULTS = (
    "CREATE OR REPLACE TABLE defaults (id UInt64, a String DEFAULT concat('a', toString(id)), "
    "b UInt64 DEFAULT length(a), c UInt64 MATERIALIZED id * 2, "
    "d UInt64 DEFAULT c + e, e UInt64 EPHEMERAL 7, f UInt64 ALIAS id * 3) "
    "ENGINE = MergeTree ORDER BY id"
)


@pytest.mark.parametrize(
    ("head", "data", "row"),
    [
        ("(id) FORMAT TSV", b"1\n", "1\ta1\t2\t2\t9"),
        ("(id, a) FORMAT CSV", b"1,\n", "1\ta1\t2\t2\t9"),
        ("(id, b) FORMAT CSV", b"1,\n", "1\ta1\t2\t2\t9"),
        ("(id, d) FORMAT CSV", b"1,\n", "1\ta1\t2\t2\t9"),
        ("(id, e, d) FORMAT CSV", b"1,3,\n", "1\ta1\t2\t2\t5"),
        ("(* EXCEPT(b, d)) FORMAT JSONEachRow", b'{"id": 1}', "1\ta1\t2\t2\t9"),
        ("FORMAT TSV", b"1\tx\t3\t4\n", "1\tx\t3\t2\t4"),
        ("FORMAT JSONEachRow", b'{"id": 1, "e": 5}', "1\ta1\t2\t2\t9"),
        ("FORMAT CSVWithNames", b"b,id\n,1\n", "1\ta1\t2\t2\t9"),
        ("SETTINGS input_format_defaults_for_omitted_fields = 0 FORMAT JSONEachRow", b'{"id": 1}', "1\t\t0\t2\t0"),
        ("(id, a) VALUES", b"(1, DEFAULT)", "1\ta1\t2\t2\t9"),
    ],
)
def test_defaults_of_what_a_row_leaves_out(server: ServerProcess, head: str, data: bytes, row: str) -> None:
    server.value(DEFAULTS)
    answer = server.ask(data, query=f"INSERT INTO defaults {head}")
    assert answer.status == 200, answer.text
    assert server.value("SELECT id, a, b, c, d FROM defaults") == row


@pytest.mark.parametrize("columns", ["(m)", "(f)", "(nowhere)", "(id, id)"])
def test_columns_that_cannot_be_written(server: ServerProcess, columns: str) -> None:
    server.value(DEFAULTS)
    answer = server.ask(b"1\n", query=f"INSERT INTO defaults {columns} FORMAT TSV")
    assert answer.headers["x-clickhouse-exception-code"] in ("15", "16", "44"), answer.text


def test_names_of_the_target_and_of_its_columns(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE `settings` (`format` UInt8, `select` UInt8) ENGINE = MergeTree ORDER BY ()")
    for into in ("settings", "TABLE settings", "default.settings (`format`, `select`)", "{t:Identifier}"):
        answer = server.ask(
            b"1\t2\n", query=f"INSERT INTO {into} SETTINGS max_block_size = 9 FORMAT TSV", param_t="settings"
        )
        assert answer.status == 200, answer.text
    assert server.value("SELECT count() FROM settings") == "4"


def test_a_format_of_the_address_is_only_a_name(server: ServerProcess, table: str) -> None:
    answer = server.ask(query="INSERT INTO target (a)", default_format="CSV SETTINGS max_threads = 1")
    assert answer.headers["x-clickhouse-exception-code"] == "73"


def test_a_temporary_table_of_a_session(server: ServerProcess) -> None:
    server.value("CREATE TEMPORARY TABLE mine (a UInt8, b UInt8 DEFAULT a)", session_id="inserts")
    assert server.ask(b"7\n", query="INSERT INTO mine (a) FORMAT TSV", session_id="inserts").status == 200
    assert server.value("SELECT a, b FROM mine", session_id="inserts") == "7\t7"


def test_an_insert_without_rows(server: ServerProcess, table: str) -> None:
    for name in ("TSV", "Native", "JSONEachRow", "RowBinary", "CSVWithNames"):
        assert server.ask(b"", query=f"INSERT INTO target FORMAT {name}").status == 200
    assert rows(server) == "0\t0\t"


def test_clients_that_leave_at_any_moment_leave_nothing(server: ServerProcess, table: str) -> None:
    statements = ("INSERT+INTO+target+FORMAT+TSV", "INSERT+INTO+target(b,a)+SELECT+b,a+FROM+input('a+UInt64,b+String')")
    for number in range(60):
        connection = server.connect()
        connection.putrequest("POST", f"/?query={statements[number % 2]}{'+FORMAT+TSV' * (number % 2)}")
        for name, value in {**AUTHORIZATION, "Content-Length": "10000000"}.items():
            connection.putheader(name, value)
        connection.endheaders(b"1\tx\n" * (1, 1000, 50_000)[number % 3])
        connection.close()
    while server.value("SELECT count() FROM system.processes") != "1":
        pass
    assert rows(server) == "0\t0\t"


def test_comments_stand_anywhere_before_the_data(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE default.commented (a Int8) ENGINE = MergeTree ORDER BY a")
    server.value("INSERT INTO default.commented -- a line\nFORMAT CSV\n1\n2\n")
    server.value("INSERT INTO default.commented /* a /* nested */ FORMAT */ SETTINGS max_threads = 1 FORMAT CSV\n3\n")
    assert server.value("SELECT sum(a) /* ; /* */ */ FROM default.commented") == "6"
