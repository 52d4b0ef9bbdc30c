package millrace.loader.run;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import millrace.loader.codec.RefusedCell;
import millrace.loader.codec.RowBlock;
import millrace.loader.failure.Failure;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;

/** The load of one table: slices into its staging table, in parallel, then the check that nothing got lost. */
final class TableLoad {
    private final TablePlan plan;
    private final Snapshot snapshot;
    private final Sink sink;
    private final LoadListener listener;
    private final LongAdder sent = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Instant startedAt = Instant.now();
    private Staging staging;
    private Instant publishedAt;

    TableLoad(TablePlan plan, Snapshot snapshot, Sink sink, LoadListener listener) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.sink = sink;
        this.listener = listener;
    }

    TablePlan plan() {
        return plan;
    }

    void load(Slice slice) {
        RowBlock block = new RowBlock(plan.spec().targetColumns());
        staging().write(out -> {
            long taken = copy(slice, block, out);
            flush(block, out);
            sent.add(taken);
        });
    }

    private synchronized Staging staging() {
        if (staging == null) {
            listener.began(plan);
            staging = sink.stage(plan.spec());
        }
        return staging;
    }

    private long copy(Slice slice, RowBlock block, OutputStream out) throws IOException {
        return snapshot.copy(plan.spec(), slice, (row, offset, length) -> {
            append(block, row, offset, length);
            if (block.isFull()) {
                flush(block, out);
            }
        });
    }

    private void append(RowBlock block, byte[] row, int offset, int length) {
        try {
            block.append(row, offset, length);
        } catch (RefusedCell refused) {
            throw RefusedRow.failure(plan.spec(), refused, column -> block.text(row, offset, column));
        }
    }

    private void flush(RowBlock block, OutputStream out) throws IOException {
        int rows = block.rows();
        int size = block.bytes();
        block.flush(out);
        bytes.add(size);
        listener.copied(plan.spec().target(), rows, size);
        Failpoint.MID_COPY.reach();
    }

    /** Compares what the source says it sent with what the staging table holds. */
    void check() {
        long staged = staging.rows();
        if (staged != sent.sum()) {
            throw Failure.running(
                    "count-mismatch",
                    "Postgres sent " + sent.sum() + " rows of " + plan.spec().source() + ", but ClickHouse holds "
                            + staged + ".",
                    "Nothing was published. Run it again.");
        }
    }

    void publish() {
        staging.publish();
        publishedAt = Instant.now();
    }

    void close() {
        if (staging != null) {
            staging.close();
        }
    }

    /** @param reason why the run failed, for a table that was not published */
    LoadRecord record(LoadRequest request, String reason) {
        TableSpec spec = plan.spec();
        boolean done = publishedAt != null;
        return new LoadRecord(
                request.runId(),
                request.pipeline(),
                spec.source(),
                spec.target(),
                spec.mode().label(),
                startedAt,
                done ? publishedAt : Instant.now(),
                done ? sent.sum() : 0,
                bytes.sum(),
                done ? LoadRecord.Outcome.DONE : LoadRecord.Outcome.FAILED,
                done ? "Loaded " + sent.sum() + " rows of " + spec.source() + "." : reason);
    }
}
