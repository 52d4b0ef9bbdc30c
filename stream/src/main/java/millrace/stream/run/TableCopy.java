package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.codec.TimeLimits;
import millrace.loader.postgres.PostgresSource;
import millrace.loader.run.LoadReport;
import millrace.loader.run.LoadRun;
import millrace.loader.run.Ready;
import millrace.stream.failpoint.Failpoint;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.BatchWriter;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Views;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.TextLookup;

/**
 * Copies one table while the others are followed: as of the moment of a slot of its own, whose changes of the table are then
 * added, until it has come as far as the pipeline's stream. Only then it takes the place of the table that readers have.
 */
final class TableCopy implements AutoCloseable {
    private static final long SIGN_OF_LIFE_MILLIS = 1_000;

    private final Setup setup;
    private final TableEntry entry;
    private final ClickHouseHttp http;
    private final FollowState state;
    private final Thread thread = new Thread(this::run, "copy");
    private LoadRun load;
    private boolean closed;
    private boolean caughtUp;
    private long begin;
    private long end;
    private FollowedTable done;
    private Failure failure;

    TableCopy(Setup setup, TableEntry entry, ClickHouseHttp http, FollowState state) {
        this.setup = requireNonNull(setup, "setup is null");
        this.entry = requireNonNull(entry, "entry is null");
        this.http = requireNonNull(http, "http is null");
        this.state = requireNonNull(state, "state is null");
        thread.setDaemon(true);
        thread.start();
    }

    TableEntry entry() {
        return entry;
    }

    /** Whether it waits for {@link #endAt}, and the stream has come to where the copy began. */
    synchronized boolean isCaughtUpWith(long stream) {
        return caughtUp && !Lsn.isBefore(stream, begin);
    }

    synchronized Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Has the copy end with what was committed below a place, and take its place. The stream goes on from there.
     *
     * @param meanwhile is done every second while that takes
     * @return empty when it failed
     */
    synchronized Optional<FollowedTable> endAt(long place, Runnable meanwhile) {
        end = place;
        while (done == null && failure == null) {
            try {
                wait(SIGN_OF_LIFE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.running("interrupted", "The stream was interrupted.", "Run it again.");
            }
            meanwhile.run();
        }
        return Optional.ofNullable(done);
    }

    private void run() {
        try {
            FollowedTable table = copy();
            synchronized (this) {
                done = table;
                notifyAll();
            }
        } catch (Failure e) {
            fail(e);
        } catch (SchemaChange change) {
            fail(change.news());
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(Failure.running("defect", "Copying met an unexpected error: " + e, "Please report this.", e));
        }
    }

    private synchronized void fail(Failure reason) {
        failure = reason;
        notifyAll();
    }

    private FollowedTable copy() {
        List<TableName> sources = List.of(entry.source());
        String slot = setup.temporarySlot();
        try (ReplicationConnection replication = new ReplicationConnection(setup.source())) {
            refuseObstacles();
            ClickHouseSink sink = new ClickHouseSink(setup.target());
            TimeLimits limits = sink.timeLimits();
            try (CopyMoment moment = CopyMoment.take(setup, sources, () -> replication.createTemporarySlot(slot))) {
                FollowedTable table = Tables.followed(setup, List.of(entry), moment.shapes(), limits)
                        .get(0);
                Conditions.refusal(http, table.spec(), table.conditions()).ifPresent(refusal -> {
                    throw refusal;
                });
                CopyProgress progress = new CopyProgress(
                        state,
                        ready -> {
                            Failpoint.AFTER_TABLE_COPY.reach();
                            catchUp(
                                    table.into(complete(ready)),
                                    replication,
                                    slot,
                                    moment.slot().consistent(),
                                    limits);
                            Failpoint.AFTER_CATCHING_UP.reach();
                        },
                        target -> Views.create(http, setup.pipeline(), table));
                LoadRun run = new LoadRun(
                        PostgresSource.at(setup.source(), moment.slot().snapshot()), sink, progress);
                begin(run, moment.slot().consistent());
                LoadReport report = run.run(Tables.copy(setup, List.of(entry), moment.shapes(), slot));
                report.failure().ifPresent(reason -> {
                    throw reason;
                });
                return table;
            }
        }
    }

    private void refuseObstacles() {
        try (var database = setup.database()) {
            Obstacles.refuse(Obstacles.of(setup, database, http, List.of(entry)));
        }
    }

    private synchronized void begin(LoadRun run, long place) {
        if (closed) {
            throw interrupted();
        }
        load = run;
        begin = place;
    }

    private static TableName complete(List<Ready> ready) {
        return ready.get(0).staging().complete();
    }

    private void catchUp(
            FollowedTable table, ReplicationConnection replication, String slot, long start, TimeLimits limits) {
        replication.start(slot, setup.options().publication(), start);
        try (TextLookup texts = new TextLookup(setup.source());
                Handover handover = new Handover(
                        new BatchWriter(http, batch -> {}, TableCopy::refuse, texts, limits),
                        (batch, nanos) -> {},
                        start)) {
            Batcher batcher = new Batcher(
                    List.of(table),
                    start,
                    Batcher.Bounds.COPY,
                    batch -> handover.give(batch, replication::keepAlive),
                    change -> {
                        throw change;
                    });
            Intake intake = new Intake(replication, batcher, handover);
            while (!isAtEnd(intake.reached()) || !intake.settle()) {
                if (!intake.step(System.nanoTime())) {
                    hasCaughtUp();
                    intake.pause();
                }
            }
            BatchWriter.clear(http, List.of(table.storage()));
        }
    }

    private static void refuse(FollowedTable table, Failure reason) {
        throw reason;
    }

    private synchronized void hasCaughtUp() {
        if (closed) {
            throw interrupted();
        }
        caughtUp = true;
    }

    private synchronized boolean isAtEnd(long reached) {
        if (closed) {
            throw interrupted();
        }
        return end != 0 && !Lsn.isBefore(reached, end);
    }

    private static Failure interrupted() {
        return Failure.running("interrupted", "Copying was interrupted.", "It begins again with the stream.");
    }

    /** Breaks it off, unless it is done: what readers have stays as it is. */
    @Override
    public void close() {
        LoadRun running;
        synchronized (this) {
            closed = true;
            running = load;
        }
        try {
            if (running != null) {
                running.interrupt(Duration.ofSeconds(10).toSeconds());
            }
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
