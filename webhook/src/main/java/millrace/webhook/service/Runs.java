package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import millrace.service.OneLine;
import millrace.service.Refusal;
import millrace.webhook.Failure;
import millrace.webhook.Settings;
import millrace.webhook.dbt.Build;
import millrace.webhook.dbt.EndReason;
import millrace.webhook.dbt.ParseCache;
import millrace.webhook.pipeline.Pipeline;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFolder;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import millrace.webhook.run.RunStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs, one at a time, and knows all that there were. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger("run");
    private static final int KEPT = 100;
    private static final int RECORDED_WITHIN_SECONDS = 10;

    private final Settings settings;
    private final RunStore store;
    private final ParseCache cache;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "run"));
    private Active active;
    private boolean stopping;

    private record Active(Build build, Ticket ticket) {}

    public Runs(Settings settings, RunStore store) {
        this.settings = requireNonNull(settings, "settings is null");
        this.store = requireNonNull(store, "store is null");
        this.cache = new ParseCache(settings.state());
    }

    /**
     * Starts a run and returns at once.
     *
     * @throws RunActive when one is active
     * @throws Refusal UNAVAILABLE when the webhook is stopping
     */
    public synchronized Ticket start(Pipeline pipeline) throws RunActive {
        if (stopping) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE, "stopping", "The webhook is stopping.", "Try again when it is back.");
        }
        if (active != null) {
            throw new RunActive(active.ticket.run());
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Run run = Run.started(RunId.at(now), pipeline.name().value(), now);
        store.save(run);
        Build build = new Build(settings, cache, run, pipeline, store.folder(run.runId()));
        active = new Active(build, new Ticket(run, new CompletableFuture<>()));
        LOG.info("started run={} pipeline={}", run.runId(), run.pipeline());
        Active started = active;
        worker.execute(() -> execute(started));
        return started.ticket;
    }

    /** The run that is active now. */
    public synchronized Optional<Run> active() {
        return Optional.ofNullable(active).map(it -> it.ticket.run());
    }

    /** All runs without their node results, newest first. */
    public List<Run> list() {
        return store.list();
    }

    /** The newest run that ended, without its node results. */
    public Optional<Run> last() {
        return newest(run -> run.state() != RunState.RUNNING);
    }

    /** The newest run that ended well, without its node results. */
    public Optional<Run> lastGreen() {
        return newest(run -> run.state() == RunState.SUCCESS);
    }

    /** A run with its node results. */
    public Optional<Run> find(RunId id) {
        return store.find(id);
    }

    /** Where a run keeps its files. */
    public RunFolder folder(RunId id) {
        return store.folder(id);
    }

    /**
     * Ends a run that is active.
     *
     * @return completes with the run once it has ended and another may start; at once for one that was cancelled before
     * @throws Refusal CONFLICT when the run ended in another way before
     */
    public CompletableFuture<Run> cancel(Run run) {
        Active current;
        synchronized (this) {
            current = active;
        }
        if (current == null || !current.ticket.run().runId().equals(run.runId())) {
            return CompletableFuture.completedFuture(cancelledBefore(run.runId()));
        }
        LOG.info("cancelling run={} pipeline={}", run.runId(), run.pipeline());
        new Thread(() -> current.build.end(EndReason.CANCELLED), "cancel").start();
        return current.ticket.end().copy();
    }

    private Run cancelledBefore(RunId id) {
        return find(id).filter(run -> run.state() == RunState.CANCELLED)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "run_ended",
                        "The run has ended, so there is nothing to cancel.",
                        "How it ended: GET /api/v1/runs/" + id));
    }

    /** Takes no more runs, ends the active one and returns when it is recorded as failed. */
    public void stop() {
        Active last;
        synchronized (this) {
            stopping = true;
            last = active;
        }
        if (last != null) {
            last.build.end(EndReason.WEBHOOK_STOPPED);
            last.ticket
                    .end()
                    .copy()
                    .completeOnTimeout(null, RECORDED_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        worker.shutdown();
    }

    private void execute(Active started) {
        Run end = outcome(started);
        try {
            store.save(end);
            store.prune(KEPT);
        } catch (RuntimeException e) {
            LOG.error("could not record run={} reason={}", end.runId(), OneLine.of(e.getMessage()));
        }
        synchronized (this) {
            active = null;
        }
        LOG.info(
                "finished run={} pipeline={} state={} seconds={} {}{}",
                end.runId(),
                end.pipeline(),
                end.state().word(),
                end.seconds(),
                end.summary(),
                end.error() == null ? "" : " reason=\"" + OneLine.of(end.error().message()) + "\"");
        started.ticket.end().complete(end);
    }

    private static Run outcome(Active started) {
        try {
            return started.build.execute();
        } catch (RuntimeException e) {
            LOG.error("run={} broke", started.ticket.run().runId(), e);
            Failure failure = new Failure(
                    "internal_error", "The webhook failed while it ran dbt.", "The reason is in the webhook's log.");
            return started.ticket.run().failed(Instant.now(), List.of(), failure);
        }
    }

    private Optional<Run> newest(java.util.function.Predicate<Run> wanted) {
        return store.list().stream().filter(wanted).findFirst();
    }
}
