package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to rows in Postgres is seen in ClickHouse. */
@Tag("integration")
class FollowIT {
    private static Scene scene;
    private static Scene.Follower follower;

    @BeforeAll
    static void follow() {
        scene = new Scene("follow", "- sync\n- orders\n- notes\n- bag\n- swapped");
        scene.postgres.run(
                "CREATE TABLE follow.sync (id int PRIMARY KEY)",
                "CREATE TABLE follow.orders (shop int, id bigint, customer text NOT NULL, total numeric(10,2),"
                        + " placed_at timestamptz, place inet, PRIMARY KEY (shop, id))",
                "CREATE TABLE follow.notes (id int PRIMARY KEY, title text NOT NULL, body text, tags text[], n int)",
                "CREATE TABLE follow.bag (colour text, weight real, tags int[])",
                "ALTER TABLE follow.bag REPLICA IDENTITY FULL",
                "CREATE TABLE follow.swapped (k int PRIMARY KEY DEFERRABLE, v text)",
                "ALTER TABLE follow.swapped REPLICA IDENTITY FULL",
                "INSERT INTO follow.orders SELECT i % 3, i, 'c' || i, i / 7.0, '2024-01-01Z'::timestamptz + i * interval '1 h',"
                        + " '10.0.0.0'::inet + i FROM generate_series(1, 1000) i",
                "INSERT INTO follow.bag SELECT 'red', 1.5, '{1,2}' FROM generate_series(1, 3)",
                "INSERT INTO follow.bag VALUES (NULL, NULL, '{}')",
                "INSERT INTO follow.swapped VALUES (1, 'a'), (2, 'b')");
        scene.publish("sync", "orders", "notes", "bag", "swapped");
        follower = scene.follow().awaitStart();
        scene.awaitCopy();
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    private static void assertSame() {
        scene.sync();
        Scene.Result verified = scene.verify();
        assertEquals(0, verified.exitCode(), () -> verified.out() + follower.log());
    }

    private static String clickhouse(String query) {
        return scene.clickhouse.query(query);
    }

    @Test
    void insertsUpdatesAndDeletes() {
        scene.postgres.run(
                "INSERT INTO follow.orders VALUES (9, 1, 'new', 1.50, now(), '1.2.3.4')",
                "UPDATE follow.orders SET total = total * 2, place = NULL WHERE shop = 1",
                "DELETE FROM follow.orders WHERE id BETWEEN 100 AND 199");
        assertSame();
        assertEquals(
                scene.postgres
                        .texts("SELECT count(*) || ' ' || sum(total) FROM follow.orders")
                        .get(0),
                clickhouse("SELECT count() || ' ' || toDecimalString(sum(total), 2) FROM follow.orders"));
        assertEquals("1.2.3.4", clickhouse("SELECT place FROM follow.orders WHERE shop = 9"));
    }

    @Test
    void aKeyThatChangesTakesItsRowAlong() {
        scene.postgres.run(
                "UPDATE follow.orders SET id = id + 100000 WHERE id BETWEEN 300 AND 310",
                "UPDATE follow.orders SET id = id - 100000 WHERE id BETWEEN 100300 AND 100305");
        assertSame();
        assertEquals("5", clickhouse("SELECT count() FROM follow.orders WHERE id > 100000"));
    }

    @Test
    void theRowsOfOneKeyComeInOrder() {
        scene.postgres.run("""
                DO $$ BEGIN
                  FOR i IN 1..2000 LOOP
                    DELETE FROM follow.notes WHERE id = 7;
                    INSERT INTO follow.notes VALUES (7, 'n' || i, NULL, '{}', i);
                    UPDATE follow.notes SET n = -i WHERE id = 7;
                    IF i % 100 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$""");
        assertSame();
        assertEquals("n2000\t-2000", clickhouse("SELECT title, n FROM follow.notes WHERE id = 7"));
    }

    @Test
    void emptiedTablesAreEmptyAndTakeNewRows() {
        scene.postgres.run(
                "CREATE TABLE follow.kept AS SELECT * FROM follow.orders",
                "BEGIN; INSERT INTO follow.orders VALUES (0, 0, 'gone'); TRUNCATE follow.orders;"
                        + " INSERT INTO follow.orders VALUES (5, 5, 'first'); COMMIT");
        assertSame();
        assertEquals("first", clickhouse("SELECT customer FROM follow.orders"));
        scene.postgres.run("TRUNCATE follow.orders, follow.bag", "INSERT INTO follow.orders SELECT * FROM follow.kept");
        assertSame();
    }

    @Test
    void aTableWithoutKeyKeepsEqualRows() {
        scene.postgres.run(
                "INSERT INTO follow.bag SELECT 'blue', 2, ARRAY[7, NULL] FROM generate_series(1, 3)",
                "DELETE FROM follow.bag WHERE ctid = (SELECT min(ctid) FROM follow.bag WHERE colour = 'blue')",
                "UPDATE follow.bag SET colour = 'green' WHERE ctid = (SELECT min(ctid) FROM follow.bag WHERE colour = 'blue')",
                "UPDATE follow.bag SET colour = colour");
        assertSame();
        assertEquals(
                String.join(
                        "\n",
                        scene.postgres.texts("SELECT format('%s %s', colour, count(*)) FROM follow.bag GROUP BY"
                                + " colour ORDER BY colour")),
                clickhouse(
                        "SELECT concat(ifNull(colour, ''), ' ', toString(count())) FROM follow.bag GROUP BY colour ORDER BY"
                                + " colour NULLS LAST"));
    }

    @Test
    void keysThatAreCheckedLateMayChangePlaces() {
        scene.postgres.run("UPDATE follow.swapped SET k = 3 - k");
        assertSame();
        assertEquals("1\tb\n2\ta", clickhouse("SELECT * FROM follow.swapped ORDER BY k"));
    }

    @Test
    void largeValuesThatWereNotSentAgainAreKept() {
        String large = "(SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 300))";
        scene.postgres.run("INSERT INTO follow.notes SELECT i, 't', " + large + ", ARRAY[" + large + ", NULL], 0 FROM"
                + " generate_series(1000, 1020) i");
        scene.sync();
        scene.postgres.run(
                "UPDATE follow.notes SET n = 1 WHERE id = 1000",
                "BEGIN; UPDATE follow.notes SET n = 1 WHERE id = 1001; UPDATE follow.notes SET n = 2 WHERE id = 1001; COMMIT",
                "UPDATE follow.notes SET id = 2002 WHERE id = 1002",
                "BEGIN; UPDATE follow.notes SET id = 2003 WHERE id = 1003; UPDATE follow.notes SET id = 3003, title = 'x'"
                        + " WHERE id = 2003; UPDATE follow.notes SET n = 5 WHERE id = 3003; COMMIT",
                "BEGIN; UPDATE follow.notes SET body = " + large
                        + " WHERE id = 1004; UPDATE follow.notes SET n = 3 WHERE id" + " = 1004; COMMIT",
                "BEGIN; INSERT INTO follow.notes VALUES (1100, 'new', " + large
                        + ", '{}', 1); UPDATE follow.notes SET n = 2" + " WHERE id = 1100; COMMIT",
                "BEGIN; UPDATE follow.notes SET id = 1106 WHERE id = 1006; INSERT INTO follow.notes VALUES (1006, 'b', 'c',"
                        + " '{}', 1); COMMIT",
                "UPDATE follow.notes SET n = id WHERE id BETWEEN 1007 AND 1020",
                "DELETE FROM follow.notes WHERE id = 1008");
        assertSame();
        assertEquals(
                String.join(
                        "\n",
                        scene.postgres.texts(
                                "SELECT id || md5(body) || n FROM follow.notes WHERE id > 999 ORDER BY id")),
                clickhouse(
                        "SELECT concat(toString(id), lower(hex(MD5(body))), toString(n)) FROM follow.notes WHERE id > 999"
                                + " ORDER BY id"));
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNothing() {
        scene.postgres.run(
                "BEGIN; INSERT INTO follow.orders VALUES (77, 77, 'no'); ROLLBACK",
                "BEGIN; INSERT INTO follow.orders VALUES (78, 78, 'yes'); SAVEPOINT s; INSERT INTO follow.orders VALUES (79, 79,"
                        + " 'no'); ROLLBACK TO s; COMMIT",
                "DELETE FROM follow.orders WHERE shop = 78");
        assertSame();
        assertEquals("0", clickhouse("SELECT count() FROM follow_cdc.orders WHERE shop IN (77, 79)"));
    }

    @Test
    void aLargeTransactionAppearsWhole() {
        scene.postgres.run(
                "BEGIN; INSERT INTO follow.orders SELECT 50, i, 'c' || i, i, now(), NULL FROM generate_series(1, 80000) i;"
                        + " UPDATE follow.orders SET total = 1 WHERE shop = 50 AND id <= 10000; DELETE FROM follow.orders WHERE"
                        + " shop = 50 AND id > 79000; COMMIT");
        assertSame();
        assertEquals("79000", clickhouse("SELECT count() FROM follow.orders WHERE shop = 50"));
        scene.postgres.run("DELETE FROM follow.orders WHERE shop = 50");
        assertSame();
        assertEquals(
                "",
                clickhouse("SELECT name FROM system.tables WHERE database = 'millrace' AND name LIKE 'follow_cdc.%'"));
    }

    @Test
    void tellsHowItGoes() {
        scene.sync();
        assertEquals(200, follower.get("/health").statusCode());
        String status = follower.get("/status").body();
        assertTrue(status.contains("\"state\":\"following\""), status);
        String metrics = follower.get("/metrics").body();
        assertTrue(
                metrics.contains("millrace_follow_changes_total{pipeline=\"follow\",table=\"follow.sync\""), metrics);
        Scene.Result shown = scene.run("status");
        assertTrue(shown.out().contains("slot: in use"), shown.out());
    }
}
