package millrace.loader.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.contract.failure.Failure;
import millrace.contract.settings.PostgresSettings;

/** Connections that all see the snapshot of the first. More are opened only when all are in use, or announced. */
final class SnapshotConnections {
    private final PostgresSettings settings;
    private final PostgresConnection first;
    /** They have joined the snapshot. */
    private final Deque<PostgresConnection> idle = new ArrayDeque<>();
    /** They have logged in. */
    private final Deque<PostgresConnection> fresh = new ArrayDeque<>();

    private final List<PostgresConnection> all = new ArrayList<>();
    private int logins;
    private int most = 1;
    private String exported;
    /** Why there can be no more: then those that there are must do. */
    private Failure shortage;

    private boolean aborted;
    private boolean closed;

    SnapshotConnections(PostgresSettings settings, PostgresConnection first) {
        this.settings = settings;
        this.first = first;
        idle.add(first);
        all.add(first);
    }

    /** Begins to log in for so many copies at the same time, which takes longer than most of what a load does first. */
    synchronized void announce(int copies) {
        most = Math.max(most, copies);
        while (all.size() + fresh.size() + logins < copies) {
            logins++;
            CompletableFuture.runAsync(this::login);
        }
    }

    private void login() {
        try {
            PostgresConnection connection = PostgresConnection.open(settings);
            synchronized (this) {
                logins--;
                if (closed || aborted) {
                    close(connection);
                } else {
                    fresh.add(connection);
                }
                notifyAll();
            }
        } catch (Failure failure) {
            synchronized (this) {
                logins--;
                shortage = failure;
                notifyAll();
            }
        }
    }

    /** A connection of the snapshot; waits for one that is given back when no more can be opened. */
    PostgresConnection take() {
        while (true) {
            PostgresConnection joining = takeOrAwait();
            if (idleWhenTaken(joining) || join(joining)) {
                return joining;
            }
        }
    }

    private synchronized boolean idleWhenTaken(PostgresConnection connection) {
        return all.contains(connection);
    }

    private synchronized PostgresConnection takeOrAwait() {
        while (true) {
            refuseAborted();
            if (!idle.isEmpty()) {
                PostgresConnection connection = idle.poll();
                if (connection == first && exported == null && most > 1) {
                    export();
                }
                return connection;
            }
            if (!fresh.isEmpty()) {
                return fresh.poll();
            }
            if (shortage == null && exported != null) {
                announce(all.size() + 1);
            }
            await();
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void refuseAborted() {
        if (aborted) {
            throw interrupted();
        }
    }

    private static Failure interrupted() {
        return Failure.running("interrupted", "The load was interrupted.", "Run it again.");
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

    /** Whether the connection sees the snapshot now. Where it has come to another server, that of the first must do alone. */
    private boolean join(PostgresConnection connection) {
        try {
            connection.begin("REPEATABLE READ", "SET TRANSACTION SNAPSHOT '" + exported + "'; ");
            synchronized (this) {
                all.add(connection);
                refuseAborted();
            }
            return true;
        } catch (SQLException e) {
            connection.abort();
            synchronized (this) {
                shortage = PostgresFailure.running("joining the snapshot", e);
            }
            return false;
        }
    }

    synchronized void giveBack(PostgresConnection connection) {
        idle.add(connection);
        notifyAll();
    }

    /** Why there were fewer than announced: a sentence. */
    synchronized Optional<String> shortage() {
        return Optional.ofNullable(shortage)
                .map(failure -> "Read over " + all.size() + (all.size() == 1 ? " connection" : " connections")
                        + " instead of " + most + ". " + failure.sentence());
    }

    /** Throws a failure when one of them has read otherwise than meant. None is in use any more. */
    synchronized void refuseOther() throws SQLException {
        for (PostgresConnection connection : all) {
            connection.refuseOther();
        }
    }

    synchronized void abort() {
        aborted = true;
        all.forEach(PostgresConnection::abort);
        fresh.forEach(PostgresConnection::abort);
        notifyAll();
    }

    /** Ends the transactions; they have only read. */
    synchronized void close() {
        closed = true;
        all.forEach(SnapshotConnections::close);
        fresh.forEach(SnapshotConnections::close);
        notifyAll();
    }

    private static void close(PostgresConnection connection) {
        try {
            connection.sql().close();
        } catch (SQLException e) {
            // A connection that is broken is closed.
        }
    }
}
