package millrace.loader.report;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadRecord;
import millrace.loader.verify.TableComparison;

/** Reports for people. */
public final class TextReport {
    private TextReport() {}

    /** One line about one table. */
    public static String load(LoadRecord load) {
        return switch (load.outcome()) {
            case DONE ->
                load.target() + ": " + Sizes.rows(load.rows()) + ", " + replaced(load.replaced())
                        + Sizes.bytes(load.bytes()) + ", " + Sizes.seconds(load.seconds());
            case FAILED -> load.target() + ": failed";
        };
    }

    /** A line for each column that the target will have otherwise than before. */
    static Stream<String> changes(TablePlan table) {
        return table.changes().stream().map(change -> table.spec().target() + ": column " + change.sentence());
    }

    static String retry(Failure failure, Duration pause) {
        return failure.sentence() + " Beginning again in " + pause.toSeconds() + " s.";
    }

    private static String replaced(long values) {
        return values == 0 ? "" : Sizes.values(values) + " replaced, ";
    }

    /** One line when the table is the same on both sides, else one more for each difference. */
    public static String comparison(TableComparison comparison) {
        String counts = comparison.target() + ": " + Sizes.rows(comparison.targetRows()) + ", " + comparison.source()
                + " has " + Sizes.rows(comparison.sourceRows());
        String verdict = comparison.same() ? ": the same in every column" : ": they differ";
        return counts
                + verdict
                + comparison.differences().stream()
                        .map(difference -> "\n  " + difference.sentence())
                        .collect(Collectors.joining());
    }

    public static String failure(Failure failure) {
        return "millrace: " + failure.sentence() + "\n  " + failure.hint() + " (" + failure.code() + ")";
    }
}
