"""Tells whether Superset was already prepared with exactly these inputs."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from millrace_superset.settings import Settings


def fingerprint(version: str, files: Mapping[str, str], settings: Settings) -> str:
    """A keyed digest (passwords are among the inputs) of Superset's version, the asset files and the settings."""
    inputs = {
        "version": version,
        "files": dict(files),
        "admin": [settings.admin_user, settings.admin_password],
        "clickhouse": [settings.clickhouse_uri, settings.clickhouse_password],
    }
    message = json.dumps(inputs, sort_keys=True).encode()
    return hmac.new(settings.secret_key.encode(), message, hashlib.sha256).hexdigest()
