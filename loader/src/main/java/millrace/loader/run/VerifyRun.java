package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.loader.concurrent.Async;
import millrace.loader.plan.TablePlan;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.Verifier;
import millrace.loader.verify.VerifyListener;

/** Compares tables one after the other. What is wrong with one of them does not end the comparison of the others. */
public final class VerifyRun {
    private final Source source;
    private final Sink sink;
    private final VerifyListener listener;

    public VerifyRun(Source source, Sink sink, VerifyListener listener) {
        this.source = requireNonNull(source, "source is null");
        this.sink = requireNonNull(sink, "sink is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * Compares all tables of a request.
     *
     * @param share the percentage of their rows that is compared
     * @throws Failure when a server can't be reached
     */
    public List<TableComparison> run(LoadRequest request, int share) {
        CompletableFuture<TimeLimits> asked = CompletableFuture.supplyAsync(sink::timeLimits);
        try (Snapshot snapshot = source.open(sources(request))) {
            TimeLimits limits = Async.await(asked);
            return plannable(request, snapshot, limits)
                    ? compare(request, snapshot, limits, share)
                    : oneByOne(request, limits, share);
        } catch (Failure failure) {
            if (failure.exitCode() != ExitCode.FAILED) {
                throw failure;
            }
            return oneByOne(request, Async.await(asked), share);
        }
    }

    private static List<TableName> sources(LoadRequest request) {
        return request.tables().stream().map(TableEntry::source).toList();
    }

    private static boolean plannable(LoadRequest request, Snapshot snapshot, TimeLimits limits) {
        try {
            PlanMaker.plan(request, snapshot, limits);
            return true;
        } catch (Failure failure) {
            return false;
        }
    }

    /** Each in a snapshot of its own: one of them cannot be locked, read or planned. */
    private List<TableComparison> oneByOne(LoadRequest request, TimeLimits limits, int share) {
        List<TableComparison> comparisons = new ArrayList<>();
        for (TableEntry table : request.tables()) {
            LoadRequest single = request.only(table);
            try (Snapshot snapshot = source.open(sources(single))) {
                comparisons.addAll(compare(single, snapshot, limits, share));
            } catch (Failure failure) {
                comparisons.add(told(new TableComparison.Unknown(table.source(), table.target(), failure)));
            }
        }
        return comparisons;
    }

    private List<TableComparison> compare(LoadRequest request, Snapshot snapshot, TimeLimits limits, int share) {
        List<TablePlan> plans = PlanMaker.plan(request, snapshot, limits);
        snapshot.announce(SliceQueue.atOnce(plans, request.workers()));
        Verifier verifier = new Verifier(snapshot.fingerprints(request.workers()), sink.fingerprints());
        return plans.stream().map(plan -> compare(verifier, plan, share)).toList();
    }

    private TableComparison compare(Verifier verifier, TablePlan plan, int share) {
        listener.began(plan);
        try {
            return told(verifier.compare(plan, share, listener::read));
        } catch (RuntimeException e) {
            Failure defect = Failure.defect("loader", e);
            return told(new TableComparison.Unknown(
                    plan.spec().source(), plan.spec().target(), defect));
        }
    }

    private TableComparison told(TableComparison comparison) {
        listener.ended(comparison);
        return comparison;
    }
}
