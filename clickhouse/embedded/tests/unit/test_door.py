import pytest

from millrace_clickhouse.door import Door
from millrace_clickhouse.errors import ClickHouseError

DOOR = Door.of("0.0.0.0", {"CLICKHOUSE_HOST": "warehouse", "CLICKHOUSE_ALLOWED_HOSTS": "Data.example, other"})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1:8123"},
        {"host": "LocalHost"},
        {"host": "[::1]:8123"},
        {"host": "data.example:1"},
        {"host": "warehouse"},
        {"host": "other", "sec-fetch-site": "same-origin"},
        {"host": "localhost:8123", "sec-fetch-site": "none"},
        {"host": "localhost:8123", "origin": "http://localhost:8123"},
    ],
)
def test_lets_in(headers: dict[str, str]) -> None:
    DOOR.check(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": ""},
        {"host": "127.0.0.1.evil.example"},
        {"host": "localhost.evil.example:8123"},
        {"host": "evil.example:127.0.0.1"},
        {"host": "[evil]"},
        {"host": "localhost", "origin": "http://evil.example"},
        {"host": "localhost:8123", "origin": "http://localhost:8000"},
        {"host": "localhost", "origin": "null"},
        {"origin": "http://127.0.0.1"},
        {"host": "localhost", "sec-fetch-site": "cross-site"},
        {"host": "localhost", "sec-fetch-site": "same-site"},
        {"host": "localhost", "sec-fetch-site": ""},
    ],
)
def test_keeps_out(headers: dict[str, str]) -> None:
    with pytest.raises(ClickHouseError) as refused:
        DOOR.check(headers)
    assert refused.value.status == 403
