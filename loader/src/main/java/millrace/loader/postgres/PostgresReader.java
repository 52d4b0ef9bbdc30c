package millrace.loader.postgres;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.RowConsumer;
import millrace.loader.run.SnapshotReader;

/** A connection that is nobody else's for a while. One that has failed is not given back. */
final class PostgresReader implements SnapshotReader {
    private final SnapshotConnections connections;
    private final PostgresConnection connection;
    private boolean failed;

    PostgresReader(SnapshotConnections connections) {
        this.connections = connections;
        connection = connections.take();
    }

    @Override
    public long copy(TableSpec table, Extent extent, Slice slice, RowConsumer rows) throws IOException {
        boolean done = false;
        try {
            String copy = Sql.copy(table, extent, slice, connection.state().isBytes());
            long sent = CopyStream.read(connection, copy, rows);
            done = true;
            return sent;
        } catch (SQLException e) {
            throw failure(table, slice, e);
        } finally {
            failed |= !done;
        }
    }

    @Override
    public boolean hasFormerRows(TableSpec table, Extent.SinceLast since) {
        boolean done = false;
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(Sql.hasFormerRows(table, since))) {
            row.next();
            boolean answer = row.getBoolean(1);
            done = true;
            return answer;
        } catch (SQLException e) {
            throw failure(table, Slice.WHOLE, e);
        } finally {
            failed |= !done;
        }
    }

    private Failure failure(TableSpec table, Slice slice, SQLException e) {
        String doing = "reading " + table.source();
        String state = ServerWords.of(e).state();
        if (state.startsWith("22") || state.startsWith("XX00")) {
            return new FaultyRow(table, slice)
                    .find(connection)
                    .map(place -> PostgresFailure.value(place, table.source(), e))
                    .orElseGet(() -> PostgresFailure.running(doing, e));
        }
        return Privileges.orElse(connection, List.of(table.source()), doing, e);
    }

    @Override
    public void close() {
        if (!failed) {
            connections.giveBack(connection);
        }
    }
}
