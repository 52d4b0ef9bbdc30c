"""Which statements were judged and found harmless: the same statement of the same user need not be parsed again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from .accounts import Role

_MAX = 4096
_DIGEST_BYTES = 16


class Verdicts:
    """
    The latest statements that were let pass, as digests: no text stays. It holds while a verdict follows from the text
    and the role alone: a text with `{` may have parameters, and is not among them.
    """

    def __init__(self) -> None:
        self._passed: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, role: Role, sql: bytes) -> bool:
        """Whether this statement of a user with this role was let pass before."""
        digest = _digest(role, sql)
        with self._lock:
            if digest not in self._passed:
                return False
            self._passed.move_to_end(digest)
            return True

    def add(self, role: Role, sql: bytes) -> None:
        """Notes that the statement was let pass."""
        if b"{" in sql:
            return
        with self._lock:
            self._passed[_digest(role, sql)] = None
            if len(self._passed) > _MAX:
                self._passed.popitem(last=False)


def _digest(role: Role, sql: bytes) -> bytes:
    return hashlib.blake2b(sql, digest_size=_DIGEST_BYTES, key=role.value.encode()).digest()
