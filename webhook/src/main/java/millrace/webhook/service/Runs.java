package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import millrace.service.OneLine;
import millrace.service.Refusal;
import millrace.webhook.config.Settings;
import millrace.webhook.dbt.Build;
import millrace.webhook.dbt.EndReason;
import millrace.webhook.dbt.ParseCache;
import millrace.webhook.dbt.ReadyDbt;
import millrace.webhook.outgoing.Delivery;
import millrace.webhook.run.Failure;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunFolder;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import millrace.webhook.store.RunStore;
import millrace.webhook.store.RunTable;
import millrace.webhook.store.StoreFailure;
import millrace.webhook.warehouse.Loads;
import millrace.webhook.warehouse.WarehouseFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs, one at a time on a target, and knows all that there were. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger("run");
    private static final int RECORDED_WITHIN_SECONDS = 10;

    private final Settings settings;
    private final RunStore store;
    private final RunTable table;
    private final ParseCache cache;
    private final ReadyDbt ready;
    private final Loads loads;
    private final Sender sender;
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> new Thread(task, "run"));
    private final Lane lane = new Lane();
    private boolean stopping;
    private RunId newest;

    public Runs(Settings settings, RunStore store, ReadyDbt ready, Loads loads, Sender sender) {
        this.settings = requireNonNull(settings, "settings is null");
        this.store = requireNonNull(store, "store is null");
        this.table = store.table();
        this.cache = new ParseCache(settings.state());
        this.ready = requireNonNull(ready, "ready is null");
        this.loads = requireNonNull(loads, "loads is null");
        this.sender = requireNonNull(sender, "sender is null");
    }

    /** Ends the queries of runs that a webhook left behind that was killed. */
    public void endQueries(List<RunId> left) {
        left.forEach(this::endQueries);
    }

    /** Goes on with the runs that waited when the webhook ended. */
    public synchronized void resume() {
        List<Run> waiting = table.list(RunFilter.in(RunState.QUEUED, Integer.MAX_VALUE));
        for (int i = waiting.size() - 1; i >= 0; i--) {
            lane.add(waiting.get(i), new CompletableFuture<>());
        }
        startNext();
    }

    /**
     * Starts a run and returns at once.
     *
     * @throws RunActive when another one is in the way
     * @throws Refusal UNAVAILABLE when the webhook is stopping
     */
    public synchronized Ticket startNow(Order order) throws RunActive {
        Optional<Ticket> earlier = earlier(order);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        refuseWhileStopping();
        Optional<Run> inTheWay = lane.inTheWay(order.target());
        if (inTheWay.isPresent() && !order.isNothing()) {
            throw new RunActive(inTheWay.get());
        }
        return accept(order);
    }

    /**
     * Starts a run, or has it wait for its turn, and returns at once.
     *
     * @throws QueueFull when too many wait already
     * @throws Refusal UNAVAILABLE when the webhook is stopping
     */
    public synchronized Ticket submit(Order order) throws QueueFull {
        Optional<Ticket> earlier = earlier(order);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        refuseWhileStopping();
        boolean waits = lane.inTheWay(order.target()).isPresent() && !order.isNothing();
        if (waits && lane.waiting() >= settings.mostWaiting()) {
            double seconds = last().map(Run::seconds).orElse(10.0);
            throw new QueueFull(lane.waiting(), (int) Math.min(600, Math.max(1, Math.ceil(seconds))));
        }
        return accept(order);
    }

    private void refuseWhileStopping() {
        if (stopping) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE, "stopping", "The webhook is stopping.", "Try again when it is back.");
        }
    }

    private Optional<Ticket> earlier(Order order) {
        if (order.key().isEmpty()) {
            return Optional.empty();
        }
        Order.Key key = order.key().get();
        Optional<RunTable.Answered> answered = table.answered(key.name());
        if (answered.isPresent() && !answered.get().fingerprint().equals(key.fingerprint())) {
            throw new Refusal(
                    Refusal.Kind.UNPROCESSABLE,
                    "key_reused",
                    "Another request had this Idempotency-Key, with another body.",
                    "Give each request a key of its own; only the same request may be sent again with the same.");
        }
        return answered.flatMap(it -> find(it.run()))
                .map(run -> new Ticket(
                        run,
                        lane.find(run.runId())
                                .map(Lane.Place::end)
                                .orElseGet(() -> CompletableFuture.completedFuture(run)),
                        false));
    }

    private Ticket accept(Order order) {
        Run asked = asked(order);
        Run run = order.isNothing() ? asked.started(asked.createdAt()).succeeded(asked.createdAt(), List.of()) : asked;
        if (order.key().isPresent()) {
            table.save(run, order.key().get().name(), order.key().get().fingerprint(), told(run));
        } else {
            table.save(run, told(run));
        }
        sender.wake();
        if (order.isNothing()) {
            LOG.info("finished run={} pipeline={} state=success: nothing has changed", run.runId(), run.pipeline());
            return new Ticket(run, CompletableFuture.completedFuture(run), true);
        }
        CompletableFuture<Run> end = new CompletableFuture<>();
        lane.add(run, end);
        startNext();
        Run begun = lane.find(run.runId()).map(Lane.Place::run).orElse(run);
        if (begun.state() == RunState.QUEUED) {
            LOG.info("queued run={} pipeline={}", run.runId(), run.pipeline());
        }
        return new Ticket(begun, end, true);
    }

    private Run asked(Order order) {
        return new Run(
                nextId(),
                order.pipeline(),
                RunState.QUEUED,
                order.cause(),
                order.command(),
                order.target(),
                order.retryOf().orElse(null),
                order.skipped(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Ids sort in the order in which runs were asked for, those of one millisecond too. */
    private RunId nextId() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RunId id = RunId.at(now);
        while (newest != null && id.compareTo(newest) <= 0) {
            now = now.plusMillis(1);
            id = RunId.at(now);
        }
        newest = id;
        return id;
    }

    private synchronized void startNext() {
        while (!stopping) {
            Optional<Lane.Place> next = lane.next();
            if (next.isEmpty()) {
                return;
            }
            Run run = next.get().run().started(Instant.now().truncatedTo(ChronoUnit.MILLIS));
            try {
                tell(run);
            } catch (StoreFailure e) {
                // It runs all the same; its end is recorded if that can be written again by then.
                LOG.error("could not record run={} reason=\"{}\"", run.runId(), OneLine.of(e.getMessage()));
            }
            Build build = new Build(settings, cache, ready, run, store.folder(run.runId()));
            Lane.Place place = new Lane.Place(run, next.get().end(), build);
            lane.begin(place);
            LOG.info("started run={} pipeline={} command=\"{}\"", run.runId(), run.pipeline(), run.verb());
            workers.execute(() -> execute(place));
        }
    }

    /** The runs that are active now. */
    public synchronized List<Run> active() {
        return lane.active().stream().map(Lane.Place::run).toList();
    }

    /** Whether nothing more comes of a run. */
    public synchronized boolean hasEnded(RunId id) {
        return lane.find(id).isEmpty();
    }

    /** How many runs wait. */
    public Map<Map<String, String>, Long> counts() {
        return table.counts();
    }

    public synchronized int waiting() {
        return lane.waiting();
    }

    /** How many runs are before this one and itself; empty when it does not wait. */
    public synchronized OptionalInt position(RunId id) {
        return lane.position(id);
    }

    /** Runs without their node results, newest first. */
    public List<Run> list(RunFilter filter) {
        return table.list(filter);
    }

    /** The newest run that ended, without its node results. */
    public Optional<Run> last() {
        return table.newestEnded();
    }

    /** The newest run that ended well, without its node results. */
    public Optional<Run> lastGreen() {
        return table.list(RunFilter.in(RunState.SUCCESS, 1)).stream().findFirst();
    }

    /** A run with its node results. */
    public Optional<Run> find(RunId id) {
        return table.find(id);
    }

    /** What became of each node at last, by dbt's unique id. */
    public Map<String, RunTable.Latest> latest() {
        return table.latest();
    }

    /** How long each node took in the last runs of a pipeline, oldest first, by dbt's unique id. */
    public Map<String, List<Double>> seconds(String pipeline, int most) {
        return table.seconds(pipeline, most);
    }

    /** Where a run keeps its files. */
    public RunFolder folder(RunId id) {
        return store.folder(id);
    }

    /**
     * Ends a run that is active, or takes one that waits out of the queue.
     *
     * @return completes with the run once it has ended and another may start; at once for one that was cancelled before
     * @throws Refusal CONFLICT when the run ended in another way before
     */
    public CompletableFuture<Run> cancel(Run run) {
        Optional<Lane.Place> place;
        synchronized (this) {
            Optional<Lane.Place> withdrawn = lane.withdraw(run.runId());
            if (withdrawn.isPresent()) {
                return CompletableFuture.completedFuture(withdraw(withdrawn.get()));
            }
            place = lane.find(run.runId());
        }
        if (place.isEmpty()) {
            return CompletableFuture.completedFuture(cancelledBefore(run.runId()));
        }
        LOG.info("cancelling run={} pipeline={}", run.runId(), run.pipeline());
        new Thread(() -> place.get().build().end(EndReason.CANCELLED), "cancel").start();
        return place.get().end().copy();
    }

    private Run withdraw(Lane.Place place) {
        Failure why = new Failure("cancelled", "The run was cancelled before it began.", "Nothing was built.");
        Run end = place.run().cancelled(Instant.now(), List.of(), why);
        tell(end);
        place.end().complete(end);
        LOG.info("cancelled run={} pipeline={} while it waited", end.runId(), end.pipeline());
        return end;
    }

    private Run cancelledBefore(RunId id) {
        return find(id).filter(run -> run.state() == RunState.CANCELLED)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "run_ended",
                        "The run has ended, so there is nothing to cancel.",
                        "How it ended: GET /api/v1/runs/" + id));
    }

    /** Takes no more runs, ends the active ones and returns when they are recorded as failed. Those that wait go on waiting. */
    public void stop() {
        List<Lane.Place> last;
        synchronized (this) {
            stopping = true;
            last = lane.active();
        }
        last.forEach(place -> place.build().end(EndReason.WEBHOOK_STOPPED));
        last.forEach(place -> place.end()
                .copy()
                .completeOnTimeout(null, RECORDED_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join());
        workers.shutdown();
    }

    private void execute(Lane.Place place) {
        keepMarks(place.run());
        Run end = outcome(place);
        if (end.state() != RunState.SUCCESS) {
            endQueries(end.runId());
        }
        try {
            tell(end);
            store.prune(settings.keptRuns());
        } catch (RuntimeException e) {
            LOG.error("could not record run={} reason={}", end.runId(), OneLine.of(e.getMessage()));
        }
        synchronized (this) {
            lane.end(place);
        }
        LOG.info(
                "finished run={} pipeline={} state={} seconds={} {}{}",
                end.runId(),
                end.pipeline(),
                end.state().word(),
                end.seconds(),
                end.summary(),
                end.error() == null ? "" : " reason=\"" + OneLine.of(end.error().message()) + "\"");
        place.end().complete(end);
        startNext();
    }

    /** Keeps a run with what targets are to be told of it, and has that be sent. */
    private void tell(Run run) {
        table.save(run, told(run));
        sender.wake();
    }

    private List<Delivery> told(Run run) {
        return run.state() == RunState.QUEUED ? List.of() : sender.of(run);
    }

    /** ClickHouse goes on with an INSERT whose client is gone. */
    private void endQueries(RunId run) {
        try {
            loads.endQueries(run.value());
        } catch (WarehouseFailure e) {
            LOG.warn("queries of run={} may go on: {}", run, OneLine.of(e.getMessage()));
        }
    }

    /** What it sees of the loads, for a later run that builds what changed since. */
    private void keepMarks(Run run) {
        try {
            RunFolder folder = store.folder(run.runId());
            Files.createDirectories(folder.path());
            loads.marks().write(folder.marks());
        } catch (IOException | WarehouseFailure e) {
            LOG.info("run={} keeps no marks of loads: {}", run.runId(), OneLine.of(e.getMessage()));
        }
    }

    private static Run outcome(Lane.Place place) {
        try {
            return place.build().execute();
        } catch (RuntimeException e) {
            LOG.error("run={} broke", place.run().runId(), e);
            Failure failure = new Failure(
                    "internal_error", "The webhook failed while it ran dbt.", "The reason is in the webhook's log.");
            return place.run().failed(Instant.now(), List.of(), failure);
        }
    }
}
