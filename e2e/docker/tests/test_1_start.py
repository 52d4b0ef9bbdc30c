"""./run.sh --docker on a machine with an engine."""

import re
import stat

from containers import ContainerProduct
from images import LABEL, OFFICIAL, docker
from product import COUNTS, open_doors


def test_the_first_start_ends_with_a_table(product: ContainerProduct) -> None:
    out = product.first_start.stdout
    assert product.first_start.returncode == 0, out
    for table, rows in COUNTS.items():
        assert re.search(rf"\b{table} +{rows} rows", out), out


def test_no_stand_in_bears_the_official_name(product: ContainerProduct) -> None:
    """Whoever starts the product later must get ClickHouse, or the engine's word that it cannot be had."""
    there = docker("image", "inspect", "--format", "{{json .Config.Labels}}", OFFICIAL)
    assert LABEL not in there.stdout


def test_it_made_keys_that_only_the_owner_may_read(product: ContainerProduct) -> None:
    made = product.root / ".env"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert re.search(r"^SUPERSET_SECRET_KEY=\S{64,}$", made.read_text(), re.MULTILINE)


def test_every_container_is_healthy(product: ContainerProduct) -> None:
    status = product.script("run.sh", "--status")
    assert status.returncode == 0, status.stdout
    lines = [line.split() for line in status.stdout.splitlines()[1:]]
    assert all(line[2] == "healthy" for line in lines if line[0] != "airflow-init"), status.stdout


def test_all_works(product: ContainerProduct) -> None:
    done = product.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout


def test_every_door_is_shut(product: ContainerProduct) -> None:
    done = product.script("check_all_works.sh", "--security")
    assert "gate, what Airflow needs" in done.stdout, done.stdout
    assert open_doors(done.stdout) == []


def test_a_second_start_is_quick_and_harmless(product: ContainerProduct) -> None:
    before = product.started_at("airflow-scheduler")
    again = product.script("run.sh", timeout=60)
    assert again.returncode == 0, again.stdout
    assert product.started_at("airflow-scheduler") == before


def test_logs_of_a_container_are_shown(product: ContainerProduct) -> None:
    shown = product.script("run.sh", "--logs", "webhook")
    assert shown.returncode == 0
    assert "listening" in shown.stdout
    unknown = product.script("run.sh", "--logs", "nobody")
    assert unknown.returncode == 2
    assert "airflow-scheduler" in unknown.stdout


def test_the_other_runtime_is_refused_meanwhile(product: ContainerProduct) -> None:
    refused = product.script("run.sh", "--local")
    assert refused.returncode == 2
    assert "in Docker" in refused.stdout
