package millrace.generator.store;

import java.math.BigDecimal;
import java.time.Instant;

/** @param price of one unit, in US dollars */
public record Product(long productId, String productName, String category, BigDecimal price, Instant createdAt) {}
