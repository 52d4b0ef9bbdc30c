import base64

import pytest

from millrace_clickhouse.auth import Credentials, check, offered
from millrace_clickhouse.errors import ClickHouseError

BASIC = {"authorization": "Basic " + base64.b64encode(b"u:p:w").decode()}


@pytest.mark.parametrize(
    ("headers", "parameters", "given"),
    [
        ({}, {}, ("default", "")),
        (BASIC, {}, ("u", "p:w")),
        ({"x-clickhouse-user": "u", "x-clickhouse-key": "w"}, {}, ("u", "w")),
        ({"x-clickhouse-key": "ключ".encode().decode("latin-1")}, {}, ("", "ключ")),
        ({}, {"user": "u", "password": "w"}, ("u", "w")),
        ({}, {"password": "w"}, ("default", "w")),
    ],
)
def test_ways_to_tell_the_user(headers: dict[str, str], parameters: dict[str, str], given: tuple[str, str]) -> None:
    found = offered(headers, parameters)
    assert (found.user, found.password) == given


@pytest.mark.parametrize(
    ("headers", "parameters"),
    [(BASIC, {"user": "u"}), ({"authorization": "Bearer x"}, {}), ({"authorization": "Basic ?"}, {})],
)
def test_refuses_what_it_cannot_read(headers: dict[str, str], parameters: dict[str, str]) -> None:
    with pytest.raises(ClickHouseError) as refused:
        offered(headers, parameters)
    assert refused.value.code == 516


@pytest.mark.parametrize("given", [Credentials("u", "no"), Credentials("no", "w"), Credentials("u", "")])
def test_refuses_wrong_credentials_with_403(given: Credentials) -> None:
    with pytest.raises(ClickHouseError) as refused:
        check(Credentials("u", "w"), given)
    assert (refused.value.code, refused.value.status) == (516, 403)


def test_a_password_never_shows() -> None:
    assert "secret" not in repr(Credentials("u", "secret"))


def test_a_user_of_bytes_that_are_no_text_is_refused_like_any_other() -> None:
    with pytest.raises(ClickHouseError) as refused:
        check(Credentials("u", "w"), Credentials("\udcff", "\udcfe"))
    assert refused.value.code == 516
    refused.value.text.encode()
