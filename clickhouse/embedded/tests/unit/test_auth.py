import base64

import pytest

from millrace_clickhouse.accounts import Account, Accounts, Role, accounts_from
from millrace_clickhouse.auth import Credentials, offered
from millrace_clickhouse.errors import ClickHouseError

ACCOUNTS = Accounts([Account(Credentials("u", "w"), Role.ADMINISTRATOR), Account(Credentials("r", "x"), Role.READER)])
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


@pytest.mark.parametrize(("user", "password"), [("u", "no"), ("no", "w"), ("u", ""), ("u", "x")])
def test_refuses_wrong_credentials_with_403(user: str, password: str) -> None:
    with pytest.raises(ClickHouseError) as refused:
        ACCOUNTS.signed_in(Credentials(user, password))
    assert (refused.value.code, refused.value.status) == (516, 403)


def test_a_password_never_shows() -> None:
    assert "secret" not in repr(Credentials("u", "secret"))


def test_a_user_of_bytes_that_are_no_text_is_refused_like_any_other() -> None:
    with pytest.raises(ClickHouseError) as refused:
        ACCOUNTS.signed_in(Credentials("\udcff", "\udcfe"))
    assert refused.value.code == 516
    refused.value.text.encode()


def test_each_user_has_a_role_of_its_own() -> None:
    assert [ACCOUNTS.signed_in(Credentials(*given)).role for given in (("u", "w"), ("r", "x"))] == [
        Role.ADMINISTRATOR,
        Role.READER,
    ]


def test_users_are_those_with_a_password() -> None:
    told = {"CLICKHOUSE_PASSWORD": "a", "CLICKHOUSE_READER_PASSWORD": "b", "CLICKHOUSE_WRITER_PASSWORD": ""}
    assert [(account.name, account.role) for account in accounts_from(told)] == [
        ("default", Role.ADMINISTRATOR),
        ("reader", Role.READER),
    ]


def test_two_users_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="CLICKHOUSE_USER=reader"):
        accounts_from({"CLICKHOUSE_USER": "reader", "CLICKHOUSE_READER_PASSWORD": "b"})
