package millrace.loader.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import millrace.contract.pipeline.TableName;
import millrace.loader.concurrent.Async;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.BucketSums;
import millrace.loader.verify.Difference;
import millrace.loader.verify.Fingerprints;
import millrace.loader.verify.RowHash;
import millrace.loader.verify.RowPrint;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Hashes the rows of a snapshot as Postgres shows them: it sends their text, so that its encoding and its hashes are of no concern. */
final class PostgresFingerprints implements Fingerprints {
    /** So many rows are told of at once. */
    private static final int ROWS = 16_384;

    private final SnapshotConnections connections;
    private final int workers;

    PostgresFingerprints(SnapshotConnections connections, int workers) {
        this.connections = connections;
        this.workers = workers;
    }

    @Override
    public TableName name(TableSpec table) {
        return table.source();
    }

    /** A plan is made of what the source has. */
    @Override
    public List<Difference> misfits(TableSpec table) {
        return List.of();
    }

    @Override
    public BucketSums sums(TablePlan table, int end, LongConsumer progress) {
        BucketSums all = new BucketSums();
        Async.forEach(table.slices(), workers, slice -> {
            BucketSums sums = new BucketSums();
            long rows = read(table.spec(), slice, new Consumer<>() {
                private int untold;

                @Override
                public void accept(RowHash row) {
                    int bucket = row.bucket();
                    if (bucket < end) {
                        sums.add(bucket, 1, row.high(), row.low());
                    }
                    if (++untold == ROWS) {
                        progress.accept(untold);
                        untold = 0;
                    }
                }
            });
            progress.accept(rows % ROWS);
            synchronized (all) {
                all.add(sums);
            }
        });
        return all;
    }

    @Override
    public List<RowPrint> rows(TablePlan table, Set<Integer> buckets) {
        List<RowPrint> prints = new ArrayList<>();
        Async.forEach(
                table.slices(),
                workers,
                slice -> read(table.spec(), slice, row -> {
                    if (buckets.contains(row.bucket())) {
                        RowPrint print = row.print();
                        synchronized (prints) {
                            prints.add(print);
                        }
                    }
                }));
        return prints;
    }

    /** Returns how many rows there were. */
    private long read(TableSpec table, Slice slice, Consumer<RowHash> rows) {
        PostgresConnection connection = connections.take();
        try {
            return read(connection, table, slice, rows);
        } catch (SQLException e) {
            throw PostgresFailure.running("reading " + table.source(), e);
        } finally {
            connections.giveBack(connection);
        }
    }

    /** A table that cannot be read must not end the transaction in which the others are. */
    private static long read(PostgresConnection connection, TableSpec table, Slice slice, Consumer<RowHash> rows)
            throws SQLException {
        Moment.execute(connection.sql(), "SAVEPOINT compared");
        try {
            long count = copy(connection, table, slice, rows);
            Moment.execute(connection.sql(), "RELEASE SAVEPOINT compared");
            return count;
        } catch (SQLException e) {
            Moment.execute(connection.sql(), "ROLLBACK TO SAVEPOINT compared");
            throw e;
        }
    }

    private static long copy(PostgresConnection connection, TableSpec table, Slice slice, Consumer<RowHash> rows)
            throws SQLException {
        TextRows reader = new TextRows(table);
        CopyOut stream =
                connection.sql().unwrap(PGConnection.class).getCopyAPI().copyOut(FingerprintSql.copy(table, slice));
        byte[] line = stream.readFromCopy();
        while (line != null) {
            rows.accept(reader.read(line));
            line = stream.readFromCopy();
        }
        return stream.getHandledRowCount();
    }
}
