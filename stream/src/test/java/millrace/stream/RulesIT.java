package millrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are not good are kept from readers, with a reason, until they are. */
@Tag("integration")
class RulesIT {
    private static final String TABLES = """
            - sync
            - customers
            - name: orders
              rules:
                - quantity > 0
                - exists: customers.customer_id
            - name: bag
              rules: [weight < 100]
            - name: stopped
              columns: {at: {on_refusal: stop}}
            """;

    private static Scene scene;
    private static Scene.Follower follower;

    @BeforeAll
    static void follow() {
        scene = new Scene("rules", TABLES);
        scene.postgres.run(
                "CREATE TABLE rules.sync (id int PRIMARY KEY)",
                "CREATE TABLE rules.customers (customer_id int PRIMARY KEY, name text)",
                "CREATE TABLE rules.orders (id int PRIMARY KEY, customer_id int, quantity int, placed timestamptz, tags int[])",
                "CREATE TABLE rules.bag (name text, weight int, seen date)",
                "ALTER TABLE rules.bag REPLICA IDENTITY FULL",
                "CREATE TABLE rules.stopped (id int PRIMARY KEY, at timestamptz)",
                "INSERT INTO rules.customers VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO rules.orders VALUES (1, 1, 1, now(), '{}'), (2, 1, 0, now(), '{}'), (3, 9, 1, now(), '{}'),"
                        + " (4, 2, 1, 'infinity', '{}'), (5, NULL, NULL, NULL, '{1}')",
                "INSERT INTO rules.bag VALUES ('heavy', 200, NULL), ('light', 1, NULL), ('light', 1, 'infinity')");
        scene.publish("sync", "customers", "orders", "bag", "stopped");
        follower = scene.follow().awaitStart();
        scene.awaitCopy();
        scene.sync();
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    private static String orders() {
        return String.join(",", scene.clickhouse.lines("SELECT id FROM rules.orders ORDER BY id"));
    }

    private static List<String> quarantined(String source) {
        return scene.clickhouse.lines(
                "SELECT key, reason FROM millrace.quarantine WHERE pipeline = 'rules' AND source = '" + source
                        + "' ORDER BY key, reason");
    }

    @Test
    void rowsAreKeptFromReadersUntilTheyAreGood() {
        assertEquals("1,5", orders());
        List<String> found = quarantined("rules.orders");
        assertEquals(3, found.size(), found::toString);
        assertEquals("id = 2\tnot: quantity > 0", found.get(0));
        assertEquals("id = 3\tcustomer_id is not in rules.customers.customer_id", found.get(1));
        assertTrue(found.get(2).startsWith("id = 4\tplaced holds infinity: "), found::toString);

        scene.postgres.run(
                "BEGIN; INSERT INTO rules.orders VALUES (6, 77, 0, now(), '{}'), (7, 1, 5, now(), '{}'); COMMIT",
                "INSERT INTO rules.orders VALUES (8, 2, 1, now(), NULL)");
        scene.sync();
        assertEquals("1,5,7", orders());
        assertTrue(
                quarantined("rules.orders")
                        .contains("id = 6\tnot: quantity > 0; customer_id is not in rules.customers.customer_id"),
                () -> quarantined("rules.orders").toString());
        assertTrue(follower.post("/recheck").body().contains("\"quarantined\":"));

        scene.postgres.run(
                "INSERT INTO rules.customers VALUES (9, 'nine')",
                "UPDATE rules.orders SET quantity = 3 WHERE id = 2",
                "UPDATE rules.orders SET placed = now() WHERE id = 4",
                "UPDATE rules.orders SET tags = '{7}' WHERE id = 8",
                "UPDATE rules.orders SET quantity = -1 WHERE id = 1",
                "DELETE FROM rules.orders WHERE id = 6");
        scene.sync();
        assertEquals("2,3,4,5,7,8", orders());
        assertEquals(List.of("id = 1\tnot: quantity > 0"), quarantined("rules.orders"));
        assertTrue(scene.clickhouse
                .query("SELECT row FROM millrace.quarantine WHERE pipeline = 'rules' AND source = 'rules.orders'")
                .contains("\"quantity\":-1"));
        assertEquals(0, scene.run("verify").exitCode());
    }

    @Test
    void equalRowsWithoutKeyAreToldApartByWhatDoesNotFit() {
        assertEquals("light", scene.clickhouse.query("SELECT name FROM rules.bag"));
        assertEquals(2, quarantined("rules.bag").size());
        scene.postgres.run(
                "DELETE FROM rules.bag WHERE seen = 'infinity'",
                "UPDATE rules.bag SET weight = 99 WHERE name = 'heavy'");
        scene.sync();
        assertEquals(List.of("heavy", "light"), scene.clickhouse.lines("SELECT name FROM rules.bag ORDER BY name"));
        assertEquals(List.of(), quarantined("rules.bag"));
    }

    /** The others go on; the table comes back when the value is mended. */
    @Test
    void onlyTheTableIsLeftWhoseValuesAreToStopIt() {
        scene.postgres.run(
                "INSERT INTO rules.stopped VALUES (1, 'infinity')", "INSERT INTO rules.customers VALUES (3, 'three')");
        follower.awaitStatus("\"code\":\"value-refused\"");
        scene.sync();
        assertEquals("1", scene.clickhouse.query("SELECT count() FROM rules.customers WHERE customer_id = 3"));
        scene.postgres.run("UPDATE rules.stopped SET at = now()");
        follower.awaitStatus("\"rules.stopped\":{\"state\":\"following\"");
        assertEquals("1", scene.clickhouse.query("SELECT count() FROM rules.stopped"));
    }

    @Test
    void rulesThatCannotBeAreNamedAtOnce() {
        try (Scene wrong = new Scene(
                "rules_wrong",
                "- {name: a, rules: [{exists: b.id, column: id}]}\n- {name: b, rules: [{exists: a.id, column: id}]}\n"
                        + "- {name: c, rules: [{exists: elsewhere.id}]}")) {
            String check = wrong.run("check").out();
            assertTrue(check.contains("A rule of rules_wrong.c looks into rules_wrong.elsewhere"), check);
            assertTrue(check.contains("The rules of rules_wrong.a look into it again"), check);
        }
    }
}
