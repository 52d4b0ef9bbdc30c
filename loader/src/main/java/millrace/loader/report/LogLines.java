package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;

/** Tells how a load goes in lines for logs: events with their time, and now and then how far it has come. */
public final class LogLines implements LoadListener {
    private final PrintStream out;
    private final LogFormat format;
    private final Duration interval;
    private final Progress progress = new Progress();
    private Thread clock;

    /** @param interval between two lines about the progress of one load */
    public LogLines(PrintStream out, LogFormat format, Duration interval) {
        this.out = requireNonNull(out, "out is null");
        this.format = requireNonNull(format, "format is null");
        this.interval = requireNonNull(interval, "interval is null");
    }

    /** A line about why a command failed. */
    public static String failure(Failure failure, LogFormat format) {
        Map<String, Object> fields = event("failure");
        fields.put("code", failure.code());
        fields.put("sentence", failure.sentence());
        fields.put("hint", failure.hint());
        return format.line(fields);
    }

    /** A line about a load that waits for the snapshot of its run. */
    public static String waiting(String runId, LogFormat format) {
        Map<String, Object> fields = event("waiting");
        fields.put("for", "snapshot");
        fields.put("run_id", runId);
        return format.line(fields);
    }

    /** A line about the snapshot that is held for a run. */
    public static String holding(String snapshot, String runId, LogFormat format) {
        Map<String, Object> fields = event("holding");
        fields.put("snapshot", snapshot);
        fields.put("run_id", runId);
        return format.line(fields);
    }

    @Override
    public synchronized void began(TablePlan table) {
        progress.began(table);
        if (clock == null) {
            clock = new Thread(this::tick, "progress");
            clock.setDaemon(true);
            clock.start();
        }
        Map<String, Object> fields = event("copying");
        fields.put("table", table.spec().target());
        fields.put("source", table.spec().source());
        fields.put("slices", table.slices().size());
        if (table.estimatedRows() >= 0) {
            fields.put("estimated_rows", table.estimatedRows());
        }
        line(fields);
        table.changes().forEach(change -> {
            Map<String, Object> changed = event("changed");
            changed.put("table", table.spec().target());
            changed.put("sentence", "column " + change.sentence());
            line(changed);
        });
    }

    @Override
    public synchronized void copied(TableName target, long rows, long bytes) {
        progress.copied(rows, bytes);
    }

    @Override
    public synchronized void noted(TableName target, String sentence) {
        Map<String, Object> fields = event("noted");
        fields.put("table", target);
        fields.put("sentence", sentence);
        line(fields);
    }

    @Override
    public synchronized void ended(LoadRecord load) {
        stopClock();
        Map<String, Object> fields = event(
                load.outcome() == LoadRecord.Outcome.DONE
                        ? "loaded"
                        : load.outcome().label());
        fields.put("table", load.target());
        fields.put("rows", load.rows());
        fields.put("bytes", load.bytes());
        fields.put("replaced", load.replaced());
        fields.put("seconds", rounded(load.seconds()));
        line(fields);
    }

    @Override
    public synchronized void noticed(String sentence) {
        Map<String, Object> fields = event("notice");
        fields.put("sentence", sentence);
        line(fields);
    }

    @Override
    public synchronized void retrying(Failure failure, Duration pause) {
        progress.beginAgain();
        Map<String, Object> fields = event("retrying");
        fields.put("code", failure.code());
        fields.put("sentence", TextReport.retry(failure, pause));
        fields.put("pause_seconds", pause.toSeconds());
        line(fields);
    }

    private synchronized void stopClock() {
        if (clock != null) {
            clock.interrupt();
            clock = null;
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(interval.toMillis());
                showProgress();
            }
        } catch (InterruptedException e) {
            // The load has ended.
        }
    }

    private synchronized void showProgress() {
        if (Thread.interrupted()) {
            return;
        }
        Map<String, Object> fields = event("progress");
        fields.put("rows", progress.rows());
        fields.put("bytes", progress.bytes());
        fields.put("mb_per_second", rounded(progress.bytesPerSecond() / 1e6));
        progress.percent().ifPresent(percent -> fields.put("percent", percent));
        progress.secondsLeft().ifPresent(left -> fields.put("seconds_left", left));
        line(fields);
    }

    static Map<String, Object> event(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        fields.put("event", name);
        return fields;
    }

    private static Number rounded(double value) {
        return Double.valueOf(String.format(Locale.ROOT, "%.2f", value));
    }

    private void line(Map<String, Object> fields) {
        out.println(format.line(fields));
    }
}
