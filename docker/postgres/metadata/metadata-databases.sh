#!/bin/sh
# Runs once, on the new server that keeps the metadata of Airflow and of Superset: a role and a database for each, which
# nobody else enters.
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv airflow_name AIRFLOW_DB_NAME
\getenv airflow_user AIRFLOW_DB_USER
\getenv airflow_password AIRFLOW_DB_PASSWORD
\getenv superset_name SUPERSET_DB_NAME
\getenv superset_user SUPERSET_DB_USER
\getenv superset_password SUPERSET_DB_PASSWORD
CREATE ROLE :"airflow_user" LOGIN PASSWORD :'airflow_password';
CREATE DATABASE :"airflow_name" OWNER :"airflow_user";
REVOKE ALL ON DATABASE :"airflow_name" FROM PUBLIC;
CREATE ROLE :"superset_user" LOGIN PASSWORD :'superset_password';
CREATE DATABASE :"superset_name" OWNER :"superset_user";
REVOKE ALL ON DATABASE :"superset_name" FROM PUBLIC;
SQL
