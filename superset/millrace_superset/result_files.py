"""Where the data of charts is kept. Superset imports this before its own modules can be."""

from typing import Any

from flask import Flask
from flask_caching.backends import FileSystemCache

MARK = "@state-"  # in the keys of what is kept
MAX_BYTES = 1 << 20  # of one result


class KeptResults(FileSystemCache):
    """Files below a folder of ours; only results whose key tells of a state, and none that is large."""

    def get(self, key: str) -> Any:
        return super().get(key) if MARK in key else None

    def set(self, key: str, value: Any, timeout: int | None = None, mgmt_element: bool = False) -> bool | None:
        if not mgmt_element and (MARK not in key or size_of(value) > MAX_BYTES):
            return True
        return super().set(key, value, timeout, mgmt_element)


def create(app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> KeptResults:
    """For Superset's DATA_CACHE_CONFIG."""
    return KeptResults(config["CACHE_DIR"], threshold=config["CACHE_THRESHOLD"], **kwargs)


def size_of(value: Any) -> int:
    """Bytes of a result in memory, about as many as in its file."""
    frame = value.get("df") if isinstance(value, dict) else None
    return 0 if frame is None else int(frame.memory_usage(deep=True).sum())
