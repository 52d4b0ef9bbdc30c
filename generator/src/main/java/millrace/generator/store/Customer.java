package millrace.generator.store;

import java.time.Instant;

public record Customer(
        long customerId, String customerName, String email, String city, String country, Instant createdAt) {}
