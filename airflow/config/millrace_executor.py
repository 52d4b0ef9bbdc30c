"""Airflow's LocalExecutor, whose idle workers do not outlive the scheduler.

Without this, a scheduler that is killed outright leaves all its workers behind for ever. Busy ones should stay until
their task is done: its end is told to the api-server, so the run goes on under the next scheduler.
"""

from multiprocessing import Process

from airflow.executors.local_executor import LocalExecutor, _run_worker

from millrace_work_queue import WorkQueue


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
