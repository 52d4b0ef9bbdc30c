"""Keys that the product makes for itself: made once, kept beside the data, readable by nobody else."""

import fcntl
import secrets
from pathlib import Path

from millrace_local.whole_file import write_private

# The password of Postgres' superuser, which no process of ours signs in as but the one that makes roles.
ADMIN_KEY = "MILLRACE_DB_ADMIN_KEY"
NAMES = ("SUPERSET_SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY", ADMIN_KEY)
KEY_BYTES = 64  # Airflow signs with HS512, which wants a key as long as its hash


def secret_keys(folder: Path) -> dict[str, str]:
    """The keys by the name of their setting; those that folder/secrets.env lacks are made and added."""
    path = folder / "secrets.env"
    keys = read(path)
    if keys.keys() >= set(NAMES):
        return keys
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "secrets.lock").open("w") as lock:
        # Of two processes that find none, both go on with those of the first.
        fcntl.flock(lock, fcntl.LOCK_EX)
        keys = read(path)
        keys |= {name: secrets.token_urlsafe(KEY_BYTES) for name in NAMES if name not in keys}
        write_private(path, "".join(f"{name}={value}\n" for name, value in keys.items()))
    return keys


def read(path: Path) -> dict[str, str]:
    """The keys of a file, none where there is no file."""
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split("=", 1) for line in lines if "=" in line)
