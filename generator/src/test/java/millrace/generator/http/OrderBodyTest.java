package millrace.generator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import millrace.generator.store.OrderRequest;
import millrace.service.BadBody;
import millrace.service.FieldProblem;
import millrace.service.JsonBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBodyTest {
    private static OrderBody parse(String body) {
        try {
            return OrderBody.of(JsonBody.object(body.getBytes(UTF_8)));
        } catch (BadBody e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anythingMayBeLeftOut() {
        assertEquals(new OrderRequest(Optional.empty(), List.of()), OrderBody.EMPTY.request());
        assertEquals(OrderBody.EMPTY, parse("{}"));
        assertEquals(
                new OrderRequest(
                        Optional.of(3L),
                        List.of(
                                new OrderRequest.Item(0, 1, Optional.of(2)),
                                new OrderRequest.Item(1, 11, Optional.empty()))),
                parse("{\"customer_id\": 3, \"items\": [{\"product_id\": 1, \"quantity\": 2}, {\"product_id\": 11}]}")
                        .request());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        List<String> pointers = parse("{\"customer_id\": 0, \"a/b\": 1, \"items\": [7, {\"quantity\": 101},"
                        + " {\"product_id\": 1.5}, {\"product_id\": 2}, {\"product_id\": 2, \"size\": 1}]}")
                .problems()
                .stream()
                .map(FieldProblem::pointer)
                .toList();
        assertEquals(
                List.of(
                        "#/a~1b",
                        "#/customer_id",
                        "#/items/0",
                        "#/items/1/quantity",
                        "#/items/1",
                        "#/items/2/product_id",
                        "#/items/4/size",
                        "#/items/4/product_id"),
                pointers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"a\"", "null", "3"})
    void itemsThatAreNone(String items) {
        assertEquals(1, parse("{\"items\": " + items + "}").problems().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"1\"", "null", "1e400", "2.5", "1e17", "99999999999999999999", "-1", "{}"})
    void numbersThatAreNone(String number) {
        assertEquals(1, parse("{\"customer_id\": " + number + "}").problems().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3.0", "0.3e1", "30e-1"})
    void numbersThatAreWhole(String number) {
        assertEquals(
                Optional.of(3L),
                parse("{\"customer_id\": " + number + "}").request().customerId());
    }
}
