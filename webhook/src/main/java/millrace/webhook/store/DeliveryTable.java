package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.webhook.outgoing.Delivery;
import millrace.webhook.outgoing.Delivery.State;

/** Messages to targets: those that wait to be sent, and the log of those that were. */
public final class DeliveryTable {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String COLUMNS =
            "number, message, type, target_key, target, body, state, attempts, created, next, answer";

    private final Database database;

    public DeliveryTable(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** Adds deliveries within a transaction that is under way. */
    static void insert(Connection connection, List<Delivery> deliveries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO deliveries (message, type, target_key, target, body, state, attempts, created, next)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)")) {
            for (Delivery delivery : deliveries) {
                insert.setString(1, delivery.messageId());
                insert.setString(2, delivery.type());
                insert.setString(3, delivery.targetKey());
                insert.setString(4, delivery.target());
                insert.setString(5, delivery.body());
                insert.setString(6, delivery.state().word());
                insert.setLong(7, delivery.createdAt().toEpochMilli());
                insert.setLong(8, delivery.nextAt().toEpochMilli());
                insert.executeUpdate();
            }
        }
    }

    /** The delivery to a target that is to be sent next, now or later. */
    public Optional<Delivery> next(String targetKey) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM deliveries WHERE state = 'waiting' AND target_key = ? ORDER BY next, number LIMIT 1")) {
                select.setString(1, targetKey);
                return read(select).stream().findFirst();
            }
        });
    }

    /** Keeps what came of an attempt. */
    public void update(Delivery delivery) {
        database.transact(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE deliveries SET state = ?, attempts = ?, next = ?, answer = ? WHERE number = ?")) {
                update.setString(1, delivery.state().word());
                update.setInt(2, delivery.attempts());
                update.setObject(
                        3, delivery.nextAt() == null ? null : delivery.nextAt().toEpochMilli());
                update.setString(4, delivery.answer());
                update.setLong(5, delivery.number());
                return update.executeUpdate();
            }
        });
    }

    /** Gives up what waits for targets other than these, and forgets what was done long ago. */
    public void clean(List<String> targetKeys, Instant now) {
        database.transact(connection -> {
            String others = " AND target_key NOT IN ("
                    + String.join(", ", targetKeys.stream().map(key -> "?").toList()) + ")";
            try (PreparedStatement update = connection.prepareStatement(
                            "UPDATE deliveries SET state = 'given_up', next = NULL, answer = 'It is no target any more.'"
                                    + " WHERE state = 'waiting'" + (targetKeys.isEmpty() ? "" : others));
                    PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM deliveries WHERE state <> 'waiting' AND created < ?")) {
                for (int i = 0; i < targetKeys.size(); i++) {
                    update.setString(i + 1, targetKeys.get(i));
                }
                update.executeUpdate();
                delete.setLong(1, now.minus(KEPT).toEpochMilli());
                return delete.executeUpdate();
            }
        });
    }

    /**
     * The newest deliveries.
     *
     * @param before only those with a smaller number
     */
    public List<Delivery> list(long before, int limit) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM deliveries WHERE number < ? ORDER BY number DESC LIMIT ?")) {
                select.setLong(1, before);
                select.setInt(2, limit);
                return read(select);
            }
        });
    }

    private static List<Delivery> read(PreparedStatement select) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long next = row.getLong(10);
                deliveries.add(new Delivery(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        State.valueOf(row.getString(7).toUpperCase(java.util.Locale.ROOT)),
                        row.getInt(8),
                        Instant.ofEpochMilli(row.getLong(9)),
                        next == 0 ? null : Instant.ofEpochMilli(next),
                        row.getString(11)));
            }
        }
        return deliveries;
    }
}
