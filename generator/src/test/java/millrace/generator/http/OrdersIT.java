package millrace.generator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import millrace.generator.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class OrdersIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final String[] JSON = {"Content-Type", "application/json"};

    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        api = Api.start(POSTGRES.sample("store", "STORE", "orders"), Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String count() throws Exception {
        return POSTGRES.text("orders", "SELECT (SELECT count(*) FROM orders) || '/' || count(*) FROM order_items");
    }

    @Test
    void anOrderIsWrittenAsAsked() throws Exception {
        Api.Answer answer =
                api.post("/generate_order", "{\"customer_id\":3,\"items\":[{\"product_id\":12,\"quantity\":2}]}", JSON);
        assertEquals(201, answer.status(), answer.body());
        long id = answer.json().path("order_id").asLong();
        assertEquals("/orders/" + id, answer.header("Location"));
        assertEquals(
                "3|79.80",
                POSTGRES.text(
                                "orders",
                                "SELECT concat_ws('|', customer_id, total_amount) FROM orders WHERE order_id = " + id)
                        .strip());
        assertEquals(answer.json(), api.get("/orders/" + id).json());
    }

    @Test
    void anOrderOfNobodyInParticular() throws Exception {
        Api.Answer answer = api.post("/generate_order", "");
        assertEquals(201, answer.status(), answer.body());
        assertTrue(answer.json().path("items").size() > 0);
    }

    @Test
    void aWrongOrderNamesEveryProblemAndWritesNothing() throws Exception {
        String before = count();
        Api.Answer answer = api.post(
                "/generate_order",
                "{\"customer_id\":99,\"items\":[{\"product_id\":77},{\"product_id\":1,\"quantity\":0}]}",
                JSON);
        assertEquals(422, answer.status(), answer.body());
        assertEquals("invalid-order", answer.code());
        for (String place : new String[] {"#/customer_id", "#/items/0/product_id", "#/items/1/quantity"}) {
            assertTrue(answer.body().contains(place), answer.body());
        }
        assertEquals(before, count());
    }

    @Test
    void listsAreReadPageByPage() throws Exception {
        assertEquals(10, api.get("/customers").json().path("customers").size());
        Api.Answer page = api.get("/products?limit=2");
        assertEquals(12, page.json().path("products").path(0).path("product_id").asInt());
        assertEquals(2, page.json().path("products").size());
        Api.Answer next = api.get("/products?limit=2&before=11");
        assertEquals(10, next.json().path("products").path(0).path("product_id").asInt());
        assertEquals(200, api.get("/orders").status());
        assertEquals(200, api.get("/health").status());
    }
}
