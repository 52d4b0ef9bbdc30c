package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import millrace.loader.run.RunName;
import millrace.loader.servers.Loader;
import millrace.loader.servers.Orders;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loads of one run are processes of their own, and yet of one moment, while the source is written to. */
@Tag("integration")
class SharedSnapshotIT {
    private final TestPostgres postgres = TestPostgres.server();
    private final TestClickHouse clickhouse = TestClickHouse.server();
    private final List<Process> processes = new ArrayList<>();
    private Loader loader;

    @BeforeEach
    void makeTables() {
        postgres.run("DROP SCHEMA IF EXISTS shared CASCADE", "CREATE SCHEMA shared");
        Orders.makeTables("shared");
        loader = new Loader("shared", "- name: orders\n  target: shared_orders\n- name: items\n  target: shared_items");
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String command, String... options) throws IOException {
        Process process = loader.start(List.of(), command, options);
        processes.add(process);
        return process;
    }

    private Process hold(String runId) throws IOException {
        Process holder = start("snapshot", "--run-id", runId, "--json");
        awaitLine(holder, "event=holding snapshot=");
        return holder;
    }

    private static void awaitLine(Process process, String part) throws IOException {
        BufferedReader lines = process.errorReader();
        List<String> read = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return;
            }
            read.add(line);
            if (line.contains("event=holding snapshot=")) {
                break;
            }
        }
        throw new AssertionError(String.join("\n", read));
    }

    private void load(String runId, String table) {
        Loader.Result result = loader.run("load", "--run-id", runId, "--table", table, "--shared-snapshot");
        assertEquals(0, result.exitCode(), result.err());
    }

    private Loader.Result impatientLoad(String runId) {
        return loader.run("load", "--run-id", runId, "--table", "orders", "--shared-snapshot", "--snapshot-wait", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders items", "items orders"})
    void theTablesOfARunAreOfOneMoment(String order) throws Exception {
        try (Orders orders = new Orders("shared")) {
            orders.awaitMore(20);
            Process holder = hold(order);
            for (String table : order.split(" ")) {
                orders.awaitMore(20);
                load(order, table);
            }
            orders.awaitMore(20);
            Loader.Result verified = loader.run("verify", "--run-id", order, "--shared-snapshot");
            assertEquals(0, verified.exitCode(), verified.out() + verified.err());
            assertEquals(1, loader.run("verify").exitCode());
            holder.toHandle().destroy();
            assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, holder.exitValue());
            assertTrue(holder.inputReader().readLine().contains("\"outcome\":\"done\""));
        }
        assertEquals("0", itemsWithoutOrder());
        assertEquals("0", ordersWithoutAllItems());
        assertTrue(Integer.parseInt(clickhouse.query("SELECT count() FROM raw.shared_orders")) >= 20);
    }

    private String itemsWithoutOrder() {
        return clickhouse.query(
                "SELECT count() FROM raw.shared_items WHERE order_id NOT IN (SELECT order_id FROM raw.shared_orders)");
    }

    private String ordersWithoutAllItems() {
        return clickhouse.query("SELECT count() FROM raw.shared_orders o LEFT JOIN"
                + " (SELECT order_id, count() AS found FROM raw.shared_items GROUP BY order_id) i USING (order_id)"
                + " WHERE ifNull(i.found, 0) != o.items");
    }

    @Test
    void aLoadIsNotPublishedWhenTheHolderIsGone() throws Exception {
        postgres.run(
                "CREATE VIEW shared.slow AS SELECT i FROM generate_series(1, 2000) i WHERE pg_sleep(0.001) IS NOT NULL");
        loader.rewrite("- name: slow\n  target: shared_slow");
        Process holder = hold("widowed");
        Process load = start("load", "--run-id", "widowed", "--shared-snapshot");
        awaitCopy(load);
        holder.destroyForcibly().waitFor();
        awaitLine(load, "millrace: The snapshot of the run \"widowed\" of the pipeline test is gone");
        assertTrue(load.waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, load.exitValue());
        assertEquals("0", clickhouse.query("EXISTS TABLE raw.shared_slow"));
    }

    /** Returns when the load reads the table that takes long. */
    private void awaitCopy(Process load) throws InterruptedException {
        String copies =
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%shared\".\"slow%'";
        while (postgres.texts(copies + " AND pid != pg_backend_pid()").get(0).equals("0")) {
            assertTrue(load.isAlive());
            Thread.sleep(10);
        }
    }

    @Test
    void aRunHasOneSnapshotAtATime() throws Exception {
        Process first = hold("once");
        assertTaken("once");
        postgres.run("INSERT INTO shared.orders VALUES (1, 0)");
        Process load = loader.start(
                List.of("-Dmillrace.failpoint=AFTER_SNAPSHOT"), "load", "--run-id", "once", "--shared-snapshot");
        processes.add(load);
        awaitLine(load, "stopped at ");
        first.destroyForcibly().waitFor();
        assertTaken("once");
        Process second = start("snapshot", "--run-id", "once");
        load.destroyForcibly().waitFor();
        awaitLine(second, "event=holding snapshot=");
    }

    private void assertTaken(String runId) throws Exception {
        Process process = start("snapshot", "--run-id", runId, "--snapshot-wait", "0");
        awaitLine(
                process,
                "millrace: The run \"" + runId + "\" of the pipeline test has a snapshot:"
                        + " another process holds it, or a load still reads it.");
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
    }

    @Test
    void aLoadWaitsForTheSnapshotOfItsRun() throws Exception {
        Process load = start("load", "--run-id", "awaited", "--table", "orders", "--shared-snapshot");
        awaitLine(load, "event=waiting for=snapshot run_id=awaited");
        hold("another run");
        hold("awaited");
        assertTrue(load.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, load.exitValue());
    }

    @Test
    void aLostSnapshotFailsTheLoad() throws Exception {
        hold("lost").destroyForcibly().waitFor();
        Loader.Result result = impatientLoad("lost");
        assertEquals(1, result.exitCode());
        assertTrue(
                result.err()
                        .contains("millrace: The snapshot of the run \"lost\" of the pipeline test is gone,"
                                + " so its tables could not be of one moment."),
                result.err());
        assertTrue(result.err().contains("(snapshot-lost)"), result.err());
        assertEquals("failed", clickhouse.query("SELECT outcome FROM millrace.loads WHERE run_id = 'lost'"));
    }

    @Test
    void aSnapshotThatVanishesBeforeItIsJoinedFailsTheLoad() throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            String digest = new RunName("test", "vanished").digest();
            statement.execute("SET application_name = 'millrace snapshot " + digest + " 00000003-0000001B-1'");
            Loader.Result result = impatientLoad("vanished");
            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains("(snapshot-lost)"), result.err());
        }
    }

    @Test
    void aTableThatTheSnapshotDoesNotHoldIsRefused() throws Exception {
        postgres.run("CREATE TABLE shared.late (id int PRIMARY KEY)");
        hold("early");
        loader.rewrite("- name: late\n  target: shared_late");
        Loader.Result result = loader.run("load", "--run-id", "early", "--table", "late", "--shared-snapshot");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("does not hold shared.late."), result.err());
    }

    @Test
    void aPatternMatchesTheTablesOfThatMoment() throws Exception {
        postgres.run("INSERT INTO shared.orders VALUES (1, 0)");
        loader.rewrite("- name: 'o*'\n  target: shared_{table}");
        hold("by pattern");
        postgres.run("CREATE TABLE shared.others (id int PRIMARY KEY)");
        Loader.Result result = loader.run("load", "--run-id", "by pattern", "--shared-snapshot");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(
                "raw.shared_orders",
                clickhouse.query(
                        "SELECT arrayStringConcat(groupArray(table)) FROM millrace.loads WHERE run_id = 'by pattern'"));
    }

    @Test
    void aHolderWhoseConnectionIsLostSaysSo() throws Exception {
        Process holder = hold("cut off");
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name LIKE 'millrace snapshot %'");
        awaitLine(holder, "millrace: Postgres has ended the connection that held the snapshot");
        assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
        assertEquals(1, holder.exitValue());
        assertTrue(holder.inputReader().readLine().contains("\"code\":\"snapshot-lost\""));
    }
}
