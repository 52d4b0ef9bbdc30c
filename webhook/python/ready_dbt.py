"""
A dbt that has done ahead what is the same in every run: its imports, and the parse of its project. It reads one
request, is that run from then on, and ends with it:

    ready_dbt.py DBT --project-dir DIR --profiles-dir DIR --target-path DIR --log-path DIR …

DBT is the command that it stands in for, the options are those of a parse. A request is a line of JSON on standard
input: {"arguments": [...], "target": DIR, "log": FILE, "environment": {...}}: the words after DBT, the run's folder,
the file that takes its output, and variables of its own. Without a request it ends when its input does.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

FAILED, BROKEN = 1, 2  # dbt's own exit codes
# A parse depends on them beside the project's files.
OF_THE_PARSE = ("--vars", "--target", "--profile")
LEFT_BY_PARSE = ("manifest.json", "partial_parse.msgpack", "semantic_manifest.json")


def main(dbt: str, options: list[str]) -> int:
    """Returns dbt's exit code."""
    target = Path(options[options.index("--target-path") + 1])
    installed, project = stamp(installation(dbt)), stamp(project_files(options))
    manifest = parsed(options)
    line = sys.stdin.readline()
    if not line.strip():
        return 0
    request = json.loads(line)
    redirect(request["log"])
    os.environ |= request["environment"]
    if stamp(installation(dbt)) != installed:
        # Another version has been installed since.
        os.execv(dbt, [dbt, *request["arguments"]])
    if stamp(project_files(options)) != project or any(word in OF_THE_PARSE for word in request["arguments"]):
        manifest = None
    if manifest is not None:
        hand_over(target, Path(request["target"]))
    return run(manifest, request["arguments"])


def parsed(options: list[str]) -> Manifest | None:
    """The project as dbt understands it; None where that fails, of which the run itself will tell."""
    try:
        from dbt.cli.main import dbtRunner

        return dbtRunner().invoke(["parse", "--quiet", *options]).result
    except Exception:
        return None


def run(manifest: Manifest | None, arguments: list[str]) -> int:
    """Runs dbt as its command does; returns its exit code."""
    from dbt.cli.main import dbtRunner

    outcome = dbtRunner(manifest=manifest).invoke(arguments)
    if outcome.success:
        return 0
    return BROKEN if outcome.exception else FAILED


def hand_over(parse: Path, target: Path) -> None:
    """Gives the run what the parse has written, as dbt does not write it again."""
    for name in LEFT_BY_PARSE:
        if (parse / name).is_file():
            shutil.move(parse / name, target / name)


def redirect(log: str) -> None:
    """Sends all output to the end of a file."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def installation(dbt: str) -> Iterator[Path]:
    """What changes when packages are installed anew."""
    yield Path(dbt)
    yield from (Path(folder) for folder in sys.path if folder.endswith("-packages"))


def project_files(options: list[str]) -> Iterator[Path]:
    """All files that a parse reads, and may read."""
    for option in ("--project-dir", "--profiles-dir"):
        for folder, below, files in os.walk(options[options.index(option) + 1]):
            below[:] = [name for name in below if name not in ("target", "logs", "__pycache__", ".git")]
            yield Path(folder)
            yield from (Path(folder, name) for name in files)


def stamp(paths: Iterator[Path]) -> dict[str, tuple[int, int]]:
    """What shows that a file has changed."""
    found = {}
    for path in paths:
        if path.exists():
            status = path.stat()
            found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
