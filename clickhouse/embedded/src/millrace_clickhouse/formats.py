"""The media type of each output format, as ClickHouse tells it."""

_TEXT = "text/plain; charset=UTF-8"
_EXACT = {
    "tabseparatedwithnames": "text/tab-separated-values; charset=UTF-8; header=present",
    "tabseparatedwithnamesandtypes": "text/tab-separated-values; charset=UTF-8; header=present",
    "csvwithnames": "text/csv; charset=UTF-8; header=present",
    "csvwithnamesandtypes": "text/csv; charset=UTF-8; header=present",
    "parquet": "application/octet-stream",
    "arrow": "application/octet-stream",
    "arrowstream": "application/octet-stream",
    "native": "application/octet-stream",
    "orc": "application/octet-stream",
    "avro": "application/octet-stream",
    "msgpack": "application/octet-stream",
    "protobuf": "application/octet-stream",
    "null": _TEXT,
    "xml": "application/xml; charset=UTF-8",
    "markdown": "text/markdown; charset=UTF-8",
    "html": "text/html; charset=UTF-8",
    "sqlinsert": _TEXT,
    "npy": "application/octet-stream",
    "bsoneachrow": "application/octet-stream",
}
_PREFIXES = (
    ("tabseparated", "text/tab-separated-values; charset=UTF-8"),
    ("tsv", "text/tab-separated-values; charset=UTF-8"),
    ("csv", "text/csv; charset=UTF-8"),
    ("rowbinary", "application/octet-stream"),
    ("jsoncompacteachrow", "application/x-ndjson; charset=UTF-8"),
    ("jsoneachrow", "application/x-ndjson; charset=UTF-8"),
    ("jsonlines", "application/x-ndjson; charset=UTF-8"),
    ("ndjson", "application/x-ndjson; charset=UTF-8"),
    ("json", "application/json; charset=UTF-8"),
    ("prometheus", "text/plain; version=0.0.4; charset=UTF-8"),
)


def media_type(name: str) -> str:
    """The Content-Type of an answer in the format `name`."""
    lower = name.lower()
    return _EXACT.get(lower) or next((kind for prefix, kind in _PREFIXES if lower.startswith(prefix)), _TEXT)
