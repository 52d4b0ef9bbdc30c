package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ClickHouse keeps how it has gone. */
@Tag("integration")
class ProgressIT {
    @Test
    void changesAndCopiesAreCountedByTableAndKind() {
        try (Scene scene = new Scene("progress", "- sync\n- orders")) {
            scene.postgres.run(
                    "CREATE TABLE progress.sync (id int PRIMARY KEY)",
                    "CREATE TABLE progress.orders (id int PRIMARY KEY, n int)",
                    "INSERT INTO progress.orders SELECT i, i FROM generate_series(1, 7) i");
            scene.publish("sync", "orders").follow().awaitStart();
            scene.awaitCopy();
            scene.postgres.run(
                    "INSERT INTO progress.orders VALUES (8, 8), (9, 9)",
                    "UPDATE progress.orders SET n = 0 WHERE id < 4",
                    "DELETE FROM progress.orders WHERE id = 9");
            String counts =
                    "SELECT source, kind, sum(changes) FROM millrace.stream_counts WHERE pipeline = 'progress' AND source <> 'progress.sync'"
                            + " GROUP BY ALL ORDER BY ALL";
            String expected =
                    "\tcopy\t7\nprogress.orders\tdelete\t1\nprogress.orders\tinsert\t2\nprogress.orders\tupdate\t3";
            Scene.await(
                    () -> scene.clickhouse
                                    .query("EXISTS TABLE millrace.stream_counts")
                                    .equals("1")
                            && scene.clickhouse.query(counts).equals(expected),
                    () -> "there are other counts");
            assertEquals(
                    "1",
                    scene.clickhouse.query(
                            "SELECT max(lag_seconds) < 3600 FROM millrace.stream_progress WHERE pipeline = 'progress'"));
            assertEquals(
                    "following",
                    scene.clickhouse.query(
                            "SELECT argMax(state, at) FROM millrace.stream_progress WHERE pipeline = 'progress' AND slot_bytes > 0"));
        }
    }
}
