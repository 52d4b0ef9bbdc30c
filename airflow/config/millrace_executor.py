"""Airflow's LocalExecutor, whose idle workers do not outlive the scheduler, and where waiting tasks take no slot.

Without the first, a scheduler that is killed outright leaves all its workers behind for ever. Busy ones should stay
until their task is done: its end is told to the api-server, so the run goes on under the next scheduler.

Without the second, runs that begin at the same time could take all slots for tasks that wait for other tasks of theirs,
which would never get one.
"""

from multiprocessing import Process
from typing import Any

from airflow.executors.local_executor import LocalExecutor, _run_worker

from millrace_work_queue import WorkQueue

WAITING = "hold_snapshot"  # the id of tasks that do nothing but wait for others


class MillraceLocalExecutor(LocalExecutor):
    """Runs tasks on the scheduler's own machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._waiting: set[Any] = set()
        super().__init__(*args, **kwargs)

    @property
    def parallelism(self) -> int:
        """How many workers there may be: as many as are configured, and one for each task that waits."""
        return self._slots + len(self._waiting)

    @parallelism.setter
    def parallelism(self, slots: int) -> None:
        self._slots = slots

    def _process_workloads(self, workload_list: Any) -> None:
        tasks = [workload for workload in workload_list if hasattr(workload, "ti")]
        self._waiting.update(task.key for task in tasks if task.ti.task_id == WAITING)
        super()._process_workloads(workload_list)

    def change_state(self, key: Any, *args: Any, **kwargs: Any) -> None:
        """A task has ended."""
        self._waiting.discard(key)
        super().change_state(key, *args, **kwargs)

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
