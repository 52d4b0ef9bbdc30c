-- A role for Millrace in a database of your own, with no right but to read. Run it as the database's owner or a superuser:
--   psql -v role=millrace -v schema=public -d shop -f postgres/reader.sql
-- Then give it a password, which stays off command lines and out of the server's log: \password millrace
\set ON_ERROR_STOP on
BEGIN;
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'role') \gexec
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA :"schema" TO :"role";
-- Tables that are made later, by whoever runs this.
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"role";
-- A mistake in a statement of ours changes nothing.
ALTER ROLE :"role" SET default_transaction_read_only = on;
COMMIT;
