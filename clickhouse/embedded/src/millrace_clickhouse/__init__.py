"""The ClickHouse engine in one process, behind ClickHouse's HTTP interface."""
