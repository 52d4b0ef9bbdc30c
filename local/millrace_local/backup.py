"""./run.sh --backup and --restore: all data of a stopped product in one file, wherever its servers keep theirs."""

import os
import pwd
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from millrace_local.archives import keep_inside
from millrace_local.down import own_processes
from millrace_local.layout import Layout
from millrace_local.private import passable_folder
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.progress import Progress
from millrace_local.supervise import Supervisor

# The names that a backup's members begin with.
STATE, POSTGRES, CLICKHOUSE = "state", "postgres", "clickhouse"
KEYS = "secrets.env"
OTHER_FILE = "Name a file that ./run.sh --backup wrote."
COMPRESSION = 1  # ClickHouse's files are compressed already


def back_up(layout: Layout, file: Path) -> None:
    """Writes data, logs and keys into a file that appears when it is whole, its owner's alone.

    Raises Problem while something runs, where there is no data, where the file exists or cannot be written.
    """
    refuse_running(layout)
    if not (layout.state / KEYS).exists():
        raise Problem(f"{layout.state} holds no data yet.", "./run.sh makes it.", BAD_CONFIGURATION)
    if file.exists():
        raise Problem(f"{file} is there already.", "Name another file, or remove it.", BAD_CONFIGURATION)
    progress, draft = Progress(), file.with_name(file.name + ".part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=COMPRESSION) as archive:
                for name, place in parts(layout).items():
                    with progress.working(f"back up {name}"):
                        archive.add(place, name, filter=kept(layout, name))
            raw.flush()
            os.fsync(raw.fileno())
        draft.rename(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Problem(f"{file} cannot be written: {error}.", "Name a file where there is room for all data.") from None
    print(f"Millrace's data is in {file}, passwords and keys too. ./run.sh starts it again.")


def restore(layout: Layout, file: Path) -> None:
    """Puts the data of a backup into a state folder that has none; a restore that fails leaves none.

    Raises Problem where there is data, or the file is no backup.
    """
    refuse_running(layout)
    if (layout.state / KEYS).exists() or layout.pgdata.exists() or layout.clickhouse_data.exists():
        hint = "./stop.sh --clean removes it; or name another folder by MILLRACE_STATE."
        raise Problem(f"{layout.state} has data.", hint, BAD_CONFIGURATION)
    draft = layout.state / "restored"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with Progress().working(f"unpack {file.name}"):
            unpack(file, draft)
        settle(layout, draft)
    except OSError as error:
        for place in (layout.pgdata, layout.clickhouse_data):
            remove(place)
        hint = f"Is there room in {layout.state}, and for the servers' data where they keep it?"
        raise Problem(f"{file} could not be restored: {error}.", hint) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(f"{file} is restored into {layout.state}. ./run.sh starts it.")


def refuse_running(layout: Layout) -> None:
    """Raises Problem (exit code 2) while a process may still write."""
    if Supervisor(layout).is_up() or any(own_processes(layout.state)):
        raise Problem("Millrace runs, and its servers write.", "Run ./stop.sh first.", BAD_CONFIGURATION)


def parts(layout: Layout) -> dict[str, Path]:
    """Where the members of a backup come from: the state, and the data of servers inside or outside of it."""
    places = {STATE: layout.state, POSTGRES: layout.pgdata, CLICKHOUSE: layout.clickhouse_data}
    return {name: place for name, place in places.items() if place.exists()}


def kept(layout: Layout, part: str) -> Callable[[tarfile.TarInfo], tarfile.TarInfo | None]:
    """Leaves out sockets and locks, and of the state the servers' data, which are parts of their own."""
    own = {STATE: {f"{STATE}/run"}}.get(part, set())
    for name, place in parts(layout).items():
        if part == STATE and name != STATE and place.is_relative_to(layout.state):
            own.add(f"{STATE}/{place.relative_to(layout.state)}")

    def keep(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        is_data = member.isfile() or member.isdir() or member.issym() or member.islnk()
        return member if is_data and member.name not in own else None

    return keep


def unpack(file: Path, place: Path) -> None:
    """Unpacks a backup; raises Problem (exit code 2) for a file that is none, before anything of it counts."""
    place.mkdir(mode=0o700)
    try:
        with tarfile.open(file, "r:gz") as archive:
            keep_inside(archive)
            for member in archive:
                if Path(member.name).parts[0] not in (STATE, POSTGRES, CLICKHOUSE) or ".." in Path(member.name).parts:
                    raise tarfile.TarError(f"it has {member.name}")
                archive.extract(member, place)
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise Problem(f"{file} cannot be restored: {error}.", OTHER_FILE, BAD_CONFIGURATION) from None
    if not (place / STATE / KEYS).exists():
        raise Problem(f"{file} is no backup of Millrace.", OTHER_FILE, BAD_CONFIGURATION)


def settle(layout: Layout, draft: Path) -> None:
    """Moves what was unpacked to where this product's servers keep it, the keys last: they say that it is whole."""
    for name, place, owner in (
        (POSTGRES, layout.pgdata, layout.postgres_owner),
        (CLICKHOUSE, layout.clickhouse_data, layout.clickhouse_owner),
    ):
        if (draft / name).exists():
            if not place.is_relative_to(layout.state):
                passable_folder(place.parent)
            give(draft / name, owner)
            shutil.move(draft / name, place)
    give(draft / STATE, None)
    for entry in sorted((draft / STATE).iterdir(), key=lambda path: path.name == KEYS):
        remove(layout.state / entry.name)
        shutil.move(entry, layout.state / entry.name)


def remove(path: Path) -> None:
    """Removes a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def give(folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Makes everything in a folder an account's own, whoever it belonged to on the machine of the backup."""
    uid, gid = (owner.pw_uid, owner.pw_gid) if owner else (os.getuid(), os.getgid())
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid, follow_symlinks=False)
