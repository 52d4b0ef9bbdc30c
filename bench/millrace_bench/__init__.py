"""Measures the loader side by side with other ways from Postgres into ClickHouse."""
