package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole tables, from the command line to the published table. */
@Tag("integration")
class LoadIT {
    private final TestPostgres postgres = TestPostgres.server();
    private final TestClickHouse clickhouse = TestClickHouse.server();

    @Test
    void replacesTheTableAndKeepsARecord() {
        postgres.run(
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.orders (id int PRIMARY KEY, total numeric(10,2), note text)",
                "INSERT INTO shop.orders SELECT i, i * 1.25, CASE WHEN i % 2 = 0 THEN 'n' || i END"
                        + " FROM generate_series(1, 1000) i");
        Loader loader = new Loader("shop", "- name: orders");
        loader.load();
        assertEquals("1000\t625625\t500", clickhouse.query("SELECT count(), sum(total), count(note) FROM raw.orders"));
        assertEquals(
                "(id)",
                clickhouse.query("SELECT sorting_key FROM system.tables WHERE database = 'raw' AND name = 'orders'"));

        postgres.run("DELETE FROM shop.orders WHERE id > 10");
        loader.run("load", "--run-id", "second");
        assertEquals("10", clickhouse.query("SELECT count() FROM raw.orders"));
        assertEquals(
                "test\traw.orders\tshop.orders\tfull\t10\tdone",
                clickhouse.query("SELECT pipeline, `table`, source, mode, rows, outcome FROM millrace.loads"
                        + " WHERE run_id = 'second'"));
        assertEquals(List.of(), stagingTables("raw.orders"));
    }

    @Test
    void bringsAnOlderAuditTableUpToDate() {
        postgres.run("CREATE SCHEMA audited", "CREATE TABLE audited.t (id int PRIMARY KEY)");
        Loader loader = new Loader("audited", "- name: t\n  target: audited");
        clickhouse.query("ALTER TABLE millrace.loads DROP COLUMN replaced");
        loader.run("init");
        loader.load();
        assertEquals("0", clickhouse.query("SELECT replaced FROM millrace.loads WHERE `table` = 'raw.audited'"));
    }

    @Test
    void copiesLargeTablesInSlices() {
        postgres.run(
                "CREATE SCHEMA large",
                "CREATE TABLE large.events (id bigint PRIMARY KEY, payload text NOT NULL)",
                "INSERT INTO large.events SELECT i, repeat('x', 80) || i FROM generate_series(1, 200000) i",
                "DELETE FROM large.events WHERE id % 7 = 0",
                "ANALYZE large.events");
        Loader loader = new Loader("large", "- events");
        assertTrue(loader.run("plan").out().contains("WHERE ctid >= '("));
        loader.load();
        assertEquals(
                postgres.texts("SELECT count(*) || ',' || sum(id) || ',' || sum(length(payload)) FROM large.events")
                        .get(0),
                clickhouse.query("SELECT concat(count(), ',', sum(id), ',', sum(length(payload))) FROM raw.events"));
    }

    @Test
    void mergesWhatALargeLoadWroteOnlyAfterIt() {
        postgres.run(
                "CREATE SCHEMA huge",
                "CREATE TABLE huge.events AS SELECT i AS id FROM generate_series(1, 1000000) i",
                "ANALYZE huge.events",
                "UPDATE pg_class SET reltuples = 9e6 WHERE oid = 'huge.events'::regclass");
        Loader loader = new Loader("huge", "- name: events\n  target: huge_events");
        String plan = loader.run("plan").out();
        assertTrue(plan.contains("SETTINGS min_parts_to_merge_at_once = 99"), plan);
        assertTrue(plan.contains("min_insert_block_size_rows = 131072"), plan);
        assertTrue(plan.contains("RESET SETTING min_parts_to_merge_at_once"), plan);
        loader.load();
        assertEquals("1000000\t500000500000", clickhouse.query("SELECT count(), sum(id) FROM raw.huge_events"));
        assertFalse(clickhouse.query("SHOW CREATE TABLE raw.huge_events").contains("min_parts_to_merge_at_once"));
    }

    @Test
    void loadsEmptyTablesViewsPartitionsAndHeirs() {
        postgres.run(
                "CREATE SCHEMA kinds",
                "CREATE TABLE kinds.nothing (id int)",
                "CREATE TABLE kinds.parted (id int, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE kinds.parted_1 PARTITION OF kinds.parted FOR VALUES FROM (0) TO (5)",
                "CREATE TABLE kinds.parted_2 PARTITION OF kinds.parted FOR VALUES FROM (5) TO (99999999)",
                "INSERT INTO kinds.parted SELECT generate_series(0, 299999)",
                "CREATE TABLE kinds.parent (id int)",
                "CREATE TABLE kinds.heir () INHERITS (kinds.parent)",
                "INSERT INTO kinds.parent VALUES (1), (2)",
                "INSERT INTO kinds.heir SELECT generate_series(3, 300000)",
                "CREATE VIEW kinds.seen AS SELECT id * 2 AS twice FROM kinds.parted WHERE id < 3",
                "CREATE MATERIALIZED VIEW kinds.kept AS SELECT id FROM kinds.parted WHERE id < 4");
        new Loader("kinds", "- nothing\n- parted\n- parent\n- seen\n- kept").load();
        assertEquals("0", clickhouse.query("SELECT count() FROM raw.nothing"));
        assertEquals("300000\t300000", clickhouse.query("SELECT count(), uniqExact(id) FROM raw.parted"));
        assertEquals("300000\t300000", clickhouse.query("SELECT count(), uniqExact(id) FROM raw.parent"));
        assertEquals(List.of("0", "2", "4"), clickhouse.lines("SELECT twice FROM raw.seen ORDER BY 1"));
        assertEquals("4", clickhouse.query("SELECT count() FROM raw.kept"));
    }

    @Test
    void takesOddNamesAsTheyAre() {
        postgres.run(
                "CREATE SCHEMA \"odd Schema\"",
                "CREATE TABLE \"odd Schema\".\"a \"\"quoted\"\" table.v1 `x` \\ ü\""
                        + " (\"the key\" int PRIMARY KEY, \"Select\" text, \"b`c\\d'e\"\"f.g\" text, \"größe\" int)",
                "INSERT INTO \"odd Schema\".\"a \"\"quoted\"\" table.v1 `x` \\ ü\" VALUES (1, 'one', 'two', 3)");
        Loader loader = new Loader("\"odd Schema\"", "- name: 'a \"quoted\" table.v1 `x` \\ ü'");
        loader.load();
        assertEquals("1\tone\ttwo\t3", clickhouse.query("SELECT * FROM raw.`a \"quoted\" table.v1 \\`x\\` \\\\ ü`"));
        assertTrue(loader.run("verify").out().contains("the same in every column"));
    }

    @Test
    void takesTheNewShapeOfATable() {
        postgres.run(
                "CREATE SCHEMA shape", "CREATE TABLE shape.t (id int, gone text)", "INSERT INTO shape.t VALUES (1)");
        Loader loader = new Loader("shape", "- name: t\n  target: shape_t");
        loader.load();
        postgres.run(
                "ALTER TABLE shape.t DROP COLUMN gone",
                "ALTER TABLE shape.t ADD COLUMN come date DEFAULT '2024-02-29'");
        loader.load();
        assertEquals("1\t2024-02-29", clickhouse.query("SELECT * FROM raw.shape_t"));
    }

    private List<String> stagingTables(String target) {
        return clickhouse.lines(
                "SELECT name FROM system.tables WHERE database = 'millrace' AND startsWith(name, '" + target + ".')");
    }
}
