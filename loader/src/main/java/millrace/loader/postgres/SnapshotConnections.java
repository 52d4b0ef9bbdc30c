package millrace.loader.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import millrace.loader.config.PostgresSettings;
import millrace.loader.failure.Failure;

/** Connections that all see the snapshot of the first. More are opened only when all are in use. */
final class SnapshotConnections {
    private final PostgresSettings settings;
    private final PostgresConnection first;
    private final Deque<PostgresConnection> idle = new ArrayDeque<>();
    private final List<PostgresConnection> all = new ArrayList<>();
    private String exported;
    private boolean aborted;

    SnapshotConnections(PostgresSettings settings, PostgresConnection first) throws SQLException {
        this.settings = settings;
        this.first = first;
        idle.add(first);
        all.add(first);
    }

    synchronized PostgresConnection take() {
        if (aborted) {
            throw Failure.running("interrupted", "The load was interrupted.", "Run it again.");
        }
        PostgresConnection connection = idle.poll();
        if (connection == null) {
            connection = open();
        } else if (connection == first && exported == null) {
            export();
        }
        return connection;
    }

    /** Once the first connection is busy with a copy it can export nothing. */
    private void export() {
        try (Statement statement = first.sql().createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
            row.next();
            exported = row.getString(1);
        } catch (SQLException e) {
            throw PostgresFailure.running("sharing the snapshot", e);
        }
    }

    private PostgresConnection open() {
        PostgresConnection connection = PostgresConnection.open(settings);
        all.add(connection);
        try (Statement statement = connection.sql().createStatement()) {
            statement.execute(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '" + exported + "'");
            return connection;
        } catch (SQLException e) {
            throw PostgresFailure.running("joining the snapshot", e);
        }
    }

    synchronized void giveBack(PostgresConnection connection) {
        idle.add(connection);
    }

    synchronized void abort() {
        aborted = true;
        all.forEach(PostgresConnection::abort);
    }

    /** Ends the transactions; they have only read. */
    synchronized void close() {
        for (PostgresConnection connection : all) {
            try {
                connection.sql().close();
            } catch (SQLException e) {
                // A connection that is broken is closed.
            }
        }
    }
}
