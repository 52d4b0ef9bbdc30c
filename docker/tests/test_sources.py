"""What the compose file is told of the sources that pipelines name."""

import json
from pathlib import Path

import pytest

from millrace_docker.compose import profiles
from millrace_docker.sources import override, write_override
from millrace_local.layout import Layout
from millrace_local.settings import load_settings

OURS = "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=5432\nPOSTGRES_DB=d\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=x\n"


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.setenv("MILLRACE_PIPELINES", str(tmp_path / "pipelines"))
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "postgres/init/store").mkdir(parents=True)
    (tmp_path / ".env.example").write_text(OURS)
    return Layout(tmp_path, tmp_path / "home", tmp_path / "state")


def settings(layout: Layout, environment: dict[str, str]) -> dict[str, str]:
    return load_settings(layout.root, {"MILLRACE_PIPELINES": str(layout.pipelines), **environment})


def pipeline(layout: Layout, name: str, more: str = "") -> None:
    """A file of the folder. more: lines that it has besides."""
    servers = f"source: {{env: {name.upper()}}}\ntarget: {{env: CLICKHOUSE}}\n"
    (layout.pipelines / f"{name}.yml").write_text(f"pipeline: {name}\n{servers}tables: [orders]\n{more}\n")


def test_a_sample_source_is_made_and_found_inside_the_network(layout: Layout) -> None:
    (layout.pipelines / "store.yml").write_text(
        "pipeline: store\nsource: {env: STORE}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
    )
    services = override(layout, settings(layout, {}))["services"]
    assert services["postgres"]["environment"] == {
        "SAMPLES": "store",
        "SAMPLE_store_DB": "store_db",
        "SAMPLE_store_USER": "store",
        "SAMPLE_store_PASSWORD": "store123",
    }
    assert services["loader"] == services["generator"] == services["airflow-scheduler"]
    assert "order-api" not in services
    assert services["airflow-scheduler"]["environment"] == {
        "STORE_HOST": "postgres",
        "STORE_PORT": "5432",
        "STORE_DB": "store_db",
        "STORE_USER": "store",
        "STORE_PASSWORD": "store123",
    }


def test_the_order_api_runs_where_a_pipeline_generates(layout: Layout) -> None:
    assert list(profiles(layout)) == ["loader", "generator"]
    (layout.pipelines / "store.yml").write_text(
        "pipeline: store\nsource: {env: STORE}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\ngenerate: {}\n"
    )
    assert list(profiles(layout)) == ["loader", "generator", "order-api"]
    services = override(layout, settings(layout, {}))["services"]
    assert services["order-api"]["environment"]["STORE_HOST"] == "postgres"


def test_without_a_sample_no_sample_database_is_started(layout: Layout) -> None:
    (layout.pipelines / "own.yml").write_text(
        "pipeline: own\nsource: {env: OWN}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
    )
    services = override(layout, settings(layout, {"OWN_HOST": "db.example", "OWN_PASSWORD": "x"}))["services"]
    assert services["postgres"] == {"environment": {"SAMPLES": ""}, "profiles": ["samples"]}
    assert services["airflow-scheduler"]["environment"] == {"OWN_HOST": "db.example", "OWN_PASSWORD": "x"}


def test_a_password_means_only_itself(layout: Layout) -> None:
    (layout.pipelines / "own.yml").write_text(
        "pipeline: own\nsource: {env: OWN}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
    )
    path = write_override(layout, settings(layout, {"OWN_PASSWORD": "a$b\"'\\"}))
    told = json.loads(path.read_text())["services"]["airflow-scheduler"]["environment"]
    assert told == {"OWN_PASSWORD": "a$$b\"'\\"}
    assert path.stat().st_mode & 0o077 == 0


def test_a_followed_pipeline_has_a_service_that_knows_its_own_servers_alone(layout: Layout) -> None:
    (layout.pipelines / "store.yml").write_text(
        "pipeline: store\nsource: {env: STORE}\ntarget: {env: CLICKHOUSE}\nfollow: {port: 15002}\ntables: [orders]\n"
    )
    (layout.pipelines / "own.yml").write_text(
        "pipeline: own\nsource: {env: OWN}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
    )
    services = override(layout, settings(layout, {"OWN_PASSWORD": "x"}))["services"]
    assert "follow-own" not in services
    service = services["follow-store"]
    assert service["command"] == ["run", "--pipeline", "store"]
    assert service["ports"] == ["127.0.0.1:15002:15002"]
    assert service["environment"] == {
        "STORE_HOST": "postgres",
        "STORE_PORT": "5432",
        "STORE_DB": "store_db",
        "STORE_USER": "store",
        "STORE_PASSWORD": "store123",
        "FOLLOW_PORT": "15002",
    }
    assert list(profiles(layout)) == ["loader", "generator", "follow"]
