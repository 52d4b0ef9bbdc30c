"""
Secrets that the engine does not hide in its logs. It knows those that have a place of their own: arguments of functions
and engines, passwords of users, dictionaries and collections. It does not know an address that holds one.
"""

from __future__ import annotations

import re

# For Python and for RE2 alike.
ADDRESS_PASSWORD = "://[^/?#@:\\s']*:[^/?#@\\s']*@"
_WORDS = "password|passwd|secret|token|key|credential|signature"
# For RE2 alone: it takes no longer however often a word stands in a name.
ADDRESS_PARAMETER = rf"(?i)[?&](?:[a-z0-9_-]*(?:{_WORDS})[a-z0-9_-]*|sig)=[^&#\s']*"
_AUTHORIZATION = r"(?i)'(?:proxy-)?authorization'\s*+(?:=|,|VALUE\b)\s*+'"
_RULES = [re.compile(rule.encode()) for rule in (ADDRESS_PASSWORD, _AUTHORIZATION)]
_PARAMETER = re.compile(rb"(?i)[?&]([a-z0-9_-]++)=")
_TELLING = re.compile(f"(?i){_WORDS}|^sig$".encode())


def holds_secret(sql: bytes) -> bool:
    """Whether the statement has an address with a password or a key in it, or a header that authorizes."""
    if b"://" not in sql and b"uthorization" not in sql.lower():
        return False
    if any(rule.search(sql) for rule in _RULES):
        return True
    return any(_TELLING.search(match.group(1)) for match in _PARAMETER.finditer(sql))
