package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.service.Json;
import millrace.webhook.alert.Alert;
import millrace.webhook.outgoing.Delivery;

/** The alerts that have begun, so that each is told once. */
public final class AlertTable {
    private static final Duration KEPT = Duration.ofDays(90);

    private final Database database;

    public AlertTable(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** All that were told and are remembered, the oldest first, by their ids. */
    public Map<String, Alert> known() {
        return database.transact(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT id, body FROM alerts ORDER BY since, id");
                    ResultSet row = select.executeQuery()) {
                Map<String, Alert> known = new LinkedHashMap<>();
                while (row.next()) {
                    known.put(row.getString(1), Json.read(row.getString(2), Alert.class));
                }
                return known;
            }
        });
    }

    /** Keeps an alert and what is told of it, both or neither. */
    public void begin(Alert alert, List<Delivery> deliveries) {
        database.transact(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO alerts (id, since, body) VALUES (?, ?, ?)")) {
                insert.setString(1, alert.id());
                insert.setLong(2, alert.since().toEpochMilli());
                insert.setString(3, Json.text(alert));
                insert.executeUpdate();
            }
            DeliveryTable.insert(connection, deliveries);
            return null;
        });
    }

    /** Forgets an alert and keeps what is told of its end, both or neither. */
    public void end(Alert alert, List<Delivery> deliveries) {
        database.transact(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM alerts WHERE id = ?")) {
                delete.setString(1, alert.id());
                delete.executeUpdate();
            }
            DeliveryTable.insert(connection, deliveries);
            return null;
        });
    }

    /** Whether an alert that is never over may be forgotten: the load that it is about is no longer the last. */
    public static boolean isOld(Alert alert, Instant now) {
        return alert.since().plus(KEPT).isBefore(now);
    }
}
