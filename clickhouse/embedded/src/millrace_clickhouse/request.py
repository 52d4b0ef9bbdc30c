"""What a client asks for, as told by the address, the headers and the form of its request."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from .errors import ClickHouseError
from .visible import visible

_CREDENTIALS = {"user", "password", "quota_key", "role"}
_SESSION = {"session_id", "session_timeout", "session_check", "close_session"}
_TRANSFER = {"compress", "decompress", "buffer_size", "wait_end_of_query", "default_format", "client_protocol_version"}
_NO_SETTINGS = {"query", "query_id", "database", "stacktrace"} | _CREDENTIALS | _SESSION | _TRANSFER
_EXTERNAL = ("_structure", "_format", "_types")
_DEFAULT_SESSION_SECONDS = 60
_MAX_SESSION_SECONDS = 3600
_MAX_PAIRS = 10_000
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class SessionWish:
    """The session a request belongs to; `must_exist` refuses to begin a new one."""

    id: str
    seconds: int
    must_exist: bool


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """
    A request to run a statement, without the statement's own text. `buffer_bytes` says how much of the answer to hold
    back, all of it when None; an `impatient` client wants it sent as it comes.
    """

    query: bytes
    query_id: str
    database: str
    default_format: str | None
    settings: Mapping[str, str]
    parameters: Mapping[str, str]
    session: SessionWish | None
    compress: bool
    decompress: bool
    buffer_bytes: int | None
    impatient: bool
    protocol_version: int
    roles: tuple[str, ...]

    @staticmethod
    def of(pairs: list[tuple[str, str]], headers: Mapping[str, str], externals: frozenset[str]) -> QueryRequest:
        """From the parameters in their order and the headers; `externals` are the names of external tables."""
        first: dict[str, str] = {}
        for name, value in pairs:
            first.setdefault(name, value)
        last = dict(pairs)
        described = {name + suffix for name in externals for suffix in _EXTERNAL}
        settings = {name: value for name, value in last.items() if _is_setting(name) and name not in described}
        query_id = first.get("query_id") or headers.get("x-clickhouse-query-id") or str(uuid.uuid4())
        _check_text("query_id", query_id)
        return QueryRequest(
            query=first.get("query", "").encode("utf-8", "surrogateescape"),
            query_id=query_id,
            database=first.get("database") or headers.get("x-clickhouse-database", ""),
            default_format=first.get("default_format") or headers.get("x-clickhouse-format"),
            settings=settings,
            parameters={name[6:]: _utf8(name, value) for name, value in last.items() if name.startswith("param_")},
            session=_session(first),
            compress=_flag(first, "compress"),
            decompress=_flag(first, "decompress"),
            buffer_bytes=_buffer(first),
            impatient="wait_end_of_query" in first and not _flag(first, "wait_end_of_query"),
            protocol_version=_number(first.get("client_protocol_version", "")),
            roles=tuple(value for name, value in pairs if name == "role"),
        )


def pairs_of(query_string: str) -> list[tuple[str, str]]:
    """The parameters of an address, in their order, bytes that are not UTF-8 kept. Raises ClickHouseError (36)."""
    try:
        return parse_qsl(query_string, keep_blank_values=True, errors="surrogateescape", max_num_fields=_MAX_PAIRS)
    except ValueError:
        raise ClickHouseError.of(36, "BAD_ARGUMENTS", f"There are more than {_MAX_PAIRS} parameters") from None


def _check_text(name: str, value: str) -> None:
    if visible(value) != value:
        sentence = f"The {name} '{visible(value)}' holds characters that cannot be shown"
        raise ClickHouseError.of(36, "BAD_ARGUMENTS", sentence)


def _utf8(name: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ClickHouseError.of(36, "BAD_ARGUMENTS", f"The value of {name} is no text in UTF-8") from None
    return value


def _is_setting(name: str) -> bool:
    return bool(name) and name not in _NO_SETTINGS and not name.startswith("param_")


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    return parameters.get(name, "0").lower() in ("1", "true")


def _number(text: str) -> int:
    return int(text) if _is_number(text) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS


def level_of(settings: Mapping[str, str]) -> int:
    """What `http_zlib_compression_level` asks for, 1 to 9. Raises ClickHouseError (72)."""
    told = settings.get("http_zlib_compression_level", "3")
    if not _is_number(told):
        raise ClickHouseError.of(72, "CANNOT_PARSE_NUMBER", f"http_zlib_compression_level is no number: '{told}'")
    return min(max(int(told), 1), 9)


def _buffer(parameters: Mapping[str, str]) -> int | None:
    """How much of the answer to hold back: all of it (None), or at least `buffer_size`."""
    if _flag(parameters, "wait_end_of_query") or _flag(parameters, "http_wait_end_of_query"):
        return None
    return _number(parameters.get("buffer_size") or parameters.get("http_response_buffer_size") or "")


def _session(parameters: Mapping[str, str]) -> SessionWish | None:
    name = parameters.get("session_id", "")
    if not name:
        return None
    told = parameters.get("session_timeout", str(_DEFAULT_SESSION_SECONDS))
    if not _is_number(told):
        raise ClickHouseError.of(374, "INVALID_SESSION_TIMEOUT", f"Invalid session timeout: '{told}'")
    if int(told) > _MAX_SESSION_SECONDS:
        sentence = f"Session timeout '{told}' is larger than max_session_timeout: {_MAX_SESSION_SECONDS}."
        raise ClickHouseError.of(374, "INVALID_SESSION_TIMEOUT", sentence)
    return SessionWish(name, int(told), _flag(parameters, "session_check"))
