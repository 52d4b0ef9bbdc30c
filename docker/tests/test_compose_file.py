"""What every service of the compose file must have."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from millrace_local.env_file import read_env_file

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"airflow-init", "loader", "generator"}
GIGABYTE = {"g": 1.0, "m": 1 / 1024}


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - ONE_SHOT))
def test_a_service_comes_back_and_tells_its_health(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_limited(name: str) -> None:
    service = SERVICES[name]
    assert service["mem_limit"]
    assert service["logging"]["options"]["max-size"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_an_image_is_pinned(name: str) -> None:
    image = SERVICES[name]["image"].rstrip("}")
    assert ":" in image
    assert not image.endswith("latest")


def test_every_base_image_is_a_setting() -> None:
    settings = read_env_file(ROOT / ".env.example")[0]
    images = {name: value for name, value in settings.items() if name.endswith("_IMAGE")}
    text = (ROOT / "docker-compose.yml").read_text()
    assert {name for name, value in images.items() if f"${{{name}:-{value}}}" in text} == set(images)
    for service in SERVICES.values():
        build = service.get("build", {})
        lines = (ROOT / build["dockerfile"]).read_text().splitlines() if build else []
        assert {line.removeprefix("ARG ") for line in lines if line.startswith("ARG ")} == {
            f"{name}={images[f'MILLRACE_{name}']}" for name in build.get("args", {})
        }
        assert all(line.startswith("FROM ${") for line in lines if line.startswith("FROM "))


def test_clickhouse_is_its_own_image_unless_another_is_named() -> None:
    assert SERVICES["clickhouse"]["image"] == "${MILLRACE_CLICKHOUSE_IMAGE:-clickhouse/clickhouse-server:26.8}"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_port_is_published_on_the_chosen_address_alone(name: str) -> None:
    assert all(port.startswith("${MILLRACE_BIND:-127.0.0.1}:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_is_mounted_from_the_checkout_cannot_be_written(name: str) -> None:
    for volume in SERVICES[name].get("volumes", []):
        source = volume.rpartition(":/")[0] if volume.count(":/") else volume
        assert volume.endswith(":ro") or source in COMPOSE["volumes"] or "DOCKER_SOCKET" in volume, volume


def test_only_the_gate_sees_the_docker_socket() -> None:
    assert [name for name, service in SERVICES.items() if "docker.sock" in str(service.get("volumes"))] == [
        "docker-gate"
    ]
    assert COMPOSE["networks"]["gate"]["internal"] is True
    assert {name for name, service in SERVICES.items() if "gate" in service.get("networks", [])} == {
        "docker-gate",
        "airflow-scheduler",
    }


def test_dependencies_wait_for_health() -> None:
    conditions = {need["condition"] for s in SERVICES.values() for need in s.get("depends_on", {}).values()}
    assert conditions == {"service_healthy", "service_completed_successfully"}


def test_all_of_it_fits_in_eight_gigabytes_with_four_loaders() -> None:
    limits = {name: gigabytes(service["mem_limit"]) for name, service in SERVICES.items()}
    loader = limits.pop("loader")
    # Gone before most others begin; run by hand; for pipelines that are followed.
    del limits["airflow-init"], limits["generator"], limits["follow"]
    assert sum(limits.values()) + 4 * loader <= 8


def gigabytes(limit: str) -> float:
    return float(limit[:-1]) * GIGABYTE[limit[-1]]


def test_there_is_no_version_key() -> None:
    assert "version" not in COMPOSE
