package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.stream.failpoint.Failpoint;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.Batch;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Views;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.SourceDatabase;

/** Follows the tables of a pipeline until something fails: takes changes, and sees to copies and to what people ask for. */
final class StreamLoop implements Controls, AutoCloseable {
    /** So often a position is written while only other parts of the source change. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** So often, while changes come, everything else is looked at. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Setup setup;
    private final ClickHouseHttp http;
    private final FollowState state;
    private final Consumer<Failure> news;
    private final Requests requests;
    private final Members members;
    private final CatalogWatch watch;
    private final SlotGuard guard;
    private final SourceDatabase database;
    private final ReplicationConnection replication;
    private final Handover handover;
    private final Batcher batcher;
    private final Intake intake;
    /** Null when none is under way. */
    private TableCopy copy;

    private long movedAt = System.nanoTime();
    private long lookedAt;
    private boolean ends;
    /** Null while nothing is held. */
    private Hold hold;

    private long heldAt;
    private long countedAt = System.nanoTime() - COUNT_NANOS;

    /** @param start what was committed below it has been written */
    StreamLoop(
            Setup setup,
            ClickHouseHttp http,
            FollowState state,
            Consumer<Failure> news,
            Requests requests,
            Members members,
            SourceDatabase database,
            ReplicationConnection replication,
            Handover handover,
            long start) {
        this.setup = requireNonNull(setup, "setup is null");
        this.http = requireNonNull(http, "http is null");
        this.state = requireNonNull(state, "state is null");
        this.news = requireNonNull(news, "news is null");
        this.requests = requireNonNull(requests, "requests is null");
        this.members = requireNonNull(members, "members is null");
        this.database = requireNonNull(database, "database is null");
        watch = new CatalogWatch(database);
        guard = new SlotGuard(setup.options(), state);
        this.replication = requireNonNull(replication, "replication is null");
        this.handover = requireNonNull(handover, "handover is null");
        batcher = new Batcher(members.followed(), start, Batcher.Bounds.STREAM, this::give, this::leave);
        intake = new Intake(replication, batcher, handover);
    }

    private void give(Batch batch) {
        handover.give(batch, replication::keepAlive);
    }

    private void leave(SchemaChange change) {
        members.leave(change).ifPresent(table -> {
            batcher.leave(table);
            news.accept(change.news());
        });
    }

    /** Returns when the thread has been interrupted, or somebody wants the stream to begin again. */
    void run() {
        while (!ends && !Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            boolean isBusy = !isHeld() && intake.step(now);
            if (!isBusy || now - lookedAt > LOOK_NANOS) {
                lookedAt = now;
                look(now);
            }
            if (!isBusy) {
                intake.pause();
            }
        }
    }

    private void look(long now) {
        watch.look(now, members.followed()).forEach(this::leave);
        guard.look(now, database);
        members.takeRefused().ifPresent(refused -> {
            batcher.leave(refused.table());
            news.accept(refused.reason());
        });
        if (members.hidesRows() && now - countedAt > COUNT_NANOS) {
            countedAt = now;
            recheck();
        }
        requests.serve(this);
        if (hold != null) {
            lookAtHold(now);
        } else {
            lookAtCopy(now);
            keepPosition(now);
        }
        state.progress(
                replication.received(),
                handover.applied(),
                batcher.waitingRows(),
                intake.isIdle() ? 0 : Math.max(FollowState.INCOMPLETE, batcher.completeSince()));
    }

    private boolean isHeld() {
        return hold != null && hold.isReached();
    }

    private void lookAtHold(long now) {
        if (hold.isOver(now)) {
            endHold();
        } else if (hold.isReached()) {
            if (now - heldAt > SIGN_OF_LIFE_NANOS) {
                heldAt = now;
                replication.keepAlive();
            }
        } else if (!Lsn.isBefore(intake.reached(), hold.place()) && intake.settle()) {
            long place = hold.place() == 0 ? intake.reached() : hold.place();
            giveEmpty(place);
            handover.finish();
            state.hold(true);
            hold.reach(place, batcher.commitMicros());
        }
    }

    private void endHold() {
        hold = null;
        intake.goOn();
        state.hold(false);
    }

