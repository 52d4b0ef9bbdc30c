package millrace.generator.store;

import java.util.List;
import java.util.Optional;

/**
 * What is known of an order to be placed; the rest is chosen at random.
 *
 * @param customerId who orders; empty: any customer
 * @param items what is ordered; empty: any products
 */
public record OrderRequest(Optional<Long> customerId, List<Item> items) {
    /**
     * A product that is asked for.
     *
     * @param index its place in the request, counted from 0
     * @param quantity empty: any
     */
    public record Item(int index, long productId, Optional<Integer> quantity) {}
}
