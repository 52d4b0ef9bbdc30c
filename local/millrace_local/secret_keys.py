"""Keys that the product makes for itself: made once, kept beside the data, readable by nobody else."""

import os
import secrets
from pathlib import Path

# The password of Postgres' superuser, which no process of ours signs in as but the one that makes roles.
ADMIN_KEY = "MILLRACE_DB_ADMIN_KEY"
NAMES = ("SUPERSET_SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY", ADMIN_KEY)
KEY_BYTES = 64  # Airflow signs with HS512, which wants a key as long as its hash


def secret_keys(folder: Path) -> dict[str, str]:
    """The keys by the name of their setting; those that folder/secrets.env lacks are made and added."""
    path = folder / "secrets.env"
    lines = path.read_text().splitlines() if path.exists() else []
    keys = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = [name for name in NAMES if name not in keys]
    if missing:
        keys |= {name: secrets.token_urlsafe(KEY_BYTES) for name in missing}
        write_private(path, "".join(f"{name}={value}\n" for name, value in keys.items()))
    return keys


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    # A new file: one that is there already may be open to others, or lead to them.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
