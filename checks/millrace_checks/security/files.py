"""What other accounts of the machine may read or change."""

import grp
import os
import pwd
import stat
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_checks.security.door import door
from millrace_local.layout import OUTSIDE, Layout
from millrace_local.private import OTHERS

CODE = ("local", "docker", "airflow", "dbt", "loader", "webhook", "superset", "clickhouse", "postgres", "checks")
SCRIPTS = ("run.sh", "stop.sh", "check_all_works.sh", "docker-compose.yml", "pom.xml")
# Of what is installed: the folders that a stranger's file would have to get into, not each of their many files.
INSTALLED_DEPTH = 3


def files(layout: Layout) -> Iterator[Finding]:
    """The state folder, the settings, and what is executed."""
    state = layout.state
    if state.exists():
        mode = stat.S_IMODE(state.stat().st_mode)
        yield door("state folder", not mode & OTHERS & ~layout.state_mode, f"mode {mode:04o}", f"chmod 700 {state}")
        own = state.stat().st_uid == os.getuid() and not state.is_symlink()
        words = "is ours" if own else "belongs to another account, or is a link"
        yield door("state folder's owner", own, words, "Set MILLRACE_STATE to a folder of your own")
    for name, path in (("settings (.env)", layout.root / ".env"), ("generated keys", state / "secrets.env")):
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            yield door(name, not mode & OTHERS, f"mode {mode:04o}", f"chmod 600 {path}")
    yield from sockets(layout)
    yield unchangeable("code", below(layout.root, (*CODE, *SCRIPTS)))
    yield unchangeable("pipeline files", (layout.pipelines, *layout.pipelines.rglob("*")))
    yield unchangeable("installed programs", installed(layout))
    yield unchangeable("folders above", {*layout.root.parents, *layout.home.parents, *state.parents}, sticky=True)


def sockets(layout: Layout) -> Iterator[Finding]:
    """Sockets that tell our processes what to do."""
    place = layout.supervisor_socket
    for path in {place, *(p for p in layout.run.glob("*") if p.is_socket())}:
        if path.exists():
            modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)]
            words = f"mode {modes[0]:04o} in a folder of mode {modes[1]:04o}"
            yield door(f"socket {path.name}", not modes[1] & OTHERS, words, f"chmod 700 {path.parent}")


def below(root: Path, names: Iterable[str]) -> Iterator[Path]:
    """Files and folders, with everything in them."""
    for name in names:
        yield root / name
        yield from (root / name).rglob("*")


def installed(layout: Layout) -> Iterator[Path]:
    """What is installed, down to where the programs are."""
    for top in (layout.home, OUTSIDE if layout.postgres_outside else layout.home):
        for folder, folders, names in os.walk(top):
            depth = len(Path(folder).relative_to(top).parts)
            if depth >= INSTALLED_DEPTH or Path(folder) == layout.state:
                folders.clear()
            yield from (Path(folder) / name for name in ("", *names))


def unchangeable(what: str, paths: Iterable[Path], sticky: bool = False) -> Finding:
    """Holds when other accounts may change none of these. sticky: folders where all may add, but not move, are fine."""
    loose = next((path for path in paths if changeable(path, sticky)), None)
    words = f"{loose} can be changed by others" if loose else "for their owner to change"
    return door(what, loose is None, words, f"chmod -R go-w {loose}")


def changeable(path: Path, sticky: bool) -> bool:
    """True when an account that is neither the owner's nor root's may write there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode) or (sticky and found.st_mode & stat.S_ISVTX):
        return False
    return bool(found.st_mode & stat.S_IWOTH) or (
        bool(found.st_mode & stat.S_IWGRP) and not is_alone(found.st_uid, found.st_gid)
    )


@cache
def is_alone(owner: int, group: int) -> bool:
    """True for a group that has no member but the owner, as many systems make one for each account."""
    if group == 0:
        return True
    try:
        members = {pwd.getpwnam(name).pw_uid for name in grp.getgrgid(group).gr_mem}
    except KeyError:
        members = set()
    members |= {account.pw_uid for account in pwd.getpwall() if account.pw_gid == group}
    return members <= {owner, 0}
