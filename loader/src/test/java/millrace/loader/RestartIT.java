package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections and servers are lost while rows are on their way; the same run loads them all the same. */
@Tag("integration")
class RestartIT {
    private static final int ROWS = 3_000;
    private static final String COPIES =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'millrace loader' AND query LIKE 'COPY%'";

    private static TestPostgres postgres;
    private static TestClickHouse clickhouse;

    @BeforeAll
    static void startServers() {
        postgres = TestPostgres.another();
        clickhouse = TestClickHouse.another();
        postgres.run(
                "CREATE SCHEMA slow",
                "CREATE TABLE slow.t (id int PRIMARY KEY, filler text NOT NULL)",
                "INSERT INTO slow.t SELECT i, repeat('x', 10000) FROM generate_series(1, " + ROWS + ") i",
                "CREATE VIEW slow.v AS SELECT * FROM slow.t WHERE pg_sleep(0.001) IS NOT NULL");
    }

    @AfterAll
    static void stopServers() {
        postgres.stop();
        clickhouse.stop();
    }

    @Test
    void aLostConnectionIsMadeAgain() throws Exception {
        CompletableFuture<Loader.Result> load = loadOf("lost");
        postgres.run("SELECT pg_terminate_backend(" + awaitCopy() + ")");
        assertLoaded("lost", load.get(), "Postgres was lost while reading slow.v");
    }

    @Test
    void aPostgresThatStartsAnewIsAwaited() throws Exception {
        CompletableFuture<Loader.Result> load = loadOf("postgres");
        postgres.crash(awaitCopy());
        assertLoaded("postgres", load.get(), "Postgres was lost while reading slow.v");
    }

    @Test
    void aClickHouseThatStartsAnewIsAwaited() throws Exception {
        CompletableFuture<Loader.Result> load = loadOf("clickhouse");
        awaitCopy();
        clickhouse.kill();
        clickhouse.start();
        assertLoaded("clickhouse", load.get(), "The connection to ClickHouse broke");
    }

    @Test
    void withoutRetriesItFails() throws Exception {
        CompletableFuture<Loader.Result> load = loadOf("once", "--retries", "0");
        postgres.run("SELECT pg_terminate_backend(" + awaitCopy() + ")");
        assertEquals(1, load.get().exitCode());
        assertTrue(load.get().err().contains("(postgres-lost)"), load.get().err());
    }

    private static CompletableFuture<Loader.Result> loadOf(String target, String... options) {
        Loader loader = new Loader("slow", "- {name: v, target: " + target + ", key: id}")
                .with("POSTGRES_PORT", "" + postgres.port())
                .with("CLICKHOUSE_HTTP_PORT", "" + clickhouse.port());
        loader.run("init");
        return CompletableFuture.supplyAsync(() -> loader.run("load", options));
    }

    private static String awaitCopy() throws InterruptedException {
        List<String> copies = List.of();
        for (int i = 0; copies.isEmpty() && i < 300; i++) {
            Thread.sleep(50);
            copies = postgres.texts(COPIES);
        }
        Thread.sleep(500);
        return copies.get(0);
    }

    private static void assertLoaded(String target, Loader.Result result, String sentence) {
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.err().contains(sentence), result.err());
        assertTrue(result.err().contains("Beginning again in 1 s."), result.err());
        assertEquals(ROWS + "\t" + ROWS, clickhouse.query("SELECT count(), uniqExact(id) FROM raw." + target));
        assertEquals(
                "", clickhouse.query("SELECT name FROM system.tables WHERE database = 'millrace' AND name != 'loads'"));
    }
}
