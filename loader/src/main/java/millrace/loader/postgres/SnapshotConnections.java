package millrace.loader.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import millrace.loader.config.PostgresSettings;
import millrace.loader.failure.Failure;

/** Connections that all see the snapshot of the first. More are opened only when all are in use, or announced. */
final class SnapshotConnections {
    private final PostgresSettings settings;
    private final PostgresConnection first;
    private final Deque<PostgresConnection> idle = new ArrayDeque<>();
    private final List<PostgresConnection> all = new ArrayList<>();
    private final Deque<CompletableFuture<PostgresConnection>> announced = new ArrayDeque<>();
    private String exported;
    private boolean aborted;

    SnapshotConnections(PostgresSettings settings, PostgresConnection first) {
        this.settings = settings;
        this.first = first;
        idle.add(first);
        all.add(first);
    }

    /** Begins to log in for so many copies at the same time, which takes longer than most of what a load does first. */
    synchronized void announce(int copies) {
        while (all.size() + announced.size() < copies) {
            announced.add(CompletableFuture.supplyAsync(() -> PostgresConnection.open(settings)));
        }
    }

    PostgresConnection take() {
        PostgresConnection connection = takeIdle();
        return connection == null ? join(login()) : connection;
    }

    private synchronized PostgresConnection takeIdle() {
        refuseAborted();
        PostgresConnection connection = idle.poll();
        if (connection == first && exported == null) {
            export();
        }
        return connection;
    }

    private void refuseAborted() {
        if (aborted) {
            throw Failure.running("interrupted", "The load was interrupted.", "Run it again.");
        }
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

    private PostgresConnection login() {
        CompletableFuture<PostgresConnection> begun;
        synchronized (this) {
            begun = announced.poll();
        }
        // What failed is tried again here, where the failure has somebody to go to.
        PostgresConnection connection =
                begun == null ? null : begun.exceptionally(failure -> null).join();
        return connection == null ? PostgresConnection.open(settings) : connection;
    }

    private PostgresConnection join(PostgresConnection connection) {
        synchronized (this) {
            all.add(connection);
            refuseAborted();
        }
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
        announced.forEach(begun -> begun.thenAccept(SnapshotConnections::close));
        all.forEach(SnapshotConnections::close);
    }

    private static void close(PostgresConnection connection) {
        try {
            connection.sql().close();
        } catch (SQLException e) {
            // A connection that is broken is closed.
        }
    }
}
