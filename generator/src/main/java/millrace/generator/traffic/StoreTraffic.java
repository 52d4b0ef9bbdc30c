package millrace.generator.traffic;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import millrace.generator.postgres.Session;
import millrace.generator.store.OrderWriter;

/** The store: orders come in all the time, now and then a price changes, a customer signs up, moves or leaves. */
final class StoreTraffic implements Traffic {
    @Override
    public Change step(Session session, SplittableRandom random) {
        return change(session, random, random.nextInt(100)).orElseGet(() -> newCustomer(session, random));
    }

    private static Optional<Change> change(Session session, SplittableRandom random, int percent) {
        if (percent < 75) {
            return newOrder(session, random);
        } else if (percent < 83) {
            return newPrice(session, random);
        } else if (percent < 90) {
            return move(session, random);
        } else if (percent < 93) {
            return leave(session, random);
        }
        return Optional.empty();
    }

    private static Optional<Change> newOrder(Session session, SplittableRandom random) {
        Optional<Long> customer = Rows.any(session, random, "customers", "customer_id");
        Map<Long, Integer> quantities = new LinkedHashMap<>();
        Map<Long, BigDecimal> prices = new LinkedHashMap<>();
        for (int wanted = random.nextInt(1, 4); wanted > 0; wanted--) {
            Rows.any(session, random, "products", "product_id").ifPresent(product -> {
                quantities.put(product, random.nextInt(1, 6));
                prices.put(product, price(session, product));
            });
        }
        if (customer.isEmpty() || quantities.isEmpty()) {
            return Optional.empty();
        }
        OrderWriter.write(session, customer.get(), quantities, prices);
        return Optional.of(Change.INSERT);
    }

    private static BigDecimal price(Session session, long product) {
        return session.rows(row -> row.getBigDecimal(1), "SELECT price FROM products WHERE product_id = ?", product)
                .get(0);
    }

    private static Optional<Change> newPrice(Session session, SplittableRandom random) {
        return Rows.any(session, random, "products", "product_id").map(product -> {
            session.run(
                    "UPDATE products SET price = greatest(0.50, round(price * ?, 2)) WHERE product_id = ?",
                    BigDecimal.valueOf(random.nextInt(90, 112), 2),
                    product);
            return Change.UPDATE;
        });
    }

    private static Optional<Change> move(Session session, SplittableRandom random) {
        return Rows.any(session, random, "customers", "customer_id").map(customer -> {
            People.Place place = People.anyPlace(random);
            session.run(
                    "UPDATE customers SET city = ?, country = ? WHERE customer_id = ?",
                    place.city(),
                    place.country(),
                    customer);
            return Change.UPDATE;
        });
    }

    /** Somebody who never ordered closes the account. */
    private static Optional<Change> leave(Session session, SplittableRandom random) {
        String idle = "NOT EXISTS (SELECT FROM orders WHERE customer_id = t.customer_id)";
        return Rows.any(session, random, "customers", "customer_id", idle).map(customer -> {
            session.run("DELETE FROM customers WHERE customer_id = ?", customer);
            return Change.DELETE;
        });
    }

    private static Change newCustomer(Session session, SplittableRandom random) {
        People person = People.any(random);
        long id = session.number("SELECT nextval(pg_get_serial_sequence('customers', 'customer_id'))")
                .orElseThrow();
        session.run(
                "INSERT INTO customers (customer_id, customer_name, email, city, country) VALUES (?, ?, ?, ?, ?)",
                id,
                person.name(),
                person.email(id),
                person.place().city(),
                person.place().country());
        return Change.INSERT;
    }
}
