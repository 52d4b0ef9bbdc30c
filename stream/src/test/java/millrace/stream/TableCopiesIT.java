package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One table is copied while the others are followed, and while it is read and written. */
@Tag("integration")
class TableCopiesIT {
    private static final String TABLES = "- sync\n- t\n- bag\n- notes\n";

    private Scene scene;

    @BeforeEach
    void make() {
        scene = new Scene("copies", TABLES);
        scene.clickhouse.query("DROP DATABASE IF EXISTS copies SYNC");
        scene.clickhouse.query("DROP DATABASE IF EXISTS copies_cdc SYNC");
        scene.run("drop");
        scene.postgres.run(
                "CREATE TABLE copies.sync (id int PRIMARY KEY)",
                "CREATE TABLE copies.t (id int PRIMARY KEY, a int NOT NULL)",
                "CREATE TABLE copies.bag (a int, b text)",
                "ALTER TABLE copies.bag REPLICA IDENTITY FULL",
                "CREATE TABLE copies.notes (id int PRIMARY KEY, n int, body text)",
                "ALTER TABLE copies.notes ALTER body SET STORAGE EXTERNAL",
                "CREATE TABLE copies.later (id int PRIMARY KEY, v text)",
                "INSERT INTO copies.t SELECT i, i FROM generate_series(1, 1000) i",
                "INSERT INTO copies.bag SELECT i % 3, 'x' FROM generate_series(1, 20) i",
                "INSERT INTO copies.notes SELECT i, 0, repeat(md5(i::text), 100) FROM generate_series(1, 50) i",
                "INSERT INTO copies.later SELECT i, 'v' FROM generate_series(1, 10) i");
        scene.publish("sync", "t", "bag", "notes");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private Scene.Follower follow(String... javaOptions) {
        Scene.Follower follower = scene.follow(javaOptions).awaitStart();
        scene.awaitCopy();
        return follower;
    }

    private void command(String... words) {
        Scene.Result done = scene.run(words);
        assertEquals(0, done.exitCode(), done::err);
    }

    private void assertSame(Scene.Follower follower) {
        scene.sync();
        Scene.await(() -> scene.verify().exitCode() == 0, () -> scene.verify().out() + follower.log());
        assertEquals(
                scene.postgres.texts("SELECT format('%s %s', a, b) FROM copies.bag ORDER BY 1"),
                scene.clickhouse.lines("SELECT concat(toString(a), ' ', b) AS row FROM copies.bag ORDER BY row"));
    }

    @Test
    void theOthersAreFollowedWhileOneIsCopied() {
        Scene.Follower follower = follow("-Dmillrace.failpoint=AFTER_TABLE_COPY");
        scene.sync();
        scene.postgres.run(
                "ALTER TABLE copies.t ADD COLUMN b int DEFAULT 7", "INSERT INTO copies.bag VALUES (9, 'new')");
        follower.awaitLog("stopped at AFTER_TABLE_COPY");
        scene.postgres.run("INSERT INTO copies.bag VALUES (9, 'newer')");
        scene.sync();
        assertEquals("2", scene.clickhouse.query("SELECT count() FROM copies.bag WHERE a = 9"));
        assertEquals("1000", scene.clickhouse.query("SELECT count() FROM copies.t"));
        follower.awaitStatus("\"copies.t\":{\"state\":\"copying\"");
        follower.kill();
        assertSame(follow());
        assertEquals("1000", scene.clickhouse.query("SELECT countIf(b = 7) FROM copies.t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFTER_TABLE_COPY", "AFTER_CATCHING_UP", "AFTER_EXCHANGE"})
    void aCopyThatDiesLosesNothing(String failpoint) {
        Scene.Follower follower = follow("-Dmillrace.failpoint=" + failpoint);
        scene.sync();
        command("recopy", "--table", "bag");
        scene.postgres.run("INSERT INTO copies.bag VALUES (5, 'a'), (5, 'a')", "DELETE FROM copies.bag WHERE a = 1");
        follower.awaitLog("stopped at " + failpoint);
        scene.postgres.run(
                "INSERT INTO copies.bag VALUES (5, 'a'), (5, 'b')", "UPDATE copies.bag SET b = 'y' WHERE a = 2");
        follower.kill();
        assertSame(follow());
    }

    @Test
    void copiesAmongChangesEndInTheSameRows() throws Exception {
        Scene.Follower follower = follow();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean gone = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            Random random = new Random(5);
            while (!ended.get()) {
                rest();
                scene.postgres.run(
                        switch (random.nextInt(7)) {
                            case 0 -> "UPDATE copies.notes SET n = n + 1 WHERE id % 5 = " + random.nextInt(5);
                            case 1 -> "UPDATE copies.notes SET id = id + 100 WHERE id = " + random.nextInt(200);
                            case 2 -> "INSERT INTO copies.bag VALUES (1, 'z'), (1, 'z')";
                            case 3 -> "DELETE FROM copies.bag WHERE ctid = (SELECT min(ctid) FROM copies.bag)";
                            case 4 -> "UPDATE copies.t SET a = a + 1 WHERE id % 7 = " + random.nextInt(7);
                            case 5 -> random.nextInt(9) == 0 ? "TRUNCATE copies.bag" : "SELECT 1";
                            default -> "DELETE FROM copies.t WHERE id = " + random.nextInt(1000);
                        });
            }
        });
        Thread reader = new Thread(() -> {
            while (!ended.get()) {
                rest();
                gone.compareAndSet(
                        false,
                        scene.clickhouse
                                        .query("SELECT count() FROM copies.notes")
                                        .compareTo("50")
                                < 0);
            }
        });
        writer.start();
        reader.start();
        for (int i = 0; i < 3; i++) {
            for (String table : new String[] {"notes", "bag", "t"}) {
                command("recopy", "--table", table);
            }
            awaitRecopied(follower, i);
        }
        ended.set(true);
        writer.join();
        reader.join();
        assertEquals(false, gone.get());
        assertSame(follower);
    }

