package millrace.generator.traffic;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import millrace.generator.postgres.Session;

/** An importer: orders come in, are changed, shipped or withdrawn, prices move, customers come, are renamed and leave. */
final class NorthwindTraffic implements Traffic {
    /** Its keys are of the type smallint. */
    private static final long LAST_ORDER = 32_767;

    private static final long FIRST_ORDER = 10_248;
    private static final long ORDERS_KEPT = 5_000;
    private static final long CUSTOMERS_KEPT = 500;
    private static final String OPEN = "shipped_date IS NULL";

    @Override
    public Change step(Session session, SplittableRandom random) {
        return change(session, random, random.nextInt(100)).orElseGet(() -> newCustomer(session, random));
    }

    private static Optional<Change> change(Session session, SplittableRandom random, int percent) {
        if (percent < 40) {
            return newOrder(session, random);
        } else if (percent < 62) {
            return ship(session, random);
        } else if (percent < 72) {
            return newQuantity(session, random);
        } else if (percent < 80) {
            return newPrice(session, random);
        } else if (percent < 86) {
            return restock(session, random);
        } else if (percent < 91) {
            return rename(session, random);
        } else if (percent < 97) {
            return withdraw(session, random, OPEN);
        }
        return Optional.empty();
    }

    private static Optional<Change> newOrder(Session session, SplittableRandom random) {
        if (count(session, "orders") >= ORDERS_KEPT) {
            return withdraw(session, random, "NOT " + OPEN);
        }
        Optional<String> customer = anyCustomer(session, random);
        Optional<Long> employee = Rows.any(session, random, "employees", "employee_id");
        Optional<Long> shipper = Rows.any(session, random, "shippers", "shipper_id");
        if (customer.isEmpty() || employee.isEmpty() || shipper.isEmpty()) {
            return Optional.empty();
        }
        long order = freeOrder(session);
        session.run(
                "INSERT INTO orders (order_id, customer_id, employee_id, order_date, required_date, ship_via, freight,"
                        + " ship_name, ship_address, ship_city, ship_region, ship_postal_code, ship_country)"
                        + " SELECT ?, customer_id, ?, current_date, current_date + 28, ?, ?, company_name, address, city,"
                        + " region, postal_code, country FROM customers WHERE customer_id = ?",
                order,
                employee.get(),
                shipper.get(),
                random.nextInt(400, 20_000) / 100.0,
                customer.get());
        for (int wanted = random.nextInt(1, 5); wanted > 0; wanted--) {
            Rows.any(session, random, "products", "product_id", "discontinued = 0")
                    .ifPresent(product -> sell(session, random, order, product));
        }
        return Optional.of(Change.INSERT);
    }

    private static void sell(Session session, SplittableRandom random, long order, long product) {
        int quantity = random.nextInt(1, 41);
        session.run(
                "INSERT INTO order_details (order_id, product_id, unit_price, quantity, discount)"
                        + " SELECT ?, product_id, unit_price, ?, ? FROM products WHERE product_id = ?"
                        + " ON CONFLICT DO NOTHING",
                order,
                quantity,
                random.nextInt(10) < 7 ? 0 : random.nextInt(1, 6) * 5 / 100.0,
                product);
        session.run(
                "UPDATE products SET units_in_stock = greatest(0, units_in_stock - ?) WHERE product_id = ?",
                quantity,
                product);
    }

    private static long freeOrder(Session session) {
        long next = session.number("SELECT coalesce(max(order_id), ?) + 1 FROM orders", FIRST_ORDER - 1)
                .orElseThrow();
        return next <= LAST_ORDER
                ? next
                : session.number(
                                "SELECT n FROM generate_series(?, ?) AS n WHERE NOT EXISTS"
                                        + " (SELECT FROM orders WHERE order_id = n) ORDER BY n LIMIT 1",
                                FIRST_ORDER,
                                LAST_ORDER)
                        .orElseThrow();
    }

    private static Optional<Change> ship(Session session, SplittableRandom random) {
        return Rows.any(session, random, "orders", "order_id", OPEN).map(order -> {
            session.run("UPDATE orders SET shipped_date = current_date WHERE order_id = ?", order);
            return Change.UPDATE;
        });
    }

