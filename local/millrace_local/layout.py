"""Where things are on disk."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

POSTGRES_VERSION = "17.6.0"
OUTSIDE = Path("/var/lib/millrace")  # for files of accounts that may not enter root's own folders
LONGEST_SOCKET_PATH = 100  # sockaddr_un holds 108 bytes


@dataclass(frozen=True)
class Layout:
    """root: the checkout; home: what is installed; state: data, logs and sockets of one running product."""

    root: Path
    home: Path
    state: Path

    @staticmethod
    def from_environment() -> "Layout":
        """The folders that run.sh names in MILLRACE_ROOT, MILLRACE_HOME and, by the user's choice, MILLRACE_STATE."""
        home = Path(os.environ["MILLRACE_HOME"]).resolve()
        state = Path(os.environ.get("MILLRACE_STATE") or home / "state").absolute()
        return Layout(Path(os.environ["MILLRACE_ROOT"]).resolve(), home, state)

    def venv(self, name: str) -> Path:
        return self.home / "venv" / name

    def program(self, venv: str, name: str) -> Path:
        return self.venv(venv) / "bin" / name

    @property
    def pipelines(self) -> Path:
        """The pipeline files; MILLRACE_PIPELINES names another folder than the checkout's own."""
        return Path(os.environ.get("MILLRACE_PIPELINES") or self.root / "pipelines").absolute()

    @property
    def install_logs(self) -> Path:
        return self.home / "logs"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def run(self) -> Path:
        return self.state / "run"

    @property
    def supervisor_socket(self) -> Path:
        path = self.run / "supervisor.sock"
        if len(str(path)) <= LONGEST_SOCKET_PATH:
            return path
        return Path("/tmp") / f"millrace-{os.getuid()}-{self.fingerprint}" / "supervisor.sock"

    @property
    def fingerprint(self) -> str:
        """Tells one state folder's outside traces from another's."""
        return hashlib.sha256(str(self.state).encode()).hexdigest()[:10]

    @property
    def postgres_owner(self) -> pwd.struct_passwd | None:
        """The account that runs Postgres, which refuses to run as root; None: our own."""
        if os.getuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres")
        except KeyError:
            return pwd.getpwnam("nobody")

    @property
    def postgres_outside(self) -> bool:
        """True when Postgres' account could not reach files below home or state, which are its owner's alone."""
        return self.postgres_owner is not None and not self.postgres_inside

    @property
    def postgres_inside(self) -> bool:
        """True for a cluster that an earlier version made in the state folder, though for another account."""
        there = (self.state / "postgres/PG_VERSION").exists()
        return there and reachable(self.home) and reachable(self.state)

    @property
    def state_mode(self) -> int:
        """The mode of the state folder: nobody else enters, but for Postgres' account on its way to an old cluster."""
        return 0o711 if self.postgres_owner is not None and self.postgres_inside else 0o700

    @property
    def postgres(self) -> Path:
        """Postgres' binaries."""
        return (OUTSIDE if self.postgres_outside else self.home) / f"postgres-{POSTGRES_VERSION}"

    @property
    def pgdata(self) -> Path:
        return (self.outside if self.postgres_outside else self.state) / "postgres"

    @property
    def outside(self) -> Path:
        """The data of servers that run as other accounts when we are root."""
        return OUTSIDE / self.fingerprint

    @property
    def clickhouse_owner(self) -> pwd.struct_passwd | None:
        """The account that runs the embedded ClickHouse when we are root, another one than Postgres'; None: our own."""
        postgres = self.postgres_owner
        if postgres is None:
            return None
        known = {account.pw_name: account for account in pwd.getpwall()}
        others = (known[name] for name in ("clickhouse", "nobody", "daemon") if name in known)
        return next((account for account in others if account.pw_uid != postgres.pw_uid), postgres)

    @property
    def clickhouse_data(self) -> Path:
        return (self.outside if self.clickhouse_owner else self.state) / "clickhouse"


def reachable(path: Path) -> bool:
    """True when every existing folder from / to path may be entered by any account."""
    return all(p.stat().st_mode & 0o001 for p in (path, *path.parents) if p.exists())
