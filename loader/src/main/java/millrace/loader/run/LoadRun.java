package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import millrace.loader.codec.TimeLimits;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;

/** Loads tables as of one moment: all of them are staged and checked before the first is published. Used once. */
public final class LoadRun {
    private final Source source;
    private final Sink sink;
    private final LoadListener listener;
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<TableLoad> loads = new ArrayList<>();

    public LoadRun(Source source, Sink sink, LoadListener listener) {
        this.source = requireNonNull(source, "source is null");
        this.sink = requireNonNull(sink, "sink is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Loads, or fails with everything as it was; what happened is in the audit table either way. */
    public LoadReport run(LoadRequest request) {
        Instant startedAt = Instant.now();
        try {
            Optional<Failure> failure = attempt(request);
            List<LoadRecord> records = new RecordKeeper(request, startedAt).records(loads, failure);
            return new LoadReport(request, records, keep(records, failure));
        } finally {
            ended.countDown();
        }
    }

    /** Ends the run of another thread, unless it publishes already, and waits until it has cleaned up. */
    public void interrupt(long atMostSeconds) throws InterruptedException {
        cancellation.cancel(
                Failure.running("interrupted", "The load was interrupted.", "Nothing was published. Run it again."));
        ended.await(atMostSeconds, TimeUnit.SECONDS);
    }

    private Optional<Failure> attempt(LoadRequest request) {
        try {
            load(request);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(cancellation.cause().orElse(failure));
        } finally {
            loads.forEach(TableLoad::close);
        }
    }

    private void load(LoadRequest request) {
        // Both servers are asked at the same time: a small load does little but wait for them.
        CompletableFuture<TimeLimits> limits = CompletableFuture.supplyAsync(sink::timeLimits);
        List<TableName> tables =
                request.tables().stream().map(TableEntry::source).toList();
        try (Snapshot snapshot = source.open(tables)) {
            cancellation.onCancel(snapshot::cancel);
            cancellation.onCancel(sink::cancel);
            for (TablePlan plan : PlanMaker.plan(request, snapshot, Async.await(limits))) {
                claim(snapshot, plan.spec().target());
                loads.add(new TableLoad(plan, snapshot, sink, listener));
            }
            Failpoint.AFTER_SNAPSHOT.reach();
            new SliceQueue(cancellation).run(loads, request.workers());
            cancellation.cause().ifPresent(cause -> {
                throw cause;
            });
            loads.forEach(TableLoad::check);
            cancellation.seal();
            Failpoint.BEFORE_PUBLISH.reach();
            loads.forEach(TableLoad::publish);
            Failpoint.AFTER_PUBLISH.reach();
        }
    }

    private static void claim(Snapshot snapshot, TableName target) {
        if (!snapshot.claim(target)) {
            throw Failure.running(
                    "already-loading",
                    "Another run is loading " + target + " at this moment.",
                    "Wait until it has ended, then run again.");
        }
    }

    /** Writes the audit rows. A failure to do so counts only when nothing else failed before. */
    private Optional<Failure> keep(List<LoadRecord> records, Optional<Failure> failure) {
        Failpoint.BEFORE_AUDIT.reach();
        records.forEach(listener::ended);
        for (LoadRecord record : records) {
            try {
                sink.record(record);
            } catch (Failure unrecorded) {
                return Optional.of(failure.orElse(unrecorded));
            }
        }
        return failure;
    }
}
