"""Processes keep the settings that they were started with: when these have changed, everything is started again."""

from collections.abc import Mapping

from millrace_local.layout import Layout
from millrace_local.progress import Progress
from millrace_local.secret_keys import secret_keys
from millrace_local.services import stop_order
from millrace_local.stamps import digest
from millrace_local.supervise import Supervisor
from millrace_local.whole_file import write_private

STAMP = "settings.stamp"


def fingerprint(layout: Layout, settings: Mapping[str, str]) -> str:
    """A checksum of all settings, keyed so that nobody learns a password from it."""
    words = [f"{name}={value}" for name, value in sorted(settings.items())]
    return digest([], *secret_keys(layout.state).values(), str(layout.pipelines), *words)


def note_settings(layout: Layout, settings: Mapping[str, str]) -> None:
    """Keeps in mind what the processes are started with."""
    write_private(layout.run / STAMP, fingerprint(layout, settings))


def stop_if_changed(layout: Layout, settings: Mapping[str, str], progress: Progress) -> None:
    """Stops everything that runs with other settings than these."""
    supervisor, stamp = Supervisor(layout), layout.run / STAMP
    if not supervisor.is_up() or (stamp.is_file() and stamp.read_text() == fingerprint(layout, settings)):
        return
    with progress.working("stop what runs with other settings"):
        for name in stop_order(supervisor.states()):
            supervisor.stop(name)
        supervisor.shut_down()
