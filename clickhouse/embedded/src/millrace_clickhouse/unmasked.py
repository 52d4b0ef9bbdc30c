"""
Secrets that the engine does not hide in its logs. It knows those that have a place of their own: arguments of functions
and engines, passwords of users, dictionaries and collections. It does not know an address that holds one.
"""

from __future__ import annotations

import re

# For Python and for RE2 alike.
ADDRESS_PASSWORD = "://[^/?#@\\s']*:[^/?#@\\s']*@"
_NAME = "[a-z0-9_-]*(?:password|passwd|secret|token|key|credential|signature)[a-z0-9_-]*|sig"
ADDRESS_PARAMETER = rf"(?i)[?&](?:{_NAME})=[^&#\s']*"
_AUTHORIZATION = r"(?i)'(?:proxy-)?authorization'\s*(?:=|,|VALUE\b)\s*'"
_RULES = [re.compile(rule.encode()) for rule in (ADDRESS_PASSWORD, ADDRESS_PARAMETER, _AUTHORIZATION)]


def holds_secret(sql: bytes) -> bool:
    """Whether the statement has an address with a password or a key in it, or a header that authorizes."""
    if b"://" not in sql and b"uthorization" not in sql.lower():
        return False
    return any(rule.search(sql) for rule in _RULES)