    /** Others have a share of the machine, too. */
    private static void rest() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitRecopied(Scene.Follower follower, int more) {
        String query = "SELECT count() FROM millrace.loads WHERE pipeline = 'copies' AND source = 'copies.bag'"
                + " AND outcome = 'done'";
        Scene.await(
                () -> Integer.parseInt(scene.clickhouse.query(query)) > more,
                () -> "it was not copied " + follower.get("/status").body() + follower.log());
    }

    @Test
    void tablesThatThePipelineFileGetsAreFollowed() {
        Scene.Follower follower = follow();
        scene.write(TABLES + "- later\n");
        Scene.Result refused = scene.run("add");
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("ADD TABLE \"copies\".\"later\""), refused.err());
        scene.postgres.run("ALTER PUBLICATION millrace_copies ADD TABLE copies.later");
        command("add");
        scene.postgres.run("UPDATE copies.later SET v = 'w' WHERE id = 3");
        follower.awaitStatus("\"copies.later\":{\"state\":\"following\"");
        scene.postgres.run("INSERT INTO copies.later VALUES (11, 'new')");
        assertSame(follower);
    }

    @Test
    void aTableThatIsPausedStaysAsItIsUntilItIsResumed() {
        Scene.Follower follower = follow();
        scene.sync();
        command("pause", "--table", "copies.t");
        scene.postgres.run("DELETE FROM copies.t WHERE id > 10", "INSERT INTO copies.bag VALUES (7, 'on')");
        scene.sync();
        assertEquals("1000", scene.clickhouse.query("SELECT count() FROM copies.t"));
        assertEquals("1", scene.clickhouse.query("SELECT count() FROM copies.bag WHERE a = 7"));
        follower.kill();
        follower = follow();
        follower.awaitStatus("\"copies.t\":{\"state\":\"paused\"");
        command("resume", "--table", "t");
        follower.awaitStatus("\"copies.t\":{\"state\":\"following\"");
        assertSame(follower);
        assertEquals("10", scene.clickhouse.query("SELECT count() FROM copies.t"));
    }

    @Test
    void onlyTheTableIsLeftThatCannotBeFollowed() {
        Scene.Follower follower = follow();
        scene.sync();
        scene.postgres.run("ALTER PUBLICATION millrace_copies DROP TABLE copies.t");
        follower.awaitStatus("ADD TABLE");
        assertEquals(503, follower.get("/health").statusCode());
        scene.postgres.run("DELETE FROM copies.t WHERE id > 10", "INSERT INTO copies.bag VALUES (7, 'on')");
        scene.sync();
        assertEquals("1", scene.clickhouse.query("SELECT count() FROM copies.bag WHERE a = 7"));
        scene.postgres.run("ALTER PUBLICATION millrace_copies ADD TABLE copies.t");
        follower.awaitStatus("\"copies.t\":{\"state\":\"following\"");
        assertEquals(200, follower.get("/health").statusCode());
        assertSame(follower);
    }
}
