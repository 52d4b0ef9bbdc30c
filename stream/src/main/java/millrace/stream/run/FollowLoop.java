package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.stream.source.SourceDatabase;

/**
 * Follows a source until it is told to stop. Whatever fails is told and tried again, in ever longer pauses: a server that
 * comes back, or somebody who removes an obstacle, is all that is needed.
 */
public final class FollowLoop {
    private static final long LONGEST_MILLIS = 15_000;
    private static final long FIRST_MILLIS = 250;

    private volatile Setup setup;
    private final FollowState state;
    private final Consumer<Failure> news;
    private final Requests requests = new Requests();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread thread;

    /** @param news is told of each failure, once for as long as it stays the same */
    public FollowLoop(Setup setup, FollowState state, Consumer<Failure> news) {
        this.setup = requireNonNull(setup, "setup is null");
        this.state = requireNonNull(state, "state is null");
        this.news = requireNonNull(news, "news is null");
    }

    /**
     * @throws Failure when at the first attempt the configuration proves to be wrong
     */
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        long pause = FIRST_MILLIS;
        long batches = 0;
        boolean isFirst = true;
        while (stopped.getCount() > 0) {
            try {
                new Follower(setup, state, news, requests).follow();
            } catch (Failure failure) {
                if (stopped.getCount() == 0) {
                    break;
                }
                if (isFirst && failure.exitCode() == ExitCode.BAD_CONFIGURATION) {
                    throw failure;
                }
                isFirst = false;
                pause = state.batches() > batches ? FIRST_MILLIS : pause;
                batches = state.batches();
                if (state.wait(failure)) {
                    news.accept(failure);
                }
                guardSlot();
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_MILLIS);
            }
        }
        state.enter(FollowState.Phase.STOPPED);
    }

    /** What keeps the stream from going on may last; the source's disk is not to fill meanwhile. */
    private void guardSlot() {
        try (SourceDatabase database = setup.database()) {
            new SlotGuard(setup.options(), state).lookWhileNothingFollows(database);
        } catch (Failure failure) {
            // Postgres is away, or somebody else has taken the slot.
        }
    }

    private void pause(long millis) {
        try {
            stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What can be asked while it runs. */
    public Requests requests() {
        return requests;
    }

    /** Has the stream go on with another pipeline file. */
    public Map<String, Object> reload(Setup changed) {
        setup = changed;
        return requests.ask(Controls::restart);
    }

    /** Has the run of another thread end: the batch under way is written, others come again next time. */
    public void stop() {
        stopped.countDown();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
