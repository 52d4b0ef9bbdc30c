"""The form of a request: a multipart/form-data body's fields and external tables, or just a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .body import Readable
from .engine import Connection
from .errors import ClickHouseError
from .external_tables import drop, load
from .guard import Guard
from .insertion import Insertion
from .multipart import Part, boundary_of, parts
from .spill import Spill

_IN_MEMORY_BYTES = 1 << 16
_MAX_FIELDS = 10_000
_MAX_TABLES = 256
_FIELDS_BYTES = 16 << 20


class _Nothing:
    def read(self, size: int) -> bytes:
        return b""


@dataclass
class Form:
    """`pairs` are the form's fields, `tables` the data of external tables by their names, `body` what else there is."""

    body: Readable
    pairs: list[tuple[str, str]] = field(default_factory=list)
    tables: dict[str, Spill] = field(default_factory=dict)

    @contextmanager
    def loaded(
        self, connection: Connection, insertion: Insertion, guard: Guard, described: Mapping[str, str]
    ) -> Iterator[None]:
        """The external tables exist inside the block. `described` holds their structures and formats."""
        try:
            for name, data in self.tables.items():
                load(connection, insertion, guard, name, described, data.parts())
            yield
        finally:
            for name in self.tables:
                drop(connection, name)


@contextmanager
def read_form(body: Readable, headers: Mapping[str, str], folder: Path) -> Iterator[Form]:
    """Reads a multipart/form-data body; tables wait in files without names below `folder` until the block ends."""
    boundary = boundary_of(headers.get("content-type", ""))
    if boundary is None:
        yield Form(body)
        return
    form, size = Form(_Nothing()), 0
    with ExitStack() as files:
        for part in parts(body, boundary):
            if part.filename is None:
                size += _add_field(form, part, _FIELDS_BYTES - size)
            else:
                _add_table(form, part, files.enter_context(closing(Spill(folder, _IN_MEMORY_BYTES))))
        yield form


def _add_field(form: Form, part: Part, size: int) -> int:
    """Takes a field whose name and value are at most `size` bytes, and returns how many they are."""
    value = part.text(size - len(part.name))
    if value is None or len(form.pairs) == _MAX_FIELDS:
        raise _too_large(f"{_MAX_FIELDS} fields of {_FIELDS_BYTES} bytes together")
    form.pairs.append((part.name, value))
    return len(part.name) + len(value)


def _add_table(form: Form, part: Part, table: Spill) -> None:
    if len(form.tables) == _MAX_TABLES:
        raise _too_large(f"{_MAX_TABLES} external tables")
    form.tables[part.name] = table
    for piece in part.data:
        table.add(piece)


def _too_large(most: str) -> ClickHouseError:
    return ClickHouseError.of(229, "QUERY_IS_TOO_LARGE", f"The form is larger than {most}")
