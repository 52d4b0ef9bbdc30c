package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of random values of every type. {@code -Dmillrace.seed=…} repeats a run that has failed. */
@Tag("integration")
class RandomValuesIT {
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());
    private static final int ROWS = 3_000;
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    private final Random random = new Random(SEED);

    @BeforeAll
    static void makeSchema() {
        POSTGRES.run("CREATE SCHEMA random", "CREATE EXTENSION IF NOT EXISTS citext");
    }

    @Test
    void everyValueIsWhatPostgresShows() throws SQLException {
        List<TypeCases.Type> types = types();
        Map<String, Function<Random, String>> values = RandomValues.scalars();
        fill("scalars", types.stream().collect(inOrder(TypeCases.Type::name, type -> orNull(values.get(type.name())))));
        Loader loader = new Loader("random", "- scalars");
        loader.load();
        for (int i = 0; i < types.size(); i++) {
            TypeCases.Type type = types.get(i);
            assertSame(type.name(), "scalars", "c" + i, type.postgresText(), type.clickhouseText());
        }
        assertVerified(loader);
    }

    private static List<TypeCases.Type> types() {
        Map<String, TypeCases.Type> known = Stream.of(TypeCases.numbers(), TypeCases.texts(), TypeCases.moments())
                .flatMap(types -> types)
                .collect(Collectors.toMap(TypeCases.Type::name, type -> type));
        return RandomValues.scalars().keySet().stream().map(known::get).toList();
    }

    @Test
    void everyElementIsWhatPostgresShows() throws SQLException {
        Map<String, Function<Random, String>> scalars = RandomValues.scalars();
        Map<String, Function<Random, String>> columns = new LinkedHashMap<>();
        for (String type : List.of("integer", "text", "uuid", "date", "bytea", "boolean", "double precision")) {
            columns.put(type + "[] NOT NULL", random -> RandomValues.array(random, scalars.get(type)));
        }
        columns.put("bigint[][] NOT NULL", random -> RandomValues.table(random, scalars.get("bigint")));
        columns.put("timestamptz[][] NOT NULL", random -> RandomValues.table(random, scalars.get("timestamptz")));
        fill("random_arrays", columns);
        Loader loader = new Loader("random", "- random_arrays");
        loader.load();
        String shown = "arrayStringConcat(arrayMap(e -> ifNull(toString(e), '-'), arrayFlatten(v)), ',')";
        for (String column : List.of("c0", "c1", "c2", "c3", "c7")) {
            assertSame(column, "random_arrays", column, "array_to_string(v, ',', '-')", shown);
        }
        assertVerified(loader);
    }

    /** Where every other value does not fit: what the codecs refuse is what the servers' own arithmetic says. */
    @Test
    void replacesExactlyWhatDoesNotFit() throws SQLException {
        Map<String, Function<Random, String>> scalars = RandomValues.scalars();
        Map<String, String> overrides = new LinkedHashMap<>();
        Map<String, Function<Random, String>> columns = new LinkedHashMap<>();
        for (String target :
                List.of("Int8", "Int16", "Int32", "UInt8", "UInt16", "UInt32", "UInt64", "Decimal(9, 3)")) {
            choose("bigint", target, scalars.get("bigint"), columns, overrides);
        }
        for (String target :
                List.of("Int8", "Int64", "UInt64", "Int128", "UInt256", "Decimal(20, 4)", "Decimal(76, 0)")) {
            choose(
                    "numeric",
                    target,
                    random -> RandomValues.decimal(random, 80, random.nextInt(8)),
                    columns,
                    overrides);
        }
        choose("text", "FixedString(2)", random -> RandomValues.text(random, 4), columns, overrides);
        choose("date", "Date", scalars.get("date"), columns, overrides);
        for (String target : List.of("DateTime", "DateTime64(3)", "DateTime64(0)")) {
            choose("timestamp", target, random -> RandomValues.moment(random, random.nextInt(7)), columns, overrides);
        }
        choose(
                "timestamptz",
                "DateTime64(4, 'Asia/Tokyo')",
                random -> RandomValues.moment(random, random.nextInt(7)) + "Z",
                columns,
                overrides);
        fill("chosen", columns);
        Loader loader = new Loader(
                "random",
                overrides.entrySet().stream()
                        .map(column -> "\n    " + column.getKey() + ": {type: \"" + column.getValue()
                                + "\", on_refusal: null}")
                        .collect(Collectors.joining("", "- name: chosen\n  columns:", "")));
        loader.load();
        assertVerified(loader);
        overrides.keySet().forEach(RandomValuesIT::assertHasBoth);
    }

    /** Over the whole range of Postgres' types, most of which no target holds. */
    @Test
    void writesTextsAsPostgresDoes() {
        String seconds = "CASE WHEN i % 2 = 0 THEN -random() * 211813488000 ELSE random() ^ (i % 9) * 9.2e12 END";
        POSTGRES.run(
                "SET TimeZone = 'UTC'",
                "CREATE TABLE random.random_shown (id int PRIMARY KEY, c0 date, c1 timestamp, c2 timestamptz, c3 numeric(30,7))",
                "SELECT setseed(" + random.nextDouble() + ")",
                "INSERT INTO random.random_shown SELECT i, date '2000-01-01'"
                        + " + (CASE WHEN i % 2 = 0 THEN -random() * 2451545 ELSE random() ^ (i % 9) * 2145031948 END)::int,"
                        + " timestamp '2000-01-01' + make_interval(secs => " + seconds + "),"
                        + " timestamptz '2000-01-01' + make_interval(secs => " + seconds + "),"
                        + " CASE WHEN i % 20 = 0 THEN 'NaN' ELSE random() ^ (i % 40) * 1e22 - 1e5 END"
                        + " FROM generate_series(0, " + (ROWS - 1) + ") i",
                "CREATE TABLE random.texts AS SELECT id, c0::text, c1::text, c2::text, c3::text FROM random.random_shown");
        Loader loader = new Loader("random", """
                - name: random_shown
                  columns: {c0: {on_refusal: text}, c1: {on_refusal: text}, c2: {on_refusal: text}, c3: {on_refusal: text}}
                """);
        loader.load();
        for (int i = 0; i < 4; i++) {
            String column = "c" + i;
            List<String> expected = POSTGRES.texts("SELECT " + column + " FROM random.texts ORDER BY id");
            List<String> found = CLICKHOUSE.lines("SELECT " + column + " FROM raw.random_shown ORDER BY id");
            assertEquals(ROWS, found.size());
            for (int row = 0; row < ROWS; row++) {
                assertEquals(expected.get(row), found.get(row), () -> column + " with seed " + SEED);
            }
        }
        assertVerified(loader);
    }

    private static void choose(
            String type,
            String target,
            Function<Random, String> values,
            Map<String, Function<Random, String>> columns,
            Map<String, String> overrides) {
        String name = "c" + columns.size();
        // The same type several times: the name of the column keeps the entries apart.
        columns.put(type + " CONSTRAINT " + name + " NOT NULL", values);
        overrides.put(name, target);
    }

    private static void assertHasBoth(String column) {
        assertEquals(
                "1\t1",
                CLICKHOUSE.query(
                        "SELECT countIf(" + column + " IS NULL) > 0, count(" + column + ") > 0 FROM raw.chosen"),
                () -> column + " with seed " + SEED);
    }

    private static Function<Random, String> orNull(Function<Random, String> values) {
        return random -> random.nextInt(20) == 0 ? null : values.apply(random);
    }

    private static <T> java.util.stream.Collector<T, ?, Map<String, Function<Random, String>>> inOrder(
            Function<T, String> name, Function<T, Function<Random, String>> values) {
        return Collectors.toMap(name, values, (first, second) -> first, LinkedHashMap::new);
    }

    /** Makes a table with a column for each type. */
    private void fill(String table, Map<String, Function<Random, String>> columns) throws SQLException {
        List<String> types = new ArrayList<>(columns.keySet());
        StringBuilder body = new StringBuilder("id int PRIMARY KEY");
        StringBuilder values = new StringBuilder("?");
        for (int i = 0; i < types.size(); i++) {
            body.append(", c").append(i).append(' ').append(types.get(i));
            values.append(", ?::text::").append(types.get(i).replaceAll(" (CONSTRAINT|NOT NULL).*", ""));
        }
        POSTGRES.run("CREATE TABLE random." + table + " (" + body + ")");
        try (Connection connection = POSTGRES.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO random." + table + " VALUES (" + values + ")")) {
            connection.setAutoCommit(false);
            for (int row = 0; row < ROWS; row++) {
                insert.setInt(1, row);
                for (int i = 0; i < types.size(); i++) {
                    insert.setString(i + 2, columns.get(types.get(i)).apply(random));
                }
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static void assertSame(String what, String table, String column, String postgres, String clickhouse) {
        List<String> expected = POSTGRES.texts("SELECT replace(CASE WHEN v IS NULL THEN 'NULL' ELSE '=' || " + postgres
                + " END, E'\\n', '⏎') FROM (SELECT id, " + column + " AS v FROM random." + table + ") t ORDER BY id");
        String[] found = CLICKHOUSE
                .query("SELECT replaceAll(if(isNull(v), 'NULL', concat('=', assumeNotNull(" + clickhouse
                        + "))), '\\n', '⏎') FROM (SELECT id, " + column + " AS v FROM raw." + table + ") ORDER BY id")
                .split("\n");
        assertEquals(ROWS, found.length);
        for (int row = 0; row < ROWS; row++) {
            int shown = row;
            assertEquals(expected.get(row), found[row], () -> what + " of row " + shown + " with seed " + SEED);
        }
    }

    private static void assertVerified(Loader loader) {
        Loader.Result verified = loader.run("verify");
        assertEquals(0, verified.exitCode(), () -> verified.out() + verified.err() + " with seed " + SEED);
    }
}
