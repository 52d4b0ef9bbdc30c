package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that ClickHouse cannot hold: the load says which, and the table stays as it was. */
@Tag("integration")
class RefusedIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeSchema() {
        POSTGRES.run("CREATE SCHEMA refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date            | infinity                 | infinity",
                "date            | -infinity                | -infinity",
                "date            | 0044-03-15 BC            | 0044-03-15 BC",
                "date            | 10000-01-01              | 10000-01-01",
                "timestamp       | infinity                 | infinity",
                "timestamp       | 294276-12-31 23:59:59.5  | 294276-12-31 23:59:59.5",
                "timestamptz     | -infinity                | -infinity",
                "timestamptz     | 4713-01-01 00:00:00Z BC  | 4713-01-01 00:00:00+00 BC",
                "timestamptz     | 9999-12-31 23:00-05      | 10000-01-01 04:00:00+00",
                "numeric(10,2)   | NaN                      | NaN",
                "date[]          | {infinity}               | {infinity}",
                "int[]           | {{1,2},{3,4}}            | {{1,2},{3,4}}",
                "int[]           | [0:1]={1,2}              | [0:1]={1,2}",
            })
    void namesTheValueAndKeepsTheTable(String type, String value, String shown) {
        CLICKHOUSE.query("DROP TABLE IF EXISTS raw.refused");
        POSTGRES.run(
                "DROP TABLE IF EXISTS refused.t",
                "CREATE TABLE refused.t (day int, \"no\" text, v " + type + ", PRIMARY KEY (day, \"no\"))",
                "INSERT INTO refused.t VALUES (1, 'first', " + (type.endsWith("[]") ? "'{}'" : "NULL") + ")");
        Loader loader = new Loader("refused", "- name: t\n  target: refused");
        loader.load();

        POSTGRES.run("INSERT INTO refused.t VALUES (2, 'second', '" + value + "')");
        Loader.Result result = loader.run("load", "--run-id", "refuses " + value);

        assertEquals(1, result.exitCode());
        String sentence = "Column v of refused.t holds a value that does not fit: " + shown
                + " of the row day = 2, no = second; ";
        assertTrue(result.err().contains(sentence), result.err());
        assertEquals("1", CLICKHOUSE.query("SELECT count() FROM raw.refused"));
        assertEquals(
                "",
                CLICKHOUSE.query(
                        "SELECT name FROM system.tables WHERE database = 'millrace' AND name LIKE 'raw.refused%'"));
        assertTrue(CLICKHOUSE
                .query("SELECT sentence FROM millrace.loads WHERE outcome = 'failed' AND run_id = 'refuses " + value
                        + "'")
                .startsWith(sentence));
    }
}
