"""Remembers what was made from which inputs, so that work is done again only when an input changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """A checksum over names and contents of files (folders: everything below) and over words."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(files_below(paths)):
        total.update(str(path).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def files_below(paths: Iterable[Path]) -> Iterable[Path]:
    """Each file named, and every file below each folder named; build output is not an input."""
    for path in paths:
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file() and not {"target", "__pycache__"} & set(p.parts))
        elif path.exists():
            yield path


def unless_made(stamp: Path, inputs: str, make: Callable[[], None]) -> bool:
    """Calls make unless the stamp says that it was done with these inputs; True when it was called."""
    if stamp.is_file() and stamp.read_text() == inputs:
        return False
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)
    return True
