package millrace.loader.kinds;

import java.util.List;

/** What users add to a target survives a full load, or is told to be gone. */
final class AdditionKinds {
    private AdditionKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind(
                        "indexes, projections, constraints, comments and computed columns survive",
                        AdditionKinds::kept),
                new Kind(
                        "they survive where the file declares an engine, and serve the new rows",
                        AdditionKinds::assembled),
                new Kind("what cannot be kept is told in the log and in the audit table", AdditionKinds::told));
    }

    private static void add(Scene scene, String... clauses) {
        for (String clause : clauses) {
            scene.clickhouse("ALTER TABLE " + scene.name() + ".orders " + clause);
        }
    }

    private static void source(Scene scene, String options) {
        scene.postgres(
                "CREATE TABLE orders (id int PRIMARY KEY, customer text, \"it's, `odd` (1\" text)",
                "INSERT INTO orders SELECT i, 'c' || i FROM generate_series(1, 10) i");
        scene.pipeline("- {name: orders" + options + "}");
        scene.load().succeeds();
    }

    private static void additions(Scene scene) {
        add(
                scene,
                "ADD INDEX by_customer customer TYPE bloom_filter GRANULARITY 1",
                "ADD INDEX `odd, (` lower(`it's, \\`odd\\` (1`) TYPE set(0) GRANULARITY 2",
                "ADD PROJECTION of_customers (SELECT customer, count() GROUP BY customer)",
                "ADD CONSTRAINT positive CHECK id > 0",
                "COMMENT COLUMN customer 'who bought, isn''t it'",
                "COMMENT COLUMN `it's, \\`odd\\` (1` 'odd \\\\ \\'COMMENT\\''",
                "ADD COLUMN shout String MATERIALIZED upper(ifNull(customer, ''))",
                "ADD COLUMN twice Int64 ALIAS id * 2");
    }

    private static void survived(Scene scene) {
        String of = " WHERE database = '" + scene.name() + "' AND table = 'orders'";
        scene.holds(
                "by_customer,odd, (",
                "SELECT arrayStringConcat(arraySort(groupArray(name)), ',') FROM" + " system.data_skipping_indices"
                        + of);
        scene.holds("1", "SELECT count() FROM system.projections" + of);
        scene.holds(
                "who bought, isn't it|odd \\ 'COMMENT'",
                "SELECT arrayStringConcat(groupArray(comment), '|') FROM (SELECT comment FROM system.columns" + of
                        + " AND comment != '' ORDER BY position)");
        scene.holds(
                "C11,22", "SELECT concat(shout, ',', toString(twice)) FROM " + scene.name() + ".orders WHERE id = 11");
        scene.holds(
                "1",
                "SELECT position(create_table_query, 'CONSTRAINT positive CHECK') > 0 FROM system.tables WHERE"
                        + " database = '" + scene.name() + "' AND name = 'orders'");
    }

    private static void kept(Scene scene) {
        source(scene, "");
        additions(scene);
        scene.postgres("INSERT INTO orders VALUES (11, 'c11')");
        scene.run("plan").succeeds().says("ADD INDEX by_customer", "COMMENT COLUMN `customer`");
        scene.load().succeeds().saysNothingOf("is gone");
        survived(scene);
        scene.verify().succeeds();
        scene.postgres("INSERT INTO orders VALUES (-1, 'refused')");
        scene.load().fails(1).says("positive");
        scene.holds("11", "SELECT count() FROM " + scene.name() + ".orders");
    }

    private static void assembled(Scene scene) {
        source(scene, ", engine: ReplacingMergeTree, settings: {deduplicate_merge_projection_mode: rebuild}");
        additions(scene);
        scene.postgres("INSERT INTO orders VALUES (11, 'c11')");
        scene.load().succeeds().saysNothingOf("is gone");
        survived(scene);
        scene.holds(
                "1",
                "SELECT count() > 0 FROM system.projection_parts WHERE database = '" + scene.name()
                        + "' AND table = 'orders' AND active");
    }

    private static void told(Scene scene) {
        source(scene, "");
        add(
                scene,
                "ADD INDEX by_note `it's, \\`odd\\` (1` TYPE set(0) GRANULARITY 1",
                "MODIFY TTL toDate('2100-01-01') + toIntervalDay(id)",
                "MODIFY SETTING merge_with_ttl_timeout = 7200",
                "MODIFY COLUMN customer CODEC(ZSTD(5))");
        scene.postgres("ALTER TABLE orders DROP COLUMN \"it's, `odd` (1\"");
        scene.load("--run-id", scene.name())
                .succeeds()
                .says(
                        "index by_note is gone",
                        "TTL",
                        "merge_with_ttl_timeout = 7200",
                        "codec of column `customer` is gone");
        scene.holds(
                "1",
                "SELECT countIf(position(sentence, 'index by_note is gone') > 0 AND position(sentence, '7200') > 0)"
                        + " FROM millrace.loads WHERE run_id = '" + scene.name() + "'");
    }
}
