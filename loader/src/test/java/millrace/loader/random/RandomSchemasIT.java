package millrace.loader.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Random tables, loaded, changed, loaded again and verified. What a load has said is done must be the same in the texts that
 * both servers show, which are compared by nothing that the loader uses. {@code -Dmillrace.seed=…} repeats one round,
 * {@code -Dmillrace.random.seconds=…} tries for longer.
 */
@Tag("integration")
class RandomSchemasIT {
    private static final long SECONDS = Long.getLong("millrace.random.seconds", 30);
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    private int loaded;
    private int refused;

    @Test
    void whatIsDoneIsTheSame() throws Exception {
        Long given = Long.getLong("millrace.seed");
        if (given != null) {
            round(given);
            return;
        }
        long end = System.nanoTime() + SECONDS * 1_000_000_000;
        Random seeds = new Random();
        while (System.nanoTime() < end) {
            round(seeds.nextLong(1_000_000_000));
        }
        assertTrue(loaded > refused, loaded + " tables loaded, " + refused + " refused");
    }

    private void round(long seed) throws Exception {
        try {
            compareTables(new Random(seed), "random_" + seed);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("With seed " + seed + ": " + e.getMessage(), e);
        }
        POSTGRES.run("DROP SCHEMA random_" + seed + " CASCADE");
    }

    private void compareTables(Random random, String schema) throws Exception {
        POSTGRES.run(
                "DROP SCHEMA IF EXISTS " + schema + " CASCADE",
                "CREATE SCHEMA " + schema,
                "CREATE EXTENSION IF NOT EXISTS citext");
        List<RandomTable> tables = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            RandomTable table = RandomTable.make(random, schema, number);
            POSTGRES.run(table.statements().toArray(String[]::new));
            fill(random, table);
            tables.add(table);
        }
        Loader loader = new Loader(schema, "- none");
        List<RandomTable> done = new ArrayList<>();
        for (RandomTable table : tables) {
            loader.rewrite(table.yaml());
            if (isLoaded(loader, table)) {
                done.add(table);
            }
        }
        verify(loader, done);
        for (RandomTable table : done) {
            change(random, table);
        }
        List<RandomTable> again = new ArrayList<>();
        for (RandomTable table : done) {
            loader.rewrite(table.yaml());
            if (isLoaded(loader, table)) {
                again.add(table);
            }
        }
        verify(loader, again);
        for (RandomTable table : done) {
            CLICKHOUSE.query("DROP TABLE raw." + clickhouse(table.name()));
        }
    }

    /** A load that refuses must say which table and column it is about. */
    private boolean isLoaded(Loader loader, RandomTable table) {
        Loader.Result result = loader.run("load");
        if (result.exitCode() == 0) {
            loaded++;
            return true;
        }
        refused++;
        assertEquals(1, result.exitCode(), result.err());
        assertTrue(result.err().contains("(value-refused)"), result.err());
        assertTrue(table.columns().stream().anyMatch(column -> result.err().contains("Column ")), result.err());
        return false;
    }

    private void verify(Loader loader, List<RandomTable> tables) throws Exception {
        if (tables.isEmpty()) {
            return;
        }
        for (RandomTable table : tables) {
            assertSame(table);
        }
        loader.rewrite(tables.stream().map(RandomTable::yaml).collect(Collectors.joining()));
        Loader.Result verified = loader.run("verify");
        assertEquals(0, verified.exitCode(), () -> verified.out() + verified.err());
    }

    private static void fill(Random random, RandomTable table) throws SQLException {
        List<RandomColumn> columns = table.columns().stream()
                .filter(column -> !column.type().equals("bigserial"))
                .toList();
        String names = columns.stream().map(RandomColumn::quoted).collect(Collectors.joining(", "));
        String marks =
                columns.stream().map(column -> "?::text::" + column.type()).collect(Collectors.joining(", "));
        String values = columns.isEmpty() ? " DEFAULT VALUES" : " (" + names + ") VALUES (" + marks + ")";
        try (Connection connection = POSTGRES.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO " + table.quoted() + values + " ON CONFLICT DO NOTHING")) {
            for (int rows = random.nextInt(40); rows > 0; rows--) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setString(i + 1, columns.get(i).values().apply(random));
                }
                try {
                    insert.execute();
                } catch (SQLException e) {
                    assertTrue(
                            e.getSQLState().startsWith("22") || e.getSQLState().startsWith("23"), e.getMessage());
                }
            }
        }
    }

    /** Tables that are loaded whole lose and change rows, too. */
    private static void change(Random random, RandomTable table) throws SQLException {
        if (table.cursor().isEmpty()) {
            POSTGRES.run("DELETE FROM " + table.quoted() + " WHERE ctid IN (SELECT ctid FROM " + table.quoted()
                    + " LIMIT " + random.nextInt(5) + ")");
        }
        fill(random, table);
    }

    private static void assertSame(RandomTable table) throws Exception {
        List<String> types = new String(
                        CLICKHOUSE.bytes("SELECT name, type FROM system.columns WHERE database = 'raw' AND table = "
                                + "unhex('" + hex(table.name()) + "') ORDER BY position FORMAT TabSeparated"),
                        StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1).replace("\\'", "'"))
                .map(type -> type.startsWith("Nullable(") ? type.substring(9, type.length() - 1) : type)
                .toList();
        assertEquals(table.columns().size(), types.size(), table.name());
        List<List<byte[]>> expected = Rows.cells(copied(table));
        List<List<byte[]>> found =
                Rows.cells(CLICKHOUSE.bytes("SELECT * FROM raw." + clickhouse(table.name()) + " FORMAT TabSeparated"));
        assertEquals(
                texts(expected, table, types, true), texts(found, table, types, false), () -> table.statements() + "");
    }

    /** Sorted, as neither side has an order. */
    private static String texts(List<List<byte[]>> rows, RandomTable table, List<String> types, boolean postgres) {
        List<String> texts = new ArrayList<>();
        for (List<byte[]> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                RandomColumn column = table.columns().get(i);
                String cell = postgres
                        ? Rows.postgres(row.get(i), column, types.get(i))
                        : Rows.clickhouse(row.get(i), column, types.get(i));
                text.append(row.get(i) == null ? "NULL" : "=" + cell).append('|');
            }
            texts.add(text.toString());
        }
        return texts.stream().sorted().collect(Collectors.joining("\n"));
    }

    private static byte[] copied(RandomTable table) throws SQLException, IOException {
        try (Connection connection = POSTGRES.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres';"
                    + " SET extra_float_digits = 3; SET bytea_output = 'hex'; SET search_path = pg_catalog");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT * FROM " + table.quoted() + ") TO STDOUT", out);
            return out.toByteArray();
        }
    }

    private static String clickhouse(String name) {
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    private static String hex(String name) {
        return java.util.HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }
}
