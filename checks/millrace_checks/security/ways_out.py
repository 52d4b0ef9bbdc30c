"""Statements that would take a client of ClickHouse out of its data, or beyond its rights."""

from dataclasses import dataclass

from millrace_checks.security.users import ADMINISTRATOR, READER, WRITER


@dataclass(frozen=True)
class Attempt:
    """
    what: in words; statements: one of them must be refused; {name} stands for what may be made, {webhook} for a port of
    this machine; undo: removes what was made; refusals: names of errors that mean no, besides the usual ones.
    """

    what: str
    statements: tuple[str, ...]
    undo: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


DICTIONARY = (
    "CREATE DICTIONARY default.{name} (id UInt64, v String) PRIMARY KEY id SOURCE(%s) LAYOUT(FLAT()) LIFETIME(0)"
)
USE_DICTIONARY = "SELECT dictGetOrNull('default.{name}', 'v', 1)"
DROP_DICTIONARY = ("DROP DICTIONARY IF EXISTS default.{name}",)

# No user may do these.
WAYS_OUT = (
    Attempt(
        "a dictionary that runs a program",
        (DICTIONARY % "EXECUTABLE(COMMAND 'echo 1,x' FORMAT 'CSV')", USE_DICTIONARY),
        DROP_DICTIONARY,
    ),
    Attempt(
        "a dictionary of a file",
        (DICTIONARY % "FILE(PATH '/etc/hostname' FORMAT 'TabSeparated')", USE_DICTIONARY),
        DROP_DICTIONARY,
    ),
    Attempt("executable()", ("SELECT * FROM executable('id', 'TabSeparated', 'l String')",)),
    Attempt("file() of another folder", ("SELECT count() FROM file('/etc/hostname', 'LineAsString', 'l String')",)),
    Attempt(
        "file() of its process' secrets", ("SELECT count() FROM file('/proc/self/environ', 'RawBLOB', 'b String')",)
    ),
    Attempt("url(file://)", ("SELECT count() FROM url('file:///etc/hostname', 'LineAsString', 'l String')",)),
    Attempt(
        "a table of a file",
        (
            "CREATE TABLE default.{name} (l String) ENGINE = File('LineAsString', '/etc/hostname')",
            "SELECT count() FROM default.{name}",
        ),
        ("DROP TABLE IF EXISTS default.{name}",),
    ),
    Attempt(
        "a database of all files",
        ("CREATE DATABASE {name} ENGINE = Filesystem('/')", "SELECT count() FROM {name}.`etc/hostname`"),
        ("DROP DATABASE IF EXISTS {name}",),
    ),
    Attempt("INTO OUTFILE", ("SELECT 1 INTO OUTFILE '/tmp/{name}'",)),
    Attempt(
        "INTO OUTFILE behind a no-break space",
        ("SELECT 1\u00a0INTO OUTFILE '/tmp/{name}'",),
        refusals=("SYNTAX_ERROR",),
    ),
    Attempt("INSERT INTO file()", ("INSERT INTO FUNCTION file('/tmp/{name}', 'TSV', 'n UInt8') SELECT 1",)),
)

NEW_TABLE = Attempt(
    "makes a table",
    ("CREATE TABLE default.{name} (n UInt8) ENGINE = Memory",),
    ("DROP TABLE IF EXISTS default.{name}",),
)
NEW_USER = Attempt(
    "makes a user",
    ("CREATE USER {name} IDENTIFIED WITH no_password",),
    ("DROP USER IF EXISTS {name}",),
)
RELOAD = Attempt("reloads the server's settings", ("SYSTEM RELOAD CONFIG",))
URL = Attempt(
    "url() of this machine",
    ("SELECT count() FROM url('http://127.0.0.1:{webhook}/health', 'RawBLOB', 'b String')",),
)
REMOTE = Attempt("remote() of this machine", ("SELECT count() FROM remote('127.0.0.1:{webhook}', system.one)",))
# What the users may not do, each by its role; none of it changes a row, should it be let through.
BEYOND_RIGHTS = {
    # An address that only documents use: should it be let through, nobody hears of it.
    ADMINISTRATOR: (
        Attempt(
            "url() of another machine",
            (
                "SELECT count() FROM url('http://192.0.2.1:9/', 'RawBLOB', 'b String')"
                " SETTINGS http_max_tries = 1, http_connection_timeout = 1",
            ),
        ),
    ),
    WRITER: (NEW_USER, RELOAD, URL, REMOTE),
    READER: (
        NEW_TABLE,
        NEW_USER,
        RELOAD,
        URL,
        REMOTE,
        Attempt("writes rows", ("INSERT INTO millrace.loads SELECT * FROM millrace.loads WHERE 0",)),
        Attempt("deletes rows", ("ALTER TABLE millrace.loads DELETE WHERE 0",)),
        Attempt("lifts its own limits", ("SET readonly = 0",)),
        Attempt("kills queries", ("KILL QUERY WHERE query_id = '{name}'",)),
        Attempt("sees the queries of others", ("SELECT count() FROM system.processes",)),
        Attempt("sees named passwords", ("SELECT count() FROM system.named_collections",)),
    ),
}
