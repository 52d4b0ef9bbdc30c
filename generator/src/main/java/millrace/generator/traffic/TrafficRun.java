package millrace.generator.traffic;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.generator.postgres.Session;

/** Makes changes at a steady rate, each in a transaction of its own. */
public final class TrafficRun {
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Source source;
    private final double rate;
    private final Consumer<String> log;
    private final Map<Change, Long> made = new EnumMap<>(Change.class);
    private volatile boolean stopped;

    /**
     * @param rate changes a second
     * @param log is told now and then how many changes were made
     */
    public TrafficRun(Source source, double rate, Consumer<String> log) {
        this.source = requireNonNull(source, "source is null");
        this.rate = rate;
        this.log = requireNonNull(log, "log is null");
    }

    /** Has {@link #run} return after the change it is making. */
    public void stop() {
        stopped = true;
    }

    /** Makes so many changes, which take `changes / rate` seconds or as long as Postgres needs. */
    public void run(Session session, long seed, long changes) {
        SplittableRandom random = new SplittableRandom(seed);
        long beganAt = System.nanoTime();
        long toldAt = beganAt;
        for (long i = 0; i < changes && !stopped; i++) {
            waitUntil(beganAt + (long) (i / rate * 1e9));
            if (stopped) {
                return;
            }
            made.merge(source.traffic().step(session, random), 1L, Long::sum);
            session.commit();
            if (System.nanoTime() - toldAt > TELL_EVERY_NANOS) {
                toldAt = System.nanoTime();
                log.accept(made());
            }
        }
    }

    private void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0 && !stopped; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE_NANOS));
        }
    }

    /** The changes so far, as `insert=7 update=2 delete=1`. */
    public String made() {
        return Stream.of(Change.values())
                .map(change -> change.name().toLowerCase(java.util.Locale.ROOT) + "=" + made.getOrDefault(change, 0L))
                .collect(Collectors.joining(" "));
    }
}
