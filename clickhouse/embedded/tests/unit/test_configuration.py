"""The engine's configuration is well-formed whatever the password."""

import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from millrace_clickhouse.accounts import Account, Accounts, Role
from millrace_clickhouse.auth import Credentials
from millrace_clickhouse.configuration import write_configuration


def administrator(user: str, password: str) -> Accounts:
    return Accounts([Account(Credentials(user, password), Role.ADMINISTRATOR)])


@pytest.mark.parametrize(
    "password", ["", " ", "a&b", "a<b>", "]]>", "'\"", "00123", "\u043a\u043b\u044e\u0447", "\udcff"]
)
@pytest.mark.parametrize("user", ["default", "loader"])
def test_no_password_breaks_it_or_shows_in_it(tmp_path: Path, user: str, password: str) -> None:
    config = write_configuration(tmp_path, administrator(user, password))
    users = ElementTree.parse(tmp_path / "users.xml").find("users")
    assert users is not None
    assert {element.tag for element in users} == {"default", user}
    assert len(password) < 3 or password not in (tmp_path / "users.xml").read_text()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (config, tmp_path / "users.xml")] == [0o600, 0o600]


@pytest.mark.parametrize("user", ["", "a b", "1st", "a&b", "a.b", "../x"])
def test_a_user_that_it_cannot_hold_is_refused(tmp_path: Path, user: str) -> None:
    with pytest.raises(ValueError, match="CLICKHOUSE_USER must"):
        write_configuration(tmp_path, administrator(user, "x"))
