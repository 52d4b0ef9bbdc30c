package millrace.stream.status;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;
import millrace.stream.run.FollowState;
import millrace.stream.run.Setup;

/**
 * Keeps in ClickHouse how it has gone, for dashboards: a row every few seconds while something changes, else one a minute. What
 * cannot be written is left out; the stream does not wait for it.
 */
public final class ProgressLog implements AutoCloseable {
    private static final TableName PROGRESS = new TableName(Ddl.OWN, "stream_progress");
    private static final TableName COUNTS = new TableName(Ddl.OWN, "stream_counts");
    private static final long PERIOD_MILLIS = 5_000;
    private static final int PERIODS_OF_REST = 12;
    private static final List<String> KINDS = List.of("insert", "update", "delete");

    private final Setup setup;
    private final FollowState state;
    private final ClickHouseHttp http;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Long> counted = new HashMap<>();
    private boolean isMade;
    private String told = "";
    private int rested;

    private ProgressLog(Setup setup, FollowState state) {
        this.setup = setup;
        this.state = state;
        http = new ClickHouseHttp(setup.target());
    }

    public static ProgressLog start(Setup setup, FollowState state) {
        requireNonNull(setup, "setup is null");
        requireNonNull(state, "state is null");
        ProgressLog log = new ProgressLog(setup, state);
        Thread thread = new Thread(log::run, "progress");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    private void run() {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    tell(state.sample());
                } catch (Failure e) {
                    // Whatever is in the way is in that of the stream, too, which says so.
                    told = "";
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(FollowState.Sample sample) {
        List<String> counts = counts(sample);
        boolean isRest = counts.isEmpty() && sample.state().equals(told) && ++rested < PERIODS_OF_REST;
        if (isRest) {
            return;
        }
        rested = 0;
        make();
        http.query("INSERT INTO " + Ddl.quoted(PROGRESS)
                + " (pipeline, state, applied, lag_seconds, lag_bytes, slot_bytes, waiting_changes)"
                + " SETTINGS async_insert = 0 VALUES ("
                + String.join(
                        ", ",
                        Ddl.literal(setup.pipeline()),
                        Ddl.literal(sample.state()),
                        Long.toUnsignedString(sample.applied()),
                        Double.toString(sample.lagSeconds()),
                        Long.toString(sample.lagBytes()),
                        Long.toString(state.slotBytes()),
                        Long.toString(sample.waitingChanges()))
                + ")");
        if (!counts.isEmpty()) {
            http.query("INSERT INTO " + Ddl.quoted(COUNTS)
                    + " (pipeline, source, kind, changes) SETTINGS async_insert = 0 VALUES "
                    + String.join(", ", counts));
        }
        told = sample.state();
    }

    /** Rows for what has changed since the last ones. */
    private List<String> counts(FollowState.Sample sample) {
        List<String> rows = new ArrayList<>();
        sample.changes().forEach((table, changes) -> {
            for (int kind = 0; kind < changes.length; kind++) {
                count(rows, table.toString(), KINDS.get(kind), changes[kind]);
            }
        });
        count(rows, "", "copy", sample.copiedRows());
        return rows;
    }

    private void count(List<String> rows, String table, String kind, long total) {
        Long before = counted.put(table + '\n' + kind, total);
        long since = total - (before == null ? 0 : before);
        if (since > 0) {
            rows.add("("
                    + String.join(
                            ", ",
                            Ddl.literal(setup.pipeline()),
                            Ddl.literal(table),
                            Ddl.literal(kind),
                            Long.toString(since))
                    + ")");
        }
    }

    private void make() {
        if (isMade) {
            return;
        }
        http.query("CREATE DATABASE IF NOT EXISTS " + Ddl.quoted(Ddl.OWN));
        http.query("""
                CREATE TABLE IF NOT EXISTS %s (
                  pipeline String COMMENT 'Name of the pipeline',
                  at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When this was so',
                  state LowCardinality(String) COMMENT 'starting, copying, following, waiting or stopped',
                  applied UInt64 COMMENT 'All that was committed below this place in the log is here',
                  lag_seconds Float64 COMMENT 'The longest that a change had to wait since the row before',
                  lag_bytes UInt64 COMMENT 'Log that has come and is not in ClickHouse',
                  slot_bytes UInt64 COMMENT 'Log that the source keeps for the pipeline',
                  waiting_changes UInt64 COMMENT 'Changes that wait to be written'
                ) ENGINE = MergeTree ORDER BY (pipeline, at) TTL toDateTime(at) + INTERVAL 30 DAY
                COMMENT 'How followed pipelines have gone'""".formatted(Ddl.quoted(PROGRESS)));
        http.query("""
                CREATE TABLE IF NOT EXISTS %s (
                  pipeline String COMMENT 'Name of the pipeline',
                  at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When they had been written',
                  source String COMMENT 'The table that was changed; empty for copies',
                  kind LowCardinality(String) COMMENT 'insert, update, delete, or copy',
                  changes UInt64 COMMENT 'Changes, or copied rows, since the row before'
                ) ENGINE = MergeTree ORDER BY (pipeline, at, source) TTL toDateTime(at) + INTERVAL 30 DAY
                COMMENT 'Changes that were followed, by table and kind'""".formatted(Ddl.quoted(COUNTS)));
        isMade = true;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
