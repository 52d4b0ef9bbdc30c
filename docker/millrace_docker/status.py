"""./run.sh --status in the docker runtime: each container and whether it is healthy."""

from collections.abc import Mapping

from millrace_docker.compose import Compose, Container
from millrace_docker.ports import PORTS
from millrace_local.followers import followers

STOPPED = Container("", "", "stopped", "", 0, "")


def show_status(compose: Compose, settings: Mapping[str, str]) -> int:
    """Prints a line a service; 0 when all are well, else 1."""
    there = compose.containers()
    followed = {follower.name: str(follower.port) for follower in followers(compose.layout.pipelines)}
    print(f"{'container':<24}{'state':<12}{'health':<12}{'port':<12}since")
    for name in compose.services():
        container = there.get(name)
        port = followed.get(name) or ",".join(settings[port] for port in PORTS.get(name, ()))
        state, health, status = (
            (container.state, container.health, container.status) if container else ("stopped", "", "")
        )
        print(f"{name:<24}{state:<12}{health or '-':<12}{port:<12}{status}")
    return 0 if all(name in there and there[name].well for name in compose.services()) else 1
