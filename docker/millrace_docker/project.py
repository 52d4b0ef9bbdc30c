"""What the compose file is told: names, folders, the socket."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from millrace_docker.engine import socket_group, socket_path
from millrace_local.layout import Layout

NAME, NETWORK = "millrace", "ecommerce-pipeline"


@dataclass(frozen=True)
class Project:
    """The compose project of one state folder: the plain name for the usual folder, its own for any other."""

    layout: Layout

    @property
    def is_usual(self) -> bool:
        return self.layout.state == self.layout.home / "state"

    @property
    def name(self) -> str:
        return os.environ.get("COMPOSE_PROJECT_NAME") or self._own(NAME)

    @property
    def network(self) -> str:
        return os.environ.get("MILLRACE_NETWORK") or self._own(NETWORK)

    def _own(self, usual: str) -> str:
        return usual if self.is_usual else f"{usual}-{self.layout.fingerprint}"

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Every variable that the compose file names; raises Problem when the engine is on another machine."""
        socket = socket_path()
        return {
            **os.environ,
            **settings,
            "COMPOSE_PROJECT_NAME": self.name,
            "MILLRACE_NETWORK": self.network,
            "MILLRACE_PIPELINES": str(self.layout.pipelines),
            "DOCKER_SOCKET": str(socket),
            "DOCKER_GID": str(socket_group(socket)),
        }
