#!/bin/sh
# Makes the sample sources that $SAMPLES names by their pipelines, and leaves those that are there: a role each, which is no
# superuser, its database, and the sample data. Runs on the new server, and again when another sample was switched on.
set -eu
run() { psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$1"; }

for pipeline in $SAMPLES; do
  run "$POSTGRES_DB" <<SQL
\\getenv name SAMPLE_${pipeline}_DB
\\getenv user SAMPLE_${pipeline}_USER
\\getenv password SAMPLE_${pipeline}_PASSWORD
SELECT count(*) = 0 AS missing FROM pg_roles WHERE rolname = :'user' \\gset
\\if :missing
CREATE ROLE :"user" LOGIN CREATEDB REPLICATION PASSWORD :'password';
\\endif
SELECT count(*) = 0 AS missing FROM pg_database WHERE datname = :'name' \\gset
\\if :missing
CREATE DATABASE :"name" OWNER :"user";
\\endif
SQL
  database=$(printenv "SAMPLE_${pipeline}_DB")
  {
    printf '%s\n' "\\getenv user SAMPLE_${pipeline}_USER" 'SET ROLE :"user";'
    echo "SELECT count(*) = 0 AS empty FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') \\gset"
    printf '%s\n' '\if :empty' 'BEGIN;'
    for script in "/opt/millrace/init/$pipeline"/*.sql; do printf '\\i %s\n' "$script"; done
    printf '%s\n' 'COMMIT;' '\endif'
  } | run "$database"
done
