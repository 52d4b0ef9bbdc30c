package millrace.stream.source;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.postgres.PostgresConnection;

/** Asks Postgres about slots and tables, over a connection of its own. */
public final class SourceDatabase implements AutoCloseable {
    private static final String SLOT = """
            SELECT plugin, database, active, coalesce(wal_status, ''), coalesce(confirmed_flush_lsn, '0/0') - '0/0'::pg_lsn,
                   coalesce(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                            - restart_lsn, 0)
            FROM pg_replication_slots WHERE slot_name = ?
            """;

    private static final String SOCKET_SECONDS = "60";

    private final PostgresConnection connection;
    private final String publication;

    /** @param publication of the pipeline */
    public SourceDatabase(PostgresSettings settings, String publication) {
        this.publication = requireNonNull(publication, "publication is null");
        // A server that has vanished would leave queries without an answer.
        connection = PostgresConnection.open(
                settings, Map.of("ApplicationName", "millrace follow", "socketTimeout", SOCKET_SECONDS));
    }

    public Connection sql() {
        return connection.sql();
    }

    public Map<TableName, TableShape> shapes(Collection<TableName> tables) {
        try {
            return new ShapeCatalog(sql(), publication).shapes(tables);
        } catch (SQLException e) {
            throw StreamFailure.of("looking at the tables", e);
        }
    }

    public Optional<SlotState> slot(String name) {
        try (PreparedStatement statement = sql().prepareStatement(SLOT)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new SlotState(
                                row.getString(1) == null ? "" : row.getString(1),
                                row.getString(2) == null ? "" : row.getString(2),
                                row.getBoolean(3),
                                row.getString(4),
                                row.getBigDecimal(5).longValue(),
                                row.getBigDecimal(6).longValue()))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StreamFailure.of("looking for the slot", e);
        }
    }

    /**
     * Makes this the only follower of a slot for as long as the connection lives.
     *
     * @throws millrace.contract.failure.Failure when there is another one
     */
    public void claim(String slot) {
        try (PreparedStatement statement =
                sql().prepareStatement("SELECT pg_try_advisory_lock(hashtextextended('millrace ' || ?, 0))")) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw StreamFailure.taken("of " + slot + " runs already", null);
                }
            }
        } catch (SQLException e) {
            throw StreamFailure.of("looking for other followers", e);
        }
    }

    public void dropSlot(String name) {
        try (PreparedStatement statement = sql().prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
        } catch (SQLException e) {
            throw StreamFailure.of("dropping the slot " + name, e);
        }
    }

    /** Keeps the shape of tables until the connection is closed: what rewrites a table has to wait. */
    public void lock(Collection<TableName> tables) {
        String names = tables.stream()
                .map(name -> quoted(name.schema()) + "." + quoted(name.table()))
                .collect(Collectors.joining(", "));
        try (Statement statement = sql().createStatement()) {
            statement.execute("BEGIN READ ONLY");
            if (tables.isEmpty()) {
                return;
            }
            statement.execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
        } catch (SQLException e) {
            throw StreamFailure.of("locking the tables against change of their shape", e);
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            sql().close();
        } catch (SQLException e) {
            // A connection that is broken is closed.
        }
    }
}
