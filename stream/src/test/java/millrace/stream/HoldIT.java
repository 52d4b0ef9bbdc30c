package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readers see one moment of the source for as long as it is held. */
@Tag("integration")
class HoldIT {
    private static Scene scene;
    private static Scene.Follower follower;

    @BeforeAll
    static void follow() {
        scene = new Scene("held", "- sync\n- a\n- b");
        scene.postgres.run(
                "CREATE TABLE held.sync (id int PRIMARY KEY)",
                "CREATE TABLE held.a (id int PRIMARY KEY, v int)",
                "CREATE TABLE held.b (id int PRIMARY KEY, v int)",
                "INSERT INTO held.a SELECT i, 0 FROM generate_series(1, 100) i");
        scene.publish("sync", "a", "b");
        follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    @BeforeEach
    void comeToRest() {
        scene.sync();
    }

    private static int sum() {
        return Integer.parseInt(scene.clickhouse.query("SELECT sum(v) FROM held.a"));
    }

    @Test
    void nothingIsWrittenUntilItIsReleased() {
        HttpResponse<String> held = follower.post("/hold");
        assertEquals(200, held.statusCode());
        assertTrue(held.body().contains("\"lsn\":\""), held.body());
        follower.awaitStatus("\"state\":\"held\"");
        int before = sum();
        scene.postgres.run("UPDATE held.a SET v = v + 1");
        assertEquals(before, sum());
        assertEquals(200, follower.post("/release").statusCode());
        scene.sync();
        assertEquals(before + 100, sum());
        assertTrue(follower.post("/release").body().contains("was not held"));
    }

    @Test
    void whatIsForgottenIsReleasedByItself() {
        follower.post("/hold?seconds=1");
        scene.postgres.run("UPDATE held.a SET v = v + 1");
        scene.sync();
        follower.awaitStatus("\"state\":\"following\"");
    }

    /** What was committed below the place is there, and nothing else. */
    @Test
    void itCanBeHeldAtAPlaceThatIsStillToCome() {
        follower.post("/hold");
        scene.postgres.run("UPDATE held.a SET v = v + 1");
        String place =
                scene.postgres.texts("SELECT pg_current_wal_insert_lsn()::text").get(0);
        scene.postgres.run("UPDATE held.a SET v = v + 1000");
        int before = sum();
        HttpResponse<String> held = follower.post("/hold?until=" + place);
        assertEquals(200, held.statusCode(), held::body);
        assertEquals(before + 100, sum());
        assertTrue(follower.post("/hold?until=0/1").body().contains("passed"));
        follower.post("/release");
        scene.sync();
        assertEquals(before + 100_100, sum());
    }

    @Test
    void verifyComparesOneMomentWhileTheSourceIsWrittenTo() throws Exception {
        boolean[] ended = {false};
        Thread writer = new Thread(() -> {
            for (int i = 0; !ended[0]; i++) {
                scene.postgres.run(
                        "BEGIN; UPDATE held.a SET v = v + 1; INSERT INTO held.b VALUES (" + i + ", 1); COMMIT");
            }
        });
        writer.start();
        Scene.Result verified = scene.run("verify");
        ended[0] = true;
        writer.join();
        assertEquals(0, verified.exitCode(), () -> verified.out() + verified.err());
        assertTrue(verified.out().contains("held.a"), verified::out);
        scene.sync();
        scene.clickhouse.query("INSERT INTO held_cdc.b (id, v) VALUES (-7, 1)");
        Scene.Result differs = scene.run("verify", "--json");
        assertEquals(1, differs.exitCode(), differs::out);
        assertTrue(differs.out().contains("\"outcome\":\"differs\""), differs::out);
        scene.clickhouse.query("ALTER TABLE held_cdc.b DELETE WHERE id = -7 SETTINGS mutations_sync = 1");
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        assertEquals(405, follower.get("/hold").statusCode());
        assertEquals(400, follower.post("/hold?until=yesterday").statusCode());
        assertEquals(400, follower.post("/hold?seconds=0").statusCode());
        assertEquals(400, follower.post("/recopy").statusCode());
        assertEquals(400, follower.post("/recopy?table=nothing").statusCode());
    }
}
