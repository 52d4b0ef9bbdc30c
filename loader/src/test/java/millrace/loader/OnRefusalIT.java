package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that do not fit, where the pipeline file says what is to become of them. */
@Tag("integration")
class OnRefusalIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeSchema() {
        POSTGRES.run("CREATE SCHEMA refusal");
    }

    @Test
    void makesThemNullAndCountsThem() {
        POSTGRES.run(
                "CREATE TABLE refusal.contracts (id int PRIMARY KEY, valid_until date NOT NULL, price numeric(8,2),"
                        + " tags int[])",
                "INSERT INTO refusal.contracts VALUES (1, '2024-02-29', 1.5, '{1,NULL}'), (2, 'infinity', 'NaN', NULL),"
                        + " (3, '0044-03-15 BC', NULL, '{}')");
        Loader loader = new Loader("refusal", """
                - name: contracts
                  columns:
                    valid_until: {on_refusal: null}
                    price: {on_refusal: null}
                    tags: {on_refusal: empty, codec: ZSTD(3)}
                """);
        Loader.Result result = loader.run("load", "--run-id", "replaces", "--json");

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.err().contains(" table=raw.contracts rows=3 bytes=142 replaced=4 "), result.err());
        assertTrue(result.out().contains("\"replaced\":4"), result.out());
        assertEquals("4", CLICKHOUSE.query("SELECT replaced FROM millrace.loads WHERE run_id = 'replaces'"));
        assertEquals(
                List.of("1\t2024-02-29\t1.5\t[1,NULL]", "2\t\\N\t\\N\t[]", "3\t\\N\t\\N\t[]"),
                CLICKHOUSE.lines("SELECT * FROM raw.contracts ORDER BY id FORMAT TabSeparated"));
        assertTrue(CLICKHOUSE.query("SHOW CREATE TABLE raw.contracts").contains("CODEC(ZSTD(3))"));
        assertEquals(0, loader.run("verify").exitCode(), loader.run("verify").out());
        assertTrue(loader.run("plan").out().contains("-> Nullable(Date32) (NULL for what does not fit)"));

        CLICKHOUSE.query("ALTER TABLE raw.contracts UPDATE price = 0 WHERE id = 2 SETTINGS mutations_sync = 1");
        assertTrue(loader.run("verify").out().endsWith("  the row id = 2 differs in price\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date           | infinity, -infinity, 4713-01-01 BC, 5874897-12-31        | 2024-02-29, 0001-01-01",
                "timestamp      | infinity, 0044-03-15 08:30:00.25 BC, 294276-12-31 23:59:59.999999 | 0001-01-01, 2024-02-29 12:00:00.1",
                "timestamptz    | -infinity, 4713-01-01 00:00:00.000001Z BC, 10000-01-01Z  | 0001-01-01Z, 2024-02-29 12:00+02",
                "numeric(10,2)  | NaN                                                      | 1.50, -0.01, 0, 99999999.99",
                "numeric(5,-2)  | NaN                                                      | 9999900, -100, 0",
                "numeric(76,40) | NaN                                                      | 1e35, -1e-40",
            })
    void keepsTheirText(String type, String refused, String fitting) {
        POSTGRES.run("DROP TABLE IF EXISTS refusal.shown", "CREATE TABLE refusal.shown (id serial, v " + type + ")");
        for (String value : (refused + "," + fitting).split(",")) {
            POSTGRES.run("INSERT INTO refusal.shown (v) VALUES ('" + value.strip() + "')");
        }
        POSTGRES.run("INSERT INTO refusal.shown (v) VALUES (NULL)");
        Loader loader = new Loader("refusal", "- name: shown\n  key: id\n  columns: {v: {on_refusal: text}}");
        String lines = loader.load();
        int count = refused.split(",").length;
        assertTrue(lines.contains(" replaced=" + count + " "), lines);
        POSTGRES.run(
                "SET TimeZone = 'UTC'",
                "DROP TABLE IF EXISTS refusal.texts",
                "CREATE TABLE refusal.texts AS SELECT id, v::text AS v FROM refusal.shown");
        assertEquals(
                String.join("\n", POSTGRES.texts("SELECT coalesce(v, 'NULL') FROM refusal.texts ORDER BY id")),
                CLICKHOUSE.query("SELECT ifNull(v, 'NULL') FROM raw.shown ORDER BY id"));
        assertEquals(0, loader.run("verify").exitCode(), loader.run("verify").out());
    }

    /** Types that are refused nothing, or whose text only the server can write. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "real      | 0.1, 1e-45, NaN, -0",
                "date[]    | {infinity}, {2024-02-29}",
                "bytea     | \\xff00",
                "time      | 24:00, 08:30:00.25",
                "text      | a, NULL",
                "boolean   | true, false",
                "numeric   | 1.50, NaN",
            })
    void keepsTheTextOfOthersToo(String type, String values) {
        POSTGRES.run("DROP TABLE IF EXISTS refusal.shown", "CREATE TABLE refusal.shown (id serial, v " + type + ")");
        for (String value : values.split(",")) {
            POSTGRES.run("INSERT INTO refusal.shown (v) VALUES ('" + value.strip() + "'), (NULL)");
        }
        Loader loader = new Loader("refusal", "- name: shown\n  key: id\n  columns: {v: {on_refusal: text}}");
        loader.load();
        assertEquals(
                String.join(
                        "\n", POSTGRES.texts("SELECT coalesce(format('%s', v), '') FROM refusal.shown ORDER BY id")),
                CLICKHOUSE.query("SELECT ifNull(v, '') FROM raw.shown ORDER BY id"));
        assertEquals(0, loader.run("verify").exitCode(), loader.run("verify").out());
    }

    @Test
    void replacesInTheKeyToo() {
        POSTGRES.run(
                "CREATE TABLE refusal.keyed (day date, n int, PRIMARY KEY (day, n))",
                "INSERT INTO refusal.keyed VALUES ('infinity', 1), ('-infinity', 1), ('2024-02-29', 2)");
        Loader loader = new Loader("refusal", "- name: keyed\n  columns: {day: {on_refusal: null}}");
        loader.load();
        assertEquals("2", CLICKHOUSE.query("SELECT countIf(day IS NULL) FROM raw.keyed"));
        assertEquals(0, loader.run("verify").exitCode(), loader.run("verify").out());
    }

    @Test
    void namesEveryColumnThatCannotBeSo() {
        POSTGRES.run("CREATE TABLE refusal.wrong"
                + " (id int PRIMARY KEY, tags text[], day date, note varchar(9), at timestamp, n numeric)");
        Loader.Result result = new Loader("refusal", """
                - name: wrong
                  columns:
                    tgas: {on_refusal: empty}
                    tags: {on_refusal: null}
                    day: {on_refusal: empty}
                    id: {type: Int24}
                    at:
                      type: DateTime('Europe/Berlin')
                    note: {type: Nullable(String)}
                    n: {type: "Decimal(9, 2)", on_refusal: text}
                """).run("plan");
        assertEquals(2, result.exitCode());
        assertEquals("""
                7: The table refusal.wrong has no column "tgas"; did you mean "tags"?
                8: Column tags is an array, which ClickHouse does not let be NULL: "on_refusal" may be empty or text.
                9: "on_refusal: empty" is for arrays, and column day becomes Date32: it may be null or text.
                10: Column id of type integer cannot become "Int24"; possible are Int32, Int8, Int16, Int64, UInt8, UInt16, UInt32, UInt64, Decimal(P, S), String, LowCardinality(String).
                12: Column at of type timestamp without time zone cannot become "DateTime('Europe/Berlin')"; possible are DateTime64(6), DateTime, DateTime64(0 to 6), String, LowCardinality(String).
                13: Column note of type character varying(9) cannot become "Nullable(String)"; a column is Nullable without saying so, when its source is. Possible are String, LowCardinality(String), FixedString(N).
                14: "on_refusal: text" makes column n a String: leave its "type" out.""", problems(result));
    }

    @Test
    void keepsWhatAnIncrementalTableIsFoundBy() {
        POSTGRES.run("CREATE TABLE refusal.events (day date, n int, PRIMARY KEY (day, n))");
        Loader.Result result = new Loader("refusal", """
                - name: events
                  mode: incremental
                  cursor: n
                  columns:
                    day: {on_refusal: null}
                    n: {type: Int64}
                """).run("plan");
        assertEquals("""
                9: Column day is part of the key of an incremental table, so none of its values may become NULL.
                10: Column n is the cursor: leave its "type" and "on_refusal" out.""", problems(result));
    }

    @Test
    void countsWhatEachIncrementalLoadReplaced() {
        POSTGRES.run(
                "CREATE TABLE refusal.growing (id int PRIMARY KEY, state text, until date NOT NULL)",
                "INSERT INTO refusal.growing VALUES (1, 'new', 'infinity'), (2, 'old', '2024-02-29')");
        Loader loader = new Loader("refusal", """
                - name: growing
                  mode: incremental
                  cursor: id
                  columns:
                    state: {type: LowCardinality(String), codec: ZSTD(3)}
                    until: {on_refusal: null}
                """);
        assertTrue(loader.load().contains(" replaced=1 "));
        POSTGRES.run("INSERT INTO refusal.growing VALUES (3, NULL, 'infinity'), (4, 'new', '-infinity')");
        String second = loader.load();
        assertTrue(second.contains(" rows=2 ") && second.contains(" replaced=2 "), second);
        assertEquals(
                List.of("1\tnew\t\\N", "2\told\t2024-02-29", "3\t\\N\t\\N", "4\tnew\t\\N"),
                CLICKHOUSE.lines("SELECT * FROM raw.growing ORDER BY id FORMAT TabSeparated"));
        assertEquals(0, loader.run("verify").exitCode(), loader.run("verify").out());
    }

    private static String problems(Loader.Result result) {
        return result.err()
                .replaceFirst("^millrace: ", "")
                .replaceAll("(?m)^.*?\\.yml:", "")
                .replaceFirst("(?s)\n  Correct these.*", "");
    }
}
