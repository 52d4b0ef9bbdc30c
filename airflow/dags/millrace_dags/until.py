"""Waits for something beside other work."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Self


class Until:
    """A context manager that looks again and again whether something has come, and then ends what goes on within it."""

    def __init__(self, has_come: Callable[[], bool], end: Callable[[], None], poll: float, log: logging.Logger) -> None:
        """end: is called until it has worked; poll: seconds between two looks."""
        self._look = has_come
        self._end = end
        self._poll = poll
        self._log = log
        self._left = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self.has_come = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._left.wait(self._poll):
            try:
                self.has_come = self.has_come or self._look()
                if self.has_come:
                    self._end()
            except Exception as error:
                # Whoever is asked may be restarting; nobody else would end it.
                self._log.warning("Trying again: %s", error)
