package millrace.stream.sink;

import java.util.ArrayList;
import java.util.List;

/** The changes of one table within a batch, in order. */
public final class TableBatch {
    private final List<Change> changes;
    private int committed;
    private long bytes;
    private long committedBytes;
    private boolean truncated;
    private long truncatedLsn;
    private int truncatedOrdinal;

    public TableBatch() {
        this(new ArrayList<>());
    }

    private TableBatch(List<Change> changes) {
        this.changes = changes;
    }

    /** @param size what the change takes in memory */
    public void add(Change change, int size) {
        changes.add(change);
        bytes += size;
    }

    /** All that came before is of no concern any more. */
    public void truncate(long commitLsn, int ordinal) {
        changes.clear();
        committed = 0;
        bytes = 0;
        committedBytes = 0;
        truncated = true;
        truncatedLsn = commitLsn;
        truncatedOrdinal = ordinal;
    }

    /** The transaction whose changes came last is complete. */
    public void commit() {
        committed = changes.size();
        committedBytes = bytes;
    }

    /** How many changes belong to the transaction that is not complete. */
    public int openRows() {
        return changes.size() - committed;
    }

    public long openBytes() {
        return bytes - committedBytes;
    }

    public int committedRows() {
        return committed;
    }

    public long committedBytes() {
        return committedBytes;
    }

    /** Takes out the changes of the transaction that is not complete; they are the last ones. */
    public TableBatch split() {
        List<Change> open = changes.subList(committed, changes.size());
        TableBatch rest = new TableBatch(new ArrayList<>(open));
        open.clear();
        rest.bytes = bytes - committedBytes;
        bytes = committedBytes;
        return rest;
    }

    public List<Change> changes() {
        return changes;
    }

    public boolean isEmpty() {
        return changes.isEmpty() && !truncated;
    }

    public boolean isTruncated() {
        return truncated;
    }

    public long truncatedLsn() {
        return truncatedLsn;
    }

    /** The version of a TRUNCATE lies above those of the changes before it and below those of the changes behind it. */
    public int truncatedVersion() {
        return 2 * truncatedOrdinal;
    }
}
