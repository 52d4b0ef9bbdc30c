import pytest

from millrace_clickhouse.unmasked import holds_secret


@pytest.mark.parametrize(
    "sql",
    [
        b"SELECT * FROM mongodb('mongodb://u:secret@host/d', 't', 'a Int32')",
        b"CREATE DICTIONARY d SOURCE(HTTP(URL 'http://:secret@host/x' FORMAT 'CSV'))",
        b"SELECT * FROM url('https://host/x?a=b&access_token=secret')",
        b"SELECT * FROM s3('https://host/x?X-Amz-Signature=secret')",
        b"SELECT * FROM url('https://host/x?sig=secret')",
        b"SOURCE(HTTP(URL 'http://host/x' HEADERS(HEADER(NAME 'Authorization' VALUE 'secret'))))",
        b"SELECT * FROM url('http://host/x', CSV, headers('authorization' = 'Bearer secret'))",
    ],
)
def test_finds_what_the_engine_does_not_hide(sql: bytes) -> None:
    assert holds_secret(sql)


@pytest.mark.parametrize(
    "sql",
    [
        b"SELECT 1",
        b"SELECT 'http://host:8123/x?page=1'",
        b"SELECT 'a:b@c' FROM t",
        b"SELECT 'https://host/a:b@c'",
        b"SELECT authorization FROM t",
    ],
)
def test_leaves_the_rest(sql: bytes) -> None:
    assert not holds_secret(sql)


@pytest.mark.parametrize("repeated", [b"key-", b"a:", b"://a:", b"&key", b"?", b"'authorization' ", b"sig"])
def test_looks_at_each_byte_a_few_times(repeated: bytes) -> None:
    """Anything else would take hours, in which no other request is served."""
    assert not holds_secret(b"SELECT '://x?" + repeated * 200_000 + b"'")
