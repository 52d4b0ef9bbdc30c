"""Bytes that wait: the first in memory, more in a file without a name, as long as the disk has room."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .errors import ClickHouseError

_READ_BYTES = 1 << 18
_LEFT_FREE_BYTES = 1 << 30
_LEFT_FREE_SHARE = 0.1


class Spill:
    """Takes bytes and gives them back in their order. Its file is never seen in `folder`, and gone with the process."""

    def __init__(self, folder: Path, in_memory: int) -> None:
        self._folder = folder
        self._in_memory = in_memory
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self.size = 0

    def add(self, data: bytes) -> None:
        """Keeps `data`. Raises ClickHouseError (243) when the disk has no room for it."""
        self.size += len(data)
        if self._file is None and self.size <= self._in_memory:
            self._parts.append(data)
            return
        self._check_room()
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        for part in (*self._parts, data):
            self._write(part)
        self._parts = []

    def parts(self) -> Iterator[bytes]:
        """Everything, in pieces."""
        if self._file is not None:
            self._file.seek(0)
            yield from iter(lambda: self._file.read(_READ_BYTES) if self._file else b"", b"")
        else:
            yield from self._parts

    def close(self) -> None:
        """Drops everything."""
        self._parts, self.size = [], 0
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and self._file is not None:
            try:
                rest = rest[self._file.write(rest) :]
            except OSError as error:
                raise _no_room() from error

    def _check_room(self) -> None:
        disk = os.statvfs(self._folder)
        free, whole = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
        if free < min(_LEFT_FREE_BYTES, whole * _LEFT_FREE_SHARE):
            raise _no_room()


def _no_room() -> ClickHouseError:
    sentence = "The disk of the data directory has no room for an answer or a table that must wait"
    return ClickHouseError.of(243, "NOT_ENOUGH_SPACE", sentence)