    /** Without this the source would keep its log for a stream that has nothing to send. */
    private void keepPosition(long now) {
        if (!intake.isIdle()) {
            movedAt = now;
        } else if (now - movedAt > IDLE_NANOS) {
            movedAt = now;
            if (Lsn.isBefore(handover.applied(), intake.reached())) {
                giveEmpty(intake.reached());
            }
        }
    }

    private void giveEmpty(long place) {
        give(new Batch(Map.of(), Set.of(), Batch.Part.WHOLE, place, batcher.commitMicros()));
    }

    private void lookAtCopy(long now) {
        if (copy == null) {
            members.queue().next(now).ifPresent(entry -> {
                state.table(entry.source(), TableStatus.copying());
                copy = new TableCopy(setup, entry, http, state);
            });
        } else if (copy.failure().isPresent()) {
            giveUpCopy(copy.failure().get(), now);
        } else if (copy.isCaughtUpWith(intake.reached()) && intake.settle()) {
            exchange(now);
        }
    }

    private void giveUpCopy(Failure failure, long now) {
        state.table(copy.entry().source(), TableStatus.waiting(failure));
        members.queue().failed(copy.entry(), now);
        news.accept(failure);
        endCopy();
    }

    /** From one place on the table is followed with all others: what comes behind it is written into the copy. */
    private void exchange(long now) {
        long place = intake.reached();
        giveEmpty(place);
        handover.finish();
        Optional<FollowedTable> before = members.beginExchange(copy.entry());
        before.ifPresent(batcher::leave);
        Optional<FollowedTable> table = copy.endAt(place, replication::keepAlive);
        Failpoint.AFTER_EXCHANGE.reach();
        if (table.isEmpty()) {
            giveUpCopy(copy.failure().orElseThrow(), now);
            return;
        }
        members.join(table.get());
        Views.createQuarantine(http);
        batcher.follow(table.get());
        endCopy();
    }

    private void endCopy() {
        copy.close();
        copy = null;
    }

    @Override
    public CompletableFuture<Map<String, Object>> hold(long place, int seconds) {
        if (isHeld()) {
            intake.goOn();
        }
        if (place != 0) {
            if (Lsn.isBefore(place, intake.reached())) {
                throw Failure.running(
                        "passed-already",
                        "The stream has passed " + Lsn.text(place) + " already.",
                        "Hold it first, then at a place that comes behind it.");
            }
            intake.stopAt(place);
        }
        hold = Hold.of(place, seconds);
        return hold.answer();
    }

    @Override
    public Map<String, Object> release() {
        boolean was = hold != null;
        if (was) {
            endHold();
        }
        return sentence(was ? "The stream goes on." : "The stream was not held.");
    }

    @Override
    public Map<String, Object> recheck() {
        long rows = Views.count(http, setup.pipeline());
        state.quarantined(rows);
        return Map.of(
                "sentence",
                rows == 0
                        ? "No row is in quarantine."
                        : rows + (rows == 1 ? " row is" : " rows are") + " in quarantine.",
                "quarantined",
                rows);
    }

    private TableEntry named(String table) {
        return members.named(table)
                .orElseThrow(
                        () -> Failure.configuration(
                                "unknown-table",
                                "The pipeline " + setup.pipeline() + " has no table " + table + ".",
                                "/status lists its tables; \"follow add\" follows those that the pipeline file has since got."));
    }

    @Override
    public Map<String, Object> recopy(String table) {
        TableEntry entry = named(table);
        members.recopy(entry);
        return sentence(entry.source() + " is copied anew; until that is done readers have what they have.");
    }

    @Override
    public Map<String, Object> pause(String table) {
        TableEntry entry = named(table);
        if (copy != null && copy.entry().source().equals(entry.source())) {
            endCopy();
        }
        members.pause(entry).ifPresent(batcher::leave);
        return sentence(entry.source() + " is followed no more, until \"follow resume\" has it copied anew.");
    }

    @Override
    public Map<String, Object> resume(String table) {
        TableEntry entry = named(table);
        if (members.isFollowed(entry)) {
            return sentence(entry.source() + " is followed already.");
        }
        return recopy(table);
    }

    @Override
    public Map<String, Object> restart() {
        ends = true;
        return sentence("The stream begins again with what the pipeline file says now.");
    }

    private static Map<String, Object> sentence(String text) {
        return Map.of("sentence", text);
    }

    @Override
    public void close() {
        if (copy != null) {
            endCopy();
        }
    }
}
