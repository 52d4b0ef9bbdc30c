package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be wrong around a load: a sentence, a hint, an exit code, and nothing changed. */
@Tag("integration")
class FailuresIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeTables() {
        POSTGRES.run(
                "CREATE SCHEMA failing",
                "CREATE TABLE failing.good (id int PRIMARY KEY)",
                "CREATE TABLE failing.bad (id int PRIMARY KEY, d date)",
                "INSERT INTO failing.good VALUES (1)",
                "CREATE ROLE stranger LOGIN PASSWORD 'wrong guess'",
                "CREATE TABLE failing.guarded (id int)",
                "ALTER TABLE failing.guarded ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY half ON failing.guarded USING (id % 2 = 0)",
                "GRANT USAGE ON SCHEMA failing TO stranger",
                "GRANT SELECT ON failing.guarded TO stranger");
    }

    private static void expect(Loader loader, int exitCode, String sentence) {
        Loader.Result result = loader.run("load", "--retries", "0");
        assertEquals(exitCode, result.exitCode(), result.err());
        assertTrue(result.err().contains(sentence), result.err());
        assertFalse(result.err().contains("secret"), result.err());
    }

    @Test
    void namesTablesAndColumnsThatPostgresLacks() {
        Loader loader = new Loader("failing", "- god\n- name: good\n  key: [idd]");
        Loader.Result result = loader.run("load");
        assertEquals(2, result.exitCode());
        assertTrue(
                result.err().contains(":5: Postgres has no table failing.god; did you mean \"good\"?"), result.err());
        assertTrue(result.err().contains(":6: The table failing.good has no column \"idd\"; did you mean \"id\"?"));
    }

    @Test
    void saysEverythingAtOnceWhateverElseIsWrong() {
        String tables = "- god\n- name: good\n  mode: ful\n- nam: x\n- bad";
        String wrong = new Loader("failing", tables).run("load").err();
        assertTrue(wrong.contains(":5: Postgres has no table failing.god; did you mean \"good\"?"), wrong);
        assertTrue(wrong.contains(":7: Unknown mode \"ful\""), wrong);
        assertEquals(5, wrong.lines().count(), wrong);
        String unanswered = new Loader("failing", tables)
                .with("POSTGRES_PORT", "1")
                .run("load")
                .err();
        assertTrue(unanswered.contains(":7: Unknown mode \"ful\""), unanswered);
        assertFalse(unanswered.contains("god"), unanswered);
    }

    @Test
    void saysWhichServerCannotBeReached() {
        expect(
                new Loader("failing", "- good").with("POSTGRES_PORT", "1"),
                3,
                "Postgres does not answer at 127.0.0.1:1.");
        expect(
                new Loader("failing", "- good").with("CLICKHOUSE_HTTP_PORT", "1"),
                3,
                "ClickHouse does not answer at 127.0.0.1:1.");
    }

    @Test
    void saysWhichServerIsAnother() {
        expect(
                new Loader("failing", "- good")
                        .with("POSTGRES_PORT", "" + CLICKHOUSE.port())
                        .with("POSTGRES_SSLMODE", "require"),
                3,
                "What takes connections at 127.0.0.1:" + CLICKHOUSE.port() + " does not answer as Postgres does.");
        expect(
                new Loader("failing", "- good").with("CLICKHOUSE_HTTP_PORT", "" + POSTGRES.port()),
                3,
                "What takes connections at 127.0.0.1:" + POSTGRES.port() + " closed one without an answer");
    }

    @Test
    void saysWhoseLoginIsRefused() {
        expect(
                new Loader("failing", "- good").with("CLICKHOUSE_PASSWORD", "other secret"),
                2,
                "ClickHouse refuses the user \"default\" or the password.");
        expect(
                new Loader("failing", "- good").with("POSTGRES_DB", "nowhere"),
                2,
                "Postgres has no database \"nowhere\": database \"nowhere\" does not exist.");
    }

    @Test
    void doesNotLoadWhatARowPolicyWouldHide() {
        expect(
                new Loader("failing", "- guarded").with("POSTGRES_USER", "stranger"),
                1,
                "query would be affected by row-level security policy for table \"guarded\"");
        expect(
                new Loader("failing", "- good").with("POSTGRES_USER", "stranger"),
                1,
                "GRANT SELECT ON \"failing\".\"good\" TO \"stranger\"");
    }

    @Test
    void publishesAllTablesOrNone() {
        Loader loader = new Loader("failing", "- good\n- bad");
        loader.load();
        POSTGRES.run("INSERT INTO failing.good VALUES (2)", "INSERT INTO failing.bad VALUES (1, 'infinity')");
        assertEquals(1, loader.run("load", "--run-id", "all or none").exitCode());
        assertEquals("1", CLICKHOUSE.query("SELECT count() FROM raw.good"));
        assertEquals(
                "2\tfailed",
                CLICKHOUSE.query("SELECT count(), any(outcome) FROM millrace.loads WHERE run_id = 'all or none'"));
        POSTGRES.run("DELETE FROM failing.bad", "DELETE FROM failing.good WHERE id = 2");
    }

    @Test
    void reportsFailuresAsJsonToo() {
        Loader.Result result = new Loader("failing", "- god").run("load", "--json");
        assertTrue(result.out().contains("\"outcome\":\"failed\""), result.out());
        assertTrue(result.out().contains("\"error\":{\"code\":\"bad-configuration\",\"sentence\":\""), result.out());
        assertEquals(1, result.out().lines().count());
    }
}
