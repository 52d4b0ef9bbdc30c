package millrace.loader.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.HeldSnapshot;
import millrace.loader.run.RunName;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;

/** Tables of a Postgres database. */
public final class PostgresSource implements Source {
    private final PostgresSettings settings;
    private final Moment moment;
    /** Opened before the snapshot that will be its own; null when there is none. */
    private PostgresConnection waiting;

    private PostgresConnection latest;

    public PostgresSource(PostgresSettings settings) {
        this(settings, new PresentMoment());
    }

    /** The tables as a snapshot has them that another connection has exported and still holds. */
    public static PostgresSource at(PostgresSettings settings, String snapshot) {
        return new PostgresSource(settings, new ExportedMoment(snapshot));
    }

    private PostgresSource(PostgresSettings settings, Moment moment) {
        this.settings = requireNonNull(settings, "settings is null");
        this.moment = requireNonNull(moment, "moment is null");
    }

    @Override
    public List<TableName> tables() {
        waiting = entered();
        try {
            return new Catalog(waiting.sql()).tables();
        } catch (SQLException e) {
            waiting.abort();
            throw PostgresFailure.running("listing the tables", e);
        }
    }

    @Override
    public Snapshot open(Collection<TableName> tables) {
        PostgresConnection connection = waiting == null ? entered() : waiting;
        waiting = null;
        return PostgresSnapshot.open(settings, connection, moment, tables);
    }

    private PostgresConnection entered() {
        PostgresConnection connection = PostgresConnection.open(settings);
        remember(connection);
        try {
            moment.enter(connection);
            return connection;
        } catch (SQLException e) {
            connection.abort();
            throw PostgresFailure.running("looking for the snapshot", e);
        } catch (Failure failure) {
            connection.abort();
            throw failure;
        }
    }

    private synchronized void remember(PostgresConnection connection) {
        latest = connection;
    }

    @Override
    public synchronized void cancel() {
        if (latest != null) {
            latest.abort();
        }
    }

    @Override
    public HeldSnapshot hold(RunName run, Collection<TableName> tables, Duration patience) {
        return PostgresHeldSnapshot.hold(settings, run, tables, patience);
    }

    @Override
    public Source sharing(RunName run, Duration patience, Runnable waiting) {
        return new PostgresSource(settings, new SharedMoment(run, patience, waiting));
    }

    @Override
    public String statement(TableSpec table, Extent extent, Slice slice) {
        return Sql.copy(table, extent, slice, false);
    }
}
