#!/bin/sh
# Runs once, on the new server that keeps Airflow's metadata: a role and a database for Superset's.
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv name SUPERSET_DB_NAME
\getenv user SUPERSET_DB_USER
\getenv password SUPERSET_DB_PASSWORD
CREATE ROLE :"user" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"user";
SQL
