package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Append-only tables of which only new rows travel, whenever their transactions commit. */
@Tag("integration")
class IncrementalIT {
    private final TestPostgres postgres = TestPostgres.server();
    private final TestClickHouse clickhouse = TestClickHouse.server();
    private Loader loader;

    @BeforeEach
    void loadTheFirstRows() {
        postgres.run(
                "DROP SCHEMA IF EXISTS clicks CASCADE",
                "CREATE SCHEMA clicks",
                "CREATE TABLE clicks.t (id bigserial PRIMARY KEY, day date NOT NULL, note text)",
                "INSERT INTO clicks.t (day, note) SELECT date '2025-01-01' + i % 90, 'n' || i FROM generate_series(1, 1000) i");
        clickhouse.query("DROP TABLE IF EXISTS raw.clicks SYNC");
        loader = loader("");
        loader.load();
    }

    private static Loader loader(String options) {
        return new Loader(
                "clicks", "- name: t\n  target: clicks\n  mode: incremental\n  cursor: id\n" + options.indent(2));
    }

    @Test
    void onlyNewRowsTravel() {
        postgres.run("INSERT INTO clicks.t (day) SELECT '2025-06-01' FROM generate_series(1, 50)");
        assertEquals("50", rowsOf(loader, "second"));
        assertSameAsSource();
        assertEquals("0", rowsOf(loader, "third"));
        assertSameAsSource();
        assertEquals(
                "incremental\t1050\tAdded 0 rows of clicks.t.",
                clickhouse.query("SELECT mode, table_rows, sentence FROM millrace.loads WHERE run_id = 'third'"));
        assertEquals("", stagingTables());
    }

    @Test
    void aLateCommitIsNotLost() throws SQLException {
        try (Connection late = postgres.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO clicks.t (day, note) VALUES ('2025-02-01', 'late')");
            late.setSavepoint();
            statement.execute("INSERT INTO clicks.t (day, note) VALUES ('2025-02-01', 'late, within a savepoint')");
            postgres.run("INSERT INTO clicks.t (day, note) VALUES ('2025-02-02', 'early')");
            assertEquals("1", rowsOf(loader, "while it is open"));
            postgres.run("INSERT INTO clicks.t (day, note) VALUES ('2025-02-03', 'next')");
            assertEquals("1", rowsOf(loader, "while it is still open"));
            late.commit();
        }
        assertEquals("2", rowsOf(loader, "after the commit"));
        assertSameAsSource();
        assertEquals("0", rowsOf(loader, "and again"));
    }

    @Test
    void aNumberTakenLongBeforeItsRowIsMadeIsNotLost() {
        String number = postgres.texts("SELECT nextval('clicks.t_id_seq')").get(0);
        postgres.run("INSERT INTO clicks.t (day) VALUES ('2025-02-02')");
        loader.load();
        postgres.run("INSERT INTO clicks.t (id, day) VALUES (" + number + ", '2025-02-01')");
        loader.load();
        assertSameAsSource();
    }

    @Test
    void rowsOfPartitionsAreFoundAndAddedInOneStep() {
        postgres.run(
                "CREATE TABLE clicks.parted (id int PRIMARY KEY, day date NOT NULL) PARTITION BY RANGE (id)",
                "CREATE TABLE clicks.parted_1 PARTITION OF clicks.parted FOR VALUES FROM (0) TO (500)",
                "CREATE TABLE clicks.parted_2 PARTITION OF clicks.parted FOR VALUES FROM (500) TO (100000)",
                "INSERT INTO clicks.parted SELECT i, date '2025-01-01' + i FROM generate_series(0, 499) i");
        Loader parted = new Loader("clicks", """
                - name: parted
                  target: clicks
                  mode: incremental
                  cursor: id
                  engine: ReplacingMergeTree
                  partition_by: toYYYYMM(day)
                  order_by: day, id
                  ttl: day + INTERVAL 50 YEAR
                  settings: {index_granularity: 1024}
                """);
        clickhouse.query("DROP TABLE raw.clicks SYNC");
        assertEquals("500", rowsOf(parted, "parted 1"));
        postgres.run("INSERT INTO clicks.parted SELECT i, date '2025-01-01' + i FROM generate_series(500, 4999) i");
        assertEquals("4500", rowsOf(parted, "parted 2"));
        assertEquals("5000\t5000", clickhouse.query("SELECT count(), uniqExact(id) FROM raw.clicks"));
        assertTrue(parted.run("verify").out().contains("the same in every column"));
        assertEquals(
                "ReplacingMergeTree\ttoYYYYMM(day)\tday, id",
                clickhouse.query("SELECT engine, partition_key, sorting_key FROM system.tables"
                        + " WHERE database = 'raw' AND name = 'clicks'"));
        String made = clickhouse.query("SHOW CREATE TABLE raw.clicks");
        assertTrue(made.contains("TTL day + toIntervalYear(50)") && made.contains("index_granularity = 1024"), made);
        assertEquals("", stagingTables());
    }

