"""SQL texts of values and names."""

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"})


def string_literal(value: str) -> bytes:
    """`value` as an SQL string."""
    return f"'{value.translate(_ESCAPES)}'".encode("utf-8", "surrogateescape")


def identifier(name: str) -> bytes:
    """`name` as a quoted SQL name."""
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`".encode("utf-8", "surrogateescape")
