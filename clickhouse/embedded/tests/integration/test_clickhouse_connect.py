import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.external import ExternalData
from server_process import PASSWORD, USER, ServerProcess


@pytest.fixture
def client(server: ServerProcess) -> Iterator[Client]:
    with clickhouse_connect.get_client(
        host="127.0.0.1", port=server.port, username=USER, password=PASSWORD
    ) as connected:
        yield connected


def test_values_come_back(client: Client) -> None:
    client.command(
        "CREATE OR REPLACE TABLE kinds (a Int32, b Nullable(String), c DateTime64(6, 'UTC'), d Array(Float64)) "
        "ENGINE = Memory"
    )
    moment = datetime.datetime(2025, 6, 30, 12, 0, 0, 123456, ZoneInfo("UTC"))
    rows = [(1, None, moment, [1.5]), (2, "x", moment, [])]
    assert client.insert("kinds", rows, column_names=["a", "b", "c", "d"]).written_rows == 2
    found = client.query("SELECT * FROM kinds ORDER BY a").result_rows
    assert [(a, b, d) for a, b, _, d in found] == [(1, None, [1.5]), (2, "x", [])]
    assert found[0][2].replace(tzinfo=ZoneInfo("UTC")) == moment


def test_a_column_keeps_its_time_zone(client: Client) -> None:
    found = client.query("SELECT 'before', toDateTime('2025-01-01 00:00:00', 'Asia/Tokyo') AS moment")
    assert found.result_rows[0][1].tzinfo == ZoneInfo("Asia/Tokyo")
    assert client.query("SHOW DATABASES").result_rows


def test_streams_blocks(client: Client) -> None:
    with client.query_row_block_stream(
        "SELECT number FROM numbers(500000)", settings={"max_block_size": 65536}
    ) as stream:
        assert sum(len(block) for block in stream) == 500_000


def test_external_data_and_parameters(client: Client) -> None:
    data = ExternalData(file_name="ext", data=b"1,a\n2,b\n", fmt="CSV", structure=["n UInt8", "s String"])
    found = client.query("SELECT s FROM ext WHERE n = {n:UInt8}", parameters={"n": 2}, external_data=data)
    assert found.result_rows == [("b",)]


def test_errors(client: Client) -> None:
    with pytest.raises(DatabaseError, match="UNKNOWN_TABLE"):
        client.query("SELECT * FROM nowhere")
