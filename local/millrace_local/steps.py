"""Runs steps side by side: each begins as soon as the steps it needs are done."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from millrace_local.progress import Progress


@dataclass(frozen=True)
class Step:
    """action() does the work and returns a note for its closing line ("" for none); needs: names of earlier steps."""

    name: str
    action: Callable[[], str]
    needs: tuple[str, ...] = ()


def run_steps(steps: Sequence[Step], progress: Progress) -> None:
    """Runs every step. The first error stops steps from beginning, waits for those under way, and is raised."""
    refuse_unknown_needs(steps)
    waiting = {step.name: step for step in steps}
    done: set[str] = set()
    failed = threading.Event()
    running: dict[Future[None], str] = {}
    error: BaseException | None = None
    with ThreadPoolExecutor(max_workers=max(1, len(steps))) as pool:
        while waiting or running:
            if not failed.is_set():
                for step in [s for s in waiting.values() if done.issuperset(s.needs)]:
                    running[pool.submit(run_step, step, progress)] = waiting.pop(step.name).name
            elif not running:
                break
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done.add(running.pop(future))
                if future.exception() is not None:
                    error = error or future.exception()
                    failed.set()
    if error is not None:
        raise error


def run_step(step: Step, progress: Progress) -> None:
    """Runs one step and shows it."""
    with progress.working(step.name) as working:
        working.outcome = step.action()


def refuse_unknown_needs(steps: Sequence[Step]) -> None:
    """Raises ValueError when a step needs one that is not there or stands after it (so there are no circles)."""
    earlier: set[str] = set()
    for step in steps:
        if not earlier.issuperset(step.needs):
            raise ValueError(f"{step.name} needs {sorted(set(step.needs) - earlier)}, which no earlier step is")
        earlier.add(step.name)
