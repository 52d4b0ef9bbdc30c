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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns whose type the pipeline file chooses: each value exactly, or not at all. */
@Tag("integration")
class OverridesIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeTypes() {
        POSTGRES.run(
                "CREATE SCHEMA overrides",
                "CREATE SCHEMA IF NOT EXISTS types",
                "DROP TYPE IF EXISTS types.mood CASCADE",
                "CREATE TYPE types.mood AS ENUM ('sad', 'it''s ok', 'glücklich')");
    }

    @ParameterizedTest
    @MethodSource({
        "millrace.loader.OverrideCases#numbers",
        "millrace.loader.OverrideCases#texts",
        "millrace.loader.OverrideCases#moments"
    })
    void keepsWhatFitsAndReplacesTheRestOnDemand(OverrideCases.Override override) {
        make(override.type(), "");
        insert(override.fitting());
        Loader loader = loader("type: \"" + override.override() + "\"");
        loader.load();
        assertEquals(nullable(override.override()), type());
        assertSameTexts(override, loader);

        insert(override.refused());
        if (!override.refused().isEmpty()) {
            Loader.Result refused = loader.run("load");
            assertEquals(1, refused.exitCode());
            assertTrue(refused.err().contains("a value that does not fit: "), refused.err());
        }
        Loader replacing = loader("type: \"" + override.override() + "\", on_refusal: null");
        String lines = replacing.load();
        int count = override.refused().size();
        assertTrue(lines.contains(" replaced=" + count + " "), lines);
        assertEquals("" + (count + 1), CLICKHOUSE.query("SELECT countIf(v IS NULL) FROM raw.overridden"));
        assertEquals(
                0, replacing.run("verify").exitCode(), replacing.run("verify").out());
    }

    @ParameterizedTest
    @MethodSource("millrace.loader.OverrideCases#arrays")
    void keepsElementsThatFit(OverrideCases.Override override) {
        make(override.type(), " NOT NULL");
        insert(override.fitting());
        Loader loader = loader("type: \"" + override.override() + "\"");
        loader.load();
        assertEquals(override.override(), type());
        assertSameTexts(override, loader);
    }

    @Test
    void refusesElementsThatDoNotFit() {
        make("int[]", " NOT NULL");
        insert(List.of("{1,128}"));
        assertTrue(loader("type: Array(Int8)").run("load").err().contains("{1,128} of the row id = 1; Int8 holds"));
        POSTGRES.run("UPDATE overrides.t SET v = '{1,NULL}'");
        assertTrue(loader("type: Array(Int8)").run("load").err().contains("Array(Int8) has no NULL elements"));
    }

    private static void make(String type, String notNull) {
        POSTGRES.run(
                "DROP TABLE IF EXISTS overrides.t",
                "CREATE TABLE overrides.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v " + type + notNull + ")");
        if (notNull.isEmpty()) {
            POSTGRES.run("INSERT INTO overrides.t (v) VALUES (NULL)");
        }
    }

    private static void insert(List<String> values) {
        for (String value : values) {
            POSTGRES.run("INSERT INTO overrides.t (v) VALUES ('" + value.replace("'", "''") + "')");
        }
    }

    private static Loader loader(String column) {
        return new Loader("overrides", "- name: t\n  target: overridden\n  columns: {v: {" + column + "}}");
    }

    private static String nullable(String type) {
        return type.startsWith("LowCardinality") ? "LowCardinality(Nullable(String))" : "Nullable(" + type + ")";
    }

    private static String type() {
        return CLICKHOUSE.query(
                "SELECT type FROM system.columns WHERE database = 'raw' AND table = 'overridden'" + " AND name = 'v'");
    }

    private static void assertSameTexts(OverrideCases.Override override, Loader loader) {
        assertEquals(
                String.join(
                        "\n",
                        POSTGRES.texts("SELECT CASE WHEN v IS NULL THEN 'NULL' ELSE " + override.postgresText()
                                + " END FROM overrides.t ORDER BY id")),
                CLICKHOUSE.query("SELECT if(isNull(v), 'NULL', assumeNotNull(" + override.clickhouseText()
                        + ")) FROM raw.overridden ORDER BY id"));
        Loader.Result verified = loader.run("verify");
        assertEquals(0, verified.exitCode(), verified.out());
    }
}
