package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;
import millrace.stream.protocol.Lsn;
import millrace.stream.protocol.Message;
import millrace.stream.sink.Batch;
import millrace.stream.sink.Change;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.TableBatch;
import millrace.stream.source.SchemaChange;

/** Collects changes into batches that end with a commit. One thread uses it. */
final class Batcher {
    /** How much a batch may have. With the batch that is being written, what the follower keeps in memory. */
    record Bounds(int rows, long bytes) {
        static final Bounds STREAM = new Bounds(32_768, 8 << 20);
        /** Beside the stream. */
        static final Bounds COPY = new Bounds(16_384, 4 << 20);
    }

    /** What a change takes beside its own bytes. */
    private static final int OVERHEAD = 64;

    private final Map<Long, FollowedTable> followed = new HashMap<>();
    private final long start;
    private final Bounds bounds;
    private final Consumer<Batch> sink;
    private final Consumer<SchemaChange> changed;
    private final Set<FollowedTable> left = new HashSet<>();
    private final Set<TableBatch> touched = new HashSet<>();

    private Map<FollowedTable, TableBatch> tables = new LinkedHashMap<>();
    private long rows;
    private long bytes;
    private long openRows;
    private long openBytes;
    private Message.Begin open;
    private boolean skips;
    private int ordinal;
    private boolean isLarge;
    private long position;
    private long commitMicros;
    private boolean hasComplete;
    private long completeSince;

    /**
     * @param start what was committed below it has been written
     * @param sink takes batches that are as large as they may be; others are taken by {@link #take}
     * @param changed is told of a table that has changed, when what was committed before that has been given away; either it
     *     has the table left, or it throws
     */
    Batcher(
            Collection<FollowedTable> tables,
            long start,
            Bounds bounds,
            Consumer<Batch> sink,
            Consumer<SchemaChange> changed) {
        tables.forEach(this::follow);
        this.start = start;
        this.bounds = requireNonNull(bounds, "bounds is null");
        this.changed = requireNonNull(changed, "changed is null");
        this.position = start;
        this.sink = requireNonNull(sink, "sink is null");
    }

    /** Changes of the table count from here on. */
    void follow(FollowedTable table) {
        followed.put(table.shape().oid(), table);
    }

    /** Changes of the table count no more, those of the transaction under way included. */
    void leave(FollowedTable table) {
        followed.remove(table.shape().oid(), table);
        left.add(table);
        TableBatch batch = tables.remove(table);
        if (batch != null) {
            touched.remove(batch);
            rows -= batch.committedRows();
            bytes -= batch.committedBytes();
            openRows -= batch.openRows();
            openBytes -= batch.openBytes();
        }
    }

    void add(Message message) {
        if (message instanceof Message.Begin begin) {
            open = begin;
            ordinal = 0;
            skips = Lsn.isBefore(begin.commitLsn(), start);
        } else if (message instanceof Message.RowChange change) {
            change(change);
        } else if (message instanceof Message.Truncate truncate) {
            truncate(truncate);
        } else if (message instanceof Message.Relation relation) {
            refuseChanged(relation);
        } else if (message instanceof Message.Commit commit) {
            commit(commit);
        }
    }

    private void change(Message.RowChange change) {
        FollowedTable table = followed.get(change.relation());
        if (table == null || skips) {
            return;
        }
        int size = change.length() + OVERHEAD;
        batch(table)
                .add(
                        new Change(
                                change.kind(),
                                change.bytes(),
                                change.offset(),
                                change.length(),
                                open.commitLsn(),
                                nextOrdinal(),
                                open.commitMicros()),
                        size);
        openRows++;
        openBytes += size;
        if (isTooLarge()) {
            makeRoom();
        }
    }

    private TableBatch batch(FollowedTable table) {
        TableBatch batch = tables.computeIfAbsent(table, key -> new TableBatch());
        touched.add(batch);
        return batch;
    }

