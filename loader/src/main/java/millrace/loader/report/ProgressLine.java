package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;

/** Tells how a load goes in a line of a terminal that is written over and over. */
public final class ProgressLine implements LoadListener {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final long startedAt = System.nanoTime();
    private final Map<TableName, Long> expected = new LinkedHashMap<>();
    private long rows;
    private long bytes;
    private long drawnAt = startedAt;

    public ProgressLine(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public synchronized void began(TablePlan table) {
        expected.put(table.spec().target(), table.estimatedRows());
        TextReport.changes(table).forEach(line -> out.println(ERASE + line));
    }

    @Override
    public synchronized void copied(TableName target, long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        if (System.nanoTime() - drawnAt > REDRAW_NANOS) {
            drawnAt = System.nanoTime();
            out.print(ERASE + line((drawnAt - startedAt) / 1e9));
            out.flush();
        }
    }

    private String line(double seconds) {
        String done = Sizes.rows(rows) + ", " + Sizes.bytes(bytes / seconds) + "/s";
        long estimated = expected.values().stream().mapToLong(Long::longValue).sum();
        if (expected.containsValue(-1L) || estimated <= rows) {
            return done;
        }
        double left = seconds * (estimated - rows) / rows;
        return done + ", " + 100 * rows / estimated + " %, about " + Math.round(left) + " s left";
    }

    @Override
    public synchronized void ended(LoadRecord load) {
        out.println(ERASE + TextReport.load(load));
    }

    @Override
    public synchronized void retrying(Failure failure, Duration pause) {
        out.println(ERASE + TextReport.retry(failure, pause));
        rows = 0;
        bytes = 0;
    }
}
