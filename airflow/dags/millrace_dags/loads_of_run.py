"""The load tasks of a run: how the loader knows them, and how far they are."""

from collections.abc import Mapping, Sequence
from typing import Any

ENDED = ("success", "failed", "skipped", "upstream_failed", "removed")


class LoadsOfRun:
    """The load tasks of the run that a task instance is part of."""

    def __init__(self, instance: Any, task_ids: Sequence[str]) -> None:
        self._instance = instance
        self._task_ids = list(task_ids)

    def states(self) -> dict[str, str | None]:
        """The state of each; None before it is scheduled."""
        run = self._instance.run_id
        found = self._instance.get_task_states(dag_id=self._instance.dag_id, task_ids=self._task_ids, run_ids=[run])
        return {task_id: found.get(run, {}).get(task_id) for task_id in self._task_ids}

    def have_ended(self) -> bool:
        """True when none of them will run, or run again."""
        return all(state in ENDED for state in self.states().values())

    def succeeded(self) -> list[str]:
        """Those that have already loaded their tables."""
        return [task_id for task_id, state in self.states().items() if state == "success"]


def of_run(context: Mapping[str, Any]) -> list[str]:
    """What tells the loader which run it is part of."""
    return ["--run-id", context["run_id"]]
