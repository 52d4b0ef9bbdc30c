"""Queries to the PostgreSQL databases that pipelines read."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.abc import Query


def first_row(connection: psycopg.Connection, query: Query) -> tuple[Any, ...]:
    """The first row of a query that has one whatever the tables hold."""
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def connect(settings: Mapping[str, str], prefix: str) -> psycopg.Connection:
    """A connection to the database that the settings with this prefix name."""
    return psycopg.connect(
        host=settings[f"{prefix}_HOST"],
        port=int(settings[f"{prefix}_PORT"]),
        user=settings[f"{prefix}_USER"],
        password=settings[f"{prefix}_PASSWORD"],
        dbname=settings[f"{prefix}_DB"],
        connect_timeout=5,
        options="-c timezone=UTC",
    )