    @Test
    void rowsThatWereUpdatedAreTold() {
        postgres.run(
                "UPDATE clicks.t SET note = CASE WHEN id % 2 = 0 THEN NULL ELSE note END WHERE id IN (7, 8)",
                "INSERT INTO clicks.t (day, note) VALUES ('2025-06-01', 'new')");
        assertEquals("1", rowsOf(loader, "updated"));
        assertEquals(
                "Added 1 row of clicks.t; 2 rows that came again were there already; of 1 row that came again the target"
                        + " keeps the former values, the first id = 8; a full refresh takes over the new ones.",
                clickhouse.query("SELECT sentence FROM millrace.loads WHERE run_id = 'updated'"));
    }

    /** TRUNCATE … RESTART IDENTITY gives out the same numbers again: the new rows must not be taken for the old ones. */
    @Test
    void aSourceThatWasFilledAnewStopsTheLoad() {
        refill(20);
        Loader.Result result = loader.run("load", "--run-id", "refilled");
        assertEquals(1, result.exitCode(), result.err());
        assertTrue(
                result.err()
                        .contains(
                                "clicks.t was emptied and filled anew since raw.clicks was loaded from it: none of its"
                                        + " rows is from before, and 20 of the target's keys stand for other values, the first id = 1."),
                result.err());
        assertEquals("1000", clickhouse.query("SELECT count() FROM raw.clicks WHERE startsWith(note, 'n')"));
        assertEquals(0, loader.run("load", "--full-refresh").exitCode());
        assertSameAsSource();
        assertEquals("0", rowsOf(loader, "after it"));
    }

    /** Numbers below the lookback are not looked for, so nothing comes again that could tell. */
    @Test
    void aSourceThatWasFilledAnewBelowTheLookbackStopsTheLoad() {
        Loader bounded = loader("lookback: 10\n");
        bounded.load();
        refill(20);
        Loader.Result result = bounded.run("load");
        assertEquals(1, result.exitCode(), result.err());
        assertTrue(result.err().contains("none of its rows is from before."), result.err());
    }

    /** A queue whose rows go as soon as they are loaded. */
    @Test
    void aSourceThatIsEmptiedAfterEachLoadGoesOn() {
        postgres.run("DELETE FROM clicks.t", "INSERT INTO clicks.t (day) VALUES ('2025-06-01')");
        assertEquals("1", rowsOf(loader, "emptied"));
        assertEquals("1001", clickhouse.query("SELECT count() FROM raw.clicks"));
    }

    /** What it has lies above the lookback's floor: nothing is passed over. */
    @Test
    void aQueueWithALookbackGoesOn() {
        Loader bounded = loader("lookback: 10\n");
        bounded.load();
        postgres.run("DELETE FROM clicks.t");
        assertEquals("0", rowsOf(bounded, "empty"));
        postgres.run("INSERT INTO clicks.t (day) VALUES ('2025-06-01')");
        assertEquals("1", rowsOf(bounded, "queue"));
        assertEquals("1001", clickhouse.query("SELECT count() FROM raw.clicks"));
    }

    private void refill(int rows) {
        postgres.run(
                "TRUNCATE clicks.t RESTART IDENTITY",
                "INSERT INTO clicks.t (day, note) SELECT '2026-01-01', 'refilled' FROM generate_series(1, " + rows
                        + ")");
    }

    @Test
    void aFullRefreshTakesWhatTheSourceHasNow() {
        postgres.run("UPDATE clicks.t SET note = 'changed' WHERE id = 7", "DELETE FROM clicks.t WHERE id = 8");
        loader.load();
        assertEquals("n7", clickhouse.query("SELECT note FROM raw.clicks WHERE id = 7"));
        assertEquals("999", rowsOf(loader, "refresh", "--full-refresh"));
        assertSameAsSource();
        postgres.run("INSERT INTO clicks.t (day) VALUES ('2025-02-02')");
        assertEquals("1", rowsOf(loader, "after the refresh"));
        assertSameAsSource();
    }

    @Test
    void aRangeIsFilledAgain() {
        postgres.run(
                "UPDATE clicks.t SET note = 'changed' WHERE id IN (100, 199, 200)",
                "DELETE FROM clicks.t WHERE id = 150");
        assertEquals("99", rowsOf(loader, "range", "--from", "100", "--to", "200"));
        assertEquals(
                List.of("100", "199"),
                clickhouse.lines("SELECT id FROM raw.clicks WHERE note = 'changed' ORDER BY id"));
        assertEquals("999", clickhouse.query("SELECT count() FROM raw.clicks"));
        loader.load();
        assertEquals("999\t999", clickhouse.query("SELECT count(), uniqExact(id) FROM raw.clicks"));
        Loader.Result odd = loader.run("load", "--from", "one", "--to", "2");
        assertEquals(2, odd.exitCode());
        assertTrue(odd.err().contains("\"one\" is no value for the column id"), odd.err());
    }

