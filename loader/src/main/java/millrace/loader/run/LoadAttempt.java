package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.loader.codec.TimeLimits;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;

/** Loads tables as of one moment: all of them are staged and checked before the first is published. Used once. */
final class LoadAttempt {
    private final Source source;
    private final Sink sink;
    private final LoadListener listener;
    private final Cancellation cancellation = new Cancellation();
    private final List<TableLoad> loads = new ArrayList<>();
    private volatile boolean hasBegun;

    LoadAttempt(Source source, Sink sink, LoadListener listener) {
        this.source = source;
        this.sink = sink;
        this.listener = listener;
    }

    /** Loads, or says why not; then what is not published is gone, unless the target is. */
    Optional<Failure> run(LoadRequest request) {
        try {
            load(request);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(cancellation.cause().orElse(failure));
        } finally {
            Async.forEach(loads, request.workers(), TableLoad::close);
        }
    }

    /** Ends it from another thread, unless it publishes already. */
    void cancel(Failure failure) {
        cancellation.cancel(failure);
    }

    /** Whether both servers have answered. */
    boolean hasBegun() {
        return hasBegun;
    }

    List<TableLoad> loads() {
        return loads;
    }

    private void load(LoadRequest request) {
        // Both servers are asked at the same time: a small load does little but wait for them.
        CompletableFuture<TimeLimits> limits = CompletableFuture.supplyAsync(sink::timeLimits);
        List<TableName> tables =
                request.tables().stream().map(TableEntry::source).toList();
        cancellation.onCancel(source::cancel);
        try (Snapshot snapshot = source.open(tables)) {
            cancellation.onCancel(snapshot::cancel);
            cancellation.onCancel(sink::cancel);
            List<TablePlan> plans = PlanMaker.plan(request, snapshot, Async.await(limits));
            hasBegun = true;
            claim(snapshot, plans);
            snapshot.announce(SliceQueue.atOnce(plans, request.workers()));
            // What killed runs have left.
            sink.clear(targets(plans));
            for (TablePlan plan : new TargetFit(request.scope(), snapshot, sink).fit(plans)) {
                loads.add(new TableLoad(plan, snapshot, sink, listener));
            }
            Failpoint.AFTER_SNAPSHOT.reach();
            new SliceQueue(cancellation).run(loads, request.workers());
            cancellation.cause().ifPresent(cause -> {
                throw cause;
            });
            Async.forEach(loads, request.workers(), TableLoad::check);
            snapshot.confirm();
            cancellation.seal();
            Failpoint.BEFORE_PUBLISH.reach();
            Async.forEach(loads, request.workers(), TableLoad::publish);
            Failpoint.AFTER_PUBLISH.reach();
        }
    }

    /** Makes this the only run that loads these tables. */
    private static void claim(Snapshot snapshot, List<TablePlan> plans) {
        snapshot.claim(targets(plans)).ifPresent(taken -> {
            throw Failure.running(
                    "already-loading",
                    "Another run is loading " + taken + " at this moment.",
                    "Wait until it has ended, then run again.");
        });
    }

    private static List<TableName> targets(List<TablePlan> plans) {
        return plans.stream().map(plan -> plan.spec().target()).toList();
    }
}
