package millrace.generator.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Log lines, for where nobody watches. */
public final class ProgressLog implements Progress {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private String table = "";
    private long total;
    private long done;
    private long toldAt;

    public ProgressLog(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    /** Writes one line. */
    public static void tell(PrintStream out, String event) {
        out.println("time=" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + " event=" + event);
    }

    @Override
    public void begin(String table, long total) {
        this.table = table;
        this.total = total;
        done = 0;
        toldAt = System.nanoTime();
        tell(out, "writing table=" + table + " rows=" + total);
    }

    @Override
    public void advance(long rows) {
        done += rows;
        if (System.nanoTime() - toldAt > EVERY_NANOS) {
            toldAt = System.nanoTime();
            tell(out, "progress table=" + table + " rows=" + done + " percent=" + 100 * done / total);
        }
    }

    @Override
    public void end() {
        tell(out, "written table=" + table + " rows=" + done);
    }
}
