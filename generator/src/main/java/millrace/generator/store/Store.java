package millrace.generator.store;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.settings.PostgresSettings;
import millrace.generator.postgres.Session;
import millrace.service.FieldProblem;

/** The store's database. Every call is a connection and a transaction of its own. */
public final class Store {
    /** No request waits longer for Postgres than this. */
    private static final String SESSION = "-c statement_timeout=5s -c lock_timeout=5s";

    private final PostgresSettings settings;

    public Store(PostgresSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** @throws millrace.contract.failure.Failure when the database does not answer or is not the store's */
    public void ping() {
        try (Session session = Session.open(settings, SESSION)) {
            session.number("SELECT count(*) FROM (SELECT FROM orders LIMIT 1) AS any_order");
        }
    }

    public List<Customer> customers(Page page) {
        try (Session session = Session.open(settings, SESSION)) {
            return session.rows(
                    Store::customer,
                    "SELECT customer_id, customer_name, email, city, country, created_at FROM customers"
                            + " WHERE customer_id < ? ORDER BY customer_id DESC LIMIT ?",
                    page.before(),
                    page.limit());
        }
    }

    public List<Product> products(Page page) {
        try (Session session = Session.open(settings, SESSION)) {
            return session.rows(
                    Store::product,
                    "SELECT product_id, product_name, category, price, created_at FROM products"
                            + " WHERE product_id < ? ORDER BY product_id DESC LIMIT ?",
                    page.before(),
                    page.limit());
        }
    }

    public List<Order> orders(Page page) {
        try (Session session = Session.open(settings, SESSION)) {
            return orders(session, "o.order_id < ? ORDER BY o.order_id DESC LIMIT ?", page.before(), page.limit());
        }
    }

    public Optional<Order> order(long id) {
        try (Session session = Session.open(settings, SESSION)) {
            return orders(session, "o.order_id = ?", id).stream().findFirst();
        }
    }

    /**
     * Places an order, now.
     *
     * @param problems what is wrong with the request already
     * @throws InvalidOrder with these problems and those that the database knows of; then nothing was written
     * @throws EmptyStore when something is to be chosen and there is nothing to choose from
     */
    public Order place(OrderRequest request, List<FieldProblem> problems) throws InvalidOrder, EmptyStore {
        try (Session session = Session.open(settings, SESSION)) {
            List<FieldProblem> all = new ArrayList<>(problems);
            all.addAll(unknownCustomer(session, request));
            Map<Long, BigDecimal> prices = prices(session, request);
            all.addAll(unknownProducts(request, prices));
            if (!all.isEmpty()) {
                throw new InvalidOrder(all);
            }
            long customer = request.customerId().orElseGet(() -> any(session, "customer"));
            if (prices.isEmpty() || customer == 0) {
                throw new EmptyStore();
            }
            long id = OrderWriter.write(session, customer, quantities(request, prices), prices);
            Order order = orders(session, "o.order_id = ?", id).get(0);
            session.commit();
            return order;
        }
    }

    private static List<FieldProblem> unknownCustomer(Session session, OrderRequest request) {
        return request
                .customerId()
                .filter(id -> session.number("SELECT 1 FROM customers WHERE customer_id = ?", id)
                        .isEmpty())
                .map(id -> new FieldProblem("#/customer_id", "There is no customer " + id + "."))
                .stream()
                .toList();
    }

    private static long any(Session session, String thing) {
        return session.number("SELECT " + thing + "_id FROM " + thing + "s ORDER BY random() LIMIT 1")
                .orElse(0L);
    }

    /** Price by product: of those asked for that there are, or of one to three others. */
    private static Map<Long, BigDecimal> prices(Session session, OrderRequest request) {
        List<Long> ids =
                request.items().stream().map(OrderRequest.Item::productId).toList();
        // The rows are locked, so that a price does not change while it is copied.
        String locked = " FOR SHARE";
        List<Map.Entry<Long, BigDecimal>> rows = ids.isEmpty()
                ? session.rows(
                        Store::price,
                        "SELECT product_id, price FROM products WHERE product_id IN (SELECT product_id FROM products"
                                + " ORDER BY random() LIMIT 1 + (random() * 2)::int) ORDER BY product_id" + locked)
                : session.rows(
                        Store::price,
                        "SELECT product_id, price FROM products WHERE product_id = ANY (?) ORDER BY product_id"
                                + locked,
                        session.integers(ids));
        Map<Long, BigDecimal> prices = new LinkedHashMap<>();
        rows.forEach(row -> prices.put(row.getKey(), row.getValue()));
        return prices;
    }

    private static List<FieldProblem> unknownProducts(OrderRequest request, Map<Long, BigDecimal> prices) {
        return request.items().stream()
                .filter(item -> !prices.containsKey(item.productId()))
                .map(item -> new FieldProblem(
                        "#/items/" + item.index() + "/product_id", "There is no product " + item.productId() + "."))
                .toList();
    }

    private static Map<Long, Integer> quantities(OrderRequest request, Map<Long, BigDecimal> prices) {
        Map<Long, Integer> quantities = new LinkedHashMap<>();
        prices.keySet().forEach(product -> quantities.put(product, OrderWriter.anyQuantity()));
        request.items()
                .forEach(item -> item.quantity().ifPresent(quantity -> quantities.put(item.productId(), quantity)));
        return quantities;
    }

    private static List<Order> orders(Session session, String which, Object... values) {
        List<Order> orders = session.rows(
                Store::order,
                "SELECT o.order_id, o.customer_id, c.customer_name, o.ordered_at, o.total_amount FROM orders o"
                        + " JOIN customers c USING (customer_id) WHERE " + which,
                values);
        Map<Long, List<Order.Item>> items = new LinkedHashMap<>();
        orders.forEach(order -> items.put(order.orderId(), order.items()));
        session.rows(
                row -> items.get(row.getLong("order_id")).add(item(row)),
                "SELECT i.order_id, i.product_id, p.product_name, i.quantity, i.unit_price, i.subtotal FROM order_items i"
                        + " JOIN products p USING (product_id) WHERE i.order_id = ANY (?) ORDER BY i.order_item_id",
                session.integers(List.copyOf(items.keySet())));
        return orders;
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("order_id"),
                row.getLong("customer_id"),
                row.getString("customer_name"),
                time(row, "ordered_at"),
                row.getBigDecimal("total_amount"),
                new ArrayList<>());
    }

    private static Order.Item item(ResultSet row) throws SQLException {
        return new Order.Item(
                row.getLong("product_id"),
                row.getString("product_name"),
                row.getInt("quantity"),
                row.getBigDecimal("unit_price"),
                row.getBigDecimal("subtotal"));
    }

    private static Customer customer(ResultSet row) throws SQLException {
        return new Customer(
                row.getLong("customer_id"),
                row.getString("customer_name"),
                row.getString("email"),
                row.getString("city"),
                row.getString("country"),
                time(row, "created_at"));
    }

    private static Product product(ResultSet row) throws SQLException {
        return new Product(
                row.getLong("product_id"),
                row.getString("product_name"),
                row.getString("category"),
                row.getBigDecimal("price"),
                time(row, "created_at"));
    }

    private static Map.Entry<Long, BigDecimal> price(ResultSet row) throws SQLException {
        return Map.entry(row.getLong("product_id"), row.getBigDecimal("price"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
