package millrace.generator.traffic;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import millrace.generator.postgres.Session;

/** A shop: orders come in, move on and are withdrawn, prices change, people sign up and get a new phone. */
final class EcommerceTraffic implements Traffic {
    private static final String NOW = "now() AT TIME ZONE 'UTC'";

    @Override
    public Change step(Session session, SplittableRandom random) {
        return change(session, random, random.nextInt(100)).orElseGet(() -> newCustomer(session, random));
    }

    private static Optional<Change> change(Session session, SplittableRandom random, int percent) {
        if (percent < 50) {
            return newOrder(session, random);
        } else if (percent < 75) {
            return moveOn(session, random);
        } else if (percent < 83) {
            return newPrice(session, random);
        } else if (percent < 89) {
            return newPhone(session, random);
        } else if (percent < 95) {
            return withdraw(session, random);
        }
        return Optional.empty();
    }

    private static Optional<Change> newOrder(Session session, SplittableRandom random) {
        Optional<Long> customer = Rows.any(session, random, "customers", "customer_id");
        Set<Long> products = new LinkedHashSet<>();
        for (int wanted = random.nextInt(1, 5); wanted > 0; wanted--) {
            Rows.any(session, random, "products", "product_id").ifPresent(products::add);
        }
        if (customer.isEmpty() || products.isEmpty()) {
            return Optional.empty();
        }
        long order = next(session, "orders", "order_id");
        session.run(
                "INSERT INTO orders (order_id, customer_id, order_date, status, total_amount) VALUES (?, ?, " + NOW
                        + ", 'processing', 0)",
                order,
                customer.get());
        for (long product : products) {
            session.run(
                    "INSERT INTO order_items (order_item_id, order_id, product_id, quantity, unit_price, subtotal)"
                            + " SELECT ?, ?, product_id, q, price, q * price FROM products, (SELECT ? AS q) AS units"
                            + " WHERE product_id = ?",
                    next(session, "order_items", "order_item_id"),
                    order,
                    random.nextInt(1, 4),
                    product);
        }
        session.run(
                "UPDATE orders SET total_amount = (SELECT sum(subtotal) FROM order_items WHERE order_id = ?)"
                        + " WHERE order_id = ?",
                order,
                order);
        return Optional.of(Change.INSERT);
    }

    private static Optional<Change> moveOn(Session session, SplittableRandom random) {
        return Rows.any(session, random, "orders", "order_id", "status IN ('processing', 'shipped')")
                .map(order -> {
                    session.run(
                            "UPDATE orders SET status = CASE status WHEN 'processing' THEN 'shipped' ELSE 'completed'"
                                    + " END WHERE order_id = ?",
                            order);
                    return Change.UPDATE;
                });
    }

    private static Optional<Change> newPrice(Session session, SplittableRandom random) {
        return Rows.any(session, random, "products", "product_id").map(product -> {
            session.run(
                    "UPDATE products SET price = greatest(cost, round(price * ?, 2)) WHERE product_id = ?",
                    BigDecimal.valueOf(random.nextInt(90, 112), 2),
                    product);
            return Change.UPDATE;
        });
    }

    private static Optional<Change> newPhone(Session session, SplittableRandom random) {
        return Rows.any(session, random, "customers", "customer_id").map(customer -> {
            session.run(
                    "UPDATE customers SET phone = ? WHERE customer_id = ?",
                    "+1-555-555-" + random.nextInt(1000, 10_000),
                    customer);
            return Change.UPDATE;
        });
    }

    /** An order that was not shipped yet is taken back, with its items. */
    private static Optional<Change> withdraw(Session session, SplittableRandom random) {
        return Rows.any(session, random, "orders", "order_id", "status = 'processing'")
                .map(order -> {
                    session.run("DELETE FROM order_items WHERE order_id = ?", order);
                    session.run("DELETE FROM orders WHERE order_id = ?", order);
                    return Change.DELETE;
                });
    }

    private static Change newCustomer(Session session, SplittableRandom random) {
        People person = People.any(random);
        long id = next(session, "customers", "customer_id");
        session.run(
                "INSERT INTO customers (customer_id, first_name, last_name, email, state, city, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, " + NOW + ")",
                id,
                person.firstName(),
                person.lastName(),
                person.email(id),
                person.place().state(),
                person.place().city());
        return Change.INSERT;
    }

    private static long next(Session session, String table, String key) {
        return session.number("SELECT coalesce(max(" + key + "), 0) + 1 FROM " + table)
                .orElseThrow();
    }
}
