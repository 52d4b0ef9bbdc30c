"""The errors for statements that would leave the data of this server, or that their user may not run."""

from __future__ import annotations

from .errors import ClickHouseError


def closed(what: str) -> ClickHouseError:
    """The error (497) for a way out of the data, whoever asks."""
    return ClickHouseError.of(497, "ACCESS_DENIED", f"{what} is not allowed: it would leave the data of this server")


def denied(what: str) -> ClickHouseError:
    """The error (497) for what this user may not do, and others may."""
    return ClickHouseError.of(497, "ACCESS_DENIED", f"Not enough privileges: this user may not use {what}")


def fixed(setting: str) -> ClickHouseError:
    """The error (452) for a setting that stays as it is."""
    return ClickHouseError.of(452, "SETTING_CONSTRAINT_VIOLATION", f"Setting {setting} should not be changed")


def no_files() -> ClickHouseError:
    """The error for a statement that reads or writes a file of the client's machine, which HTTP cannot do."""
    return ClickHouseError.of(48, "NOT_IMPLEMENTED", "INTO OUTFILE and FROM INFILE are not allowed over HTTP")
