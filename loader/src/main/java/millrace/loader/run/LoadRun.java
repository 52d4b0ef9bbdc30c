package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import millrace.contract.failure.Failure;

/**
 * Loads tables, beginning again when a server or a connection is lost on the way. That never doubles a row: nothing of an
 * attempt is seen before all of it is published, and the next one looks at what the target has. Used once.
 */
public final class LoadRun {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Source source;
    private final Sink sink;
    private final LoadListener listener;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile LoadAttempt attempt;
    private boolean hasBegun;
    private boolean brokeOff;

    public LoadRun(Source source, Sink sink, LoadListener listener) {
        this.source = requireNonNull(source, "source is null");
        this.sink = requireNonNull(sink, "sink is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Loads, or says why not; what happened is in the audit table either way. */
    public LoadReport run(LoadRequest request) {
        Instant startedAt = Instant.now();
        try {
            Optional<Failure> failure = load(request);
            List<LoadRecord> records =
                    new RecordKeeper(request, startedAt).records(attempt.loads(), attempt.completed(), failure);
            return new LoadReport(request, records, keep(records, request.retries(), failure));
        } finally {
            ended.countDown();
        }
    }

    /** Ends the run of another thread, unless it publishes already, and waits until it has cleaned up. */
    public void interrupt(long atMostSeconds) throws InterruptedException {
        interrupted.countDown();
        LoadAttempt current = attempt;
        if (current != null) {
            current.cancel(interruption());
        }
        ended.await(atMostSeconds, TimeUnit.SECONDS);
    }

    private static Failure interruption() {
        return Failure.running("interrupted", "The load was interrupted.", "Nothing was published. Run it again.");
    }

    private Optional<Failure> load(LoadRequest request) {
        Duration pause = FIRST_PAUSE;
        for (int retries = 0; ; retries++) {
            Optional<Failure> failure = attempt(request);
            if (failure.isEmpty() || retries == request.retries() || !isWorthARetry(failure.get())) {
                return failure;
            }
            if (!pause(failure.get(), pause)) {
                return Optional.of(interruption());
            }
            pause = pause.multipliedBy(2);
        }
    }

    private Optional<Failure> attempt(LoadRequest request) {
        attempt = new LoadAttempt(source, sink, listener, brokeOff);
        if (interrupted.getCount() == 0) {
            return Optional.of(interruption());
        }
        Optional<Failure> failure = attempt.run(request);
        hasBegun = hasBegun
                || attempt.hasBegun()
                || failure.map(Failure::isPassing).orElse(false);
        brokeOff = brokeOff || attempt.brokeOff();
        return failure;
    }

    /** A server that has never answered is more likely misspelled than restarting. */
    private boolean isWorthARetry(Failure failure) {
        return failure.mayPass() && hasBegun;
    }

    private boolean pause(Failure failure, Duration pause) {
        listener.retrying(failure, pause);
        try {
            return !interrupted.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes the audit rows. A failure to do so counts only when nothing else failed before. */
    private Optional<Failure> keep(List<LoadRecord> records, int retries, Optional<Failure> failure) {
        Failpoint.BEFORE_AUDIT.reach();
        records.forEach(listener::ended);
        Duration pause = FIRST_PAUSE;
        for (int left = failure.isEmpty() ? retries : 0; ; left--) {
            try {
                sink.record(records);
                if (failure.isEmpty()) {
                    sink.forgetOwn();
                }
                return failure;
            } catch (Failure unrecorded) {
                if (left == 0 || !isWorthARetry(unrecorded) || !pause(unrecorded, pause)) {
                    return Optional.of(failure.orElseGet(() -> notRecorded(unrecorded, records.size())));
                }
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static Failure notRecorded(Failure failure, int tables) {
        return Failure.running(
                "not-recorded",
                (tables == 1 ? "The table is published" : "The tables are published")
                        + ", but the audit table does not say so: " + failure.sentence(),
                "Nothing has to be loaded again. See to the audit table, millrace.loads, before the next load.",
                failure);
    }
}
