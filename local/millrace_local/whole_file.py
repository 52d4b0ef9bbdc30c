"""Files that readers find whole, the former one or the new one, however many processes write them at a time."""

import os
import pwd
import tempfile
from pathlib import Path

PRIVATE = 0o600


def write_private(path: Path, text: str, owner: pwd.struct_passwd | None = None) -> None:
    """Replaces a file in one step; only its owner, this account unless another is named, may read it."""
    replace_file(path, text.encode(), PRIVATE, owner)


def replace_file(path: Path, content: bytes, mode: int, owner: pwd.struct_passwd | None = None) -> None:
    """Replaces a file in one step.

    It is written under a name that no other process has: one that is there already may be half of another's, open to
    others, or lead to them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(descriptor, mode)
            if owner:
                os.fchown(descriptor, owner.pw_uid, owner.pw_gid)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
