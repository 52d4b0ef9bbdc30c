package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import millrace.loader.TypeCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values of every type come through the stream as they come by a load: inserted, updated, as keys, and of tables without one. */
@Tag("integration")
class ValuesIT {
    private static final List<TypeCases.Type> TYPES = Stream.of(
                    TypeCases.numbers(), TypeCases.texts(), TypeCases.moments())
            .flatMap(types -> types)
            .toList();

    private static Scene scene;

    @BeforeAll
    static void make() {
        scene = new Scene("vals", "- sync\n- \"?[0-9]*\"");
        scene.postgres.run(
                "CREATE SCHEMA IF NOT EXISTS types",
                "CREATE EXTENSION IF NOT EXISTS hstore",
                "CREATE EXTENSION IF NOT EXISTS citext",
                "CREATE EXTENSION IF NOT EXISTS ltree",
                "DROP TYPE IF EXISTS types.mood, types.pair CASCADE",
                "CREATE TYPE types.mood AS ENUM ('sad', 'it''s ok', 'glücklich')",
                "CREATE TYPE types.pair AS (a int, b text)",
                "CREATE DOMAIN types.percent AS numeric(5,2) CHECK (value <= 100)",
                "CREATE DOMAIN types.half AS types.percent CHECK (value <= 50)",
                "CREATE TABLE vals.sync (id int PRIMARY KEY)");
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    @Test
    void everyValueIsWhatPostgresShows() {
        List<String> published = new ArrayList<>(List.of("sync"));
        List<String> listed = new ArrayList<>(List.of("- sync"));
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            TypeCases.Type type = TYPES.get(i);
            make("t" + i, "(id int PRIMARY KEY, v " + type.name() + ", w " + type.name() + ")", published, listed);
            make("b" + i, "(v " + type.name() + ")", published, listed);
            scene.postgres.run("ALTER TABLE vals.b" + i + " REPLICA IDENTITY FULL");
            if (canBeKey(type.name())) {
                make("k" + i, "(v " + type.name() + " PRIMARY KEY, n int)", published, listed);
            }
        }
        scene.write(String.join("\n", listed));
        scene.publish(published.toArray(String[]::new));
        for (int i = 0; i < TYPES.size(); i++) {
            values(i, TYPES.get(i), published.contains("k" + i), statements);
        }
        Scene.Follower follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.postgres.run(statements.toArray(String[]::new));
        scene.sync();
        Scene.Result verified = scene.verify();
        assertEquals(0, verified.exitCode(), () -> verified.out() + follower.log());
        for (int i = 0; i < TYPES.size(); i++) {
            assertSame("t" + i, TYPES.get(i));
        }
    }

    private static void make(String table, String columns, List<String> published, List<String> listed) {
        scene.postgres.run("CREATE TABLE vals." + table + " " + columns);
        published.add(table);
        listed.add("- " + table);
    }

    private static boolean canBeKey(String type) {
        try {
            scene.postgres.run("CREATE TEMP TABLE tried (v " + type + " PRIMARY KEY)");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void values(int i, TypeCases.Type type, boolean keyed, List<String> statements) {
        int id = 0;
        for (String value : type.values()) {
            String literal = "'" + value.replace("'", "''") + "'";
            statements.add("INSERT INTO vals.t" + i + " VALUES (" + id++ + ", " + literal + ", NULL)");
            statements.add("INSERT INTO vals.b" + i + " VALUES (" + literal + "), (" + literal + "), (NULL)");
            if (keyed && value.length() < 1000) {
                statements.add("INSERT INTO vals.k" + i + " VALUES (" + literal + ", 1) ON CONFLICT DO NOTHING");
            }
        }
        statements.add("INSERT INTO vals.t" + i + " SELECT 1000 + i, " + type.random()
                + ", NULL FROM generate_series(1, 20) i");
        statements.add("UPDATE vals.t" + i + " SET w = v");
        statements.add("DELETE FROM vals.b" + i + " WHERE ctid = (SELECT min(ctid) FROM vals.b" + i + ")");
        if (keyed) {
            statements.add("UPDATE vals.k" + i + " SET n = 2");
            statements.add("DELETE FROM vals.k" + i + " WHERE ctid = (SELECT min(ctid) FROM vals.k" + i + ")");
        }
    }

    private static void assertSame(String table, TypeCases.Type type) {
        assertEquals(
                scene.postgres.texts("SELECT id || '=' || CASE WHEN num_nulls(w) = 1 THEN 'NULL' ELSE replace("
                        + type.postgresText() + ", E'\\n', '⏎') END FROM vals." + table + " ORDER BY id"),
                scene.clickhouse.lines(
                        "SELECT concat(toString(id), '=', if(isNull(w), 'NULL', replaceAll(assumeNotNull("
                                + type.clickhouseText() + "), '\\n', '⏎'))) FROM vals." + table + " ORDER BY id"),
                type.name());
    }
}
