"""
Superset's log of what people do, written behind their requests.

Superset writes a row and commits within each request, and then reads again what the request had read before: that is a
third of the time that the data of a chart takes when it is at hand.
"""

import atexit
import logging
import threading
from datetime import datetime
from queue import Empty, Full, Queue
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError
from superset.utils import json
from superset.utils.log import AbstractEventLogger

logger = logging.getLogger("millrace")

MAX_WAITING = 10_000  # rows; what comes while as many wait is not logged
MAX_AT_ONCE = 500  # rows of one INSERT
PAUSE = 0.5  # seconds that rows gather; what a killed process had gathered is lost

Row = dict[str, Any]


class Activity(AbstractEventLogger):
    """Gives rows of Superset's table `logs` to a thread that writes them."""

    def __init__(self) -> None:
        self._rows: Queue[Row | None] = Queue(MAX_WAITING)
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()

    def log(
        self,
        user_id: int | None,
        action: str,
        dashboard_id: int | None,
        duration_ms: int | None,
        slice_id: int | None,
        referrer: str | None,
        curated_payload: Row | None = None,
        curated_form_data: Row | None = None,
        *args: Any,
        records: list[Row] | None = None,
        **others: Any,
    ) -> None:
        """As Superset calls it: a row for each record, or one of the payload."""
        self._be_written(current_app._get_current_object())
        for record in records or [curated_payload or {}]:
            row = {
                "action": action,
                "json": text_of(record),
                "dashboard_id": dashboard_id or record.get("dashboard_id"),
                "slice_id": slice_id or record.get("slice_id"),
                "duration_ms": duration_ms,
                "referrer": referrer,
                "user_id": user_id,
                "dttm": datetime.utcnow(),
            }
            try:
                self._rows.put_nowait(row)
            except Full:
                logger.warning("%s is not in the log of activity: %d rows wait to be written", action, MAX_WAITING)

    def _be_written(self, app: Flask) -> None:
        # Not before: threads do not live on in the workers that are forked.
        with self._starting:
            if self._writer is None or not self._writer.is_alive():
                self._writer = threading.Thread(target=self._write, args=(app,), name="activity", daemon=True)
                self._writer.start()
                atexit.unregister(self._finish)
                atexit.register(self._finish)

    def _finish(self) -> None:
        self._rows.put(None)
        if self._writer:
            self._writer.join(5)

    def _write(self, app: Flask) -> None:
        is_open = True
        while is_open:
            rows = [self._rows.get()]
            if rows[0] is not None:
                threading.Event().wait(PAUSE)
            while len(rows) < MAX_AT_ONCE:
                try:
                    rows.append(self._rows.get_nowait())
                except Empty:
                    break
            is_open = None not in rows
            insert(app, [row for row in rows if row is not None])


def insert(app: Flask, rows: list[Row]) -> None:
    """Writes rows into the table `logs`; those of which it cannot are named in Superset's log."""
    from superset.extensions import db
    from superset.models.core import Log

    if not rows:
        return
    try:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(Log.__table__.insert(), rows)
    except SQLAlchemyError as error:
        logger.warning("%d rows of the log of activity are not written: %s", len(rows), error)


def text_of(record: Row) -> str | None:
    """The record as JSON; None for one that has none."""
    try:
        return json.dumps(record)
    except (TypeError, ValueError):
        return None