    /** The customer thinks again about a product of an order that has not left. */
    private static Optional<Change> newQuantity(Session session, SplittableRandom random) {
        return Rows.any(session, random, "orders", "order_id", OPEN).map(order -> {
            session.run(
                    "UPDATE order_details SET quantity = ? WHERE order_id = ? AND product_id ="
                            + " (SELECT min(product_id) FROM order_details WHERE order_id = ?)",
                    random.nextInt(1, 41),
                    order,
                    order);
            return Change.UPDATE;
        });
    }

    private static Optional<Change> newPrice(Session session, SplittableRandom random) {
        return Rows.any(session, random, "products", "product_id").map(product -> {
            session.run(
                    "UPDATE products SET unit_price = least(500, greatest(1, round((unit_price * ?)::numeric, 2)))"
                            + " WHERE product_id = ?",
                    random.nextInt(92, 110) / 100.0,
                    product);
            return Change.UPDATE;
        });
    }

    /** What runs short is ordered; what was ordered comes. */
    private static Optional<Change> restock(Session session, SplittableRandom random) {
        return Rows.any(session, random, "products", "product_id", "discontinued = 0 AND units_in_stock < 200")
                .map(product -> {
                    session.run(
                            "UPDATE products SET units_in_stock = units_in_stock + units_on_order,"
                                    + " units_on_order = CASE WHEN units_on_order > 0 THEN 0 ELSE ? END"
                                    + " WHERE product_id = ?",
                            random.nextInt(2, 13) * 10,
                            product);
                    return Change.UPDATE;
                });
    }

    private static Optional<Change> rename(Session session, SplittableRandom random) {
        return anyCustomer(session, random).map(customer -> {
            String owner = People.any(random).name();
            session.run(
                    "UPDATE customers SET contact_name = ?, contact_title = 'Owner',"
                            + " company_name = left(split_part(company_name, ', ', 1), 20) || ?"
                            + " WHERE customer_id = ?",
                    owner,
                    ", " + owner,
                    customer);
            return Change.UPDATE;
        });
    }

    private static Optional<Change> withdraw(Session session, SplittableRandom random, String which) {
        return Rows.any(session, random, "orders", "order_id", which).map(order -> {
            session.run("DELETE FROM order_details WHERE order_id = ?", order);
            session.run("DELETE FROM orders WHERE order_id = ?", order);
            return Change.DELETE;
        });
    }

    private static Change newCustomer(Session session, SplittableRandom random) {
        if (count(session, "customers") >= CUSTOMERS_KEPT && leave(session)) {
            return Change.DELETE;
        }
        People person = People.any(random);
        int written = session.run(
                "INSERT INTO customers (customer_id, company_name, contact_name, contact_title, city, region, country)"
                        + " VALUES (?, ?, ?, 'Owner', ?, ?, 'USA') ON CONFLICT DO NOTHING",
                key(random),
                person.lastName() + " & Co.",
                person.name(),
                person.place().city(),
                person.place().state());
        return written > 0 ? Change.INSERT : ship(session, random).orElse(Change.UPDATE);
    }

    /** A customer who never ordered is forgotten. */
    private static boolean leave(Session session) {
        String idle = "SELECT min(customer_id) FROM customers AS c WHERE NOT EXISTS"
                + " (SELECT FROM orders WHERE customer_id = c.customer_id)";
        session.run("DELETE FROM customer_customer_demo WHERE customer_id = (" + idle + ")");
        return session.run("DELETE FROM customers WHERE customer_id = (" + idle + ")") > 0;
    }

    private static String key(SplittableRandom random) {
        StringBuilder key = new StringBuilder("Z");
        while (key.length() < 5) {
            key.append((char) ('A' + random.nextInt(26)));
        }
        return key.toString();
    }

    private static Optional<String> anyCustomer(Session session, SplittableRandom random) {
        List<String> found = session.rows(
                row -> row.getString(1),
                "SELECT customer_id FROM customers WHERE customer_id >= ? ORDER BY customer_id LIMIT 1",
                String.valueOf((char) ('A' + random.nextInt(26))) + (char) ('A' + random.nextInt(26)));
        return found.isEmpty()
                ? session.rows(row -> row.getString(1), "SELECT max(customer_id) FROM customers").stream()
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                : Optional.of(found.get(0));
    }

    private static long count(Session session, String table) {
        return session.number("SELECT count(*) FROM " + table).orElseThrow();
    }
}
