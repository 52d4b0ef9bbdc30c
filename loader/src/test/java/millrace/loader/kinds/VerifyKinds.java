package millrace.loader.kinds;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.loader.servers.TestPostgres;

/** Tables in any state end as the same, as different, or with the reason why nobody can tell. */
final class VerifyKinds {
    private static final String SAME = "the same in every column";

    private VerifyKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("one table never ends the comparison of the others", VerifyKinds::oneTableEndsNoOthers),
                new Kind("a table that is locked or denied is told from the others", VerifyKinds::locked),
                new Kind("a table of 1,600 columns is compared", VerifyKinds::wide),
                new Kind("every encoding of the source is compared as UTF-8", VerifyKinds::encodings),
                new Kind("bytes that are no text are named as the reason", VerifyKinds::bytesThatAreNoText),
                new Kind("another shape is a difference, another storage is none", VerifyKinds::shapes),
                new Kind("NULL is told from what only looks like it", VerifyKinds::nulls),
                new Kind("arrays are compared with their structure", VerifyKinds::arrays),
                new Kind("names shadow nothing", VerifyKinds::names),
                new Kind("casts and functions of users are not called", VerifyKinds::casts),
                new Kind("keys may be doubled, NULL or lacking", VerifyKinds::keys),
                new Kind("rows without a key are counted", VerifyKinds::unkeyed),
                new Kind("a value beyond the target's digits is no other's equal", VerifyKinds::digits),
                new Kind("what a merge or a delete will drop is not counted", VerifyKinds::unmerged),
                new Kind("views and tables without rows are compared", VerifyKinds::empty));
    }

    private static void oneTableEndsNoOthers(Scene scene) {
        scene.postgres(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE gone (id int PRIMARY KEY)",
                "CREATE TABLE never (id int PRIMARY KEY)",
                "CREATE TABLE z (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "INSERT INTO z VALUES (1), (2)");
        scene.pipeline("- a\n- gone\n- z");
        scene.load().succeeds();
        scene.postgres("DROP TABLE gone");
        scene.clickhouse("ALTER TABLE " + scene.name() + ".z DELETE WHERE id = 2 SETTINGS mutations_sync = 1");
        scene.pipeline("- a\n- gone\n- never\n- z");
        scene.verify()
                .fails(1)
                .says(".a and ", SAME, "ClickHouse has no table " + scene.name() + ".never", "(not-loaded)")
                .says("Postgres has no table " + scene.name() + ".gone", "the row id = 2 is missing")
                .saysNothingOf("defect");
        scene.verify("--json")
                .fails(1)
                .says("\"outcome\":\"same\"", "\"outcome\":\"unknown\"", "\"outcome\":\"differs\"");
        scene.pipeline("- a\n- gone");
        scene.verify().fails(2).says(SAME, "cannot be told");
    }

    private static void locked(Scene scene) throws Exception {
        scene.postgres(
                "CREATE TABLE open (id int PRIMARY KEY)",
                "CREATE TABLE denied (id int PRIMARY KEY)",
                "CREATE TABLE locked (id int PRIMARY KEY)");
        scene.pipeline("- denied\n- locked\n- open");
        scene.load().succeeds();
        String role = scene.name();
        scene.postgres(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'postgres'",
                "GRANT USAGE ON SCHEMA " + scene.name() + " TO " + role,
                "GRANT SELECT ON open, locked TO " + role);
        scene.with("POSTGRES_USER", role);
        try (Connection connection = TestPostgres.server().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + scene.name() + ".locked IN ACCESS EXCLUSIVE MODE");
            scene.verify().fails(1).says(".open and", SAME, "(locked)", "denied", "(no-privilege)");
        }
    }

    private static void wide(Scene scene) {
        String columns = IntStream.rangeClosed(1, 1600)
                .mapToObj(i -> "\"column number " + i + " of a table with very long names " + i + "\" "
                        + (i % 3 == 0 ? "int" : i % 3 == 1 ? "boolean" : "float4"))
                .collect(Collectors.joining(", "));
        scene.postgres("CREATE TABLE wide (" + columns + ")", "INSERT INTO wide DEFAULT VALUES");
        scene.pipeline("- wide");
        scene.load().succeeds();
        scene.verify().succeeds().says(SAME);
        scene.postgres("UPDATE wide SET \"column number 3 of a table with very long names 3\" = 1");
        scene.verify().fails(1).says("a row differs in column number 3 of a table with very long names 3;");
    }

    private static void encodings(Scene scene) throws Exception {
        for (String encoding : List.of("LATIN1", "WIN1252", "EUC_JP")) {
            String database = scene.name() + "_" + encoding.toLowerCase();
            scene.postgres("CREATE DATABASE " + database + " ENCODING '" + encoding
                    + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
            String text = encoding.equals("EUC_JP") ? "日本" : "Köln";
            inDatabase(
                    scene,
                    database,
                    "CREATE TABLE t (name text PRIMARY KEY, other varchar(9), tags text[] NOT NULL, c char(3))",
                    "INSERT INTO t VALUES ('" + text + "', '" + text + "', ARRAY['" + text + "', 'b'], '"
                            + text.charAt(0) + "'), ('plain', NULL, '{}', 'x')");
            scene.with("POSTGRES_DB", database).pipeline("- {name: t, target: \"顧客 🎉 " + encoding + "\"}");
            scene.load().succeeds();
            scene.verify().succeeds().says(SAME);
            inDatabase(scene, database, "UPDATE t SET other = 'x' WHERE name = '" + text + "'");
            scene.verify().fails(1).says("the row name = " + text + " differs in other");
        }
    }

    private static void bytesThatAreNoText(Scene scene) throws Exception {
        String database = scene.name();
        scene.postgres(
                "CREATE DATABASE " + database + " ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        inDatabase(
                scene,
                database,
                "CREATE TABLE t (id int PRIMARY KEY, name text)",
                "CREATE TABLE u (id int PRIMARY KEY, name text)",
                "INSERT INTO t VALUES (1, 'plain')",
                "INSERT INTO u VALUES (1, 'pl\u00e4in')");
        scene.with("POSTGRES_DB", database).pipeline("- t\n- u");
        scene.load().succeeds();
        scene.verify().succeeds();
        inDatabase(scene, database, "UPDATE t SET name = E'\\xff'");
        scene.verify().fails(1).says("cannot be told", "invalid byte sequence", ".u: 1 row, " + SAME);
    }

    /** Runs statements in the schema of the scene's name in another database. */
    private static void inDatabase(Scene scene, String database, String... statements) throws SQLException {
        try (Connection connection = TestPostgres.server().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + scene.name() + "; SET search_path = " + scene.name());
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void shapes(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, a int, b text, c numeric(9,2), d int)",
                "INSERT INTO t VALUES (1, 2, 'x', 3.10, 4)");
        scene.pipeline("- t");
        scene.load().succeeds();
        String table = scene.name() + ".t";
        scene.clickhouse(
                "ALTER TABLE " + table + " MODIFY COLUMN a Nullable(Int32) AFTER c, MODIFY COLUMN b"
                        + " LowCardinality(Nullable(String)), ADD COLUMN twice Int32 MATERIALIZED id * 2 SETTINGS mutations_sync = 1");
        scene.verify().succeeds().says(SAME);
        scene.clickhouse("ALTER TABLE " + table + " MODIFY COLUMN a Nullable(Int64), DROP COLUMN b, ADD COLUMN e String"
                + " SETTINGS mutations_sync = 1");
        scene.verify()
                .fails(1)
                .says("the column a is of the type Nullable(Int64) instead of Nullable(Int32)")
                .says("the column b is missing", "the column e is not in the source");
    }

    private static void nulls(Scene scene) {
        scene.postgres(
                "CREATE TYPE price AS (currency text, amount numeric(12,2))",
                "CREATE DOMAIN checked AS price",
                "CREATE TABLE t (id int PRIMARY KEY, p price, q checked, r price[])",
                "INSERT INTO t VALUES (1, ('EUR', NULL), (NULL, 3), '{\"(,)\",NULL}'),"
                        + " (2, (NULL, NULL), (NULL, NULL), '{}'), (3, NULL, NULL, NULL)");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.holds(
                "(EUR,)|(,3.00)|{\"(,)\",NULL}\n(,)|(,)|{}\nNULL|NULL|NULL",
                "SELECT"
                        + " arrayStringConcat(arrayMap(v -> ifNull(v, 'NULL'), [p, q, r]), '|') FROM " + scene.name()
                        + ".t ORDER BY id");
        scene.verify().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE p = NULL WHERE id = 2 SETTINGS mutations_sync = 1");
        scene.verify().fails(1).says("the row id = 2 differs in p");
    }

    private static void arrays(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, a int[] NOT NULL, b text[][] NOT NULL, c timestamptz[] NOT NULL,"
                        + " d float8[] NOT NULL, e bytea[] NOT NULL, f int[])",
                "INSERT INTO t VALUES (1, '{1,2,3,4}', '{{a,b},{c,NULL}}', '{2024-01-01Z,2024-01-01 00:00:00.5Z}',"
                        + " '{1,NaN,-0,NULL}', '{\"\\\\x00ff\"}', NULL), (2, '{}', '{}', '{}', '{}', '{}', '{}'),"
                        + " (3, '{NULL}', '{{\"\",\"NULL\"}}', '{NULL}', '{Infinity}', '{\"\"}', '{1}')");
        scene.pipeline("- name: t\n  columns: {f: {on_refusal: empty}}");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE b = [['a', 'b', 'c', NULL]] WHERE id = 1"
                + " SETTINGS mutations_sync = 1");
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE b = [[]] WHERE id = 2 SETTINGS mutations_sync = 1");
        scene.verify().fails(1).says("the row id = 1 differs in b", "the row id = 2 differs in b");
        scene.postgres("UPDATE t SET a = '{{1,2},{3,4}}', f = NULL WHERE id = 1");
        scene.verify().fails(1).says("the row id = 1 differs in a, b");
    }

    private static void names(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, \"millrace row key\" int, frame0 int, frame_1 text, e int[] NOT NULL,"
                        + " n int, u int, a1 int, \"a.size0\" bigint, \"a.null\" int, a int[] NOT NULL, b int, \"b.null\" int,"
                        + " \"x`y\\z\" int, \"q\"\"'\" text, count int, concat text, \"t.id\" int)",
                "INSERT INTO t SELECT i, i, i + 1, 'v' || i, ARRAY[i], i, i, i, i, i, ARRAY[i, i], NULL, i, i, 'q', i, 'c', i"
                        + " FROM generate_series(1, 3) i");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE `a.size0` = 9, frame0 = 0 WHERE id = 2"
                + " SETTINGS mutations_sync = 1");
        scene.verify().fails(1).says("the row id = 2 differs in frame0, a.size0");
    }

    private static void casts(Scene scene) {
        scene.postgres(
                "CREATE TYPE mood AS ENUM ('sad', 'glad')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TABLE t (id int PRIMARY KEY, m mood, p pair)",
                "INSERT INTO t VALUES (1, 'sad', (1, 'x'))",
                "CREATE FUNCTION shown(mood) RETURNS text LANGUAGE sql AS 'SELECT ''a mood'''",
                "CREATE FUNCTION shown(pair) RETURNS text LANGUAGE sql AS 'SELECT ''a pair'''",
                "CREATE CAST (mood AS text) WITH FUNCTION shown(mood) AS IMPLICIT",
                "CREATE CAST (pair AS text) WITH FUNCTION shown(pair) AS IMPLICIT");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE m = 'a mood', p = 'a pair' WHERE 1"
                + " SETTINGS mutations_sync = 1");
        scene.verify().fails(1).says("the row id = 1 differs in m, p");
    }

    private static void keys(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (a int, b date, v text)",
                "INSERT INTO t VALUES (1, '2024-01-01', 'x'), (1, '2024-01-01', 'y'), (NULL, '2024-01-02', 'z'),"
                        + " (2, 'infinity', 'w'), (NULL, NULL, NULL)");
        scene.pipeline("- name: t\n  key: [a, b]\n  columns: {b: {on_refusal: null}}");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t UPDATE v = 'q' WHERE v IN ('x', 'w') OR v IS NULL"
                + " SETTINGS mutations_sync = 1");
        scene.verify()
                .fails(1)
                .says("the row (a, b) = (1, 2024-01-01) differs in v", "the row (a, b) = (2, NULL) differs in v")
                .says("the row (a, b) = (NULL, NULL) differs in v");
    }

    private static void unkeyed(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (a int, b text)",
                "INSERT INTO t SELECT i % 3, 'x' || i % 2 FROM generate_series(1, 50) i",
                "INSERT INTO t VALUES (7, 'only')");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.clickhouse(
                "ALTER TABLE " + scene.name() + ".t UPDATE b = 'other' WHERE a = 7 SETTINGS mutations_sync = 1");
        scene.verify().fails(1).says("a row differs in b; without a key nobody can say which");
        scene.postgres("DELETE FROM t WHERE a = 7", "INSERT INTO t VALUES (7, 'other'), (7, 'other')");
        scene.verify().fails(1).says("1 is missing and 0 are in the target only");
    }

    private static void digits(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, n numeric, w numeric)",
                "INSERT INTO t VALUES (1, 5.00, 7.0), (2, 1, 2)");
        scene.pipeline("- name: t\n  columns: {n: {type: \"Decimal(9, 2)\"}, w: {type: Int32}}");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.postgres("UPDATE t SET n = 5.001, w = 7.5 WHERE id = 1", "UPDATE t SET n = 'NaN' WHERE id = 2");
        scene.verify().fails(1).says("the row id = 1 differs in n, w", "the row id = 2 differs in n");
    }

    private static void unmerged(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, v int)",
                "CREATE TABLE r (id int PRIMARY KEY, v int)",
                "INSERT INTO t SELECT i, i FROM generate_series(1, 9) i",
                "INSERT INTO r SELECT i, i FROM generate_series(1, 9) i");
        scene.pipeline("- t\n- name: r\n  engine: ReplacingMergeTree");
        scene.load().succeeds();
        scene.clickhouse("INSERT INTO " + scene.name() + ".r SELECT * FROM " + scene.name() + ".r WHERE id < 4");
        scene.verify().succeeds();
        scene.postgres("DELETE FROM t WHERE id = 3");
        scene.clickhouse("DELETE FROM " + scene.name() + ".t WHERE id = 3");
        scene.verify().succeeds();
        scene.clickhouse("INSERT INTO " + scene.name() + ".r VALUES (4, 0)");
        scene.verify().fails(1).says("the row id = 4 differs in v");
    }

    private static void empty(Scene scene) {
        scene.postgres(
                "CREATE TABLE nothing (id int PRIMARY KEY, v text)",
                "CREATE TABLE nulls (v text, w int)",
                "INSERT INTO nulls VALUES (NULL, NULL), (NULL, NULL)",
                "CREATE VIEW seen AS SELECT i AS id, i * 2 AS twice FROM generate_series(1, 5) i");
        scene.pipeline("- nothing\n- nulls\n- seen");
        scene.load().succeeds();
        scene.verify().succeeds().says("0 rows, " + SAME, "2 rows, " + SAME, "5 rows, " + SAME);
        scene.clickhouse("INSERT INTO " + scene.name() + ".nulls VALUES (NULL, NULL)");
        scene.clickhouse("INSERT INTO " + scene.name() + ".nothing VALUES (1, NULL)");
        scene.verify().fails(1).says("the row id = 1 is there once instead of never", "1 is in the target only");
    }
}
