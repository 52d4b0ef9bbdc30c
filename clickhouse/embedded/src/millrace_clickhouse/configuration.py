"""The engine's own configuration: small pools and caches, a bounded query log, the user's password for dictionaries."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

_CONFIG = """<clickhouse>
  <users_config>{users}</users_config>
  <timezone>UTC</timezone>
  <tcp_port>9000</tcp_port>
  <mark_cache_size>134217728</mark_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <mmap_cache_size>128</mmap_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
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
  <profiles><default><log_queries>0</log_queries></default></profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <auth_methods>
        <own><password></password></own>
        <told><password from_env="CLICKHOUSE_PASSWORD"/></told>
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


def write_configuration(folder: Path, user: str) -> Path:
    """Writes the engine's configuration into `folder` and returns its main file. It names no password."""
    folder.mkdir(parents=True, exist_ok=True)
    users = folder / "users.xml"
    other = f'<{user}><password from_env="CLICKHOUSE_PASSWORD"/>{_RIGHTS}</{user}>' if user != "default" else ""
    users.write_text(_USERS.format(rights=_RIGHTS, other=other))
    config = folder / "config.xml"
    config.write_text(_CONFIG.format(users=escape(str(users.resolve()))))
    return config
