"""What the compose file can't say: the sources that pipelines name, as an override file of docker compose."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from millrace_contract.folder import readable, server_prefixes
from millrace_local.followers import Follower, followers
from millrace_local.layout import Layout
from millrace_local.samples import Sample, samples
from millrace_local.settings import of
from millrace_local.whole_file import write_private

WAREHOUSE = {"CLICKHOUSE"}  # whose variables the compose file sets itself
READERS = ("airflow-scheduler", "loader", "generator")
FOLLOW = "follow"  # the service, and its profile, that followers are made of
INSIDE = {"HOST": "postgres", "PORT": "5432"}


def write_override(layout: Layout, settings: Mapping[str, str]) -> Path:
    """Writes the file, which holds passwords, and returns where it is."""
    path = layout.run / "compose.json"
    text = json.dumps(override(layout, settings), indent=1)
    # compose puts variables in the place of $name.
    write_private(path, text.replace("$", "$$"))
    return path


def override(layout: Layout, settings: Mapping[str, str]) -> dict[str, Any]:
    """What is added to the services: the sample sources to make, and where those who read or write them find each."""
    found = samples(layout.root, layout.pipelines, settings)
    postgres: dict[str, Any] = {"environment": sample_variables(found)}
    if not found:
        postgres["profiles"] = ["samples"]
    tasks = source_variables(layout, settings) | inside_variables(found)
    told = {name: {"environment": tasks} for name in READERS}
    if any(pipeline.generate for pipeline in readable(layout.pipelines)):
        told["order-api"] = {"environment": tasks}
    followed = {f.name: follower_service(layout, f, tasks) for f in followers(layout.pipelines)}
    return {"services": {"postgres": postgres, **told, **followed}}


def follower_service(layout: Layout, follower: Follower, sources: Mapping[str, str]) -> dict[str, Any]:
    """The service that follows a pipeline's source; it knows the servers of this pipeline alone."""
    own = {key: value for key, value in sources.items() if of({follower.source, follower.target} - WAREHOUSE, key)}
    return {
        "extends": {"file": str(layout.root / "docker-compose.yml"), "service": FOLLOW},
        "command": ["run", "--pipeline", follower.pipeline],
        "environment": {**own, "FOLLOW_PORT": str(follower.port)},
        "ports": [f"127.0.0.1:{follower.port}:{follower.port}"],
    }


def sample_variables(found: list[Sample]) -> dict[str, str]:
    """What docker/postgres/source is told."""
    variables = {"SAMPLES": " ".join(sample.pipeline for sample in found)}
    for sample in found:
        name = f"SAMPLE_{sample.pipeline}"
        variables |= {f"{name}_DB": sample.database, f"{name}_USER": sample.role, f"{name}_PASSWORD": sample.password}
    return variables


def source_variables(layout: Layout, settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of all servers that pipelines name besides our ClickHouse."""
    named = server_prefixes(layout.pipelines) - WAREHOUSE
    return {key: value for key, value in settings.items() if of(named, key)}


def inside_variables(found: list[Sample]) -> dict[str, str]:
    """Sample sources by the address that they have inside the network."""
    return {f"{sample.prefix}_{part}": value for sample in found for part, value in INSIDE.items()}
