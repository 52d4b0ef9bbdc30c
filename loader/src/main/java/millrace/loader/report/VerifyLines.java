package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import millrace.loader.plan.TablePlan;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;

/** Tells now and then how far a comparison has come, in lines for logs, and what came of it. */
public final class VerifyLines implements VerifyListener {
    private final PrintStream out;
    private final PrintStream results;
    private final LogFormat format;
    private final long interval;
    private Progress progress = new Progress();
    private String table = "";
    private long toldAt;

    /** @param interval between two lines about one table */
    public VerifyLines(PrintStream out, PrintStream results, LogFormat format, Duration interval) {
        this.out = requireNonNull(out, "out is null");
        this.results = requireNonNull(results, "results is null");
        this.format = requireNonNull(format, "format is null");
        this.interval = interval.toNanos();
    }

    @Override
    public synchronized void began(TablePlan plan) {
        progress = new Progress();
        progress.began(plan);
        table = plan.spec().target().toString();
        toldAt = System.nanoTime();
    }

    @Override
    public synchronized void read(long rows) {
        progress.copied(rows, 0);
        if (System.nanoTime() - toldAt > interval) {
            toldAt = System.nanoTime();
            Map<String, Object> fields = LogLines.event("comparing");
            fields.put("table", table);
            fields.put("rows", progress.rows());
            progress.percent().ifPresent(percent -> fields.put("percent", percent));
            progress.secondsLeft().ifPresent(left -> fields.put("seconds_left", left));
            out.println(format.line(fields));
        }
    }

    @Override
    public synchronized void ended(TableComparison comparison) {
        results.println(TextReport.comparison(comparison));
        results.flush();
    }
}
