"""./run.sh: installs, starts and proves the product; parts that don't wait on each other go side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from millrace_contract.folder import readable
from millrace_local import airflow_setup, clickhouse, postgres
from millrace_local.environment import process_environment
from millrace_local.exposed import refuse_exposed
from millrace_local.first_chart import see_a_chart
from millrace_local.followers import Follower, await_copies, followers, refuse_ports, write_programs
from millrace_local.health import wait_until
from millrace_local.install import installers
from millrace_local.layout import Layout
from millrace_local.pipeline_run import dags, run_unless_done
from millrace_local.pipelines import refuse_none
from millrace_local.ports import refuse_taken
from millrace_local.private import make_private, make_private_below
from millrace_local.progress import Progress
from millrace_local.restart import note_settings, stop_if_changed
from millrace_local.services import services
from millrace_local.settings import all_defaults
from millrace_local.steps import Step, run_steps
from millrace_local.summary import print_summary
from millrace_local.supervise import Supervisor
from millrace_local.versions import refuse_moved_data

RUNNING = ("RUNNING", "STARTING", "BACKOFF")


@dataclass
class Start:
    """One run of ./run.sh."""

    layout: Layout
    settings: Mapping[str, str]
    progress: Progress

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(self.layout)
        self.environment = process_environment(self.layout, self.settings)
        self.services = services(self.layout.pipelines)
        self.followers = followers(self.layout.pipelines)
        self.was_up = self.running()
        self.started: list[str] = []

    def running(self) -> set[str]:
        """Names of the processes that supervisord keeps running now."""
        if not self.supervisor.is_up():
            return set()
        return {name for name, state in self.supervisor.states().items() if state["statename"] in RUNNING}

    def refuse_taken_ports(self) -> None:
        """Raises Problem for ports that others hold; our own running processes may keep theirs."""
        refuse_taken((s.port for s in self.services.values() if s.port and s.name not in self.was_up), self.settings)
        refuse_ports(self.followers, self.was_up, self.settings)

    def bring_up(self, name: str) -> str:
        """Starts a service and returns when it is healthy."""
        service = self.services[name]
        if self.supervisor.start(name):
            self.started.append(name)
        wait_until(lambda: service.healthy(self.settings), name, service.timeout, lambda: self.given_up(name))
        return "" if name in self.started else "was running"

    def follow(self, follower: Follower) -> str:
        """A follower whose tables are copied."""
        if self.supervisor.start(follower.name):
            self.started.append(follower.name)
        return await_copies(follower, lambda: self.given_up(follower.name))

    def given_up(self, name: str) -> str | None:
        """A sentence when supervisord has stopped trying to keep a process up."""
        state = self.supervisor.states()[name]
        return f"{name} does not stay up" if state["statename"] in ("FATAL", "EXITED") else None

    def make_postgres(self) -> str:
        """A healthy Postgres with roles, databases and the sample data."""
        new = postgres.make_cluster(self.layout, self.settings)
        postgres.write_access(self.layout, self.settings)
        note = self.bring_up("postgres")
        return postgres.prepare_databases(self.layout, self.settings) or ("new cluster" if new else note)

    def make_clickhouse(self) -> str:
        """A healthy ClickHouse on its data."""
        clickhouse.make_place(self.layout)
        return self.bring_up("clickhouse")

    def run_pipeline(self, dag: str) -> str:
        """A pipeline's DAG, unless nothing was started just now and its last run is fine."""
        return run_unless_done(self.settings, dag, bool(self.started))

    def steps(self) -> list[Step]:
        """Everything, in the order that lets the longest chains begin first."""
        install = installers(self.layout)
        known = dags(self.layout.pipelines)
        return [
            Step("install PostgreSQL", install["postgres"]),
            Step("install Superset", install["superset"]),
            Step("install Airflow", install["airflow"]),
            Step("build Java", install["java"], ("install PostgreSQL",)),
            Step("install ClickHouse (chDB)", install["clickhouse"]),
            Step("install dbt", install["dbt"]),
            Step("PostgreSQL", self.make_postgres, ("install PostgreSQL",)),
            # The longest of all at a first start: it makes its database and imports the dashboards before it listens.
            Step("Superset", lambda: self.bring_up("superset"), ("install Superset", "PostgreSQL")),
            Step("ClickHouse", self.make_clickhouse, ("install ClickHouse (chDB)",)),
            Step("Airflow's database", self.airflow_database, ("install Airflow", "PostgreSQL")),
            Step("webhook", lambda: self.bring_up("webhook"), ("build Java", "install dbt")),
            *(
                Step(name, partial(self.bring_up, name), ("build Java", "PostgreSQL"))
                for name in self.services
                if name == "order-api"
            ),
            Step("Airflow API", lambda: self.bring_up("airflow-api-server"), ("Airflow's database",)),
            Step("Airflow DAG processor", lambda: self.bring_up("airflow-dag-processor"), ("Airflow API",)),
            # Last of all, so that a run that is due finds everything it needs.
            Step(
                "Airflow scheduler",
                lambda: self.bring_up("airflow-scheduler"),
                ("Airflow API", "webhook", "ClickHouse"),
            ),
            *(
                Step(f.name, partial(self.follow, f), ("build Java", "PostgreSQL", "ClickHouse"))
                for f in self.followers
            ),
            *(Step(dag, partial(self.run_pipeline, dag), self.needs(dag)) for dag in known),
            Step("a chart with data", lambda: see_a_chart(self.settings), (*known, "Superset")),
        ]

    def needs(self, dag: str) -> tuple[str, ...]:
        """What must be there before a DAG can run."""
        followed = {p.dag.id: f"follow-{p.name}" for p in readable(self.layout.pipelines) if p.follow}
        return ("Airflow scheduler", "Airflow DAG processor", *([followed[dag]] if dag in followed else []))

    def airflow_database(self) -> str:
        return airflow_setup.prepare(self.layout, self.settings, self.environment)


def up(layout: Layout, settings: Mapping[str, str]) -> None:
    """Brings everything up, runs the pipelines once and prints where to look."""
    progress = Progress()
    refuse_none(layout.pipelines)
    if note := make_private(layout.root / ".env"):
        progress.line("!", note, 33)
    defaults = all_defaults(layout.root, layout.pipelines)
    refuse_exposed(settings, defaults)
    if layout.state_mode != 0o700:
        make_private_below(layout.state, but="postgres")
    stop_if_changed(layout, settings, progress)
    start = Start(layout, settings, progress)
    start.refuse_taken_ports()
    refuse_moved_data(layout)
    write_programs(layout)
    if start.supervisor.is_up():
        tell_left(start.supervisor.read_again(), progress)
    else:
        start.supervisor.boot(start.environment)
        note_settings(layout, settings)
    run_steps(start.steps(), progress)
    print_summary(layout.pipelines, settings, defaults, progress.seconds())


def tell_left(names: list[str], progress: Progress) -> None:
    """Says what becomes of a source that is followed no more."""
    for name in names:
        slot = "its replication slot keeps the source's log: drop it (docs/follow.md)"
        progress.line("!", f"{name} is stopped, as its pipeline's file is gone; {slot}", 33)
