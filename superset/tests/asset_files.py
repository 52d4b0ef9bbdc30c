"""The asset files, and the tables they may stand on, as the tests look at them."""

from functools import cache
from pathlib import Path

from millrace_superset.assets import read_assets
from millrace_superset.models import Model, read_models

ROOT = Path(__file__).parent.parent.parent
PROJECT = ROOT / "dbt"
ASSETS = read_assets()
# As the loader creates millrace.loads.
AUDIT_COLUMNS = frozenset(
    ("run_id", "pipeline", "table", "source", "mode", "started_at", "finished_at")
    + ("rows", "table_rows", "bytes", "replaced", "seconds", "outcome", "sentence")
)

# As followers create theirs.
OF_FOLLOWERS = {
    "stream_progress": "pipeline at state applied lag_seconds lag_bytes slot_bytes waiting_changes",
    "stream_counts": "pipeline at source kind changes",
    "stream_tables": "pipeline source generation storage shape state sentence written_at",
    "schema_changes": "pipeline source change applied answer noticed_at",
}


@cache
def models() -> list[Model]:
    """Those of dbt's project."""
    return read_models(PROJECT)


@cache
def tables() -> dict[str, frozenset[str]]:
    """The columns of every table that a dataset may stand on: dbt's models, the loader's audit table, followers'."""
    known = {"millrace.loads": AUDIT_COLUMNS}
    known |= {f"millrace.{name}": frozenset(columns.split()) for name, columns in OF_FOLLOWERS.items()}
    return known | {model.table: model.columns for model in models()}
