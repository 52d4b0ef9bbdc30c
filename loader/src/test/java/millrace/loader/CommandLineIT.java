package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without a pipeline file: servers and tables by flags. */
@Tag("integration")
class CommandLineIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();
    private static final String SOURCE = "postgresql://postgres@127.0.0.1:" + POSTGRES.port() + "/postgres";
    private static final String TARGET = "http://127.0.0.1:" + CLICKHOUSE.port() + "/flags";

    private final Loader loader = new Loader("public", "- unused").with("POSTGRES_HOST", "nowhere");

    @BeforeAll
    static void makeTables() {
        POSTGRES.run(
                "CREATE SCHEMA flags",
                "CREATE TABLE flags.one (id int PRIMARY KEY)",
                "INSERT INTO flags.one VALUES (1)",
                "CREATE TABLE flags.\"Two *\" (id int PRIMARY KEY)",
                "CREATE TABLE flags.parted (id int) PARTITION BY LIST (id)",
                "CREATE TABLE flags.parted_1 PARTITION OF flags.parted FOR VALUES IN (1)",
                "INSERT INTO flags.parted VALUES (1)",
                "CREATE TABLE flags.tmp_1 (id int)",
                "CREATE VIEW flags.seen AS SELECT * FROM flags.one",
                "CREATE SCHEMA flags2",
                "CREATE TABLE flags2.one (id int)");
    }

    private Loader.Result run(String command, String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {command, "--source", SOURCE, "--target", TARGET}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return loader.runAlone(arguments);
    }

    @Test
    void everyCommandWorks() {
        assertEquals(0, loader.runAlone("init", "--target", TARGET).exitCode());
        String[] tables = {"--table", "flags.*", "--exclude", "flags.tmp_*"};
        Loader.Result plan = run("plan", tables);
        assertEquals(
                List.of("flags.Two * -> flags.Two *", "flags.one -> flags.one", "flags.parted -> flags.parted"),
                plan.out()
                        .lines()
                        .filter(line -> line.startsWith("flags."))
                        .map(line -> line.replaceAll(" \\(.*", ""))
                        .toList());
        assertEquals("0", CLICKHOUSE.query("SELECT count() FROM system.tables WHERE database = 'flags'"));
        Loader.Result load = run("load", "--table", "flags.*", "--exclude", "flags.tmp_*", "--run-id", "by flags");
        assertEquals(0, load.exitCode(), load.err());
        assertEquals(
                List.of("Two *", "one", "parted"),
                CLICKHOUSE.lines("SELECT name FROM system.tables WHERE database = 'flags' ORDER BY name"));
        assertEquals(
                "command line", CLICKHOUSE.query("SELECT any(pipeline) FROM millrace.loads WHERE run_id = 'by flags'"));
        assertEquals(0, run("verify", tables).exitCode());
    }

    @Test
    void saysWhatNoTableIsLike() {
        Loader.Result result = run("load", "--table", "flogs.*", "--table", "flags?.one", "--table", "flags.one");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("millrace: Postgres has no table like \"flogs.*\""), result.err());
        assertTrue(result.err().contains("Both flags.one and flags2.one would be loaded to flags.one"), result.err());
        assertTrue(run("plan", "--table", "pg_catalog.*").err().contains("Postgres has no table like"));
    }
}
