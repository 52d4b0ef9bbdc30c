"""./run.sh in the docker runtime: builds, starts and proves the product."""

import threading
import time
from collections.abc import Mapping

from millrace_docker import engine
from millrace_docker.compose import Compose, Container
from millrace_docker.images import build, identities
from millrace_docker.keys import ensure_keys
from millrace_docker.ports import PORTS
from millrace_docker.readable import refuse_unreadable
from millrace_local.exposed import refuse_exposed
from millrace_local.first_chart import see_a_chart
from millrace_local.followers import await_copies, followers
from millrace_local.followers import refuse_ports as refuse_follower_ports
from millrace_local.layout import Layout
from millrace_local.pipeline_run import dags, run_unless_done
from millrace_local.pipelines import refuse_none
from millrace_local.ports import refuse_taken
from millrace_local.private import make_private
from millrace_local.problem import Problem
from millrace_local.progress import Progress
from millrace_local.settings import all_defaults, load_settings
from millrace_local.stamps import digest
from millrace_local.summary import print_summary

TIMEOUT = 600  # seconds until everything must be healthy
POLL = 1.0


def up(layout: Layout) -> None:
    """Brings everything up, runs the pipelines once and prints where to look."""
    progress = Progress()
    engine.require()
    refuse_none(layout.pipelines)
    if note := ensure_keys(layout.root):
        progress.line("✓", note)
    if note := make_private(layout.root / ".env"):
        progress.line("!", note, 33)
    settings = load_settings(layout.root)
    defaults = all_defaults(layout.root, layout.pipelines)
    refuse_exposed(settings, defaults)
    compose = Compose(layout, settings)
    refuse_ports(compose, settings)
    refuse_unreadable(layout)
    with progress.working("build images") as working:
        working.outcome = build(compose, settings)
    was_up = is_up(compose)
    if not was_up:
        start(compose, progress)
        make_samples(compose)
    for follower in followers(layout.pipelines):
        with progress.working(follower.name) as working:
            working.outcome = await_copies(follower, lambda: None)
    for dag in dags(layout.pipelines):
        with progress.working(dag) as working:
            working.outcome = run_unless_done(settings, dag, started=not was_up)
    with progress.working("a chart with data") as working:
        working.outcome = see_a_chart(settings)
    print_summary(layout.pipelines, settings, defaults, progress.seconds())


def refuse_ports(compose: Compose, settings: Mapping[str, str]) -> None:
    """Raises Problem for ports that others hold; our own running containers may keep theirs."""
    running = {name for name, container in compose.containers().items() if container.state == "running"}
    wanted = set(compose.services()) - running
    refuse_follower_ports(followers(compose.layout.pipelines), running, settings)
    refuse_taken((port for name, ports in PORTS.items() if name in wanted for port in ports), settings)


def fingerprint(compose: Compose) -> str:
    """Tells whether containers would be made anew: a checksum of all settings and images."""
    return digest([], compose.ask("config"), *identities(compose.images()))


def is_up(compose: Compose) -> bool:
    """True when all containers are well and are what they would be made again."""
    there = compose.containers()
    if not all(name in there and there[name].well for name in compose.services()):
        return False
    stamp = compose.layout.run / "docker-up.stamp"
    return stamp.is_file() and stamp.read_text() == fingerprint(compose)


def start(compose: Compose, progress: Progress) -> None:
    """Makes and starts the containers and returns when all are healthy; raises Problem naming one that is not."""
    stamp = compose.layout.run / "docker-up.stamp"
    stamp.unlink(missing_ok=True)
    over = threading.Event()
    watcher = threading.Thread(target=watch, args=(compose, progress, over), daemon=True)
    with progress.working("start containers"):
        watcher.start()
        try:
            wait = ["up", "--detach", "--no-build", "--remove-orphans", "--wait", "--wait-timeout", str(TIMEOUT)]
            # The loader's profile is on for other commands; here it must not start one.
            compose.run("Starting the containers", compose.log("docker-up"), *wait, *compose.services())
        except Problem as problem:
            raise telling(compose, problem) from problem
        finally:
            over.set()
            watcher.join()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint(compose))


def make_samples(compose: Compose) -> None:
    """Makes the sample sources of pipelines that were switched on after the first start."""
    if "postgres" in compose.services():
        script = "/docker-entrypoint-initdb.d/source-database.sh"
        arguments = ("exec", "--no-TTY", "postgres", "sh", script)
        compose.run("Making the sample sources", compose.log("docker-samples"), *arguments)


def watch(compose: Compose, progress: Progress, over: threading.Event) -> None:
    """Shows each service as it becomes well."""
    began, shown = time.monotonic(), set()
    while True:
        last = over.is_set()
        for name, container in sorted(seen(compose).items()):
            if container.well and name not in shown:
                shown.add(name)
                progress.line("✓", f"{name}, {time.monotonic() - began:.0f} s")
        if last:
            return
        over.wait(POLL)


def seen(compose: Compose) -> dict[str, Container]:
    """The containers there are; none while the engine does not say."""
    try:
        return compose.containers()
    except Problem:
        return {}


def telling(compose: Compose, problem: Problem) -> Problem:
    """The problem of the container that failed, when there is one."""
    for name, container in seen(compose).items():
        if container.health == "unhealthy" or (container.state == "exited" and container.exit_code != 0):
            return Problem(f"{name} does not run: {container.status}.", f"Look at ./run.sh --logs {name}")
    return problem