    private int nextOrdinal() {
        if (ordinal == Integer.MAX_VALUE / 2 - 1) {
            throw Failure.running(
                    "transaction-too-large",
                    "A transaction has more than " + ordinal + " changes.",
                    "Copy the tables anew: \"follow drop\", then \"follow run\".");
        }
        return ++ordinal;
    }

    private boolean isTooLarge() {
        return rows + openRows >= bounds.rows() || bytes + openBytes >= bounds.bytes();
    }

    private void truncate(Message.Truncate truncate) {
        List<FollowedTable> emptied = truncate.relations().stream()
                .map(followed::get)
                .filter(table -> table != null && !skips)
                .toList();
        if (emptied.isEmpty()) {
            return;
        }
        // Readers see what was committed before.
        giveComplete();
        emptied.forEach(table -> batch(table).truncate(open.commitLsn(), nextOrdinal()));
    }

    private void refuseChanged(Message.Relation relation) {
        FollowedTable table = followed.get(relation.oid());
        try {
            if (table != null) {
                RelationCheck.refuse(table, relation);
            } else {
                RelationCheck.refuseReplaced(followed.values(), relation);
            }
        } catch (SchemaChange change) {
            // What was committed before the change is still of the shape that is known.
            giveComplete();
            changed.accept(change);
        }
    }

    private void commit(Message.Commit commit) {
        if (skips) {
            skips = false;
            open = null;
            return;
        }
        touched.forEach(TableBatch::commit);
        if (!touched.isEmpty() && !hasComplete) {
            hasComplete = true;
            completeSince = System.nanoTime();
        }
        touched.clear();
        rows += openRows;
        bytes += openBytes;
        openRows = 0;
        openBytes = 0;
        position = commit.endLsn();
        commitMicros = open.commitMicros();
        open = null;
        if (isLarge) {
            isLarge = false;
            sink.accept(whole(Batch.Part.END));
        }
    }

    /** Whole transactions go first; what is left may be a transaction that is too large by itself. */
    private void makeRoom() {
        giveComplete();
        if (isTooLarge()) {
            isLarge = true;
            sink.accept(new Batch(tables, left, Batch.Part.BEGINNING, position, open.commitMicros()));
            tables = new LinkedHashMap<>();
            left.clear();
            touched.clear();
            openRows = 0;
            openBytes = 0;
        }
    }

    /** Gives away the complete transactions while another one is open. */
    private void giveComplete() {
        if (!hasComplete) {
            return;
        }
        Map<FollowedTable, TableBatch> rest = new LinkedHashMap<>();
        tables.forEach((table, batch) -> {
            if (touched.contains(batch)) {
                TableBatch own = batch.split();
                if (!own.isEmpty()) {
                    rest.put(table, own);
                }
            }
        });
        tables.values().removeIf(TableBatch::isEmpty);
        sink.accept(whole(Batch.Part.WHOLE));
        tables = rest;
        touched.clear();
        touched.addAll(rest.values());
    }

    private Batch whole(Batch.Part part) {
        Batch batch = new Batch(tables, left, part, position, commitMicros);
        tables = new LinkedHashMap<>();
        left.clear();
        rows = 0;
        bytes = 0;
        hasComplete = false;
        return batch;
    }

    /** Whether there are whole transactions, and none that is open. */
    boolean canBeTaken() {
        return hasComplete && open == null;
    }

    /** Whether a batch should be taken however young it is. */
    boolean isFull() {
        return isTooLarge();
    }

    /** When, by System.nanoTime(), the first of the transactions was complete. */
    long completeSince() {
        return completeSince;
    }

    /** All whole transactions. */
    Batch take() {
        return whole(Batch.Part.WHOLE);
    }

    /** Whether nothing waits to be written. */
    boolean isEmpty() {
        return open == null && !hasComplete && !isLarge;
    }

    /** Behind the last commit that has come. */
    long position() {
        return position;
    }

    long commitMicros() {
        return commitMicros;
    }

    long waitingRows() {
        return rows + openRows;
    }
}
