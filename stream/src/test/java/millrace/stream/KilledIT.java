package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The follower dies, at named steps and at any moment; the next one goes on, and nothing is missing or there twice. */
@Tag("integration")
class KilledIT {
    private static Scene scene;

    @BeforeAll
    static void make() {
        scene = new Scene("killed", "- sync\n- accounts\n- notes\n- bag");
        scene.postgres.run(
                "CREATE TABLE killed.sync (id int PRIMARY KEY)",
                "CREATE TABLE killed.accounts (id int PRIMARY KEY, balance numeric(12,2) NOT NULL, place inet)",
                "CREATE TABLE killed.notes (id int PRIMARY KEY, n int, body text)",
                "CREATE TABLE killed.bag (colour text, n int)",
                "ALTER TABLE killed.bag REPLICA IDENTITY FULL",
                "INSERT INTO killed.accounts SELECT i, i, '10.0.0.1' FROM generate_series(1, 500) i",
                "INSERT INTO killed.notes SELECT i, 0, (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 200) j)"
                        + " FROM generate_series(1, 100) i",
                "INSERT INTO killed.bag SELECT 'red', i % 3 FROM generate_series(1, 30) i");
        scene.publish("sync", "accounts", "notes", "bag");
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    private static void change(Random random) {
        int id = random.nextInt(600);
        int note = random.nextInt(120);
        switch (random.nextInt(9)) {
            case 0 ->
                run(
                        "INSERT INTO killed.accounts VALUES (%d, 1, '1.1.1.1') ON CONFLICT (id) DO UPDATE SET balance = 7",
                        id);
            case 1 -> run("UPDATE killed.accounts SET balance = balance + 1 WHERE id %% 10 = %d", id % 10);
            case 2 -> run("DELETE FROM killed.accounts WHERE id = %d", id);
            case 3 -> run("UPDATE killed.notes SET n = n + 1 WHERE id %% 7 = %d", id % 7);
            case 4 ->
                run(
                        "BEGIN; DELETE FROM killed.notes WHERE id = %d; UPDATE killed.notes SET id = %d, n = n + 1 WHERE id ="
                                + " %d; COMMIT",
                        note + 1000, note + 1000, note);
            case 5 ->
                run(
                        "BEGIN; DELETE FROM killed.notes WHERE id = %d; UPDATE killed.notes SET id = %d WHERE id = %d; COMMIT",
                        note, note, note + 1000);
            case 6 -> run("INSERT INTO killed.bag VALUES ('blue', %d), ('blue', %d)", id % 3, id % 3);
            case 7 ->
                run("DELETE FROM killed.bag WHERE ctid = (SELECT min(ctid) FROM killed.bag WHERE n = %d)", id % 3);
            default -> run("UPDATE killed.bag SET n = (n + 1) %% 3 WHERE colour = 'blue'");
        }
    }

    private static void run(String sql, Object... values) {
        scene.postgres.run(sql.formatted(values));
    }

    private static void assertSame(Scene.Follower follower) {
        scene.sync();
        Scene.Result verified = scene.verify();
        assertEquals(0, verified.exitCode(), () -> verified.out() + follower.log());
        assertEquals(
                scene.postgres.texts("SELECT format('%s %s', colour, n) FROM killed.bag ORDER BY 1"),
                scene.clickhouse.lines("SELECT concat(colour, ' ', toString(n)) AS row FROM killed.bag ORDER BY row"));
        assertEquals(
                scene.postgres.texts("SELECT format('%s %s %s', id, n, md5(body)) FROM killed.notes ORDER BY id"),
                scene.clickhouse.lines("SELECT concat(toString(id), ' ', toString(n), ' ', lower(hex(MD5(body))))"
                        + " FROM killed.notes ORDER BY id"));
        follower.kill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFTER_SLOT", "AFTER_COPY"})
    void aFirstCopyThatDiesBeginsAnew(String failpoint) {
        scene.run("drop");
        Scene.Follower dying = scene.follow("-Dmillrace.failpoint=" + failpoint);
        dying.awaitLine("stopped at ");
        change(new Random(1));
        dying.kill();
        Scene.Follower next = scene.follow().awaitStart();
        scene.awaitCopy();
        assertSame(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MID_ROWS", "AFTER_ROWS", "AFTER_POSITION", "AFTER_TRUNCATE", "MID_TRANSACTION", "MID_ATTACH"})
    void aStreamThatDiesGoesOn(String failpoint) {
        Scene.Follower first = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
        first.kill();
        Scene.Follower dying = scene.follow("-Dmillrace.failpoint=" + failpoint);
        Random random = new Random(failpoint.hashCode());
        IntStream.range(0, 20).forEach(i -> change(random));
        scene.postgres.run(
                "BEGIN; TRUNCATE killed.accounts; INSERT INTO killed.accounts SELECT i, i, '10.0.0.1' FROM generate_series(1,"
                        + " 500) i; UPDATE killed.notes SET n = n + 1; COMMIT",
                "BEGIN; INSERT INTO killed.accounts SELECT i, 1, NULL FROM generate_series(10001, 50000) i; UPDATE"
                        + " killed.notes SET n = n + 1, id = id + 5000 WHERE id < 20; INSERT INTO killed.bag VALUES ('big', 1);"
                        + " COMMIT",
                "BEGIN; UPDATE killed.notes SET id = id - 5000 WHERE id > 5000; DELETE FROM killed.accounts WHERE id > 10000;"
                        + " COMMIT");
        dying.awaitLine("stopped at ");
        dying.kill();
        IntStream.range(0, 20).forEach(i -> change(random));
        assertSame(scene.follow().awaitStart());
    }

    @Test
    void killsAtAnyMomentLoseNothing() throws Exception {
        Scene.Follower follower = scene.follow().awaitStart();
        scene.awaitCopy();
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            Random random = new Random(7);
            while (!ended.get()) {
                change(random);
            }
        });
        writer.start();
        Random moments = new Random(8);
        for (int i = 0; i < Integer.getInteger("millrace.kills", 8); i++) {
            Thread.sleep(moments.nextInt(900));
            follower.kill();
            follower = scene.follow().awaitStart();
        }
        ended.set(true);
        writer.join();
        assertSame(follower);
    }

    @Test
    void aSignalEndsItAfterItsBatch() throws Exception {
        Scene.Follower follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
        new ProcessBuilder("kill", "-TERM", "" + follower.process().pid())
                .start()
                .waitFor();
        follower.process().waitFor();
        assertEquals(List.of(), scene.postgres.texts("SELECT 1 FROM pg_replication_slots WHERE active"));
        assertSame(scene.follow().awaitStart());
    }
}
