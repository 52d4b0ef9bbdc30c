"""The image of ClickHouse that the tests run."""

import subprocess
from pathlib import Path

OFFICIAL = "clickhouse/clickhouse-server:26.8"
STAND_IN = "millrace-e2e/clickhouse-stand-in:26.8"
LABEL = "millrace.stand-in"


def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a docker command to its end."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True)


def clickhouse_image(root: Path) -> str:
    """ClickHouse's own image where it can be had, else the embedded server in a container, under a name of its own."""
    remove_false_names()
    if docker("image", "inspect", OFFICIAL).returncode == 0 or docker("pull", "--quiet", OFFICIAL).returncode == 0:
        return OFFICIAL
    file = str(root / "e2e/docker/clickhouse/Dockerfile")
    built = docker("build", "--tag", STAND_IN, "--label", f"{LABEL}=true", "--file", file, str(root))
    assert built.returncode == 0, built.stdout + built.stderr
    return STAND_IN


def remove_false_names() -> None:
    """Stand-ins that earlier versions of these tests left under the official name must never meet a user."""
    listed = docker("image", "ls", "--filter", f"label={LABEL}", "--format", "{{.Repository}}:{{.Tag}}")
    for name in listed.stdout.split():
        if name.startswith("clickhouse/"):
            removed = docker("image", "rm", "--force", name)
            assert removed.returncode == 0, removed.stderr
