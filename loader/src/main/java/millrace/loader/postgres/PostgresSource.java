package millrace.loader.postgres;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import millrace.loader.config.PostgresSettings;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;

/** Tables of a Postgres database. */
public final class PostgresSource implements Source {
    private final PostgresSettings settings;

    public PostgresSource(PostgresSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public Snapshot open(Collection<TableName> tables) {
        return PostgresSnapshot.open(settings, tables);
    }

    @Override
    public String statement(TableSpec table, Slice slice) {
        return Sql.copy(table, slice);
    }
}
