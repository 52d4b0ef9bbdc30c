package millrace.loader.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import millrace.loader.config.PostgresSettings;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;

/** Tables of a Postgres database. */
public final class PostgresSource implements Source {
    private final PostgresSettings settings;
    /** Opened before the snapshot that will be its own; null when there is none. */
    private Connection waiting;

    public PostgresSource(PostgresSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public synchronized List<TableName> tables() {
        waiting = PostgresConnection.open(settings);
        try {
            return new Catalog(waiting).tables();
        } catch (SQLException e) {
            PostgresConnection.abort(waiting);
            throw PostgresFailure.running("listing the tables", e);
        }
    }

    @Override
    public synchronized Snapshot open(Collection<TableName> tables) {
        Connection connection = waiting == null ? PostgresConnection.open(settings) : waiting;
        waiting = null;
        return PostgresSnapshot.open(settings, connection, tables);
    }

    @Override
    public String statement(TableSpec table, Extent extent, Slice slice) {
        return Sql.copy(table, extent, slice);
    }
}
