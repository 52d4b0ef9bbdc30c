"""The engine's own configuration: small pools and caches, a bounded query log, the users, their rights and limits."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from .accounts import Account, Accounts, Role
from .doors import EXPRESSIONS_IN_DATA, FIXED_SETTINGS, NO_REDIRECTS, PARSER_SETTINGS
from .engine import PIPES
from .memory_limits import MemoryLimits, available_memory

_CONFIG = """<clickhouse>
  <users_config>{users}</users_config>
  <timezone>UTC</timezone>
  <tcp_port>9000</tcp_port>
  <mark_cache_size>134217728</mark_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <mmap_cache_size>128</mmap_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
  <max_parts_cleaning_thread_pool_size>2</max_parts_cleaning_thread_pool_size>
  {memory}
  <remote_servers>
    <default><shard><replica><host>localhost</host><port>9000</port></replica></shard></default>
  </remote_servers>
  <query_log>
    <database>system</database>
    <table>query_log_rows</table>
    <engine>ENGINE = Memory SETTINGS min_rows_to_keep = 2000, max_rows_to_keep = 10000</engine>
    <flush_interval_milliseconds>1000</flush_interval_milliseconds>
  </query_log>
</clickhouse>
"""

# The engine signs its own connections in as `default` without a password, with every role, of which a connection keeps
# the one of its user; nothing outside this process can. Further ways in are for statements that name a user and a
# password themselves, such as the source of a dictionary.
_USERS = """<clickhouse>
  <profiles>
    <default>
      <log_queries>0</log_queries>
      <output_format_parallel_formatting>0</output_format_parallel_formatting>
      {settings}
      <constraints>{constraints}</constraints>
    </default>
  </profiles>
  <quotas><default/></quotas>
  <roles>{roles}</roles>
  <users>{users}</users>
</clickhouse>
"""
_USER = """
<{name}>
  <auth_methods>{passwords}</auth_methods>
  <networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
  <grants><query>GRANT {roles}</query></grants>
</{name}>
"""
_NO_PASSWORD = "<own><password></password></own>"
_ROLES = Path(__file__).with_name("roles.xml")

# All that a server's own user may do, but for what reaches files, commands and the server's own life.
_ADMINISTRATOR = """
<administrator>
  <grants>
    <query>GRANT SHOW, CHECK, SELECT, INSERT, ALTER, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE ON *.*</query>
    <query>GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE DICTIONARY, CREATE TEMPORARY TABLE ON *.*</query>
    <query>GRANT CREATE ARBITRARY TEMPORARY TABLE, CREATE TEMPORARY VIEW, CREATE FUNCTION ON *.*</query>
    <query>GRANT CREATE WORKLOAD, CREATE RESOURCE, KILL QUERY, KILL TRANSACTION, dictGet ON *.*</query>
    <query>GRANT MOVE PARTITION BETWEEN SHARDS, ALLOW SQL SECURITY NONE, SHOW ACCESS ON *.*</query>
    <query>GRANT NAMED COLLECTION ADMIN, CLUSTER ON *.*</query>
    <query>GRANT CREATE USER, ALTER USER, DROP USER, CREATE ROLE, ALTER ROLE, DROP ROLE, ROLE ADMIN ON *.*</query>
    <query>GRANT CREATE ROW POLICY, ALTER ROW POLICY, DROP ROW POLICY ON *.*</query>
    <query>GRANT CREATE QUOTA, ALTER QUOTA, DROP QUOTA ON *.*</query>
    <query>GRANT CREATE SETTINGS PROFILE, ALTER SETTINGS PROFILE, DROP SETTINGS PROFILE ON *.*</query>
    <query>GRANT SYSTEM DROP CACHE, SYSTEM RELOAD DICTIONARY, SYSTEM SENDS, SYSTEM CLEANUP ON *.*</query>
    <query>GRANT SYSTEM MERGES, SYSTEM TTL MERGES, SYSTEM FETCHES, SYSTEM MOVES, SYSTEM VIEWS ON *.*</query>
    <query>GRANT SYSTEM REPLICATION QUEUES, SYSTEM SYNC REPLICA, SYSTEM RESTART REPLICA, SYSTEM FLUSH ON *.*</query>
    <query>GRANT SYSTEM WAIT LOADING PARTS, SYSTEM LOAD PRIMARY KEY, SYSTEM UNLOAD PRIMARY KEY ON *.*</query>
    <query>GRANT URL, REMOTE, MONGO, REDIS, MYSQL, POSTGRES, S3, AZURE ON *.*</query>
    <query>GRANT TABLE ENGINE ON *</query>
  </grants>
</administrator>
"""
_PIPES = f"<{PIPES}><grants><query>GRANT FILE, CREATE TEMPORARY TABLE ON *.*</query></grants></{PIPES}>"

# How large a client's settings may let a statement and its tree be: beyond, the engine runs out of its stack, or the
# tree out of memory. 0 would be no limit.
_MAX_OF_STATEMENTS = {
    "max_query_size": 16 << 20,
    "max_parser_depth": 1000,
    "max_parser_backtracks": 1_000_000,
    "max_ast_depth": 1000,
    "max_ast_elements": 1_000_000,
    "max_expanded_ast_elements": 10_000_000,
}

# What may name an element of XML, and means nothing else in a path of the configuration.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def write_configuration(folder: Path, accounts: Accounts) -> Path:
    """
    Writes the engine's configuration into `folder` and returns its main file. It holds digests of the passwords, which
    no character can break, and only the owner may read it. Raises ValueError for a user name that the engine's
    configuration cannot hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    limits = MemoryLimits.of(available_memory())
    off = "".join(f"<{name}>0</{name}>" for name in (*NO_REDIRECTS, *EXPRESSIONS_IN_DATA))
    fixed = "".join(f"<{name}><const/></{name}>" for name in (*FIXED_SETTINGS, *PARSER_SETTINGS))
    most = _MAX_OF_STATEMENTS.items()
    bounds = "".join(f"<{name}><min>1</min><max>{number}</max></{name}>" for name, number in most)
    users = folder / "users.xml"
    text = _USERS.format(
        settings=limits.profile_settings() + off,
        constraints=limits.profile_constraints() + bounds + fixed,
        roles=_ADMINISTRATOR + _PIPES + _shared_roles(),
        users="".join(_users(accounts)),
    )
    _write_private(users, text)
    config = folder / "config.xml"
    _write_private(config, _CONFIG.format(users=escape(str(users.resolve())), memory=limits.server_settings()))
    return config


def _shared_roles() -> str:
    """Writers and readers, from the file that a ClickHouse server reads, too."""
    roles = ElementTree.parse(_ROLES).getroot().find("roles")
    assert roles is not None
    return "".join(ElementTree.tostring(role, encoding="unicode") for role in roles)


def _users(accounts: Accounts) -> Iterator[str]:
    every = ", ".join([*(role.value for role in Role), PIPES])
    own = next((account for account in accounts if account.name == "default"), None)
    yield _USER.format(name="default", passwords=_NO_PASSWORD + (_password(own) if own else ""), roles=every)
    for account in accounts:
        if not _NAME.fullmatch(account.name):
            raise ValueError("CLICKHOUSE_USER must be made of letters, digits, _ and -, and begin with a letter or _.")
        if account is not own:
            yield _USER.format(name=account.name, passwords=_password(account), roles=account.role.value)


def _password(account: Account) -> str:
    digest = hashlib.sha256(account.credentials.password.encode("utf-8", "surrogateescape")).hexdigest()
    return f"<told><password_sha256_hex>{digest}</password_sha256_hex></told>"


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
