package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalLong;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;

/** Tells how a load goes in a line of a terminal that is written over and over. */
public final class ProgressLine implements LoadListener {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final Progress progress = new Progress();
    private long drawnAt = System.nanoTime();

    public ProgressLine(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public synchronized void began(TablePlan table) {
        progress.began(table);
        TextReport.changes(table).forEach(line -> out.println(ERASE + line));
    }

    @Override
    public synchronized void copied(TableName target, long moreRows, long moreBytes) {
        progress.copied(moreRows, moreBytes);
        if (System.nanoTime() - drawnAt > REDRAW_NANOS) {
            drawnAt = System.nanoTime();
            out.print(ERASE + line());
            out.flush();
        }
    }

    private String line() {
        String done = Sizes.rows(progress.rows()) + ", " + Sizes.bytes(progress.bytesPerSecond()) + "/s";
        OptionalLong left = progress.secondsLeft();
        return left.isEmpty()
                ? done
                : done + ", " + progress.percent().getAsLong() + " %, about " + left.getAsLong() + " s left";
    }

    @Override
    public synchronized void noted(TableName target, String sentence) {
        out.println(ERASE + target + ": " + sentence);
    }

    @Override
    public synchronized void ended(LoadRecord load) {
        out.println(ERASE + TextReport.load(load));
    }

    @Override
    public synchronized void noticed(String sentence) {
        out.println(ERASE + sentence);
    }

    @Override
    public synchronized void retrying(Failure failure, Duration pause) {
        out.println(ERASE + TextReport.retry(failure, pause));
        progress.beginAgain();
    }
}
