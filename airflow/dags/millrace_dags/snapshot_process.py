"""A task that holds a run's snapshot with a process of this machine."""

from millrace_dags.loader_process import LoaderProcess
from millrace_dags.snapshot_holder import SnapshotHolder


class SnapshotProcess(SnapshotHolder, LoaderProcess):
    """Ends its process with the last load, and never leaves it behind."""

    ui_color = "#e0e7ff"
