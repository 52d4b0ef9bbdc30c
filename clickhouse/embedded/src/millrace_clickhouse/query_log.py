"""
What clients find in `system.query_log` and `system.processes`: their requests, without the passwords in them.

The engine gives statements ids of its own and knows no HTTP. So the facts of a request travel with its statement, as a
JSON text in the setting `log_comment`, and views put them back in their places.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from .errors import ClickHouseError
from .literals import string_literal
from .unmasked import ADDRESS_PARAMETER, ADDRESS_PASSWORD

_MARK = '{"http_request":'


def _in_sql(pattern: str) -> str:
    """A regular expression as the text of an SQL string."""
    return pattern.replace("\\", "\\\\").replace("'", "''")


# What this server adds to a client's statement, and what stands there without it. The engine's own text of a statement
# hides what is secret in it; then it has no comments any more.
_OWN = (
    (
        "(?s)^/[*] [0-9a-f]+ [0-9a-f]+ [*]/ (.*) FROM INFILE ''/proc/self/fd/[0-9]+''( COMPRESSION ''zstd'')? (.*)"
        " FORMAT `([A-Za-z0-9]+)`$",
        r"\\1\\3 FORMAT \\4",
    ),
    ("^/[*] [0-9a-f]+( [0-9a-f]+)? [*]/ ", ""),
    (" INTO OUTFILE ''/proc/self/fd/[0-9]+'' TRUNCATE /[*] [0-9a-f]+ [*]/ ?", ""),
    (" (INTO OUTFILE|FROM INFILE) ''/proc/self/fd/[0-9]+''( TRUNCATE| COMPRESSION ''zstd'')?", ""),
    (_in_sql(r"file[(]'/proc/self/fd/[0-9]+', '[A-Za-z0-9]+', ('(?:[^'\\]|\\.|'')*')(, 'zstd')?[)]"), r"input(\\1)"),
    (
        "(?s)query_id IN [(]SELECT engine_query_id FROM system[.]http_processes_with_ids WHERE (.*) [)]",
        r"\\1",
    ),
    ("http_(processes|query_log)", r"\\1"),
    (_in_sql(ADDRESS_PASSWORD), "://[HIDDEN]@"),
    (_in_sql(ADDRESS_PARAMETER), "?[HIDDEN]"),
)
_INSERT = r"'^/. [0-9a-f]+ ([0-9a-f]+) ./ '"
PROCESSES_WITH_IDS = b"system.http_processes_with_ids"
# A table that holds nothing, for clients that ask which columns are the log's key.
_KEYS = b"CREATE TABLE system.query_log ENGINE = MergeTree ORDER BY (event_date, event_time) EMPTY AS "
_OUR_SETTINGS = "('log_comment', 'log_queries')"


class Runs(Protocol):
    """A connection of the engine."""

    def run(self, sql: bytes) -> object: ...


# The engine takes an INSERT for done when its data cannot be read: what really happened stands here.
_FAILED = b"system.http_failed_inserts"


def comment(query_id: str, token: str, method: str, headers: Mapping[str, str], own: str) -> str:
    """
    The value of `log_comment` for a request; `own` is what the client wants there itself. The statement is not in it:
    only the engine's text of it is without its passwords.
    """
    facts = {
        "query_id": query_id,
        "connection": token,
        "method": method,
        "user_agent": headers.get("user-agent", ""),
        "referer": headers.get("referer", ""),
        "forwarded": headers.get("x-forwarded-for", ""),
        "comment": own,
    }
    return json.dumps({"http_request": facts}, separators=(",", ":"), ensure_ascii=False)


def failed_statement(mark: str, code: int, exception: str) -> bytes:
    """The statement that has the log tell that the INSERT with this mark has failed."""
    return b"INSERT INTO %b SELECT %b, %d, %b" % (_FAILED, string_literal(mark), code, string_literal(exception))


def forget_keys(data: Path) -> None:
    """Before the engine starts: its database `system` knows nothing of the tables that it had, their folders stay."""
    shutil.rmtree(data / "data/system/query_log", ignore_errors=True)


def setup_statements() -> tuple[bytes, ...]:
    """The statements that make the views; they run once, when the engine has started."""
    log = _select("system.query_log_rows", "r.log_comment", with_comment=True)
    processes = _select("system.processes", "r.Settings['log_comment']", with_comment=False)
    return (
        b"SYSTEM FLUSH LOGS",
        b"CREATE TABLE IF NOT EXISTS %b (mark String, code Int32, exception String) ENGINE = Memory "
        b"SETTINGS min_rows_to_keep = 200, max_rows_to_keep = 1000" % _FAILED,
        b"CREATE OR REPLACE VIEW system.http_query_log AS SELECT " + log,
        _KEYS + b"SELECT * FROM system.http_query_log",
        b"CREATE OR REPLACE VIEW system.http_processes AS SELECT " + processes,
        b"CREATE OR REPLACE VIEW " + PROCESSES_WITH_IDS + b" AS SELECT r.query_id AS engine_query_id, " + processes,
    )


def _select(table: str, comment_column: str, with_comment: bool) -> bytes:
    def fact(name: str) -> str:
        return f"JSONExtractString(JSONExtractRaw({comment_column}, 'http_request'), '{name}')"

    def told(value: str, otherwise: str) -> str:
        return f"if(startsWith({comment_column}, '{_MARK}'), {value}, {otherwise})"

    kept = f"mapFilter((k, v) -> k NOT IN {_OUR_SETTINGS}, r.Settings)"
    own = f"if({fact('comment')} = '', map(), map('log_comment', {fact('comment')}))"
    columns = {
        "query_id": told(fact("query_id"), "r.query_id"),
        "initial_query_id": told(fact("query_id"), "r.initial_query_id"),
        "query": _clients_own("r.query"),
        "interface": f"CAST({told('2', 'r.interface')}, toTypeName(r.interface))",
        "http_method": f"CAST({told(fact('method'), 'toString(r.http_method)')}, toTypeName(r.http_method))",
        "http_user_agent": told(fact("user_agent"), "r.http_user_agent"),
        "client_name": told("''", "r.client_name"),
        "http_referer": told(fact("referer"), "r.http_referer"),
        "forwarded_for": told(fact("forwarded"), "r.forwarded_for"),
        "Settings": f"CAST({told(f'mapConcat({kept}, {own})', 'r.Settings')}, toTypeName(r.Settings))",
    }
    if with_comment:
        columns["log_comment"] = told(fact("comment"), "r.log_comment")
        failed = f"(SELECT mapFromArrays(groupArray(mark), groupArray((code, exception))) FROM {_FAILED.decode()})"
        error = f"{failed}[extract(r.query, {_INSERT})]"
        really = f"if(r.type = 'QueryFinish' AND {error}.1 != 0, 'ExceptionWhileProcessing', toString(r.type))"
        columns["type"] = f"CAST({really}, toTypeName(r.type))"
        columns["exception_code"] = f"if({error}.1 != 0, {error}.1, r.exception_code)"
        columns["exception"] = f"if({error}.1 != 0, {error}.2, r.exception)"
    replaced = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    return f"* REPLACE ({replaced}) FROM {table} AS r".encode()


def _clients_own(text: str) -> str:
    """The SQL expression for a statement as its client wrote it, from the text that the engine tells."""
    for pattern, instead in _OWN:
        text = f"replaceRegexpAll({text}, '{pattern}', '{instead}')"
    return text


def forget_syntax_error(connection: Runs) -> None:
    """Has `system.errors`, which quotes the last statement that could not be parsed, quote another one."""
    with contextlib.suppress(ClickHouseError):
        connection.run(b"SET log_queries = 0")
        connection.run(b")")
