package millrace.loader.kinds;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import millrace.loader.servers.TestPostgres;

/** A value is NULL only if it is, money has as many digits as its server says, and bytes are kept or named. */
final class ValueKinds {
    private ValueKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("a composite of NULLs is no NULL", ValueKinds::composites),
                new Kind("money has the digits of the server's locale, in domains and arrays", ValueKinds::money),
                new Kind("bytes that are no text arrive as they are", ValueKinds::bytes),
                new Kind("a character that has no place in UTF-8 is named", ValueKinds::characters));
    }

    private static void composites(Scene scene) {
        scene.postgres(
                "CREATE TYPE price AS (currency text, amount numeric(12,2))",
                "CREATE DOMAIN checked AS price",
                "CREATE DOMAIN needed AS price NOT NULL",
                "CREATE TABLE part (a int, b int)",
                "CREATE TABLE t (id int PRIMARY KEY, p price, d checked, n needed, r part, a price[], m price NOT NULL)",
                "INSERT INTO t VALUES (1, (NULL, NULL), (NULL, 3), (NULL, NULL), (NULL, NULL),"
                        + " ARRAY[(NULL, NULL)::price, NULL], ('EUR', NULL)),"
                        + " (2, NULL, NULL, ('EUR', NULL), NULL, NULL, (NULL, NULL))");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.holds(
                "1\t(,)\t(,3.00)\t(,)\t(,)\t{\"(,)\",NULL}\t(EUR,)\n2\t\\N\t\\N\t(EUR,)\t\\N\t\\N\t(,)",
                "SELECT * FROM " + scene.name() + ".t ORDER BY id FORMAT TabSeparated");
    }

    /** Makes a database, which is the scene's source from then on, and fills it. */
    private static void database(Scene scene, String options, String... statements) {
        scene.postgres("CREATE DATABASE " + scene.name() + " TEMPLATE template0 LOCALE 'C' " + options);
        TestPostgres.server().runIn(scene.name(), "CREATE SCHEMA " + scene.name());
        for (String statement : statements) {
            TestPostgres.server().runIn(scene.name(), "SET search_path = " + scene.name(), statement);
        }
        scene.with("POSTGRES_DB", scene.name());
    }

    private static void money(Scene scene) {
        assumeTrue(
                TestPostgres.server().accepts("SET lc_monetary = 'ja_JP.utf8'"),
                "the machine has no locale whose money has no cents");
        database(
                scene,
                "",
                "ALTER DATABASE " + scene.name() + " SET lc_monetary = 'ja_JP.utf8'",
                "CREATE DOMAIN yen AS money",
                "CREATE DOMAIN yens AS money[]",
                "CREATE TABLE t (id int PRIMARY KEY, amount yen, many yen[], more yens)",
                "INSERT INTO t SELECT 1, 1234::money, ARRAY[5::money::yen, NULL], ARRAY[6::money]");
        scene.pipeline("- {name: t, columns: {more: {on_refusal: empty}}}");
        scene.load().succeeds();
        scene.holds(
                "1234\t[5,NULL]\t[6]\tDecimal(19, 0)",
                "SELECT amount, many, more, toTypeName(assumeNotNull(amount)) FROM " + scene.name() + ".t");
    }

    private static void bytes(Scene scene) {
        database(
                scene,
                "ENCODING 'SQL_ASCII'",
                "CREATE TABLE t (id int PRIMARY KEY, note text, c char(4), j jsonb, v varchar)",
                "INSERT INTO t VALUES (1, E'caf\\xe9', E'\\xe9', '{\"a\": 1}', 'x'), (2, NULL, NULL, NULL, NULL)");
        scene.pipeline("- {name: t, columns: {v: {type: FixedString(1), on_refusal: null}}}");
        scene.load().succeeds();
        scene.holds(
                "636166E9\tE9202020\t{\"a\": 1}\tx\n\\N\t\\N\t\\N\t\\N",
                "SELECT hex(note), hex(c), j, v FROM " + scene.name() + ".t ORDER BY id FORMAT TabSeparated");
    }

    private static void characters(Scene scene) {
        database(
                scene,
                "ENCODING 'WIN1252'",
                "CREATE TABLE t (id int PRIMARY KEY, plain text, note text)",
                "INSERT INTO t SELECT i, 'x', 'é' FROM generate_series(1, 3) i",
                "UPDATE t SET note = E'a\\x81' WHERE id = 2");
        scene.pipeline("- t");
        scene.load().fails(1).says("column note of the row id = 2", "has no equivalent in encoding \"UTF8\"", "22P05");
        TestPostgres.server().runIn(scene.name(), "DELETE FROM " + scene.name() + ".t WHERE id = 2");
        scene.load().succeeds();
        scene.holds("é\t2", "SELECT any(note), count() FROM " + scene.name() + ".t");
    }
}
