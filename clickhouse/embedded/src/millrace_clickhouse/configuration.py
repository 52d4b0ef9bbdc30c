"""The engine's own configuration: small pools and caches, a bounded query log, the user's own way in."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from xml.sax.saxutils import escape

from .auth import Credentials
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

# The engine signs its own connections in as `default` without a password; nothing outside this process can. The second
# way in is for statements that name a user and a password themselves, such as the source of a dictionary.
_USERS = """<clickhouse>
  <profiles>
    <default>
      <log_queries>0</log_queries>
      <output_format_parallel_formatting>0</output_format_parallel_formatting>
      {memory}
    </default>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <auth_methods>
        <own><password></password></own>
        <told>{password}</told>
      </auth_methods>
      {rights}
    </default>
    {other}
  </users>
</clickhouse>
"""
_RIGHTS = (
    "<networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>"
    "<access_management>1</access_management><named_collection_control>1</named_collection_control>"
)


# What may name an element of XML, and means nothing else in a path of the configuration.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def write_configuration(folder: Path, user: Credentials) -> Path:
    """
    Writes the engine's configuration into `folder` and returns its main file. It holds a digest of the password, which
    no character can break, and only the owner may read it. Raises ValueError for a user name that the engine's
    configuration cannot hold.
    """
    if not _NAME.fullmatch(user.user):
        raise ValueError("CLICKHOUSE_USER must be made of letters, digits, _ and -, and begin with a letter or _.")
    folder.mkdir(parents=True, exist_ok=True)
    users = folder / "users.xml"
    digest = hashlib.sha256(user.password.encode("utf-8", "surrogateescape")).hexdigest()
    password = f"<password_sha256_hex>{digest}</password_sha256_hex>"
    other = f"<{user.user}>{password}{_RIGHTS}</{user.user}>" if user.user != "default" else ""
    limits = MemoryLimits.of(available_memory())
    profile = limits.profile_settings()
    _write_private(users, _USERS.format(rights=_RIGHTS, other=other, password=password, memory=profile))
    config = folder / "config.xml"
    _write_private(config, _CONFIG.format(users=escape(str(users.resolve())), memory=limits.server_settings()))
    return config


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
