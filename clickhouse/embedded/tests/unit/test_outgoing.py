"""Which servers statements may connect to."""

import pytest

from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.outgoing import OutgoingHosts


@pytest.mark.parametrize(
    ("listed", "address"),
    [
        (None, "localhost:5432"),
        (None, "127.0.0.1"),
        (None, "http://[::1]:8123/?query=1"),
        (None, "localhost:9000,127.0.0.1|localhost"),
        ("db.example", "db.example:1"),
        ("db.example:5432", "DB.example:5432"),
        ("*.example", "http://user:p@s3.eu.example/bucket/*.csv"),
        ("*", "anything{1..3}"),
        ("*", None),
    ],
)
def test_allowed(listed: str | None, address: str | None) -> None:
    OutgoingHosts.of(listed).check(address)


@pytest.mark.parametrize(
    ("listed", "address"),
    [
        (None, "elsewhere.example"),
        (None, None),
        ("", "localhost"),
        ("db.example:5432", "db.example"),
        ("db.example:5432", "db.example:5433"),
        ("*.example", "example"),
        ("*.example", "badexample"),
        (None, "localhost,elsewhere.example"),
        (None, "localhost|elsewhere.example:1"),
        (None, "localhos{t,}"),
        (None, "http://localhost@elsewhere.example/"),
        (None, "http://elsewhere.example\\@localhost/"),
        (None, "http://elsewhere.example#@localhost/"),
        (None, "http://localhost.elsewhere.example/"),
        (None, "http://127.1/"),
        (None, "http://2130706433/"),
        (None, "file:///etc/passwd"),
        (None, "DefaultEndpointsProtocol=http;BlobEndpoint=http://localhost/"),
        (None, ""),
        (None, "localhost\n.elsewhere.example"),
    ],
)
def test_refused(listed: str | None, address: str | None) -> None:
    with pytest.raises(ClickHouseError) as refused:
        OutgoingHosts.of(listed).check(address)
    assert refused.value.code == 491


def test_an_entry_that_is_no_host_is_named() -> None:
    with pytest.raises(ValueError, match="CLICKHOUSE_OUTGOING_HOSTS: 'a b'"):
        OutgoingHosts.of("localhost, a b")
