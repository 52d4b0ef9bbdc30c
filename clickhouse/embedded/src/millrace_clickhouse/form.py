"""The form of a request: a multipart/form-data body's fields and external tables, or just a body."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO

from .body import Readable
from .engine import Connection
from .external_tables import drop, load
from .insertion import Insertion
from .multipart import boundary_of, parts

_IN_MEMORY_BYTES = 1 << 20
_READ_BYTES = 1 << 18


class _Nothing:
    def read(self, size: int) -> bytes:
        return b""


@dataclass
class Form:
    """`pairs` are the form's fields, `tables` the data of external tables by their names, `body` what else there is."""

    body: Readable
    pairs: list[tuple[str, str]] = field(default_factory=list)
    tables: dict[str, IO[bytes]] = field(default_factory=dict)

    @contextmanager
    def loaded(self, connection: Connection, insertion: Insertion, described: Mapping[str, str]) -> Iterator[None]:
        """The external tables exist inside the block. `described` holds their structures and formats."""
        try:
            for name, data in self.tables.items():
                data.seek(0)
                load(connection, insertion, name, described, iter(lambda data=data: data.read(_READ_BYTES), b""))
            yield
        finally:
            for name in self.tables:
                drop(connection, name)


@contextmanager
def read_form(body: Readable, headers: Mapping[str, str]) -> Iterator[Form]:
    """Reads a multipart/form-data body; large tables wait on disk until the block ends."""
    boundary = boundary_of(headers.get("content-type", ""))
    if boundary is None:
        yield Form(body)
        return
    form = Form(_Nothing())
    with ExitStack() as files:
        for part in parts(body, boundary):
            if part.filename is None:
                form.pairs.append((part.name, part.text()))
                continue
            table = files.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES))
            form.tables[part.name] = table
            for piece in part.data:
                table.write(piece)
        yield form
