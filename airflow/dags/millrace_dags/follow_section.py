"""What of a pipeline file's `follow:` section others than the follower need."""

from dataclasses import dataclass

from millrace_dags.yaml_section import Section

USUAL_PORT = "5002"
HIGHEST = 65535


@dataclass(frozen=True)
class Follow:
    """port: where the follower tells of itself."""

    port: int


def follow(file: Section) -> Follow | None:
    """None where the file has no such section."""
    if "follow" not in file.entries():
        return None
    section = file.section("follow")
    port = section.text("port", USUAL_PORT)
    if not (port.isdecimal() and 0 < int(port) <= HIGHEST):
        section.problem(section.entries()["port"], f"port must be a whole number from 1 to {HIGHEST}, but is {port!r}.")
        port = USUAL_PORT
    return Follow(int(port))
