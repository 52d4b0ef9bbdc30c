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
