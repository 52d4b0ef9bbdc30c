package millrace.generator.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/** A bar on a terminal, drawn over and over. */
public final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private String table = "";
    private long total;
    private long done;
    private long beganAt;
    private long drawnAt;

    public ProgressBar(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void begin(String table, long total) {
        this.table = table;
        this.total = total;
        done = 0;
        beganAt = System.nanoTime();
        draw();
    }

    @Override
    public void advance(long rows) {
        done += rows;
        if (System.nanoTime() - drawnAt > REDRAW_NANOS) {
            draw();
        }
    }

    @Override
    public void end() {
        out.print(ERASE);
        out.flush();
    }

    private void draw() {
        drawnAt = System.nanoTime();
        long perSecond = Math.round(done / Math.max(1e-3, (drawnAt - beganAt) / 1e9));
        out.print(ERASE + line(table, done, total) + ", " + Numbers.grouped(perSecond) + " rows/s");
        out.flush();
    }

    /** The bar with its label and figures. */
    static String line(String table, long done, long total) {
        int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + table + " " + Numbers.grouped(done)
                + " of " + Numbers.grouped(total);
    }
}
