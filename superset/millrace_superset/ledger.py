"""Remembers, in Superset's own database, what it was last prepared with."""

from sqlalchemy import Column, MetaData, String, Table, inspect
from sqlalchemy.engine import Engine

TABLE = Table("millrace_prepared", MetaData(), Column("fingerprint", String(64), nullable=False))


class Ledger:
    """At most one fingerprint; none while a preparation is under way or after one that failed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def holds(self, fingerprint: str) -> bool:
        """True when the last preparation finished with this fingerprint."""
        if not inspect(self.engine).has_table(TABLE.name):
            return False
        with self.engine.connect() as connection:
            return connection.scalar(TABLE.select()) == fingerprint

    def clear(self) -> None:
        """Forgets the last preparation."""
        TABLE.create(self.engine, checkfirst=True)
        with self.engine.begin() as connection:
            connection.execute(TABLE.delete())

    def record(self, fingerprint: str) -> None:
        """Remembers a finished preparation."""
        with self.engine.begin() as connection:
            connection.execute(TABLE.insert().values(fingerprint=fingerprint))
