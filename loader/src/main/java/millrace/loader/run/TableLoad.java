package millrace.loader.run;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.failure.Failure;
import millrace.loader.codec.RefusedCell;
import millrace.loader.codec.RowBlock;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;

/** The load of one table: slices into its staging table, by streams in parallel, then the check that nothing got lost. */
final class TableLoad {
    private final TablePlan plan;
    private final Snapshot snapshot;
    private final Sink sink;
    private final LoadListener listener;
    private final Queue<Slice> waiting;
    private final LongAdder sent = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final Instant startedAt = Instant.now();
    private Staging staging;
    private volatile KnownRows known = KnownRows.NONE;
    private volatile long tableRows;
    private volatile Instant publishedAt;
    private volatile List<String> notes = List.of();

    TableLoad(TablePlan plan, Snapshot snapshot, Sink sink, LoadListener listener) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.sink = sink;
        this.listener = listener;
        waiting = new ConcurrentLinkedQueue<>(plan.slices());
    }

    TablePlan plan() {
        return plan;
    }

    /** Copies slices that no other stream has begun, one after the other, until there are no more. */
    void stream() {
        if (waiting.isEmpty()) {
            return;
        }
        // The stream to ClickHouse is opened when rows can come: it would not be kept waiting for long.
        try (SnapshotReader reader = snapshot.reader()) {
            stream(reader);
        }
    }

    private void stream(SnapshotReader reader) {
        Slice first = waiting.poll();
        if (first == null) {
            return;
        }
        RowBlock block = new RowBlock(plan.spec().targetColumns());
        staging().write(out -> {
            long taken = 0;
            for (Slice slice = first; slice != null; slice = waiting.poll()) {
                taken += copy(reader, slice, block, out);
            }
            flush(block, out);
            sent.add(taken);
            replaced.add(block.replaced());
        });
    }

    private synchronized Staging staging() {
        if (staging == null) {
            listener.began(plan);
            staging = sink.stage(plan);
        }
        return staging;
    }

    private long copy(SnapshotReader reader, Slice slice, RowBlock block, OutputStream out) throws IOException {
        return reader.copy(plan.spec(), plan.extent(), slice, (row, offset, length) -> {
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

    /** Compares what the source says it sent with what the staging table holds, and sets aside what the target has. */
    void check() {
        long staged = staging.rows();
        if (staged != sent.sum()) {
            throw Failure.running(
                    "count-mismatch",
                    "Postgres sent " + sent.sum() + " rows of " + plan.spec().source() + ", but ClickHouse holds "
                            + staged + reason(),
                    "Nothing was published. Run it again.");
        }
        known = staging.removeKnown();
        switch (plan.extent()) {
            case Extent.SinceLast since -> new SourceEmptied(plan, known).refuse(since, snapshot);
            case Extent.Everything everything -> {}
            case Extent.Range range -> {}
        }
    }

    private String reason() {
        String refusal = staging.refusal();
        return refusal.isEmpty() ? "." : ": " + refusal;
    }

    /** Makes the table complete that will be published. */
    void prepare() {
        tableRows = staging.prepare(rows());
        notes = Stream.concat(formerValues().stream(), staging.notes().stream()).toList();
        notes.forEach(note -> listener.noted(plan.spec().target(), note));
    }

    private Optional<String> formerValues() {
        if (known.changed() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                "of " + counted(known.changed()) + " that came again the target keeps the former values, the first "
                        + known.firstChanged() + "; a full refresh takes over the new ones");
    }

    Ready ready(LoadRequest request) {
        return new Ready(staging, record(request, Instant.now(), sentence()));
    }

    void published() {
        publishedAt = Instant.now();
    }

    /** Removes what is not published. Where that fails the next load of the table does it. */
    void close() {
        if (staging == null) {
            return;
        }
        try {
            staging.close();
        } catch (Failure failure) {
            // Why the load failed, if it did, is of more use than this.
        }
    }

    private long rows() {
        return sent.sum() - known.rows();
    }

    /** @param reason why the run failed, for a table that was not published */
    LoadRecord record(LoadRequest request, String reason) {
        return record(request, publishedAt, publishedAt == null ? reason : sentence());
    }

    private LoadRecord record(LoadRequest request, Instant doneAt, String sentence) {
        TableSpec spec = plan.spec();
        boolean done = doneAt != null;
        return new LoadRecord(
                request.runId(),
                request.pipeline(),
                spec.source(),
                spec.target(),
                spec.mode().label(),
                startedAt,
                done ? doneAt : Instant.now(),
                done ? rows() : 0,
                done ? tableRows : 0,
                bytes.sum(),
                done ? replaced.sum() : 0,
                done ? LoadRecord.Outcome.DONE : LoadRecord.Outcome.FAILED,
                sentence);
    }

    private static String counted(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private String sentence() {
        String rows = counted(rows()) + " of " + plan.spec().source();
        String done = plan.extent().meetsKnownRows() ? "Added " + rows : "Loaded " + rows;
        String range = plan.extent()
                .replaces()
                .map(part -> " with " + part.column().name() + " from " + part.from() + " to below " + part.to())
                .orElse("");
        String passedOver = known.rows() == 0
                ? ""
                : "; " + counted(known.rows()) + " that came again " + (known.rows() == 1 ? "was" : "were")
                        + " there already";
        String changes = plan.changes().stream()
                .map(change -> "; column " + change.sentence())
                .collect(Collectors.joining());
        return done + range + passedOver + changes
                + notes.stream().map(note -> "; " + note).collect(Collectors.joining()) + ".";
    }
}
