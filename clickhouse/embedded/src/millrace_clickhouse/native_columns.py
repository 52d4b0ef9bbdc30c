"""Where the columns of a Native block end: enough of the format to step over values, none of it to read them."""

from __future__ import annotations

from dataclasses import dataclass

_SIZES = {
    **dict.fromkeys(("Int8", "UInt8", "Bool", "Enum8", "Nothing"), 1),
    **dict.fromkeys(("Int16", "UInt16", "Enum16", "Date", "BFloat16"), 2),
    **dict.fromkeys(("Int32", "UInt32", "Float32", "Date32", "DateTime", "IPv4", "Time", "Decimal32"), 4),
    **dict.fromkeys(("Int64", "UInt64", "Float64", "DateTime64", "Time64", "Decimal64"), 8),
    **dict.fromkeys(("Int128", "UInt128", "UUID", "IPv6", "Decimal128"), 16),
    **dict.fromkeys(("Int256", "UInt256", "Decimal256"), 32),
}
_LOW_CARDINALITY_KEYS = 1 << 9


class UnknownColumn(Exception):
    """A column of a type whose layout is not known here."""


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type's name and what stands in its brackets."""

    name: str
    arguments: tuple[str, ...] = ()

    @staticmethod
    def parse(text: str) -> ColumnType:
        """From a type's text, such as `Array(Nullable(String))`."""
        name, bracket, rest = text.strip().partition("(")
        return ColumnType(name, tuple(split_arguments(rest[:-1])) if bracket else ())

    @property
    def inner(self) -> list[ColumnType]:
        """The types in its brackets; named elements of a Tuple lose their names."""
        if self.name == "Map":
            return [ColumnType("Tuple", self.arguments)]
        if self.name == "SimpleAggregateFunction":
            return [ColumnType.parse(self.arguments[1])]
        return [ColumnType.parse(_without_name(argument)) for argument in self.arguments]


def split_arguments(text: str) -> list[str]:
    """Splits at the commas that stand outside brackets and quotes."""
    found, depth, start, quoted = [], 0, 0, False
    for at, letter in enumerate(text):
        if letter == "'" and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif not quoted:
            depth += (letter == "(") - (letter == ")")
            if letter == "," and depth == 0:
                found.append(text[start:at].strip())
                start = at + 1
    return [*found, text[start:].strip()] if text.strip() else []


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The variable-length number at an offset, and the offset after it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def column_end(kind: ColumnType, data: bytes, at: int, rows: int) -> int:
    """The offset where a column's data ends that begins at `at`. Raises UnknownColumn."""
    return _values_end(kind, data, _prefix_end(kind, at), rows) if rows else at


def _prefix_end(kind: ColumnType, at: int) -> int:
    if kind.name == "LowCardinality":
        return at + 8
    if kind.name in ("Array", "Map", "Tuple", "Nullable", "SimpleAggregateFunction"):
        for inner in kind.inner:
            at = _prefix_end(inner, at)
    return at


def _values_end(kind: ColumnType, data: bytes, at: int, rows: int) -> int:
    size = _size(kind)
    if size is not None:
        return at + size * rows
    match kind.name:
        case "String":
            for _ in range(rows):
                length, at = varint(data, at)
                at += length
            return at
        case "Nullable":
            return _values_end(kind.inner[0], data, at + rows, rows)
        case "Array" | "Map":
            items = int.from_bytes(data[at + 8 * (rows - 1) : at + 8 * rows], "little") if rows else 0
            return _values_end(kind.inner[0], data, at + 8 * rows, items)
        case "Tuple":
            for inner in kind.inner:
                at = _values_end(inner, data, at, rows)
            return at
        case "SimpleAggregateFunction":
            return _values_end(kind.inner[0], data, at, rows)
        case "LowCardinality":
            return _low_cardinality_end(kind, data, at, rows)
    raise UnknownColumn(kind.name)


def _low_cardinality_end(kind: ColumnType, data: bytes, at: int, rows: int) -> int:
    if rows == 0:
        return at
    flags = int.from_bytes(data[at : at + 8], "little")
    at += 8
    if flags & _LOW_CARDINALITY_KEYS:
        keys = int.from_bytes(data[at : at + 8], "little")
        inner = kind.inner[0]
        at = _values_end(inner.inner[0] if inner.name == "Nullable" else inner, data, at + 8, keys)
    return at + 8 + rows * (1 << (flags & 0xFF))


def _size(kind: ColumnType) -> int | None:
    if kind.name == "FixedString":
        return int(kind.arguments[0])
    if kind.name == "Decimal":
        precision = int(kind.arguments[0])
        return next(size for limit, size in ((9, 4), (18, 8), (38, 16), (76, 32)) if precision <= limit)
    return 8 if kind.name.startswith("Interval") else _SIZES.get(kind.name)


def _without_name(argument: str) -> str:
    name, blank, rest = argument.partition(" ")
    return rest if blank and "(" not in name and "'" not in name else argument
