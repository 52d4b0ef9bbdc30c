package millrace.loader.kinds;

import java.util.List;
import millrace.loader.servers.TestPgBouncer;

/** A real PgBouncer stands before Postgres, in each of its modes. */
final class PoolerKinds {
    private PoolerKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("sessions of a pooler serve, whatever the role has set", scene -> loads(scene, "session")),
                new Kind("transactions of a pooler serve as well", scene -> loads(scene, "transaction")),
                new Kind("single statements cannot serve, and the sentence says so", PoolerKinds::statements),
                new Kind("a pool of one connection is enough", PoolerKinds::one),
                new Kind("a shared snapshot is found through a pooler", PoolerKinds::shared));
    }

    private static void source(Scene scene) {
        scene.postgres(
                "CREATE TABLE events AS SELECT i AS id, repeat('x', 100) AS note, '1 day'::interval AS span"
                        + " FROM generate_series(1, 150000) i",
                "CREATE TABLE small AS SELECT 1 AS id, 0.30000000000000004::float8 AS number");
        scene.pipeline("- events\n- small");
    }

    private static void complete(Scene scene) {
        scene.holds("150000\t1 day", "SELECT count(), any(span) FROM " + scene.name() + ".events");
        scene.holds("0.30000000000000004", "SELECT number FROM " + scene.name() + ".small");
    }

    private static void loads(Scene scene, String mode) {
        source(scene);
        try (TestPgBouncer pooler = new TestPgBouncer(mode)) {
            scene.with("POSTGRES_PORT", "" + pooler.port());
            scene.load().succeeds();
            complete(scene);
            scene.load("--table", "small").succeeds();
            scene.verify().succeeds();
        }
    }

    private static void statements(Scene scene) {
        source(scene);
        try (TestPgBouncer pooler = new TestPgBouncer("statement")) {
            scene.with("POSTGRES_PORT", "" + pooler.port()).load().fails(2).says("pool_mode = session");
            scene.holds("0", "EXISTS TABLE " + scene.name() + ".small");
        }
    }

    private static void one(Scene scene) {
        source(scene);
        try (TestPgBouncer pooler = new TestPgBouncer(
                "session", "default_pool_size = 1", "query_wait_timeout = 2", "max_client_conn = 2")) {
            scene.with("POSTGRES_PORT", "" + pooler.port()).load().succeeds();
            complete(scene);
        }
    }

    private static void shared(Scene scene) throws Exception {
        source(scene);
        try (TestPgBouncer pooler = new TestPgBouncer("session")) {
            scene.with("POSTGRES_PORT", "" + pooler.port());
            Process holder = scene.start(
                    "snapshot",
                    "--pipeline",
                    scene.folder().resolve("kinds.yml").toString(),
                    "--run-id",
                    "pooled");
            try {
                scene.load("--run-id", "pooled", "--shared-snapshot").succeeds();
                complete(scene);
            } finally {
                holder.destroy();
                holder.waitFor();
            }
        }
    }
}
