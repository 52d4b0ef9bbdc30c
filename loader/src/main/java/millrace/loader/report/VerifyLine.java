package millrace.loader.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.OptionalLong;
import millrace.contract.failure.Visible;
import millrace.loader.plan.TablePlan;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;

/** Tells how a comparison goes in a line of a terminal that is written over and over, and what came of it below. */
public final class VerifyLine implements VerifyListener {
    private static final long REDRAW_NANOS = 200_000_000;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream results;
    private Progress progress = new Progress();
    private long drawnAt;
    private String table = "";

    public VerifyLine(PrintStream out, PrintStream results) {
        this.out = requireNonNull(out, "out is null");
        this.results = requireNonNull(results, "results is null");
    }

    @Override
    public synchronized void began(TablePlan plan) {
        progress = new Progress();
        progress.began(plan);
        table = Visible.of(plan.spec().target().toString());
        draw();
    }

    @Override
    public synchronized void read(long rows) {
        progress.copied(rows, 0);
        if (System.nanoTime() - drawnAt > REDRAW_NANOS) {
            draw();
        }
    }

    private void draw() {
        drawnAt = System.nanoTime();
        OptionalLong left = progress.secondsLeft();
        out.print(ERASE + table + ": " + Sizes.rows(progress.rows()) + " compared"
                + (left.isEmpty()
                        ? ""
                        : ", " + progress.percent().getAsLong() + " %, about " + left.getAsLong() + " s left"));
        out.flush();
    }

    @Override
    public synchronized void ended(TableComparison comparison) {
        out.print(ERASE);
        out.flush();
        results.println(TextReport.comparison(comparison));
        results.flush();
    }
}
