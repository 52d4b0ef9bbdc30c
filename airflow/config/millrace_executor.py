"""Airflow's LocalExecutor, whose idle workers do not outlive the scheduler.

Without this, a scheduler that is killed outright leaves all its workers behind for ever. Busy ones should stay until
their task is done: its end is told to the api-server, so the run goes on under the next scheduler.
"""

import ctypes
import os
import signal
import sys
from multiprocessing import Process
from typing import Any

from airflow.executors.local_executor import LocalExecutor, _run_worker

PR_SET_PDEATHSIG = 1
LAST_LOOK = 1  # seconds that an orphan waits for work that was queued before the scheduler died
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class WorkQueue:
    """A worker's view of the queue; waiting in get ends when the scheduler does."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue
        self._scheduler = os.getpid()

    def get(self) -> Any:
        """The next piece of work."""
        end_with_parent(signal.SIGKILL)
        if os.getppid() != self._scheduler:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(LAST_LOOK)
        try:
            return self._queue.get()
        finally:
            signal.alarm(0)
            end_with_parent(0)


class MillraceLocalExecutor(LocalExecutor):
    """Runs tasks on the scheduler's own machine."""

    def _spawn_worker(self) -> None:
        worker = Process(
            target=_run_worker,
            kwargs={
                "logger_name": self.log.name,
                "input": WorkQueue(self.activity_queue),
                "output": self.result_queue,
                "unread_messages": self._unread_messages,
                "team_conf": self.conf,
            },
        )
        worker.start()
        assert worker.pid is not None
        self.workers[worker.pid] = worker


def end_with_parent(number: int) -> None:
    """The signal that this process gets when its parent ends; 0: none."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, number)
