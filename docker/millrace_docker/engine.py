"""The Docker engine: whether there is one, and where it listens."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from millrace_local.problem import BAD_CONFIGURATION, UNREACHABLE, Problem

PATIENCE = 5.0  # seconds: an engine that is there answers at once
OLDEST_ENGINE, OLDEST_COMPOSE = (25, 0), (2, 24)


def ask(argv: Sequence[str]) -> str | None:
    """What a command prints; None when it is missing, fails or takes too long."""
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def lacks() -> str | None:
    """A sentence that says why containers can't be run here; None when they can."""
    engine = ask(["docker", "version", "--format", "{{.Server.Version}}"])
    if engine is None:
        return "no Docker engine answers."
    compose = ask(["docker", "compose", "version", "--short"])
    if compose is None:
        return "Docker's compose plugin (v2) is missing."
    if version(engine) < OLDEST_ENGINE:
        return f"Docker engine {engine} is too old: {dotted(OLDEST_ENGINE)} or newer is needed."
    if version(compose) < OLDEST_COMPOSE:
        return f"docker compose {compose} is too old: {dotted(OLDEST_COMPOSE)} or newer is needed."
    return None


def version(text: str) -> tuple[int, ...]:
    """Major and minor number, whatever stands around them."""
    return tuple(int(part) for part in text.lstrip("v").split(".")[:2] if part.isdigit())


def dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def require() -> None:
    """Raises Problem (exit code 3) unless containers can be run here."""
    if reason := lacks():
        raise Problem(reason, "Start or install it, or run without containers: ./run.sh --local", UNREACHABLE)


def socket_path() -> Path:
    """The Unix socket of the engine; raises Problem (exit code 2) when it listens elsewhere."""
    said = ask(["docker", "context", "inspect"]) or "[]"
    hosts = [context["Endpoints"]["docker"]["Host"] for context in json.loads(said)]
    host = os.environ.get("DOCKER_HOST") or next(iter(hosts), "unix:///var/run/docker.sock")
    if not host.startswith("unix://"):
        sentence = f"the Docker engine listens at {host}, not on a socket of this machine."
        raise Problem(sentence, "Millrace's folders must be on the engine's machine.", BAD_CONFIGURATION)
    return Path(host.removeprefix("unix://"))


def socket_group(socket: Path) -> int:
    """The id of the group that may use the socket, as containers see it."""
    # Elsewhere the engine runs in a virtual machine, where the socket belongs to root.
    return socket.stat().st_gid if sys.platform == "linux" else 0
