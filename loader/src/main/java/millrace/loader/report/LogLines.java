package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;

/** Tells how a load goes in lines with a time, for logs. */
public final class LogLines implements LoadListener {
    private final PrintStream out;

    public LogLines(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void began(TablePlan table) {
        String slices = table.slices().size() == 1 ? "1 slice" : table.slices().size() + " slices";
        line(table.spec().target() + ": copying " + table.spec().source() + " in " + slices);
        TextReport.changes(table).forEach(this::line);
    }

    @Override
    public void copied(TableName target, long rows, long bytes) {}

    @Override
    public void ended(LoadRecord load) {
        line(TextReport.load(load));
    }

    @Override
    public void retrying(Failure failure, Duration pause) {
        line(TextReport.retry(failure, pause));
    }

    private void line(String text) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
    }
}
