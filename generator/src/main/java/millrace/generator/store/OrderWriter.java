package millrace.generator.store;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import millrace.generator.postgres.Session;

/** Writes an order with its items. */
public final class OrderWriter {
    private static final int MAX_AT_RANDOM = 5;

    private OrderWriter() {}

    static int anyQuantity() {
        return ThreadLocalRandom.current().nextInt(1, MAX_AT_RANDOM + 1);
    }

    /**
     * Writes into the open transaction and returns the order's id.
     *
     * @param quantities by product
     * @param prices of at least the same products
     */
    public static long write(
            Session session, long customer, Map<Long, Integer> quantities, Map<Long, BigDecimal> prices) {
        BigDecimal total = quantities.entrySet().stream()
                .map(entry -> subtotal(entry.getValue(), prices.get(entry.getKey())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long id = session.number(
                        "INSERT INTO orders (customer_id, total_amount) VALUES (?, ?) RETURNING order_id",
                        customer,
                        total)
                .orElseThrow();
        quantities.forEach((product, quantity) -> session.run(
                "INSERT INTO order_items (order_id, product_id, quantity, unit_price, subtotal) VALUES (?, ?, ?, ?, ?)",
                id,
                product,
                quantity,
                prices.get(product),
                subtotal(quantity, prices.get(product))));
        return id;
    }

    private static BigDecimal subtotal(int quantity, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(quantity));
    }
}
