"""Guards data that another version wrote."""

from millrace_local.layout import POSTGRES_VERSION, Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem


def refuse_moved_data(layout: Layout) -> None:
    """Raises Problem (exit code 2) when the Postgres data is of another major version than our binaries."""
    path = layout.pgdata / "PG_VERSION"
    ours = POSTGRES_VERSION.split(".")[0]
    if path.exists() and path.read_text().strip() != ours:
        sentence = f"{layout.pgdata} was written by PostgreSQL {path.read_text().strip()}, ours is {ours}."
        raise Problem(sentence, "Move the data with pg_dump, or remove it with ./stop.sh --clean.", BAD_CONFIGURATION)
