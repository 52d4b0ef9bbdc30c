package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.Batch;
import millrace.stream.sink.Change;
import millrace.stream.source.SlotState;

/** How it goes, for whoever asks. Safe for use by several threads. */
public final class FollowState {
    /** What the follower is doing. */
    public enum Phase {
        STARTING,
        COPYING,
        FOLLOWING,
        /** Nothing is written, because somebody wants it so for a moment. */
        HELD,
        /** Something is in the way; it tries again every few seconds. */
        WAITING,
        STOPPED
    }

    private static final double NANOS = 1e9;
    /** Instead of a time: what has come is only the beginning of a transaction. */
    static final long INCOMPLETE = 1;

    /** What fails again fails sooner. */
    private static final long QUIET_NANOS = 2_000_000_000L;

    private final String pipeline;
    private Phase phase = Phase.STARTING;
    private Instant since = Instant.now();
    private String code = "";
    private String sentence = "";
    private String hint = "";
    private long begunNanos;
    private long received;
    private long applied;
    private long copiedRows;
    private long batches;
    private double lastWriteSeconds;
    private long waitingRows;
    private long waitingSinceNanos;
    private double worstLagSeconds;
    private double writeSeconds;
    private long commitMicros;
    private long quarantined;
    private SlotState slot;
    private long slotLimit;
    private final Map<TableName, TableStatus> tables = new LinkedHashMap<>();
    private final Map<TableName, long[]> changes = new TreeMap<>(Comparator.comparing(TableName::toString));

    public FollowState(String pipeline) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    synchronized void enter(Phase next) {
        phase = next;
        since = Instant.now();
        code = "";
        sentence = "";
        hint = "";
    }

    /** The stream has begun. After a failure it counts as followed only when it has come past what failed. */
    synchronized void begin() {
        begunNanos = System.nanoTime();
        if (phase != Phase.WAITING) {
            enter(Phase.FOLLOWING);
        }
    }

    synchronized long applied() {
        return applied;
    }

    /** Forgets tables that are not among these. */
    synchronized void keepTables(Collection<TableName> sources) {
        tables.keySet().retainAll(sources);
    }

    synchronized void table(TableName source, TableStatus status) {
        tables.put(source, status);
    }

    /** How many batches have been written; what has written some has come past its last failure. */
    synchronized long batches() {
        return batches;
    }

    synchronized void hold(boolean holds) {
        enter(holds ? Phase.HELD : Phase.FOLLOWING);
    }

    /** @param limit of the bytes that it may retain; 0 for none */
    synchronized void slot(Optional<SlotState> found, long limit) {
        slot = found.orElse(null);
        slotLimit = limit;
    }

    synchronized void quarantined(long rows) {
        quarantined = rows;
    }

    /** @return whether this is news */
    synchronized boolean wait(Failure failure) {
        boolean news = phase != Phase.WAITING || !sentence.equals(failure.sentence());
        if (news) {
            phase = Phase.WAITING;
            since = Instant.now();
        }
        code = failure.code();
        sentence = failure.sentence();
        hint = failure.hint();
        return news;
    }

    synchronized void copied(long rows) {
        copiedRows += rows;
    }

    /** Bytes of its log that the source keeps for the stream. */
    public synchronized long slotBytes() {
        return slot == null ? 0 : Math.max(0, slot.retained());
    }

    /**
     * How it stands at a moment.
     *
     * @param lagSeconds the longest that a change has waited since the sample before
     * @param changes inserts, updates and deletes of each table since the start
     */
    public record Sample(
            String state,
            long applied,
            double lagSeconds,
            long lagBytes,
            long waitingChanges,
            long copiedRows,
            Map<TableName, long[]> changes) {
        public Sample {
            requireNonNull(state, "state is null");
            requireNonNull(changes, "changes is null");
        }
    }

    public synchronized Sample sample() {
        double lag = Math.max(worstLagSeconds, lagSeconds());
        worstLagSeconds = 0;
        Map<TableName, long[]> counts = new LinkedHashMap<>();
        changes.forEach((table, each) -> counts.put(table, each.clone()));
        return new Sample(state(), applied, lag, lagBytes(), waitingRows, copiedRows, counts);
    }

