"""What containers may do, whom their processes run as, and which secrets they were given."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from millrace_checks.finding import Finding
from millrace_checks.security.containers import Running, containers
from millrace_checks.security.door import door
from millrace_checks.security.programs import SECRET
from millrace_checks.security.users import ADMINISTRATORS, knows_administrator
from millrace_local.layout import Layout

GATE = "docker-gate"
# Their entry points need capabilities to drop root by themselves.
DROP_ROOT = ("postgres", "airflow-db", "clickhouse")
INIT = ("docker-init", "tini", "dumb-init")
ROOT = "0"
# The secrets that each container may have.
OWN: Mapping[str, re.Pattern[str]] = {
    "postgres": re.compile("POSTGRES_|SAMPLE_"),
    "airflow-db": re.compile("POSTGRES_|AIRFLOW_DB|SUPERSET_DB"),
    "clickhouse": re.compile("CLICKHOUSE_"),
    "webhook": re.compile("CLICKHOUSE_"),
    "airflow-api-server": re.compile("AIRFLOW__|AIRFLOW_ADMIN|PGPASSWORD"),
    "airflow-dag-processor": re.compile("AIRFLOW__|PGPASSWORD"),
    "airflow-scheduler": re.compile("(?!SUPERSET_|AIRFLOW_ADMIN|AIRFLOW_DB|MILLRACE_DB)"),
    "superset": re.compile("SUPERSET_(?!DB)|CLICKHOUSE_|PGPASSWORD"),
}
NOTHING = re.compile("$^")
UPDATE = "Update Millrace, or report it (SECURITY.md)"


def isolation(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """Four findings a container."""
    running = sorted(containers(layout, settings), key=lambda each: each.service)
    with ThreadPoolExecutor() as pool:
        owners = list(pool.map(accounts, running))
    for container, found in zip(running, owners, strict=True):
        name, words = container.service, ", ".join(sorted(found)) or "nobody knows"
        yield door(f"{name} runs as", bool(found) and ROOT not in found, f"account {words}", UPDATE)
        too_much = rights(container)
        yield door(f"{name}, its rights", not too_much, ", ".join(too_much) or "no more than it needs", UPDATE)
        # The socket of the engine is what the gate is for.
        changed = [source for source, writable in container.mounts if writable and name != GATE]
        words = f"may change {', '.join(changed)}" if changed else "changes no file of the machine"
        yield door(f"{name}, its mounts", not changed, words, "Restore docker-compose.yml")
        secrets = [key for key, value in container.environment.items() if value and SECRET.search(key)]
        foreign = sorted(key for key in secrets if not OWN.get(name, NOTHING).match(key))
        foreign += [ADMINISTRATORS] if knows_administrator(name, container.environment, settings) else []
        yield door(f"{name} knows secrets", not foreign, ", ".join(foreign) or f"its own {len(secrets)}", UPDATE)


def rights(container: Running) -> list[str]:
    """What a container may do that none of ours should."""
    host = container.description["HostConfig"]
    found = {
        "is privileged": host["Privileged"],
        "may gain rights": "no-new-privileges:true" not in (host["SecurityOpt"] or ()),
        "has capabilities": host["CapDrop"] != ["ALL"] and container.service not in DROP_ROOT,
        "shares a namespace of the machine": "host" in (host["PidMode"], host["NetworkMode"], host["IpcMode"]),
    }
    return [words for words, holds in found.items() if holds]


def accounts(container: Running) -> set[str]:
    """The accounts of a container's processes, but for the one that only waits for the others."""
    command = ["docker", "top", container.identity, "-eo", "pid,ppid,uid,comm"]
    listed = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[1:]
    return serving(listed, str(container.description["State"]["Pid"]))


def serving(listed: list[str], first: str) -> set[str]:
    """The accounts of the first process and all that it began; a health check's is begun by others."""
    found, family = set(), {first}
    # A child has a higher number than its parent, until numbers begin anew: then it is looked for again.
    for line in (each for _ in range(2) for each in listed):
        process, parent, account, program, *_ = line.split()
        if process == first or parent in family:
            family.add(process)
            found |= {account} if program not in INIT else set()
    return found
