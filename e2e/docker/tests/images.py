"""Images that the compose file takes as they are."""

import subprocess
from pathlib import Path

CLICKHOUSE = "clickhouse/clickhouse-server:26.8"
STAND_IN = "millrace.stand-in"


def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a docker command to its end."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True)


def ensure_clickhouse(root: Path) -> None:
    """Where no registry answers, the embedded server in a container takes the name of ClickHouse's own image."""
    label = f'{{{{index .Config.Labels "{STAND_IN}"}}}}'
    there = docker("image", "inspect", "--format", label, CLICKHOUSE)
    is_real = there.returncode == 0 and "true" not in there.stdout
    if is_real or (there.returncode != 0 and docker("pull", "--quiet", CLICKHOUSE).returncode == 0):
        return
    file = str(root / "e2e/docker/clickhouse/Dockerfile")
    built = docker("build", "--tag", CLICKHOUSE, "--label", f"{STAND_IN}=true", "--file", file, str(root))
    assert built.returncode == 0, built.stdout + built.stderr
