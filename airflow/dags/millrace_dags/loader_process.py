"""A task that runs the loader as a process of this machine."""

import os
import shlex
import signal
from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.closing_words import ClosingWords
from millrace_dags.loader_failure import loader_failure
from millrace_dags.loader_report import report
from millrace_dags.loads_of_run import of_run
from millrace_dags.parent import end_with_parent
from millrace_dags.process_group import ProcessGroup

LOADER = "MILLRACE_LOADER"


class LoaderProcess(BaseOperator):
    """Runs $MILLRACE_LOADER and shows what it says in the task's log, line by line as it comes.

    command: the loader's arguments, as they are: names of tables are no templates. names_run: whether --run-id follows
    them. The task fails with the loader's closing words, without another try when that would not help.
    """

    ui_color = "#dbeafe"

    def __init__(self, *, command: Sequence[str], names_run: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.command = list(command)
        self.names_run = names_run

    def execute(self, context: Mapping[str, Any]) -> Any:
        """The loader's report, when it has succeeded; None when it made none.

        Raises AirflowFailException when another try would not help, AirflowException for any other failure.
        """
        end_with_parent(signal.SIGTERM)
        argv = [loader(), *self.command, *(of_run(context) if self.names_run else ())]
        self.log.info("$ %s", shlex.join(argv))
        words, said = ClosingWords(), ""
        try:
            self._group = ProcessGroup(argv, loader_environment(os.environ))
        except OSError as error:
            raise AirflowFailException(f"The loader can't be started: {error}.") from None
        with self._group:
            for line in self._group.lines():
                self.log.info("%s", line)
                words.hear(line)
                said = line if line.startswith("{") else said
            code = self._group.wait()
        if code == 0:
            return report([said])
        if code < 0:
            raise AirflowException(f"The loader was ended by signal {-code}.")
        raise loader_failure(words, code)

    def on_kill(self) -> None:
        """Ends the loader and all that it started; execute then fails."""
        self.end_loader()

    def end_loader(self) -> None:
        """Ends what execute waits for, if it has begun."""
        if group := getattr(self, "_group", None):
            group.end()


def loader() -> str:
    """The program to run; raises AirflowFailException when the environment does not name one."""
    path = os.environ.get(LOADER)
    if not path:
        raise AirflowFailException(f"{LOADER} must name the loader's program, but is not set.")
    return path


def loader_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """All but Airflow's own variables and the password of its database."""
    return {
        name: value
        for name, value in environment.items()
        if name != "PGPASSWORD" and not name.lstrip("_").startswith("AIRFLOW")
    }
