package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every type, chosen and random, read back from ClickHouse and compared with Postgres' own text. */
@Tag("integration")
class TypesIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeTypes() {
        POSTGRES.run(
                "CREATE SCHEMA types",
                "CREATE EXTENSION IF NOT EXISTS hstore",
                "CREATE EXTENSION IF NOT EXISTS citext",
                "CREATE EXTENSION IF NOT EXISTS ltree",
                "CREATE TYPE types.mood AS ENUM ('sad', 'it''s ok', 'glücklich')",
                "CREATE TYPE types.pair AS (a int, b text)",
                "CREATE DOMAIN types.percent AS numeric(5,2) CHECK (value <= 100)",
                "CREATE DOMAIN types.half AS types.percent CHECK (value <= 50)",
                "CREATE DOMAIN types.ids AS int[]");
    }

    @ParameterizedTest
    @MethodSource({
        "millrace.loader.TypeCases#numbers",
        "millrace.loader.TypeCases#texts",
        "millrace.loader.TypeCases#moments"
    })
    void everyValueIsWhatPostgresShows(TypeCases.Type type) {
        POSTGRES.run(
                "DROP TABLE IF EXISTS types.t",
                "CREATE TABLE types.t (id int PRIMARY KEY, v " + type.name() + ", w " + type.name() + ")");
        List<String> rows = new ArrayList<>(List.of("NULL"));
        type.values().forEach(value -> rows.add("'" + value.replace("'", "''") + "'"));
        for (int i = 0; i < rows.size(); i++) {
            POSTGRES.run("INSERT INTO types.t VALUES (" + i + ", " + rows.get(i) + ")");
        }
        POSTGRES.run(
                "INSERT INTO types.t SELECT 1000 + i, " + type.random() + ", NULL FROM generate_series(1, 300) i",
                "UPDATE types.t SET w = v");

        Loader loader = new Loader("types", "- t");
        loader.load();

        assertEquals(
                "Nullable(" + type.target() + ")",
                CLICKHOUSE.query(
                        "SELECT type FROM system.columns WHERE database = 'raw' AND table = 't' AND name = 'v'"));
        assertEquals(
                postgres("SELECT id || '=' || CASE WHEN v IS NULL THEN 'NULL' ELSE replace(" + type.postgresText()
                        + ", E'\\n', '⏎') END FROM types.t ORDER BY id"),
                clickhouse("SELECT concat(toString(id), '=', if(isNull(v), 'NULL', replaceAll(assumeNotNull("
                        + type.clickhouseText() + "), '\\n', '⏎'))) FROM raw.t ORDER BY id"));
        Loader.Result verified = loader.run("verify");
        assertEquals(0, verified.exitCode(), verified.out());
    }

    private static String postgres(String query) {
        return POSTGRES.texts(query).stream().collect(Collectors.joining("\n"));
    }

    private static String clickhouse(String query) {
        return CLICKHOUSE.query(query);
    }
}
