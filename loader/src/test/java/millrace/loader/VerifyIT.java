package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class VerifyIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();
    private static Loader loader;

    @BeforeAll
    static void makeTable() {
        POSTGRES.run(
                "CREATE SCHEMA verified",
                "CREATE TABLE verified.items (id int, part text, price numeric(12,4), at timestamptz, ratio float8,"
                        + " tags text[] NOT NULL, PRIMARY KEY (id, part))",
                "INSERT INTO verified.items SELECT i, 'part ' || i, i / 7.0, '2024-01-01Z'::timestamptz + i * '1s'::interval,"
                        + " i / 3.0, ARRAY['a', NULL, i::text] FROM generate_series(1, 9000) i",
                "ANALYZE verified.items");
        loader = new Loader("verified", "- items");
    }

    @BeforeEach
    void load() {
        loader.load();
    }

    @Test
    void acceptsWhatIsTheSame() {
        assertEquals("raw.items and verified.items: 9,000 rows, the same in every column\n", verify(0));
    }

    @Test
    void findsAChangedByte() {
        change("UPDATE price = price + 0.0001 WHERE id = 77");
        assertEquals("  the row (id, part) = (77, part 77) differs in price", lastLine(verify(1)));
    }

    @Test
    void findsAChangedElementOfAnArray() {
        change("UPDATE tags = ['a', '', '8'] WHERE id = 8");
        assertEquals("  the row (id, part) = (8, part 8) differs in tags", lastLine(verify(1)));
    }

    @Test
    void findsValuesSwappedBetweenRows() {
        change("UPDATE at = if(id = 1, at + 1, at - 1) WHERE id IN (1, 2)");
        String report = verify(1);
        assertTrue(report.contains("  the row (id, part) = (1, part 1) differs in at"));
        assertTrue(report.contains("  the row (id, part) = (2, part 2) differs in at"));
    }

    @Test
    void findsAMissingRow() {
        change("DELETE WHERE id = 4321");
        assertEquals("  the row (id, part) = (4321, part 4321) is missing", lastLine(verify(1)));
    }

    @Test
    void findsADoubledRow() {
        CLICKHOUSE.query("INSERT INTO raw.items SELECT * FROM raw.items WHERE id = 9");
        assertEquals("  the row (id, part) = (9, part 9) is there twice instead of once", lastLine(verify(1)));
    }

    private static void change(String alter) {
        CLICKHOUSE.query("ALTER TABLE raw.items " + alter + " SETTINGS mutations_sync = 1");
    }

    private static String verify(int exitCode) {
        Loader.Result result = loader.run("verify");
        assertEquals(exitCode, result.exitCode(), result.err());
        return result.out();
    }

    private static String lastLine(String text) {
        return text.lines().reduce((first, second) -> second).orElse("");
    }
}
