package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.loader.concurrent.Async;
import millrace.loader.plan.TablePlan;

/** Loads tables as of one moment: all of them are staged and checked before the first is published. Used once. */
final class LoadAttempt {
    private final Source source;
    private final Sink sink;
    private final LoadListener listener;
    private final Cancellation cancellation = new Cancellation();
    private final List<TableLoad> loads = new ArrayList<>();
    private final List<LoadRecord> completed = new ArrayList<>();
    private final boolean resumes;
    private volatile boolean hasBegun;
    private volatile boolean publishes;
    private volatile boolean published;

    /** @param resumes whether an earlier attempt of the same run has begun to publish */
    LoadAttempt(Source source, Sink sink, LoadListener listener, boolean resumes) {
        this.source = source;
        this.sink = sink;
        this.listener = listener;
        this.resumes = resumes;
    }

    /** Loads, or says why not; then what is not published is gone, unless the target is. */
    Optional<Failure> run(LoadRequest request) {
        try {
            load(request);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(cancellation.cause().orElse(failure));
        } finally {
            // What is about to take its place is left for a later command to complete.
            if (!publishes || published || loads.size() == 1) {
                Async.forEach(loads, request.workers(), TableLoad::close);
            }
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

    /** Whether publishing has begun, and has not come to its end. */
    boolean brokeOff() {
        return publishes && !published;
    }

    /** Those of tables that an earlier attempt of this run had begun to publish. */
    List<LoadRecord> completed() {
        return completed;
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
            Survey survey = completePublications(request, snapshot, targets(plans));
            if (!completed.isEmpty()) {
                return;
            }
            List<TablePlan> fitting = new TargetFit(request, snapshot, sink).fit(plans, survey);
            sink.prepare(survey);
            for (TablePlan plan : fitting) {
                loads.add(new TableLoad(plan, snapshot, sink, listener));
            }
            Failpoint.AFTER_SNAPSHOT.reach();
            new SliceQueue(cancellation).run(loads, request.workers());
            snapshot.shortage().ifPresent(listener::noticed);
            cancellation.cause().ifPresent(cause -> {
                throw cause;
            });
            Async.forEach(loads, request.workers(), TableLoad::check);
            Async.forEach(loads, request.workers(), TableLoad::prepare);
            snapshot.confirm();
            cancellation.seal();
            Failpoint.BEFORE_PUBLISH.reach();
            publish(request);
            Failpoint.AFTER_PUBLISH.reach();
        }
    }

    /** What an earlier run was about to publish comes first. */
    private Survey completePublications(LoadRequest request, Snapshot snapshot, List<TableName> targets) {
        Survey survey = sink.survey(request.pipeline(), targets);
        if (survey.publications().isEmpty()) {
            return survey;
        }
        List<LoadRecord> done = new Completion(snapshot, sink, listener).complete(survey);
        if (resumes) {
            done.stream()
                    .filter(record -> record.runId().equals(request.runId()))
                    .forEach(completed::add);
        }
        return sink.survey(request.pipeline(), targets);
    }

    private void publish(LoadRequest request) {
        List<Ready> ready = loads.stream().map(load -> load.ready(request)).toList();
        listener.publishing(ready);
        publishes = true;
        try {
            sink.publish(request.pipeline(), ready);
        } catch (Failure failure) {
            throw brokenOff(failure, loads.size());
        }
        loads.forEach(TableLoad::published);
        published = true;
    }

    private static Failure brokenOff(Failure failure, int tables) {
        String sentence = "Publishing broke off: " + failure.sentence();
        String hint = tables == 1
                ? "Whether the table is published is not known. Run it again: no row comes twice."
                : "Some of the tables may be published. Run it again: the next load of the pipeline begins with the others.";
        return failure.mayPass()
                ? Failure.passing("publishing-broke-off", sentence, hint, failure)
                : Failure.running("publishing-broke-off", sentence, hint, failure);
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
