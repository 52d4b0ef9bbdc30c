package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/**
 * A moment of the source, in terms of its transactions.
 *
 * @param snapshot what pg_current_snapshot() gives: the oldest transaction in progress, the next one, and those in progress
 * @param system the number that identifies the Postgres installation, whose transactions these are
 */
public record SourceMoment(String snapshot, String system) {
    public SourceMoment {
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(system, "system is null");
        if (!snapshot.matches("[0-9]+:[0-9]+:[0-9,]*")) {
            throw new IllegalArgumentException("no snapshot: " + snapshot);
        }
    }

    /** The oldest transaction in progress: the effects of all before it were visible. */
    public long oldest() {
        return Long.parseLong(snapshot.split(":")[0]);
    }

    /** The first transaction that had not begun. */
    public long next() {
        return Long.parseLong(snapshot.split(":")[1]);
    }
}
