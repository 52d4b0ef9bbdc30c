"""The processes of the local runtime, and how each one's health is seen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from millrace_contract.folder import readable
from millrace_contract.pipeline import Pipeline
from millrace_local import postgres
from millrace_local.followers import Follower, followers
from millrace_local.health import http_json, http_ok


def always(_: Pipeline) -> bool:
    """For a process that every pipeline needs."""
    return True


@dataclass(frozen=True)
class Service:
    """A supervised process.

    port: the setting that names its port, if it has one of its own; number: its port where no setting names it;
    timeout: seconds; needed_by: whether it runs for a pipeline.
    """

    name: str
    port: str | None
    healthy: Callable[[Mapping[str, str]], bool]
    timeout: float = 60
    needed_by: Callable[[Pipeline], bool] = always
    number: int | None = None

    def listens_on(self, settings: Mapping[str, str]) -> str:
        """Its port; empty when it has none of its own."""
        return settings[self.port] if self.port else str(self.number or "")


def answering(port: str, path: str) -> Callable[[Mapping[str, str]], bool]:
    """Healthy when a GET of path on the port that this setting names answers with success."""
    return lambda settings: http_ok(f"http://127.0.0.1:{settings[port]}{path}")


def airflow_part(part: str) -> Callable[[Mapping[str, str]], bool]:
    """Healthy when Airflow's API says so of this part."""

    def healthy(settings: Mapping[str, str]) -> bool:
        seen = http_json(f"http://127.0.0.1:{settings['AIRFLOW_PORT']}/api/v2/monitor/health")
        return bool(seen) and (seen.get(part) or {}).get("status") == "healthy"

    return healthy


SERVICES = {
    service.name: service
    for service in (
        Service("postgres", "POSTGRES_PORT", postgres.answers),
        Service("clickhouse", "CLICKHOUSE_HTTP_PORT", answering("CLICKHOUSE_HTTP_PORT", "/ping")),
        Service("webhook", "WEBHOOK_PORT", answering("WEBHOOK_PORT", "/health")),
        Service(
            "order-api",
            "ORDER_API_PORT",
            answering("ORDER_API_PORT", "/health"),
            needed_by=lambda pipeline: pipeline.generate is not None,
        ),
        Service("airflow-api-server", "AIRFLOW_PORT", airflow_part("metadatabase"), 180),
        Service("airflow-dag-processor", None, airflow_part("dag_processor"), 180),
        Service("airflow-scheduler", None, airflow_part("scheduler"), 180),
        Service("superset", "SUPERSET_PORT", answering("SUPERSET_PORT", "/health"), 240),
    )
}


def of_follower(follower: Follower) -> Service:
    """The process that follows a pipeline's source: well while it copies or follows."""
    health = f"http://127.0.0.1:{follower.port}/health"
    return Service(follower.name, None, lambda _: http_ok(health), number=follower.port)


def services(pipelines: Path) -> dict[str, Service]:
    """Those that the pipelines of a folder need, by name."""
    known = readable(pipelines)
    needed = {
        name: service
        for name, service in SERVICES.items()
        if service.needed_by is always or any(map(service.needed_by, known))
    }
    return needed | {follower.name: of_follower(follower) for follower in followers(pipelines)}


# A running task needs the api-server to report its end, and everything needs Postgres.
STOP_ORDER = (
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-api-server",
    "superset",
    "webhook",
    "order-api",
    "clickhouse",
    "postgres",
)


def stop_order(names: Iterable[str]) -> list[str]:
    """These processes in the order in which they are to stop: followers before the servers that they write to."""
    places = {name: place for place, name in enumerate(STOP_ORDER)}
    return sorted(names, key=lambda name: places.get(name, places["clickhouse"] - 0.5))
