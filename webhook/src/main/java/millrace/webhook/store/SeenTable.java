package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;

/** Signed messages that were accepted, so that nobody who caught one can send it again. */
public final class SeenTable {
    private static final Duration KEPT = Duration.ofDays(90);

    private final Database database;

    public SeenTable(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    public boolean contains(String id) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM seen WHERE id = ?")) {
                select.setString(1, id);
                return select.executeQuery().next();
            }
        });
    }

    public void add(String id, Instant at) {
        database.transact(connection -> {
            try (PreparedStatement old = connection.prepareStatement("DELETE FROM seen WHERE at < ?");
                    PreparedStatement insert =
                            connection.prepareStatement("MERGE INTO seen (id, at) KEY (id) VALUES (?, ?)")) {
                old.setLong(1, at.minus(KEPT).toEpochMilli());
                old.executeUpdate();
                insert.setString(1, id);
                insert.setLong(2, at.toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }
}