    private String state() {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /** @param oldestNanos how long the oldest change has waited, by System.nanoTime(); 0 when none does */
    synchronized void progress(long receivedLsn, long appliedLsn, long rows, long oldestNanos) {
        received = receivedLsn;
        applied = appliedLsn;
        waitingRows = rows;
        worstLagSeconds = Math.max(worstLagSeconds, lagSeconds());
        waitingSinceNanos = oldestNanos;
        if (phase == Phase.WAITING && System.nanoTime() - begunNanos > QUIET_NANOS) {
            enter(Phase.FOLLOWING);
        }
    }

    synchronized void wrote(Batch batch, long nanos) {
        batches++;
        if (phase == Phase.WAITING) {
            enter(Phase.FOLLOWING);
        }
        commitMicros = Math.max(commitMicros, batch.commitMicros());
        lastWriteSeconds = nanos / NANOS;
        writeSeconds += lastWriteSeconds;
        batch.tables().forEach((table, rows) -> {
            long[] counts = changes.computeIfAbsent(table.spec().source(), name -> new long[3]);
            for (Change change : rows.changes()) {
                counts["IUD".indexOf(change.kind())]++;
            }
        });
    }

    public synchronized boolean isHealthy() {
        return isRunning()
                && (slot == null || !isSlotLarge())
                && tables.values().stream().allMatch(TableStatus::isWell);
    }

    private boolean isRunning() {
        return switch (phase) {
            case STARTING, COPYING, FOLLOWING, HELD -> true;
            case WAITING, STOPPED -> false;
        };
    }

    public synchronized Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pipeline", pipeline);
        json.put("state", state());
        json.put("since", since.toString());
        json.put("healthy", isHealthy());
        if (!sentence.isEmpty()) {
            json.put("code", code);
            json.put("sentence", sentence);
            json.put("hint", hint);
        }
        json.put("applied_lsn", Lsn.text(applied));
        json.put("received_lsn", Lsn.text(received));
        json.put("lag_bytes", lagBytes());
        json.put("lag_seconds", lagSeconds());
        json.put("slot_bytes", slotBytes());
        if (commitMicros != 0) {
            json.put("applied_commit", Hold.instant(commitMicros).toString());
        }
        json.put("waiting_changes", waitingRows);
        json.put("copied_rows", copiedRows);
        json.put("batches", batches);
        json.put("last_write_seconds", lastWriteSeconds);
        json.put("write_seconds", writeSeconds);
        json.put("quarantined", quarantined);
        json.put("slot", slotJson());
        Map<String, Object> each = new LinkedHashMap<>();
        tables.forEach((table, status) -> {
            long[] counts = changes.getOrDefault(table, new long[3]);
            Map<String, Object> own = new LinkedHashMap<>();
            status.putInto(own);
            own.put("inserts", counts[0]);
            own.put("updates", counts[1]);
            own.put("deletes", counts[2]);
            each.put(table.toString(), own);
        });
        json.put("tables", each);
        return json;
    }

    private Map<String, Object> slotJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (slot != null) {
            json.put("active", slot.active());
            json.put("wal_status", slot.walStatus());
            json.put("retained_bytes", slot.retained());
            json.put("limit_bytes", slotLimit);
            if (isSlotLarge()) {
                json.put(
                        "warning",
                        "The source keeps " + (slot.retained() >> 20) + " MiB of its log for the slot; "
                                + (slotLimit >> 20) + " are the limit.");
            }
        }
        return json;
    }

    /** Half of the limit is time enough to do something about it. */
    private boolean isSlotLarge() {
        return slotLimit > 0 && slot.retained() > slotLimit / 2;
    }

    private long lagBytes() {
        return Lsn.isBefore(applied, received) && waitingSinceNanos != 0 ? received - applied : 0;
    }

    private double lagSeconds() {
        return waitingSinceNanos <= INCOMPLETE ? 0 : (System.nanoTime() - waitingSinceNanos) / NANOS;
    }
}
