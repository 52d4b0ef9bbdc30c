"""./run.sh --status: each process, what supervisord says of it, and whether it is healthy."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from millrace_local.layout import Layout
from millrace_local.services import services
from millrace_local.supervise import Supervisor


def show_status(layout: Layout, settings: Mapping[str, str]) -> int:
    """Prints a line a process; 0 when all are healthy, else 1."""
    supervisor = Supervisor(layout)
    known = services(layout.pipelines)
    states = supervisor.states() if supervisor.is_up() else {}
    with ThreadPoolExecutor() as pool:
        healthy = dict(
            zip(known, pool.map(lambda s: s.name in states and s.healthy(settings), known.values()), strict=True)
        )
    print(f"{'process':<24}{'state':<12}{'health':<12}{'port':<8}since")
    for name, service in known.items():
        state = states.get(name, {"statename": "STOPPED", "description": ""})
        health = "healthy" if healthy[name] else "unhealthy" if state["statename"] == "RUNNING" else "-"
        print(
            f"{name:<24}{state['statename'].lower():<12}{health:<12}{service.listens_on(settings):<8}{state['description']}"
        )
    return 0 if all(healthy.values()) else 1
