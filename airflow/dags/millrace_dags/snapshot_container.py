"""A task that holds a run's snapshot with a container."""

from millrace_dags.loader_container import LoaderContainer
from millrace_dags.snapshot_holder import SnapshotHolder


class SnapshotContainer(SnapshotHolder, LoaderContainer):
    """Ends its container with the last load; one that a killed task has left is removed by the next try."""

    ui_color = "#e0e7ff"