    @Test
    void aRangeOfTimesIsTheSameOnBothSides() {
        postgres.run(
                "CREATE TABLE clicks.timed (id int PRIMARY KEY, at timestamptz NOT NULL)",
                "INSERT INTO clicks.timed SELECT i, timestamptz '2025-03-30 00:00Z' + i * interval '1 minute'"
                        + " FROM generate_series(0, 599) i");
        Loader timed = new Loader("clicks", "- {name: timed, target: clicks, mode: incremental, cursor: at}");
        clickhouse.query("DROP TABLE raw.clicks SYNC");
        timed.load();
        String[] range = {"--from", "2025-03-30 02:00+01", "--to", "2025-03-30 02:00:00.000001Z"};
        assertEquals("61", rowsOf(timed, "timed", range));
        assertEquals("600\t600", clickhouse.query("SELECT count(), uniqExact(id) FROM raw.clicks"));
    }

    @Test
    void aLookbackBoundsTheSearch() {
        Loader bounded = loader("lookback: 100");
        postgres.run(
                "DELETE FROM clicks.t WHERE id IN (1, 950)",
                "INSERT INTO clicks.t (id, day) VALUES (1001, '2025-05-01')");
        clickhouse.query("DROP TABLE raw.clicks SYNC");
        loader.load();
        postgres.run("INSERT INTO clicks.t (id, day) VALUES (1, '2025-05-01'), (950, '2025-05-01')");
        assertTrue(bounded.run("plan").out().contains("\"id\" >= '1001'::bigint - '100'::numeric"));
        assertEquals("1", rowsOf(bounded, "bounded"));
        assertEquals("0\t1", clickhouse.query("SELECT countIf(id = 1), countIf(id = 950) FROM raw.clicks"));
    }

    @Test
    void anAddedColumnThatWasNullIsTaken() {
        postgres.run(
                "ALTER TABLE clicks.t ADD COLUMN place text",
                "INSERT INTO clicks.t (day, place) VALUES ('2025-02-02', 'x')");
        assertTrue(loader.load().contains("column place added, Nullable(String)"));
        assertSameAsSource();
        assertEquals("1", clickhouse.query("SELECT count() FROM raw.clicks WHERE place = 'x'"));
        postgres.run("ALTER TABLE clicks.t ADD COLUMN gone text");
        loader.load();
        assertSameAsSource();
    }

    @Test
    void aShapeThatWouldBendFormerRowsStopsTheLoad() {
        refuses("ALTER TABLE clicks.t ADD COLUMN place text DEFAULT 'here'", "column place added, Nullable(String)");
        refuses(
                "ALTER TABLE clicks.t DROP COLUMN place, ALTER day TYPE text",
                "column day changed from Date32 to String");
        refuses("ALTER TABLE clicks.t RENAME note TO remark", "column note dropped; column day changed");
        loader.run("load", "--full-refresh");
        assertSameAsSource();
    }

    private void refuses(String change, String sentence) {
        postgres.run(change);
        Loader.Result result = loader.run("load");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains(sentence) && result.err().contains("(shape-changed)"), result.err());
    }

    @Test
    void anotherSourceStopsTheLoad() {
        postgres.run(
                "DROP TABLE clicks.t",
                "CREATE TABLE clicks.t (id bigserial PRIMARY KEY, day date NOT NULL, note text)");
        Loader.Result result = loader.run("load");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("it was made anew"), result.err());
        assertEquals("1000", clickhouse.query("SELECT count() FROM raw.clicks"));
    }

    @Test
    void saysWhatCannotBeIncremental() {
        postgres.run(
                "CREATE VIEW clicks.seen AS SELECT * FROM clicks.t", "CREATE TABLE clicks.keyless (n int, x text)");
        Loader.Result result = new Loader("clicks", """
                - {name: seen, mode: incremental, cursor: id, key: id}
                - {name: keyless, mode: incremental, cursor: x}
                """).run("plan");
        assertEquals(2, result.exitCode());
        for (String sentence : List.of(
                ":5: clicks.seen cannot be incremental",
                ":6: clicks.keyless has no primary key",
                ":6: The column x (text) cannot be a cursor")) {
            assertTrue(result.err().contains(sentence), result.err());
        }
    }

    /** Loads, and returns how many rows the audit table says were loaded. */
    private String rowsOf(Loader loader, String run, String... options) {
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "--run-id";
        all[1] = run;
        clickhouse.query("ALTER TABLE millrace.loads DELETE WHERE run_id = '" + run + "' SETTINGS mutations_sync = 2");
        Loader.Result result = loader.run("load", all);
        assertEquals(0, result.exitCode(), result.err());
        return clickhouse.query("SELECT rows FROM millrace.loads WHERE run_id = '" + run + "'");
    }

    private void assertSameAsSource() {
        Loader.Result result = loader.run("verify");
        assertEquals(0, result.exitCode(), result.out());
    }

    private String stagingTables() {
        return clickhouse.query(
                "SELECT name FROM system.tables WHERE database = 'millrace' AND startsWith(name, 'raw.clicks.')");
    }
}
