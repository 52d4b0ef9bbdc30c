"""The processes that follow sources: one for each pipeline with `follow` in its file, kept by supervisord."""

import shlex
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from millrace_contract.folder import readable
from millrace_local.health import http_json, wait_until
from millrace_local.layout import Layout
from millrace_local.ports import is_free
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.whole_file import write_private

PROGRAM = """[program:{name}]
command={command}
autostart=false
autorestart=true
startsecs=1
startretries=30
stopwaitsecs=30
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=3
"""
FOLLOWED = "following"
COPY_TIMEOUT = 3600.0  # seconds
PATIENCE = 10.0  # seconds for which something may be in the way, such as a server that is just starting


@dataclass(frozen=True)
class Follower:
    """source, target: prefixes of the settings that name the two servers; port: where it tells of itself."""

    pipeline: str
    source: str
    target: str
    port: int

    @property
    def name(self) -> str:
        """What supervisord and docker compose call it."""
        return f"follow-{self.pipeline}"

    def status(self) -> dict[str, Any]:
        """What it says of itself; empty where it does not answer."""
        return http_json(f"http://127.0.0.1:{self.port}/status") or {}


def followers(pipelines: Path) -> list[Follower]:
    """Those of the pipelines of a folder whose files can be read."""
    return [Follower(p.name, p.source_env, p.target_env, p.follow.port) for p in readable(pipelines) if p.follow]


def write_programs(layout: Layout) -> None:
    """Writes what supervisord is to know of them."""
    sections = [program(layout, follower) for follower in followers(layout.pipelines)]
    write_private(layout.run / "followers.conf", "\n".join(sections))


def program(layout: Layout, follower: Follower) -> str:
    """A section of supervisord's configuration, in which % begins an expansion."""
    script = layout.root / "local/programs/follow"
    command = shlex.join([str(script), follower.pipeline, follower.source, follower.target])
    log = layout.logs / f"{follower.name}.log"
    values = {"name": follower.name, "command": command, "log": str(log)}
    return PROGRAM.format(**{key: value.replace("%", "%%") for key, value in values.items()})


def refuse_ports(found: Iterable[Follower], running: Iterable[str], settings: Mapping[str, str]) -> None:
    """Raises Problem (exit code 2) for ports that others hold, or that are another server's of ours."""
    owners = {int(value): key for key, value in settings.items() if key.endswith("_PORT") and value.isdigit()}
    for follower in found:
        place = f"follow.port of {follower.pipeline}.yml"
        owner = owners.setdefault(follower.port, place)
        if not follower.port:
            sentence = f"{place} is 0, any free one: then nobody knows where the follower tells of itself."
        elif owner != place:
            sentence = f"port {follower.port} is given twice: by {owner} and by {place}."
        elif follower.name not in running and not is_free("127.0.0.1", follower.port):
            sentence = f"taken by another program: port {follower.port} ({place})."
        else:
            continue
        raise Problem(sentence, "Write another port into the pipeline's file.", BAD_CONFIGURATION)


def await_copies(follower: Follower, given_up: Callable[[], str | None]) -> str:
    """Returns a note when all tables are copied and followed.

    given_up(): a sentence when the process does not stay up. Raises Problem then, and with the follower's own words
    when something has been in its way for a while.
    """
    blocked_since: float | None = None

    def reason() -> str | None:
        nonlocal blocked_since
        status = follower.status()
        if status.get("state") != "waiting":
            blocked_since = None
            return given_up()
        blocked_since = blocked_since or time.monotonic()
        is_lasting = time.monotonic() - blocked_since > PATIENCE
        return f"{follower.name}: {status['sentence']} {status['hint']}" if is_lasting else None

    wait_until(lambda: are_followed(follower.status()), follower.name, COPY_TIMEOUT, reason)
    rows = follower.status().get("copied_rows", 0)
    return f"{rows:,} rows copied" if rows else "goes on where it was"


def are_followed(status: Mapping[str, Any]) -> bool:
    """True when all tables are followed, but for those that somebody has paused."""
    states = [table.get("state", FOLLOWED) for table in (status.get("tables") or {}).values()]
    return status.get("state") == FOLLOWED and all(state in (FOLLOWED, "paused") for state in states)
