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
        String copy = Sql.copy(table, extent, slice, connection.state().isBytes());
        return read(table, slice, () -> CopyStream.read(connection, copy, rows));
    }

    @Override
    public boolean hasFormerRows(TableSpec table, Extent.SinceLast since) {
        return isAny(table, Sql.former(since));
    }

    @Override
    public boolean hasRowsBelow(TableSpec table, Extent.Floor floor) {
        return isAny(table, Sql.below(floor));
    }

    private boolean isAny(TableSpec table, String condition) {
        return read(table, Slice.WHOLE, () -> {
            try (Statement statement = connection.sql().createStatement();
                    ResultSet row = statement.executeQuery(Sql.exists(table, condition))) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    private <T, E extends Exception> T read(TableSpec table, Slice slice, Reading<T, E> reading) throws E {
        boolean done = false;
        try {
            T answer = reading.read();
            done = true;
            return answer;
        } catch (SQLException e) {
            throw failure(table, slice, e);
        } finally {
            failed |= !done;
        }
    }

    private interface Reading<T, E extends Exception> {
        T read() throws SQLException, E;
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
