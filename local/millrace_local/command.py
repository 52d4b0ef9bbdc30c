"""Runs a command whose output goes to a log file, and turns its failure into a sentence."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from millrace_local.problem import FAILED, UNREACHABLE, Problem

# What uv, Maven and Docker say when they cannot reach their registries.
NETWORK_SIGNS = (
    "error sending request",
    "dns error",
    "failed to lookup address",
    "Could not transfer artifact",
    "Unknown host",
    "Connection refused",
    "Connection timed out",
    "Network is unreachable",
    "Temporary failure in name resolution",
    "no such host",
)


def run_logged(argv: Sequence[str | Path], log: Path, environment: Mapping[str, str], what: str, cwd: Path) -> None:
    """Runs argv to its end with its output in log.

    Raises Problem naming `what`: exit code 3 when the output speaks of the network, else 1.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=dict(environment), cwd=cwd)
    if done.returncode == 0:
        return
    text = log.read_text(errors="replace")
    if any(sign in text for sign in NETWORK_SIGNS):
        raise Problem(
            f"{what} failed: a package registry can't be reached.", f"Is the network up? See {log}", UNREACHABLE
        )
    raise Problem(f"{what} failed: {telling_line(text)}", f"The whole output: {log}", FAILED)


def telling_line(text: str) -> str:
    """The line of an output that most likely says what is wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["it printed nothing"])[-1][:300]
