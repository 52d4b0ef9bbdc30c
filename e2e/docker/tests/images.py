"""The images that the tests begin with where an official one cannot be had."""

import os
import subprocess
from pathlib import Path

OFFICIAL = "clickhouse/clickhouse-server:26.8"
STAND_IN = "millrace-e2e/clickhouse-stand-in:26.8"
LABEL = "millrace.stand-in"
MAVEN = "maven:3.9-eclipse-temurin-25"
OLDER_MAVEN = "maven:3.9-eclipse-temurin-17"
MAVEN_STAND_IN = "millrace-e2e/maven-stand-in:3.9-eclipse-temurin-25"
MAVEN_FILE = f"""
FROM {OLDER_MAVEN}
COPY . /opt/java/jdk
ENV JAVA_HOME=/opt/java/jdk PATH=/opt/java/jdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
"""


def docker(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a docker command to its end; said: what it reads."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, input=said)


def available(image: str) -> bool:
    """Whether an official image is here, or can be had."""
    return docker("image", "inspect", image).returncode == 0 or docker("pull", "--quiet", image).returncode == 0


def clickhouse_image(root: Path) -> str:
    """ClickHouse's own image where it can be had, else the embedded server in a container, under a name of its own."""
    remove_false_names()
    if available(OFFICIAL):
        return OFFICIAL
    file = str(root / "e2e/docker/clickhouse/Dockerfile")
    built = docker("build", "--tag", STAND_IN, "--label", f"{LABEL}=true", "--file", file, str(root))
    assert built.returncode == 0, built.stdout + built.stderr
    return STAND_IN


def maven_image() -> str:
    """Maven's own image where it can be had, else an older one with the JDK that the tests run with."""
    if available(MAVEN):
        return MAVEN
    arguments = ("build", "--tag", MAVEN_STAND_IN, "--label", f"{LABEL}=true", "--file", "-", os.environ["JAVA_HOME"])
    built = docker(*arguments, said=MAVEN_FILE)
    assert built.returncode == 0, built.stdout + built.stderr
    return MAVEN_STAND_IN


def remove_false_names() -> None:
    """Stand-ins that earlier versions of these tests left under the official name must never meet a user."""
    listed = docker("image", "ls", "--filter", f"label={LABEL}", "--format", "{{.Repository}}:{{.Tag}}")
    for name in listed.stdout.split():
        if name.startswith("clickhouse/"):
            removed = docker("image", "rm", "--force", name)
            assert removed.returncode == 0, removed.stderr
