package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However tables change, readers come to see the source's rows in their new shape, without anybody's help. */
@Tag("integration")
class SchemaChangesIT {
    private Scene scene;
    private Scene.Follower follower;

    @BeforeEach
    void follow() {
        scene = new Scene("reshaped", "- sync\n- t\n- bag");
        scene.clickhouse.query("DROP DATABASE IF EXISTS reshaped SYNC");
        scene.clickhouse.query("DROP DATABASE IF EXISTS reshaped_cdc SYNC");
        scene.run("drop");
        scene.postgres.run(
                "CREATE TABLE reshaped.sync (id int PRIMARY KEY)",
                "CREATE TABLE reshaped.t (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, price numeric(10,2))",
                "CREATE TABLE reshaped.bag (a int, b text)",
                "ALTER TABLE reshaped.bag REPLICA IDENTITY FULL",
                "INSERT INTO reshaped.t SELECT i, i, -i, i / 4.0 FROM generate_series(1, 100) i",
                "INSERT INTO reshaped.bag SELECT i % 3, 'x' FROM generate_series(1, 20) i");
        scene.publish("sync", "t", "bag");
        follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private int noted() {
        return scene.clickhouse
                        .query(
                                "SELECT count() FROM system.tables WHERE database = 'millrace' AND name = 'schema_changes'")
                        .equals("0")
                ? 0
                : Integer.parseInt(scene.clickhouse.query(
                        "SELECT count() FROM millrace.schema_changes WHERE pipeline = 'reshaped'"));
    }

    /** Runs statements in one transaction, and waits until they are answered and everything is the same. */
    private void changes(String... statements) {
        int before = noted();
        scene.postgres.run("BEGIN; " + String.join("; ", statements) + "; COMMIT");
        Scene.await(() -> noted() > before, () -> String.join("; ", statements) + " was not noticed" + follower.log());
        assertSame();
    }

    private void assertSame() {
        Scene.await(() -> follower.get("/status").body().contains("\"state\":\"following\""), follower::log);
        scene.sync();
        Scene.await(() -> scene.verify().exitCode() == 0, () -> scene.verify().out() + follower.log());
    }

    @Test
    void columnsThatComeGoAndChangeTheirNames() {
        changes(
                "UPDATE reshaped.t SET a = a + 1",
                "ALTER TABLE reshaped.t ADD COLUMN c int NOT NULL DEFAULT 5, ADD COLUMN v uuid DEFAULT gen_random_uuid(), ADD COLUMN n text",
                "INSERT INTO reshaped.t (id, a, b) VALUES (200, 1, 2)");
        assertEquals("101", scene.clickhouse.query("SELECT countIf(c = 5) FROM reshaped.t"));
        changes(
                "ALTER TABLE reshaped.t RENAME a TO x",
                "ALTER TABLE reshaped.t RENAME b TO a",
                "ALTER TABLE reshaped.t RENAME x TO b");
        assertEquals("2", scene.clickhouse.query("SELECT b FROM reshaped.t WHERE id = 1"));
        changes("ALTER TABLE reshaped.t DROP COLUMN n", "ALTER TABLE reshaped.bag ADD COLUMN c bool DEFAULT true");
    }

    /** The stream says nothing about any of these. */
    @Test
    void rowsThatAreWrittenAnewUnderTheSameShape() {
        changes("ALTER TABLE reshaped.t ALTER price TYPE numeric(10,2) USING price * 100");
        changes("ALTER TABLE reshaped.t DROP COLUMN price, ADD COLUMN price numeric(10,2) DEFAULT 7");
        assertEquals("100", scene.clickhouse.query("SELECT countIf(price = 7) FROM reshaped.t"));
        changes("ALTER TABLE reshaped.bag ALTER a TYPE bigint");
        changes(
                "ALTER TABLE reshaped.t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a)",
                "UPDATE reshaped.t SET id = 7, b = b - 1 WHERE id < 5");
        assertEquals("100", scene.clickhouse.query("SELECT count() FROM reshaped.t"));
    }

    /** No row and no column is written by this, and yet every row reads otherwise. */
    @Test
    void valuesOfAnEnumThatAreRenamed() {
        scene.postgres.run("DROP TYPE IF EXISTS public.reshaped_mood CASCADE");
        scene.postgres.run("CREATE TYPE public.reshaped_mood AS ENUM ('good', 'bad')");
        changes(
                "ALTER TABLE reshaped.t ADD COLUMN mood public.reshaped_mood DEFAULT 'good'",
                "ALTER TABLE reshaped.t ADD COLUMN moods public.reshaped_mood[] DEFAULT '{bad}'");
        changes("ALTER TYPE public.reshaped_mood RENAME VALUE 'good' TO 'fine'");
        assertEquals("100", scene.clickhouse.query("SELECT countIf(mood = 'fine') FROM reshaped.t"));
        changes("ALTER TYPE public.reshaped_mood RENAME VALUE 'bad' TO 'poor'");
        assertEquals("100", scene.clickhouse.query("SELECT countIf(moods = ['poor']) FROM reshaped.t"));
    }

    @Test
    void readersSeeATableInItsNewShapeAsSoonAsItIsCopied() {
        follower.kill();
        scene.postgres.run("ALTER TABLE reshaped.t RENAME a TO x");
        scene.follow("-Dmillrace.failpoint=AFTER_EXCHANGE").awaitLine("stopped at AFTER_EXCHANGE");
        assertEquals("5", scene.clickhouse.query("SELECT x FROM reshaped.t WHERE id = 5"));
    }

    @Test
    void whatLeavesTheRowsAsTheyAreIsNoChange() {
        int before = noted();
        scene.postgres.run(
                "TRUNCATE reshaped.bag",
                "VACUUM FULL reshaped.t",
                "CREATE INDEX ON reshaped.t (b)",
                "ALTER TABLE reshaped.bag ALTER a SET DEFAULT 3",
                "INSERT INTO reshaped.bag (b) VALUES ('after')",
                "BEGIN; ALTER TABLE reshaped.t ADD COLUMN undone int DEFAULT 1; UPDATE reshaped.t SET undone = 2; ROLLBACK",
                "UPDATE reshaped.t SET b = 0 WHERE id = 5");
        assertSame();
        assertEquals("3\tafter", scene.clickhouse.query("SELECT * FROM reshaped.bag"));
        // The catalog is looked at every other second; the bag's file and column have both changed, which is not told
        // apart.
        scene.postgres.run("UPDATE reshaped.t SET b = 1 WHERE id = 6");
        assertSame();
        String t =
                scene.clickhouse.query("EXISTS TABLE millrace.schema_changes").equals("0")
                        ? "0"
                        : scene.clickhouse.query(
                                "SELECT count() FROM (SELECT * FROM millrace.schema_changes WHERE pipeline = 'reshaped' ORDER BY noticed_at LIMIT 1000 OFFSET "
                                        + before + ") WHERE source = 'reshaped.t'");
        assertEquals("0", t);
    }

    @Test
    void aTableThatWasMadeAnewIsFollowedWhenItIsPublishedAgain() {
        scene.postgres.run(
                "DROP TABLE reshaped.t",
                "CREATE TABLE reshaped.t (id int PRIMARY KEY, other text)",
                "INSERT INTO reshaped.t VALUES (1, 'new')");
        follower.awaitStatus("ALTER PUBLICATION");
        scene.postgres.run("ALTER PUBLICATION millrace_reshaped ADD TABLE reshaped.t");
        assertSame();
        assertEquals("1\tnew", scene.clickhouse.query("SELECT * FROM reshaped.t"));
    }

    /** Changes of rows and shapes without a rule, with a follower that is killed among them. */
    @Test
    void aRandomWalkEndsInTheSameRows() {
        long seed = Long.getLong("millrace.seed", 20261126L);
        Random random = new Random(seed);
        int columns = 0;
        for (int round = 0; round < 4; round++) {
            for (int step = 0; step < 12; step++) {
                scene.postgres.run(
                        switch (random.nextInt(9)) {
                            case 0 ->
                                "INSERT INTO reshaped.t (id, a, b) SELECT g, g, g FROM generate_series(" + 1000 + " + "
                                        + random.nextInt(500) + ", 1600) g ON CONFLICT DO NOTHING";
                            case 1 -> "UPDATE reshaped.t SET a = a + 1 WHERE id % 3 = " + random.nextInt(3);
                            case 2 -> "DELETE FROM reshaped.t WHERE id % 17 = " + random.nextInt(17);
                            case 3 -> "INSERT INTO reshaped.bag SELECT 1, 'y' FROM generate_series(1, 5)";
                            case 4 -> "DELETE FROM reshaped.bag WHERE ctid IN (SELECT ctid FROM reshaped.bag LIMIT 2)";
                            case 5 ->
                                "ALTER TABLE reshaped.t ADD COLUMN w" + columns++ + " int DEFAULT " + random.nextInt(9);
                            case 6 -> "ALTER TABLE reshaped.t ALTER b TYPE int USING b + " + (1 + random.nextInt(5));
                            case 7 -> "UPDATE reshaped.t SET id = id + 100000 WHERE id % 41 = " + random.nextInt(41);
                            default -> "TRUNCATE reshaped.bag";
                        });
            }
            if (round % 2 == 1) {
                follower.kill();
                follower = scene.follow().awaitStart();
            }
        }
        Scene.await(
                () -> follower.get("/status").body().contains("\"state\":\"following\"")
                        && scene.verify().exitCode() == 0,
                () -> "seed " + seed + ": " + scene.verify().out() + follower.log());
        assertEquals(
                scene.postgres
                        .texts("SELECT count(*) || ' ' || sum(id) || ' ' || sum(a) || ' ' || sum(b) FROM reshaped.t")
                        .get(0),
                scene.clickhouse.query(
                        "SELECT count() || ' ' || sum(id) || ' ' || sum(a) || ' ' || sum(b) FROM reshaped.t"));
    }
}
