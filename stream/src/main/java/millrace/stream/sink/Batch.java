package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * Changes that are written together.
 *
 * @param left tables that are followed no more: what is staged of their transaction is dropped
 * @param position what lies below it in the log has come
 * @param commitMicros when the last of its transactions was committed, in microseconds since 2000-01-01 00:00 UTC
 */
public record Batch(
        Map<FollowedTable, TableBatch> tables, Set<FollowedTable> left, Part part, long position, long commitMicros) {
    /** How a batch relates to transactions. */
    public enum Part {
        /** It has whole transactions. */
        WHOLE,
        /** It has some of the changes of a transaction that is too large for one batch. */
        BEGINNING,
        /** It has the last changes of such a transaction. */
        END
    }

    public Batch {
        requireNonNull(part, "part is null");
        tables = Map.copyOf(tables);
        left = Set.copyOf(left);
    }
}
