package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be followed, or not any more, is said in a sentence; nothing is guessed, and what passes is waited for. */
@Tag("integration")
class ObstaclesIT {
    private Scene scene;

    @BeforeEach
    void make() {
        scene = new Scene("obstacles", "- sync\n- t");
        scene.clickhouse.query("DROP DATABASE IF EXISTS obstacles SYNC");
        scene.clickhouse.query("DROP DATABASE IF EXISTS obstacles_cdc SYNC");
        scene.postgres.run(
                "CREATE TABLE obstacles.sync (id int PRIMARY KEY)",
                "CREATE TABLE obstacles.t (id int, u int NOT NULL, v text)",
                "CREATE UNIQUE INDEX ON obstacles.t (u)",
                "ALTER TABLE obstacles.t ADD PRIMARY KEY (id)",
                "INSERT INTO obstacles.t VALUES (1, 1, 'a')");
        scene.run("drop");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private Scene.Follower following() {
        scene.publish("sync", "t");
        Scene.Follower follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
        return follower;
    }

    @Test
    void checkNamesEverythingAtOnce() {
        scene.postgres.run(
                "CREATE TABLE obstacles.keyless (a int)",
                "CREATE TABLE obstacles.late (id int PRIMARY KEY DEFERRABLE)",
                "CREATE UNLOGGED TABLE obstacles.unlogged (id int PRIMARY KEY)",
                "CREATE TABLE obstacles.parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE VIEW obstacles.shown AS SELECT 1 AS a",
                "CREATE TABLE obstacles.computed (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)");
        scene.write("- sync\n- keyless\n- late\n- unlogged\n- parts\n- shown\n- computed\n- nothing\n"
                + "- {name: t, order_by: v, key: u}");
        Scene.Result check = scene.run("check");
        assertEquals(2, check.exitCode());
        for (String expected : new String[] {
            "CREATE PUBLICATION \"millrace_obstacles\" FOR TABLE \"obstacles\".\"sync\", ",
            "obstacles.keyless has no primary key",
            "ALTER TABLE \"obstacles\".\"keyless\" REPLICA IDENTITY FULL;",
            "obstacles.late has a key that is DEFERRABLE",
            "ALTER TABLE \"obstacles\".\"unlogged\" SET LOGGED;",
            "obstacles.parts is partitioned",
            "obstacles.shown is a view",
            "Postgres computes twice of obstacles.computed",
            "Postgres has no table obstacles.nothing.",
            "\"order_by\" of obstacles.t",
            "The \"key\" of obstacles.t"
        }) {
            assertTrue(check.out().contains(expected), expected + " is not in\n" + check.out());
        }
        Scene.Result run = scene.run("run");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("(cannot-follow)"), run.err());
        assertEquals(
                0, scene.postgres.texts("SELECT 1 FROM pg_replication_slots").size());
    }

    @Test
    void aPublicationThatLeavesSomethingOutIsRefused() {
        scene.postgres.run(
                "CREATE PUBLICATION millrace_obstacles FOR TABLE obstacles.t WHERE (id > 5) WITH (publish = 'insert')");
        String check = scene.run("check").out();
        assertTrue(check.contains("leaves out some kinds of changes"), check);
        assertTrue(check.contains("leaves out rows or columns of obstacles.t"), check);
        assertTrue(check.contains("lacks obstacles.sync"), check);
        scene.postgres.run(
                "DROP PUBLICATION millrace_obstacles",
                "CREATE PUBLICATION millrace_obstacles FOR TABLES IN SCHEMA obstacles");
        assertTrue(scene.run("check").out().contains("for all tables, or for those of a schema"));
    }

    @Test
    void aTableInTheWayIsNotTouched() {
        scene.publish("sync", "t");
        scene.clickhouse.query("CREATE DATABASE obstacles");
        scene.clickhouse.query("CREATE TABLE obstacles.t (a Int8) ENGINE = MergeTree ORDER BY a");
        String check = scene.run("check").out();
        assertTrue(check.contains("ClickHouse has a table obstacles.t"), check);
        assertTrue(check.contains("DROP TABLE `obstacles`.`t`;"), check);
    }

    @Test
    void theSecondFollowerWaitsForTheFirst() {
        Scene.Follower first = following();
        scene.takeAnyPort();
        Scene.Follower second = scene.follow().awaitStart();
        second.awaitStatus("\"code\":\"slot-taken\"");
        assertEquals(503, second.get("/health").statusCode());
        first.kill();
        second.awaitStatus("\"state\":\"following\"");
        scene.postgres.run("INSERT INTO obstacles.t VALUES (2, 2, 'b')");
        scene.sync();
        assertEquals("2", scene.clickhouse.query("SELECT count() FROM obstacles.t"));
    }

