package millrace.generator.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An order that was placed.
 *
 * @param totalAmount sum of the subtotals, in US dollars
 */
public record Order(
        long orderId,
        long customerId,
        String customerName,
        Instant orderedAt,
        BigDecimal totalAmount,
        List<Item> items) {
    /** @param unitPrice at the time of the order, in US dollars */
    public record Item(long productId, String productName, int quantity, BigDecimal unitPrice, BigDecimal subtotal) {}
}
