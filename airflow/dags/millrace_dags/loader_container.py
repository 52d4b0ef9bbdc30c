"""A task that runs the loader as a container, through the gate before the Docker socket."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk.exceptions import AirflowException
from docker.errors import APIError
from docker.types import Mount

from millrace_dags.closing_words import ClosingWords
from millrace_dags.loader_failure import loader_failure
from millrace_dags.loader_report import report
from millrace_dags.loads_of_run import of_run

LABEL, TASK_LABEL = "millrace.loader", "millrace.task"
PIPELINES = "/opt/millrace/pipelines"
MEMORY = "384m"
MOMENT = 3  # seconds to clean up when killed; Airflow gives the task itself five
# What the loader's variables end in, after the prefix of their server.
ENDINGS = (
    "_HOST",
    "_PORT",
    "_HTTP_PORT",
    "_DB",
    "_USER",
    "_PASSWORD",
    "_PASSWORD_FILE",
    "_SSLMODE",
    "_SSLROOTCERT",
    "_SSLCERT",
    "_SSLKEY",
    "_SECURE",
    "_CA_FILE",
    "_CLUSTER",
    "_HASH_SALT",
    "_HASH_SALT_FILE",
)
STATUS = re.compile(r"'StatusCode': (\d+)")


class LoaderContainer(DockerOperator):
    """Runs the loader's image and shows what it says in the task's log; its JSON report is the task's XCom.

    command: the loader's arguments, as they are: names of tables are neither templates nor files of such. names_run:
    whether --run-id follows them. servers: prefixes of the variables that the container gets: those of this pipeline's
    servers and no others. The task fails with the loader's closing words, without another try when that would not help.
    However the task ends, its container is removed.
    """

    labels: dict[str, str]
    command: list[str]

    template_fields = ()
    template_ext = ()

    ui_color = "#dbeafe"

    def __init__(
        self, *, command: Sequence[str], servers: Sequence[str] = (), names_run: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(
            image=os.environ.get("MILLRACE_LOADER_IMAGE", ""),
            command=[*command, "--json"],
            network_mode=os.environ.get("MILLRACE_NETWORK", ""),
            mounts=[Mount(PIPELINES, os.environ.get("MILLRACE_PIPELINES_SOURCE", ""), type="bind", read_only=True)],
            labels={LABEL: os.environ.get("MILLRACE_PROJECT", "")},
            mem_limit=MEMORY,
            log_opts_max_size="10m",
            mount_tmp_dir=False,
            auto_remove="force",
            xcom_all=True,
            **kwargs,
        )
        self.servers = tuple(servers)
        self.names_run = names_run

    def execute(self, context: Any) -> Any:
        """The loader's report; None when it made none.

        Raises AirflowFailException when another try would not help, AirflowException for any other failure.
        """
        instance = context["ti"]
        self.labels = {**self.labels, TASK_LABEL: f"{instance.dag_id}.{instance.task_id}"}
        # Secrets are taken from the environment only now, so that they are in no stored form of the DAG.
        self._private_environment = of_servers(os.environ, self.servers)
        if self.names_run:
            self.command = [*self.command, *of_run(context)]
        self.remove_left_over()
        try:
            return report(super().execute(context) or ())
        except DockerContainerFailedException as error:
            raise failure(error) from None

    def on_kill(self) -> None:
        """Ends the loader and removes its container before Airflow loses patience with us."""
        if self.container is not None:
            self.end_loader()
            self.cli.remove_container(self.container["Id"], force=True)

    def end_loader(self) -> None:
        """Ends what execute waits for, if it has begun."""
        if self.container is not None:
            with suppress(APIError):  # it may have ended by itself
                self.cli.stop(self.container["Id"], timeout=MOMENT)

    def remove_left_over(self) -> None:
        """Removes containers of earlier tries whose task was killed before it could."""
        wanted = f"{LABEL}={self.labels[LABEL]}"
        for container in self.cli.containers(all=True, filters={"label": [wanted]}):
            if container["Labels"].get(TASK_LABEL) == self.labels[TASK_LABEL]:
                self.log.info("Removing the container of an earlier try: %s", container["Id"][:12])
                self.cli.remove_container(container["Id"], force=True)


def of_servers(environment: Mapping[str, str], servers: Iterable[str]) -> dict[str, str]:
    """The variables that tell the loader of the servers with these prefixes; the gate lets no others through."""
    names = [f"{server}{ending}" for server in servers for ending in ENDINGS]
    return {name: environment[name] for name in names if name in environment}


def failure(error: DockerContainerFailedException) -> AirflowException:
    """What the loader said of its failure."""
    words = ClosingWords()
    for line in "\n".join(error.logs or ()).split("\n"):
        words.hear(line)
    status = STATUS.search(str(error))
    return loader_failure(words, int(status[1]) if status else 1)