    @Test
    void aSlotThatIsGoneIsAGap() {
        scene.follow(", resync: ask", "- sync\n- t");
        following().kill();
        awaitInactive();
        scene.postgres.run("SELECT pg_drop_replication_slot('" + scene.slot() + "')");
        scene.follow().awaitStart().awaitStatus("\"code\":\"slot-missing\"");
    }

    @Test
    void whatWasMissedIsCopiedAnewByItself() {
        int before = gaps();
        following().kill();
        awaitInactive();
        scene.postgres.run(
                "SELECT pg_drop_replication_slot('" + scene.slot() + "')",
                "INSERT INTO obstacles.t VALUES (3, 3, 'missed')",
                "DELETE FROM obstacles.t WHERE id = 1");
        Scene.Follower follower = scene.follow().awaitStart();
        follower.awaitLog("(slot-missing)");
        follower.awaitStatus("\"obstacles.t\":{\"state\":\"following\"");
        scene.sync();
        assertEquals(0, scene.verify().exitCode());
        assertEquals(before + 1, gaps());
    }

    private int gaps() {
        return Integer.parseInt(scene.clickhouse.query(
                "SELECT count() FROM millrace.schema_changes WHERE pipeline = 'obstacles' AND source = '*'"));
    }

    @Test
    void aSlotThatKeepsTooMuchIsGivenUp() {
        scene.follow(", slot_limit_mb: 40, when_slot_full: drop", "- sync\n- t");
        Scene.Follower follower = following();
        assertTrue(follower.post("/hold?seconds=600").body().contains("\"lsn\""));
        scene.postgres.run(
                "CREATE TABLE obstacles.noise (v text)",
                "INSERT INTO obstacles.noise SELECT repeat(md5(i::text), 20) FROM generate_series(1, 40000) i",
                "INSERT INTO obstacles.t VALUES (4, 4, 'while held')");
        follower.awaitStatus("MiB of its log for the slot");
        assertEquals(503, follower.get("/health").statusCode());
        scene.postgres.run(
                "INSERT INTO obstacles.noise SELECT repeat(md5(i::text), 20) FROM generate_series(1, 40000) i");
        follower.awaitLog("(slot-full)");
        follower.awaitLog("(slot-missing)");
        follower.awaitStatus("\"obstacles.t\":{\"state\":\"following\"");
        scene.sync();
        assertEquals(0, scene.verify().exitCode());
    }

    @Test
    void aSlotThatWasMadeAnewIsAGap() {
        scene.follow(", resync: ask", "- sync\n- t");
        following().kill();
        awaitInactive();
        scene.postgres.run(
                "SELECT pg_drop_replication_slot('" + scene.slot() + "')",
                "INSERT INTO obstacles.t VALUES (3, 3, 'missed')",
                "SELECT pg_create_logical_replication_slot('" + scene.slot() + "', 'pgoutput')");
        Scene.Follower follower = scene.follow().awaitStart();
        follower.awaitStatus("\"code\":\"slot-ahead\"");
        follower.kill();
        scene.run("drop");
        scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
        assertEquals(0, scene.verify().exitCode());
    }

    @Test
    void aSlotOfSomebodyElseIsNotTaken() {
        scene.publish("sync", "t");
        scene.postgres.run("SELECT pg_create_logical_replication_slot('" + scene.slot() + "', 'pgoutput')");
        scene.follow().awaitStart().awaitStatus("\"code\":\"slot-unknown\"");
    }

    private void awaitInactive() {
        Scene.await(
                () -> scene.postgres
                        .texts("SELECT 1 FROM pg_replication_slots WHERE active")
                        .isEmpty(),
                () -> "the slot is in use");
    }

    /** The INSERT's place in the log is before the DELETE's, and its commit behind. */
    @Test
    void commitsOrderChangesNotTheirPlacesInTheLog() throws Exception {
        following();
        try (Connection one = scene.postgres.connect();
                Statement first = one.createStatement()) {
            one.setAutoCommit(false);
            first.execute("INSERT INTO obstacles.t VALUES (2, 7, 'in the way')");
            Thread insert = new Thread(() -> scene.postgres.run("INSERT INTO obstacles.t VALUES (1, 7, 'new')"));
            insert.start();
            Scene.await(
                    () -> scene.postgres
                                    .texts(
                                            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%new%'")
                                    .size()
                            == 1,
                    () -> "the INSERT does not wait");
            first.execute("DELETE FROM obstacles.t WHERE id IN (1, 2)");
            one.commit();
            insert.join();
        }
        scene.sync();
        assertEquals("1\t7\tnew", scene.clickhouse.query("SELECT * FROM obstacles.t"));
    }
}
