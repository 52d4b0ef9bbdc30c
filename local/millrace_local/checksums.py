"""Uses nothing of Maven's but the very files that are named here by their checksums."""

import hashlib
from pathlib import Path

from millrace_local.problem import Problem

LIBRARIES = "libraries.sha256"  # of a Java program's libraries, as sha256sum writes them
OWN = ("contract-", "loader-", "service-")  # how the names of our own modules begin, which are built with the program
HINT = "After a change of dependencies: ./supply/run.sh bom. Otherwise distrust where it came from."


def checksum(path: Path) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def libraries(folder: Path) -> list[Path]:
    """The libraries of a Java program that others have made."""
    return sorted(path for path in folder.glob("*.jar") if not path.name.startswith(OWN))


def refuse_other(path: Path, expected: str) -> None:
    """Raises Problem for a file that is not the one expected."""
    if checksum(path) != expected:
        raise Problem(f"{path} is not the file that it should be.", HINT)


def refuse_others(folder: Path, listed: Path) -> None:
    """Raises Problem unless the libraries in a folder are exactly those that are listed."""
    lines = (line.partition("  ") for line in listed.read_text("utf-8").splitlines())
    expected = {name: digits for digits, _, name in lines}
    found = {path.name: checksum(path) for path in libraries(folder)}
    other = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if other:
        raise Problem(f"{listed.parent.name} has other libraries than {listed.name} lists: {', '.join(other)}.", HINT)
