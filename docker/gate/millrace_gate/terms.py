"""What containers the gate lets through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LABEL = "millrace.loader"
PIPELINES_TARGET = "/opt/millrace/pipelines"
MAX_MEMORY = 512 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Terms:
    """image, network: the only ones a container may have; project: the value of its label; pipelines: host folder."""

    image: str
    network: str
    project: str
    pipelines: str

    @staticmethod
    def from_environment(environment: Mapping[str, str]) -> "Terms":
        """Raises KeyError naming a variable that is missing."""
        return Terms(*(environment[f"GATE_{name}"] for name in ("IMAGE", "NETWORK", "PROJECT", "PIPELINES")))

    @property
    def label(self) -> str:
        """The label by which our containers are known, as filters write it."""
        return f"{LABEL}={self.project}"

    @property
    def mount(self) -> dict[str, Any]:
        """The only folder of the host that a container may see, and not change."""
        return {"Type": "bind", "Source": self.pipelines, "Target": PIPELINES_TARGET, "ReadOnly": True}
