package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a pipeline file: servers and tables by flags. */
@Tag("integration")
class CommandLineIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();
    private static final String SOURCE = "postgresql://postgres@127.0.0.1:" + POSTGRES.port() + "/postgres";
    private static final String TARGET = "http://127.0.0.1:" + CLICKHOUSE.port();

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

    /** @param database that of the tables; each test has its own */
    private Loader.Result run(String command, String database, String... more) {
        String[] arguments = new String[more.length + 5];
        String target = TARGET + "/" + database;
        System.arraycopy(new String[] {command, "--source", SOURCE, "--target", target}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return loader.runAlone(arguments);
    }

    @Test
    void everyCommandWorks() {
        assertEquals(0, loader.runAlone("init", "--target", TARGET + "/flags").exitCode());
        String[] tables = {"--table", "flags.*", "--exclude", "flags.tmp_*"};
        Loader.Result plan = run("plan", "flags", tables);
        assertEquals(
                List.of("flags.Two * -> flags.Two *", "flags.one -> flags.one", "flags.parted -> flags.parted"),
                plan.out()
                        .lines()
                        .filter(line -> line.startsWith("flags."))
                        .map(line -> line.replaceAll(" \\(.*", ""))
                        .toList());
        assertEquals("0", CLICKHOUSE.query("SELECT count() FROM system.tables WHERE database = 'flags'"));
        Loader.Result load =
                run("load", "flags", "--table", "flags.*", "--exclude", "flags.tmp_*", "--run-id", "by flags");
        assertEquals(0, load.exitCode(), load.err());
        assertEquals(
                List.of("Two *", "one", "parted"),
                CLICKHOUSE.lines("SELECT name FROM system.tables WHERE database = 'flags' ORDER BY name"));
        assertEquals(
                "command line", CLICKHOUSE.query("SELECT any(pipeline) FROM millrace.loads WHERE run_id = 'by flags'"));
        assertEquals(0, run("verify", "flags", tables).exitCode());
    }

    @Test
    void writesMetricsOfEveryRun(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("millrace.prom");
        String[] options = {"--table", "flags.one", "--table", "public.flags_late", "--metrics", file.toString()};
        POSTGRES.run("CREATE TABLE public.flags_late (id int)");
        run("init", "measured");
        assertEquals(0, run("load", "measured", options).exitCode());
        String labels = "{pipeline=\"command line\",table=\"measured.one\"}";
        assertTrue(Files.readString(file).contains("millrace_load_rows" + labels + " 1\n"));
        POSTGRES.run("DROP TABLE public.flags_late");
        assertEquals(2, run("load", "measured", options).exitCode());
        assertTrue(Files.readString(file).contains("millrace_load_success" + labels + " 0\n"));
        assertTrue(Files.readString(file).contains("millrace_load_last_success_timestamp_seconds" + labels));
        assertEquals(
                2,
                run("load", "measured", "--table", "nothing*", "--metrics", file.toString())
                        .exitCode());
        assertFalse(Files.readString(file).contains("millrace_load_rows"));
        assertTrue(Files.readString(file).contains("millrace_load_last_success_timestamp_seconds" + labels));
    }

    @Test
    void logsAsJsonWhenAsked() {
        loader.with("LOADER_LOG", "json");
        Loader.Result result = run("load", "logged", "--table", "flags.one", "--table", "flags.two");
        assertTrue(result.err().lines().allMatch(line -> line.matches("\\{\"time\":.*\\}")), result.err());
        assertTrue(result.err().contains("\"event\":\"failure\",\"code\":\"bad-configuration\""), result.err());
        loader.with("LOADER_LOG", "xml");
        assertTrue(run("load", "logged", "--table", "flags.one")
                .err()
                .contains("LOADER_LOG must be text or json, not \"xml\"."));
    }

    @Test
    void saysWhatNoTableIsLike() {
        Loader.Result result =
                run("load", "flags", "--table", "flogs.*", "--table", "flags?.one", "--table", "flags.one");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("millrace: Postgres has no table like \"flogs.*\""), result.err());
        assertTrue(result.err().contains("Both flags.one and flags2.one would be loaded to flags.one"), result.err());
        assertTrue(run("plan", "flags", "--table", "pg_catalog.*").err().contains("Postgres has no table like"));
    }
}
