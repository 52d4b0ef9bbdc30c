"""Keeps what belongs to one account from all others of the machine."""

import os
import stat
from pathlib import Path

from millrace_local.problem import BAD_CONFIGURATION, Problem

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def own_folder(path: Path, mode: int = 0o700) -> None:
    """
    Makes a folder that is ours alone, or takes the one that is there. Raises Problem (exit code 2) for one that another
    account owns, a link that it may have put there, or a place where it could put its own.
    """
    require_safe_way(path)
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    require_own(path)
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def passable_folder(path: Path) -> None:
    """As own_folder(), but a server's own account passes through, and sees nothing of others."""
    own_folder(path, 0o711)


def require_safe_way(path: Path) -> None:
    """Raises Problem (exit code 2) where every account could put another folder in the place of one on the way."""
    for folder in path.parents:
        if folder.exists() and folder.stat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
            hint = f"Run: chmod o-w {folder}, or set MILLRACE_STATE to a folder of your own."
            raise Problem(f"{folder} can be changed by every account of this machine.", hint, BAD_CONFIGURATION)


def require_own(path: Path) -> None:
    """Raises Problem (exit code 2) when something is there that is not ours."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if found.st_uid != os.getuid() or stat.S_ISLNK(found.st_mode):
        sentence = f"{path} belongs to another account, or is a link."
        hint = "Run as the account that owns it, remove it, or set MILLRACE_STATE to a folder of your own."
        raise Problem(sentence, hint, BAD_CONFIGURATION)


def make_private(path: Path) -> str:
    """Takes a file with secrets from other accounts; returns a note when it could be read by them."""
    if not path.is_file() or not path.stat().st_mode & OTHERS:
        return ""
    if path.stat().st_uid != os.getuid():
        return f"{path.name} can be read by other accounts: its owner should run chmod 600 {path}"
    path.chmod(0o600)
    return f"{path.name} could be read by other accounts; now only by yours (chmod 600)"


def make_private_below(folder: Path, but: str) -> None:
    """Takes everything in a folder from other accounts, but for one entry."""
    for entry in folder.iterdir():
        if entry.name != but:
            for path in (entry, *entry.rglob("*")):
                if not path.is_symlink() and path.stat().st_mode & OTHERS:
                    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
