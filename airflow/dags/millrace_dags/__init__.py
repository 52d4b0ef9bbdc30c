"""Makes DAGs from pipeline files."""
