"""How a stream stands, read from what its follower says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COPYING = ("copying", "left", "waiting")  # states of a table that readers see as it was before


@dataclass(frozen=True)
class Limits:
    """What is too much: seconds that a change may wait, bytes of log that the source may keep for us."""

    lag_seconds: float = 60
    slot_bytes: int = 1 << 30


@dataclass(frozen=True)
class StreamState:
    """sentence: what is in the way; empty when nothing is. tables: their states and counts, by name."""

    state: str
    sentence: str
    position: str
    lag_seconds: float
    lag_bytes: int
    slot_bytes: int
    quarantined: int
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def copying(self) -> list[str]:
        """The tables that are being copied, or wait for it; all of them at the first copy."""
        return sorted(name for name, table in self.tables.items() if self.table_state(table) in COPYING)

    def table_state(self, table: Mapping[str, Any]) -> str:
        """How a table stands: as it says, or as the whole stream does."""
        return str(table.get("state") or self.state)

    def changes(self) -> dict[str, int]:
        """How many changes of each table were written since the follower began."""
        kinds = ("inserts", "updates", "deletes", "truncates")
        return {name: sum(int(table.get(kind, 0)) for kind in kinds) for name, table in self.tables.items()}

    def complaints(self, limits: Limits) -> list[str]:
        """A sentence for everything that is not as it should be."""
        found = [self.sentence] if self.sentence else []
        if self.state not in ("following", "copying", "held"):
            found.append(f"The stream is {self.state}.")
        if self.lag_seconds > limits.lag_seconds:
            found.append(f"A change has waited for {self.lag_seconds:.0f} s; {limits.lag_seconds:.0f} s are the limit.")
        if self.slot_bytes > limits.slot_bytes:
            found.append(f"The source keeps {megabytes(self.slot_bytes)} of log for it; "
                         f"{megabytes(limits.slot_bytes)} are the limit.")  # fmt: skip
        for name, table in self.tables.items():
            if table.get("sentence") and self.table_state(table) == "waiting":
                found.append(f"{name}: {table['sentence']} {table.get('hint', '')}".strip())
        return found

    def line(self) -> str:
        """All of it in a line."""
        return (
            f"{self.state}, {self.lag_seconds:.1f} s and {megabytes(self.lag_bytes)} behind, "
            f"{megabytes(self.slot_bytes)} of log kept, {self.quarantined} rows in quarantine, at {self.position}"
        )


def megabytes(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / 1e6:,.1f} MB"


def stream_state(status: Mapping[str, Any]) -> StreamState:
    """What a follower's /status says."""
    sentence = f"{status.get('sentence', '')} {status.get('hint', '')}".strip()
    return StreamState(
        state=status["state"],
        sentence=sentence,
        position=status.get("applied_lsn", ""),
        lag_seconds=float(status.get("lag_seconds", 0)),
        lag_bytes=int(status.get("lag_bytes", 0)),
        slot_bytes=int(status.get("slot_bytes", 0)),
        quarantined=int(status.get("quarantined", 0)),
        tables=status.get("tables") or {},
    )
