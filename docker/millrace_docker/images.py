"""Builds the images, unless they were built from these very files."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from millrace_docker.compose import Compose
from millrace_local.stamps import digest

INPUTS = (
    ".dockerignore",
    "docker-compose.yml",
    ".mvn",
    "pom.xml",
    "contract/pom.xml",
    "contract/src/main",
    "service/pom.xml",
    "service/src/main",
    "jdk/find.sh",
    "loader/pom.xml",
    "loader/libraries.sha256",
    "loader/bin",
    "loader/src/main",
    "webhook/pom.xml",
    "webhook/libraries.sha256",
    "webhook/bin",
    "webhook/python",
    "webhook/src/main",
    "stream/pom.xml",
    "stream/libraries.sha256",
    "stream/bin",
    "stream/src/main",
    "generator/pom.xml",
    "generator/libraries.sha256",
    "generator/bin",
    "generator/src/main",
    "dbt/requirements.lock",
    "airflow/Dockerfile",
    "airflow/requirements.lock",
    "airflow/config",
    "airflow/plugins",
    "superset/Dockerfile",
    "superset/requirements.lock",
    "superset/build.lock",
    "superset/superset_config.py",
    "superset/gunicorn.conf.py",
    "superset/brand",
    "superset/millrace_superset",
    "docker/java",
    "docker/airflow",
    "docker/gate/Dockerfile",
    "docker/gate/requirements.lock",
    "docker/gate/millrace_gate",
)


def identities(images: list[str]) -> list[str]:
    """The id of each image, "" for one that is not there."""
    argv = ["docker", "image", "inspect", "--format", "{{.Id}}"]
    return [subprocess.run([*argv, image], capture_output=True, text=True).stdout.strip() for image in images]


def bases(settings: Mapping[str, str]) -> list[str]:
    """The images that ours begin with."""
    return [f"{name}={value}" for name, value in sorted(settings.items()) if name.endswith("_IMAGE")]


def build(compose: Compose, settings: Mapping[str, str]) -> str:
    """Builds what changed; returns a note."""
    images = compose.images()
    paths = [compose.layout.root / path for path in INPUTS]
    stamp: Path = compose.layout.home / "docker-images.stamp"
    words = bases(settings)
    # The images' ids belong to it: another checkout may have built its own under the same names.
    if stamp.is_file() and stamp.read_text() == digest(paths, *words, *identities(images)):
        return "there already"
    compose.run("Building the images", compose.log("docker-build"), "build")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(paths, *words, *identities(images)))
    return ""
