package millrace.loader.kinds;

import java.util.List;

/** What a role, a database or a view has set for its sessions changes nothing, and what cannot be set is refused. */
final class SessionKinds {
    private SessionKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("settings of the role neither end a load nor change a value", SessionKinds::settingsOfTheRole),
                new Kind("nothing on the search path stands for what Postgres has itself", SessionKinds::shadows),
                new Kind("a view that changes settings is refused", SessionKinds::settingsOfAView),
                new Kind("a function that needs a search path is told what to do", SessionKinds::needsASearchPath),
                new Kind("a role that is another by ALTER ROLE finds its snapshot", SessionKinds::otherRole));
    }

    /** A role of the scene's own that may read all of it. */
    static void role(Scene scene, String... settings) {
        String role = scene.name();
        scene.postgres(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'postgres'",
                "GRANT USAGE ON SCHEMA " + role + " TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + role + " TO " + role);
        for (String setting : settings) {
            scene.postgres("ALTER ROLE " + role + " SET " + setting);
        }
        scene.with("POSTGRES_USER", role);
    }

    private static void settingsOfTheRole(Scene scene) {
        scene.postgres(
                "SET TimeZone = 'UTC'",
                "CREATE TABLE t AS SELECT 1 AS id, '2024-03-31 01:30Z'::timestamptz AS at, '1 day'::interval AS span,"
                        + " 0.30000000000000004::float8 AS number, '[2024-01-01Z,)'::tstzrange AS period,"
                        + " '\\x00ff'::bytea AS raw, 'a\\b'::text AS \"back\\slash\"",
                "CREATE VIEW v AS SELECT t.*, CASE WHEN pg_sleep(0.1) IS NULL THEN 1 END AS slow,"
                        + " NULLIF(i, 1) = NULL AS equal FROM t, generate_series(1, 8) i");
        role(
                scene,
                "statement_timeout = '200ms'",
                "transaction_timeout = '300ms'",
                "idle_in_transaction_session_timeout = '100ms'",
                "idle_session_timeout = '100ms'",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_deferrable = on",
                "TimeZone = 'Asia/Kathmandu'",
                "DateStyle = 'German'",
                "IntervalStyle = 'iso_8601'",
                "extra_float_digits = -5",
                "bytea_output = 'escape'",
                "standard_conforming_strings = off",
                "quote_all_identifiers = on",
                "transform_null_equals = on",
                "array_nulls = off",
                "client_encoding = 'LATIN1'",
                "search_path = nowhere");
        scene.pipeline("- {name: t, key: [id, \"back\\\\slash\"]}\n- v");
        scene.load().succeeds();
        scene.holds(
                "2024-03-31 01:30:00.000000\t1 day\t0.30000000000000004\t[\"2024-01-01 00:00:00+00\",)\t00FF\ta\\b",
                "SELECT at, span, number, period, hex(raw), `back\\\\slash` FROM " + scene.name() + ".t");
        scene.holds("8", "SELECT count() FROM " + scene.name() + ".v WHERE slow IS NULL");
    }

    private static void shadows(Scene scene) {
        scene.postgres(
                "CREATE DOMAIN number AS int",
                "CREATE TABLE t (id number PRIMARY KEY, lasted interval, words text[])",
                "INSERT INTO t VALUES (1, '1 day 02:00', '{a,NULL}'), (2, NULL, NULL)",
                "CREATE FUNCTION format(text, interval) RETURNS text LANGUAGE sql AS 'SELECT ''mine'' '",
                "CREATE FUNCTION num_nulls(interval) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION hashtextextended(text, int) RETURNS bigint LANGUAGE sql AS 'SELECT 1/0'",
                "CREATE FUNCTION never(name, text) RETURNS bool LANGUAGE sql AS 'SELECT false'",
                "CREATE OPERATOR = (LEFTARG = name, RIGHTARG = text, FUNCTION = never)",
                "CREATE FUNCTION current_setting(text, bool) RETURNS text LANGUAGE sql AS 'SELECT ''mine'' '");
        role(scene, "search_path = " + scene.name() + ", pg_catalog");
        scene.pipeline("- {name: t, mode: incremental, cursor: id, columns: {words: {on_refusal: empty}}}");
        scene.load().succeeds();
        scene.load("--from", "1", "--to", "3").succeeds();
        scene.holds(
                "1\t1 day 02:00:00\t['a',NULL]\n2\t\\N\t[]",
                "SELECT * FROM " + scene.name() + ".t ORDER BY id FORMAT TabSeparated");
    }

    private static void settingsOfAView(Scene scene) {
        scene.postgres("CREATE VIEW v AS SELECT 1 AS id, set_config('row_security', 'on', false) AS set");
        scene.pipeline("- v");
        scene.load().fails(1).says("row_security is \"on\" instead of \"off\"", "A function that a view calls does so");
    }

    private static void needsASearchPath(Scene scene) {
        scene.postgres(
                "CREATE TABLE rates (rate int)",
                "CREATE FUNCTION rate() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM rates); END'",
                "CREATE VIEW v AS SELECT rate() AS rate");
        scene.pipeline("- v");
        scene.load().fails(1).says("relation \"rates\" does not exist", "search_path = pg_catalog", "ALTER FUNCTION");
        scene.postgres("ALTER FUNCTION rate() SET search_path = " + scene.name());
        scene.load().succeeds();
    }

    private static void otherRole(Scene scene) throws Exception {
        String owner = scene.name() + "_owner";
        scene.postgres("CREATE TABLE t AS SELECT 1 AS id", "CREATE ROLE " + owner);
        role(scene, "role = " + owner);
        scene.postgres(
                "GRANT " + owner + " TO " + scene.name(),
                "GRANT USAGE ON SCHEMA " + scene.name() + " TO " + owner,
                "GRANT SELECT ON t TO " + owner);
        scene.pipeline("- t");
        Process holder = scene.start(
                "snapshot", "--pipeline", scene.folder().resolve("kinds.yml").toString(), "--run-id", "r");
        try {
            scene.load("--run-id", "r", "--shared-snapshot").succeeds();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }
}
