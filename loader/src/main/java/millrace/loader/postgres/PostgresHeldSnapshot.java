package millrace.loader.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.run.HeldSnapshot;
import millrace.loader.run.RunName;

/** An exported snapshot that lives as long as its connection, which is named after the run that it is for. */
final class PostgresHeldSnapshot implements HeldSnapshot {
    private static final int ANSWER_SECONDS = 10;

    private final PostgresConnection connection;
    private final String id;

    private PostgresHeldSnapshot(PostgresConnection connection, String id) {
        this.connection = connection;
        this.id = id;
    }

    static HeldSnapshot hold(PostgresSettings settings, RunName run, Collection<TableName> tables, Duration patience) {
        PostgresConnection connection = PostgresConnection.open(settings);
        try {
            SharedName name = new SharedName(run);
            claim(connection, name, tables, patience);
            String id = text(connection, "SELECT pg_export_snapshot()");
            Moment.execute(connection.sql(), SharedName.rename(name.holder() + id));
            return new PostgresHeldSnapshot(connection, id);
        } catch (SQLException e) {
            Failure failure = Privileges.orElse(connection, tables, "holding a snapshot", e);
            connection.abort();
            throw failure;
        } catch (Failure failure) {
            connection.abort();
            throw failure;
        }
    }

    /** Has the moment, with a lock that keeps other holders off; a load that still reads an earlier snapshot of the run is waited for. */
    private static void claim(
            PostgresConnection connection, SharedName name, Collection<TableName> tables, Duration patience)
            throws SQLException {
        Instant end = Instant.now().plus(patience);
        while (!begin(connection, name, tables)) {
            if (Instant.now().isAfter(end)) {
                throw taken(name.run());
            }
            Pause.between();
            connection.begin("READ COMMITTED", "");
        }
    }

    private static boolean begin(PostgresConnection connection, SharedName name, Collection<TableName> tables)
            throws SQLException {
        new PresentMoment().begin(connection, tables);
        String lock = "SELECT pg_try_advisory_xact_lock(hashtextextended('" + name.holder() + "', 0))";
        return text(connection, lock).equals("t")
                && text(connection, "SELECT EXISTS (" + SharedName.find(name.reader()) + ")")
                        .equals("f");
    }

    private static Failure taken(RunName run) {
        return Failure.running(
                "snapshot-taken",
                "The run \"" + run.runId() + "\" of the pipeline " + run.pipeline()
                        + " has a snapshot: another process holds it, or a load still reads it.",
                "Wait until they have ended, then run again.");
    }

    private static String text(PostgresConnection connection, String query) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isHeld() {
        try {
            return connection.sql().isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.sql().close();
        } catch (SQLException e) {
            // A connection that is broken is closed.
        }
    }
}
