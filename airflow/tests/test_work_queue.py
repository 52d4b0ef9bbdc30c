"""Workers of a scheduler that is killed outright, as processes of their own."""

import subprocess
import sys
from pathlib import Path

from test_loader_process import alive, eventually

from conftest import AIRFLOW

SCHEDULER = """
import sys, time
sys.path.insert(0, {config!r})
from multiprocessing import Process, SimpleQueue
from pathlib import Path
from millrace_work_queue import WorkQueue

def work(queue):
    while True:
        name, seconds = queue.get()
        time.sleep(seconds)
        Path({folder!r}, name).touch()

queue = SimpleQueue()
workers = [Process(target=work, args=(WorkQueue(queue),)) for _ in range({workers})]
for worker in workers:
    worker.start()
for task in {tasks!r}:
    queue.put(task)
time.sleep(0.3)
print(*(worker.pid for worker in workers), flush=True)
time.sleep(100)
"""


def killed_scheduler(folder: Path, workers: int, tasks: list[tuple[str, float]]) -> list[int]:
    """Starts a scheduler with workers, gives them tasks and kills it soon after; the workers' ids."""
    script = SCHEDULER.format(config=str(AIRFLOW / "config"), folder=str(folder), workers=workers, tasks=tasks)
    scheduler = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert scheduler.stdout is not None
    try:
        return [int(pid) for pid in scheduler.stdout.readline().split()]
    finally:
        scheduler.kill()
        scheduler.wait()


def test_idle_workers_end_with_the_scheduler_and_busy_ones_after_their_task(tmp_path: Path) -> None:
    pids = killed_scheduler(tmp_path, 3, [("busy", 1.5)])
    assert eventually(lambda: sum(map(alive, pids)) == 1, 1)
    assert not (tmp_path / "busy").exists()
    assert eventually(lambda: not any(map(alive, pids)), 6)
    assert (tmp_path / "busy").exists()


def test_what_was_queued_is_done_by_the_workers_that_are_left(tmp_path: Path) -> None:
    pids = killed_scheduler(tmp_path, 2, [(name, 0.5) for name in "abcde"])
    assert eventually(lambda: not any(map(alive, pids)), 12)
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abcde")
