package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;

/** Tables that wait to be copied. One that failed is tried again, in ever longer pauses. */
final class CopyQueue {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** @param pause after the next failure */
    private record Wanted(TableEntry entry, long due, long pause) {
        Wanted {
            requireNonNull(entry, "entry is null");
        }
    }

    private final Map<TableName, Wanted> wanted = new LinkedHashMap<>();

    /** Has a table copied as soon as it is its turn. */
    void want(TableEntry entry, long now) {
        wanted.put(entry.source(), new Wanted(entry, now, FIRST_NANOS));
    }

    void failed(TableEntry entry, long now) {
        Wanted before = wanted.remove(entry.source());
        long pause = before == null ? FIRST_NANOS : before.pause();
        wanted.put(entry.source(), new Wanted(entry, now + pause, Math.min(2 * pause, LONGEST_NANOS)));
    }

    void forget(TableName source) {
        wanted.remove(source);
    }

    boolean has(TableName source) {
        return wanted.containsKey(source);
    }

    /** The table whose turn it is. */
    Optional<TableEntry> next(long now) {
        return wanted.values().stream()
                .filter(each -> now - each.due() >= 0)
                .findFirst()
                .map(Wanted::entry);
    }
}
