package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies; nobody sees half a table, and the next run puts everything right. */
@Tag("integration")
class KilledIT {
    private static final List<String> PUBLISHED = List.of("MID_PUBLISH", "AFTER_PUBLISH", "BEFORE_AUDIT");
    private static final int BEFORE = 100;
    private static final int AFTER = 250_000;

    private final TestPostgres postgres = TestPostgres.server();
    private final TestClickHouse clickhouse = TestClickHouse.server();
    private Loader loader;

    @BeforeEach
    void loadTheFormerTable() {
        postgres.run(
                "DROP SCHEMA IF EXISTS killed CASCADE",
                "CREATE SCHEMA killed",
                "CREATE TABLE killed.t (id int PRIMARY KEY, filler text NOT NULL)",
                "INSERT INTO killed.t SELECT i, repeat('x', 50) FROM generate_series(1, " + BEFORE + ") i");
        loader = new Loader("killed", "- name: t\n  target: killed");
        loader.load();
        postgres.run(
                "INSERT INTO killed.t SELECT i, repeat('y', 50) FROM generate_series(" + (BEFORE + 1) + ", " + AFTER
                        + ") i",
                "ANALYZE killed.t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTER_SNAPSHOT",
                "MID_COPY",
                "BEFORE_PUBLISH",
                "BEFORE_SWITCH",
                "MID_PUBLISH",
                "AFTER_PUBLISH",
                "BEFORE_AUDIT"
            })
    void anotherRunLoadsEachRowOnce(String failpoint) throws Exception {
        Process process = loader.start(List.of("-Dmillrace.failpoint=" + failpoint), "load", "--run-id", failpoint);
        awaitStop(process);
        boolean published = PUBLISHED.contains(failpoint);
        assertEquals(published ? AFTER : BEFORE, rows());
        process.destroyForcibly().waitFor();
        assertEquals(published ? AFTER : BEFORE, rows());

        loader.load();
        assertEquals(AFTER, rows());
        assertEquals("" + AFTER, clickhouse.query("SELECT uniqExact(id) FROM raw.killed"));
        assertEquals("", stagingTables());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTER_SNAPSHOT",
                "MID_COPY",
                "BEFORE_PUBLISH",
                "BEFORE_SWITCH",
                "MID_PUBLISH",
                "AFTER_PUBLISH",
                "BEFORE_AUDIT"
            })
    void anotherIncrementalRunAddsEachRowOnce(String failpoint) throws Exception {
        clickhouse.query("DROP TABLE raw.killed SYNC");
        postgres.run("DELETE FROM killed.t WHERE id > " + BEFORE);
        Loader incremental = new Loader("killed", "- {name: t, target: killed, mode: incremental, cursor: id}");
        incremental.load();
        postgres.run("INSERT INTO killed.t SELECT i, repeat('y', 50) FROM generate_series(" + (BEFORE + 1) + ", "
                + AFTER + ") i");
        Process process = incremental.start(List.of("-Dmillrace.failpoint=" + failpoint), "load");
        awaitStop(process);
        process.destroyForcibly().waitFor();
        boolean published = PUBLISHED.contains(failpoint);
        assertEquals(published ? AFTER : BEFORE, rows());

        incremental.load();
        assertEquals(AFTER, rows());
        assertEquals("" + AFTER, clickhouse.query("SELECT uniqExact(id) FROM raw.killed"));
        assertEquals("", stagingTables());
    }

    @Test
    void aSecondRunSaysThatTheTableIsTaken() throws Exception {
        Process process = loader.start(List.of("-Dmillrace.failpoint=MID_COPY"), "load");
        awaitStop(process);
        Loader.Result second = loader.run("load");
        assertEquals(1, second.exitCode());
        assertTrue(second.err().contains("Another run is loading raw.killed at this moment."), second.err());
        assertTrue(!stagingTables().isEmpty());
        process.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void aSignalLeavesNoStagingTable(String signal, int number) throws Exception {
        postgres.run(
                "CREATE VIEW killed.slow AS SELECT i FROM generate_series(1, 100000) i WHERE pg_sleep(0.001) IS NOT NULL");
        Loader slow = new Loader("killed", "- name: slow\n  target: killed\n  adopt: true");
        Process process = slow.start(List.of(), "load", "--run-id", signal);
        while (stagingTables().isEmpty()) {
            assertTrue(process.isAlive());
            Thread.sleep(50);
        }
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(128 + number, process.exitValue());
        String said = new String(process.getErrorStream().readAllBytes());
        assertTrue(said.contains("millrace: The load was interrupted.\n  Nothing was published."), said);
        assertEquals("", stagingTables());
        assertEquals(BEFORE, rows());
        assertEquals(
                "failed\tThe load was interrupted.",
                clickhouse.query("SELECT outcome, sentence FROM millrace.loads WHERE run_id = '" + signal + "'"));
    }

    private static void awaitStop(Process process) throws IOException {
        BufferedReader lines = process.errorReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("stopped at ")) {
                return;
            }
        }
        throw new AssertionError("the loader ended before it reached the failpoint");
    }

    private int rows() {
        return Integer.parseInt(clickhouse.query("SELECT count() FROM raw.killed"));
    }

    private String stagingTables() {
        return clickhouse.query(
                "SELECT name FROM system.tables WHERE database = 'millrace' AND startsWith(name, 'raw.killed.')");
    }
}
