#!/bin/sh
# Runs once, on the new server of the sample source: its role, which is no superuser, its database, and the sample data.
set -eu
run() { psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$1"; }

run "$POSTGRES_DB" <<'SQL'
\getenv name SOURCE_DB
\getenv user SOURCE_USER
\getenv password SOURCE_PASSWORD
CREATE ROLE :"user" LOGIN CREATEDB REPLICATION PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"user";
SQL

{
  printf '%s\n' '\getenv user SOURCE_USER' 'SET ROLE :"user";' 'BEGIN;'
  for script in /opt/millrace/ecommerce/*.sql; do printf '\\i %s\n' "$script"; done
  echo 'COMMIT;'
} | run "$SOURCE_DB"
