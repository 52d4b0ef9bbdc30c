package millrace.loader.kinds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** What the servers refuse is told as they tell it, and only what can pass is tried again. */
final class FailureKinds {
    private FailureKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind(
                        "a materialized view without data is named, with the server's hint", FailureKinds::unpopulated),
                new Kind("columns that a role may not read are named, with what to grant", FailureKinds::privileges),
                new Kind("a schema that a role may not use is named, in JSON too", FailureKinds::schema),
                new Kind("a server that gives one connection is read over one", FailureKinds::oneConnection),
                new Kind("an error within a view comes with its message and hint", FailureKinds::raised),
                new Kind("a server that closes connections is not called another program", FailureKinds::closing));
    }

    private static void unpopulated(Scene scene) {
        scene.postgres("CREATE MATERIALIZED VIEW totals AS SELECT 1 AS total WITH NO DATA");
        scene.pipeline("- totals");
        scene.load().fails(1).says("has not been populated", "REFRESH MATERIALIZED VIEW", "SQLSTATE 55000");
        scene.postgres("REFRESH MATERIALIZED VIEW totals");
        scene.load().succeeds();
    }

    private static void privileges(Scene scene) {
        String name = scene.name();
        scene.postgres("CREATE TABLE t (id int, secret text, \"Other\" int)", "CREATE TABLE u (id int)");
        SessionKinds.role(scene);
        scene.postgres("REVOKE SELECT ON t, u FROM " + name, "GRANT SELECT (id) ON t TO " + name);
        scene.pipeline("- t\n- u");
        scene.load()
                .fails(1)
                .says(
                        "SELECT on " + name + ".t (columns secret, Other); SELECT on " + name + ".u.",
                        "GRANT SELECT ON \"" + name + "\".\"t\" TO \"" + name + "\"",
                        "pg_read_all_data");
    }

    private static void schema(Scene scene) {
        String name = scene.name();
        scene.postgres("CREATE TABLE t (id int)");
        SessionKinds.role(scene);
        scene.postgres("REVOKE USAGE ON SCHEMA " + name + " FROM " + name);
        scene.pipeline("- t");
        scene.load("--json").fails(1).says("GRANT USAGE ON SCHEMA \\\"" + name, "SQLSTATE 42501");
    }

    private static void oneConnection(Scene scene) {
        scene.postgres("CREATE TABLE t AS SELECT i AS id, repeat('x', 100) AS note FROM generate_series(1, 120000) i");
        SessionKinds.role(scene);
        scene.postgres("ALTER ROLE " + scene.name() + " CONNECTION LIMIT 1");
        scene.pipeline("- {name: t, key: id}");
        scene.load().succeeds().says("Read over 1 connection instead of", "too many connections for role");
        scene.holds("120000", "SELECT uniqExact(id) FROM " + scene.name() + ".t");
    }

    private static void raised(Scene scene) {
        scene.postgres(
                "CREATE FUNCTION raised() RETURNS int LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no rates today'"
                        + " USING ERRCODE = 'AB123', DETAIL = 'the feed is late', HINT = 'Ask finance.'; END$$",
                "CREATE VIEW v AS SELECT raised() AS x");
        scene.pipeline("- v");
        scene.load()
                .fails(1)
                .says("reading " + scene.name() + ".v: no rates today. the feed is late.", "Ask finance.", "AB123");
    }

    private static void closing(Scene scene) throws IOException {
        scene.postgres("CREATE TABLE t AS SELECT 1 AS id");
        scene.pipeline("- t");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closer = new Thread(() -> closeAll(server));
            closer.setDaemon(true);
            closer.start();
            String port = String.valueOf(server.getLocalPort());
            scene.with("CLICKHOUSE_HTTP_PORT", port);
            scene.load("--retries", "1")
                    .fails(3)
                    .says("is ClickHouse starting or restarting there?", "Beginning again in 1 s.");
            scene.with("POSTGRES_PORT", port);
            scene.load("--retries", "1")
                    .fails(3)
                    .says("is Postgres starting or restarting there?", "Beginning again in 1 s.");
        }
    }

    private static void closeAll(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            // The test is done.
        }
    }
}
