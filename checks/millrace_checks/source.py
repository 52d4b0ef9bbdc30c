"""Queries to the PostgreSQL databases that pipelines read."""

from collections.abc import Mapping

import psycopg


def connect(settings: Mapping[str, str], prefix: str) -> psycopg.Connection:
    """A connection to the database that the settings with this prefix name."""
    return psycopg.connect(
        host=settings[f"{prefix}_HOST"],
        port=int(settings[f"{prefix}_PORT"]),
        user=settings[f"{prefix}_USER"],
        password=settings[f"{prefix}_PASSWORD"],
        dbname=settings[f"{prefix}_DB"],
        connect_timeout=5,
    )
