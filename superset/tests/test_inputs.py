from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from millrace_superset.bundle import ASSETS, CLICKHOUSE, connect_bundle, read_bundle
from millrace_superset.fingerprint import fingerprint
from millrace_superset.problem import Problem
from millrace_superset.settings import Settings, settings_from

ENVIRONMENT = {
    "SUPERSET_SECRET_KEY": "key",
    "SUPERSET_DATABASE_URI": "sqlite://",
    "SUPERSET_ADMIN_USER": "admin",
    "SUPERSET_ADMIN_PASSWORD": "secret",
    "CLICKHOUSE_HOST": "db.example",
    "CLICKHOUSE_HTTP_PORT": "8124",
    "CLICKHOUSE_USER": "re@der",
    "CLICKHOUSE_PASSWORD": "hidden",
}
SETTINGS = Settings("key", "admin", "secret", "clickhousedb://u:XXXXXXXXXX@h:1/analytics", "hidden")
FILES = {"metadata.yaml": "version: 1.0.0\n"}


def test_the_connection_is_built_from_the_environment_without_its_password() -> None:
    settings = settings_from(ENVIRONMENT)
    assert settings.clickhouse_uri == "clickhousedb://re%40der:XXXXXXXXXX@db.example:8124/analytics"
    assert settings.clickhouse_password == "hidden"


@pytest.mark.parametrize(
    "password",
    ["plain", "00123", " a b ", "p@s:w/r%20d+$$x{{y}}#1;\"'&<>\\", "%", "%%41", "+", "é", "XXXXXXXXXX", "密"],
)
def test_superset_signs_in_with_the_password_that_was_set(password: str) -> None:
    """As Superset does it: the stored password goes into the address, and the address is read again."""
    url = pytest.importorskip("sqlalchemy.engine.url")
    settings = settings_from({**ENVIRONMENT, "CLICKHOUSE_PASSWORD": password})
    filled = url.make_url(settings.clickhouse_uri).set(password=settings.clickhouse_password)
    assert url.make_url(filled.render_as_string(hide_password=False)).password == password


def test_all_missing_variables_are_named_at_once() -> None:
    with pytest.raises(Problem, match="SUPERSET_ADMIN_USER, CLICKHOUSE_HOST must be set") as raised:
        settings_from({**ENVIRONMENT, "SUPERSET_ADMIN_USER": "", "CLICKHOUSE_HOST": ""})
    assert raised.value.code == 2


def test_only_the_connection_changes_in_the_bundle() -> None:
    files = read_bundle()
    connected = connect_bundle(files, "clickhousedb://u:XXXXXXXXXX@h:1/analytics")
    assert yaml.safe_load(connected[CLICKHOUSE])["sqlalchemy_uri"] == "clickhousedb://u:XXXXXXXXXX@h:1/analytics"
    assert {**connected, CLICKHOUSE: files[CLICKHOUSE]} == files
    assert len(files) == len(list(ASSETS.rglob("*.yaml")))


def test_a_bundle_without_its_metadata_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="metadata.yaml is missing"):
        read_bundle(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        fingerprint("6.1.1", FILES, SETTINGS),
        fingerprint("6.1.0", {"metadata.yaml": "version: 1.0.1\n"}, SETTINGS),
        fingerprint("6.1.0", FILES, replace(SETTINGS, admin_password="other")),
        fingerprint("6.1.0", FILES, replace(SETTINGS, clickhouse_password="other")),
        fingerprint("6.1.0", FILES, replace(SETTINGS, clickhouse_uri="clickhousedb://u:XXXXXXXXXX@h:2/analytics")),
        fingerprint("6.1.0", FILES, replace(SETTINGS, secret_key="other")),
    ],
)
def test_every_input_changes_the_fingerprint(other: str) -> None:
    assert other != fingerprint("6.1.0", FILES, SETTINGS)


def test_the_same_inputs_have_the_same_fingerprint() -> None:
    assert fingerprint("6.1.0", dict(FILES), replace(SETTINGS)) == fingerprint("6.1.0", FILES, SETTINGS)
