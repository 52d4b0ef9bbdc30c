package millrace.loader.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import millrace.loader.config.PostgresSettings;
import millrace.loader.failure.Failure;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableName;
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
    private Connection waiting;

    private Connection latest;

    public PostgresSource(PostgresSettings settings) {
        this(settings, new PresentMoment());
    }

    private PostgresSource(PostgresSettings settings, Moment moment) {
        this.settings = requireNonNull(settings, "settings is null");
        this.moment = requireNonNull(moment, "moment is null");
    }

    @Override
    public List<TableName> tables() {
        waiting = entered();
        try {
            return new Catalog(waiting).tables();
        } catch (SQLException e) {
            PostgresConnection.abort(waiting);
            throw PostgresFailure.running("listing the tables", e);
        }
    }

    @Override
    public Snapshot open(Collection<TableName> tables) {
        Connection connection = waiting == null ? entered() : waiting;
        waiting = null;
        return PostgresSnapshot.open(settings, connection, moment, tables);
    }

    private Connection entered() {
        Connection connection = PostgresConnection.open(settings);
        remember(connection);
        try {
            moment.enter(connection);
            return connection;
        } catch (SQLException e) {
            PostgresConnection.abort(connection);
            throw PostgresFailure.running("looking for the snapshot", e);
        } catch (Failure failure) {
            PostgresConnection.abort(connection);
            throw failure;
        }
    }

    private synchronized void remember(Connection connection) {
        latest = connection;
    }

    @Override
    public synchronized void cancel() {
        if (latest != null) {
            PostgresConnection.abort(latest);
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
        return Sql.copy(table, extent, slice);
    }
}
