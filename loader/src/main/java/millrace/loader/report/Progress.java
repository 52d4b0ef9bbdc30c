package millrace.loader.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;

/** How far a load has come. Not safe for use by several threads. */
final class Progress {
    private final Map<TableName, Long> expected = new LinkedHashMap<>();
    private long startedAt = System.nanoTime();
    private long rows;
    private long bytes;

    void began(TablePlan table) {
        expected.put(table.spec().target(), table.estimatedRows());
    }

    void copied(long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
    }

    void beginAgain() {
        startedAt = System.nanoTime();
        expected.clear();
        rows = 0;
        bytes = 0;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    double bytesPerSecond() {
        return bytes / seconds();
    }

    private double seconds() {
        return Math.max(1, System.nanoTime() - startedAt) / 1e9;
    }

    /** By the source's estimate of its rows; empty when it has none or there are more. */
    OptionalLong percent() {
        long estimated = expected.values().stream().mapToLong(Long::longValue).sum();
        return expected.containsValue(-1L) || estimated <= rows
                ? OptionalLong.empty()
                : OptionalLong.of(100 * rows / estimated);
    }

    /** Empty when there is no estimate, or nothing to go by yet. */
    OptionalLong secondsLeft() {
        long estimated = expected.values().stream().mapToLong(Long::longValue).sum();
        return percent().isEmpty() || rows == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(seconds() * (estimated - rows) / rows));
    }
}
