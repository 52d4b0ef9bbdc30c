"""The keys that the product makes for itself, in .env."""

import secrets
from pathlib import Path

from millrace_local.env_file import read_env_file
from millrace_local.secret_keys import KEY_BYTES, NAMES
from millrace_local.whole_file import write_private


def ensure_keys(root: Path) -> str:
    """Makes .env from .env.example when there is none, and the keys that it lacks; returns a note on what was done."""
    path = root / ".env"
    is_new = not path.exists()
    text = (root / ".env.example" if is_new else path).read_text()
    values = read_env_file(root / ".env.example" if is_new else path)[0]
    missing = [name for name in NAMES if not values.get(name)]
    if not missing:
        return ""
    lines = [line for line in text.removesuffix("\n").split("\n") if line.partition("=")[0] not in missing]
    lines += [f"{name}={secrets.token_urlsafe(KEY_BYTES)}" for name in missing]
    write_private(path, "\n".join(lines) + "\n")
    return "made .env, with new keys" if is_new else "added new keys to .env"
