"""Whom the product's processes run as, and which secrets they were given."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_checks.security.door import door
from millrace_checks.security.processes import family, read
from millrace_checks.security.users import ADMINISTRATORS, knows_administrator
from millrace_local.layout import Layout

ROOT = 0
UPDATE = "Update Millrace, or report it (SECURITY.md)"
SHORTEST_SECRET = 8  # characters; shorter ones, like "airflow", are words of command lines too
# As local/programs/secrets tells them.
SECRET = re.compile(r"PASSWORD(_FILE)?$|SECRET|_KEY$|TOKEN")
# The secrets that each program of the local runtime may have, by a word of its command line; the scheduler's tasks and
# dbt may know further servers.
OWN: Mapping[str, re.Pattern[str]] = {
    "bin/postgres": re.compile("$^"),
    "millrace_clickhouse": re.compile("CLICKHOUSE_"),
    "webhook.jar": re.compile("(?!POSTGRES_|SUPERSET_|AIRFLOW_|MILLRACE_DB)"),
    "superset/gunicorn.conf.py": re.compile("SUPERSET_(?!DB)|CLICKHOUSE_|PGPASSWORD"),
    "airflow api_server": re.compile("AIRFLOW__|PGPASSWORD"),
    "airflow dag-processor": re.compile("AIRFLOW__|PGPASSWORD"),
    "airflow scheduler": re.compile("(?!SUPERSET_|AIRFLOW_ADMIN|AIRFLOW_DB|MILLRACE_DB)"),
}
# Servers that run statements of others, so that root's rights would be theirs too.
NEVER_ROOT = ("bin/postgres", "millrace_clickhouse")


@dataclass(frozen=True)
class Program:
    """A process of the local runtime. variables: those that have a value, by name."""

    word: str
    owner: int
    command: str
    variables: Mapping[str, str]

    @property
    def name(self) -> str:
        return Path(self.word).name


def programs(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a program of the local runtime on its account and one on its secrets, then one on command lines."""
    processes = family(layout.state)
    for program in {p.word: p for p in map(known, processes) if p is not None}.values():
        as_root = program.owner == ROOT
        closed = not as_root or program.word not in NEVER_ROOT
        words = "root, as run.sh was started by root" if as_root else f"account {program.owner}"
        yield door(f"{program.name} runs as", closed, words, "Start Millrace as an ordinary account")
        if not program.variables:
            continue  # it has written its title over them
        secrets = [name for name in program.variables if SECRET.search(name)]
        seen = sorted(name for name in secrets if not OWN[program.word].match(name))
        seen += [ADMINISTRATORS] if knows_administrator(program.name, program.variables, settings) else []
        words = ", ".join(seen) or f"its own {len(secrets)}"
        yield door(f"{program.name} knows secrets", not seen, words, UPDATE)
    yield silent(processes, settings)


def known(process: int) -> Program | None:
    """What a process is; None for one of no interest, or that has gone."""
    command = read(process, "cmdline").replace("\0", " ")
    word = next((word for word in OWN if word in command), None)
    if word is None:
        return None
    variables = (line.partition("=") for line in read(process, "environ").split("\0"))
    try:
        owner = Path(f"/proc/{process}").stat().st_uid
    except OSError:
        return None
    return Program(word, owner, command, {name: value for name, _, value in variables if value})


def silent(processes: list[int], settings: Mapping[str, str]) -> Finding:
    """Holds when no command line, which every account may read, shows a password."""
    secrets = [value for name, value in settings.items() if name.endswith(("_PASSWORD", "_KEY", "_SECRET"))]
    # A password that is a name as well may stand there as a name.
    names = {value for name, value in settings.items() if name.endswith(("_USER", "_NAME", "_DB"))}
    secrets = [value for value in secrets if len(value) >= SHORTEST_SECRET and value not in names]
    telling = [process for process in processes if any(value in read(process, "cmdline") for value in secrets)]
    words = f"process {telling[0]} shows a password" if telling else f"none of {len(processes)} shows a password"
    return door("command lines", not telling, words, UPDATE)
