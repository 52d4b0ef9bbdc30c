"""Which settings name the published ports of which service."""

PORTS = {
    "postgres": ("POSTGRES_PORT",),
    "airflow-db": ("AIRFLOW_DB_PORT",),
    "clickhouse": ("CLICKHOUSE_HTTP_PORT", "CLICKHOUSE_NATIVE_PORT"),
    "webhook": ("WEBHOOK_PORT",),
    "order-api": ("ORDER_API_PORT",),
    "airflow-api-server": ("AIRFLOW_PORT",),
    "superset": ("SUPERSET_PORT",),
}
