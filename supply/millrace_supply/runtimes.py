"""What the parts run in: base images, Postgres' binaries, Java where a machine has none."""

import re
from collections.abc import Iterator
from pathlib import Path

from millrace_local.install import POSTGRES_ARTIFACT, POSTGRES_SHA256
from millrace_local.layout import POSTGRES_VERSION
from millrace_supply.component import Component
from millrace_supply.python_packages import packages

FROM = re.compile(r"^(?:FROM|ARG \w+=)\s*([a-z][^\s$]*:[^\s$]+)", re.MULTILINE)
IMAGE = re.compile(r"^\s*image: (?:\$\{\w+:-)?([a-z][a-z0-9./-]*:[a-z0-9.-]+)\}?$", re.MULTILINE)
OWN = "millrace/"
COMPILER = re.compile(r"^ecj_version=(\S+)\necj_sha256=(\S+)$", re.MULTILINE)


def components(root: Path) -> list[Component]:
    """Every image that a Dockerfile begins with, or that a service is, and what the local runtime installs beside."""
    group, name = POSTGRES_ARTIFACT.split(":")
    binaries = Component("maven", group, name, POSTGRES_VERSION, ("Apache-2.0", "PostgreSQL"), POSTGRES_SHA256)
    return sorted({binaries, *java(root), *images(root)})


def java(root: Path) -> Iterator[Component]:
    """What stands in for a JDK: a runtime, and a compiler."""
    for name, version in packages(root / "jdk/requirements.lock").items():
        yield Component("pypi", "", name, version, ("GPL-2.0-only WITH Classpath-exception-2.0",))
    for version, sha256 in COMPILER.findall((root / "jdk/need.sh").read_text("utf-8")):
        yield Component("maven", "org.eclipse.jdt", "ecj", version, ("EPL-2.0",), sha256)


def images(root: Path) -> Iterator[Component]:
    """Base images and images that are used as they are."""
    files = [path for path in root.glob("*/**/Dockerfile") if "e2e" not in path.relative_to(root).parts]
    found = {image for path in files for image in FROM.findall(path.read_text("utf-8"))}
    found |= set(IMAGE.findall((root / "docker-compose.yml").read_text("utf-8")))
    for image in found:
        if not image.startswith(OWN):
            name, _, tag = image.partition("@")[0].rpartition(":")
            yield Component("docker", "", name, tag)
