package millrace.loader.report;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.loader.config.Problems;
import millrace.loader.failure.Failure;
import millrace.loader.failure.Visible;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadRecord;
import millrace.loader.verify.TableComparison;

/** Reports for people. Whatever a table holds or is called, each of its lines stays one line. */
public final class TextReport {
    private TextReport() {}

    /** One line about one table. */
    public static String load(LoadRecord load) {
        return switch (load.outcome()) {
            case DONE ->
                Visible.of(load.target().toString()) + ": " + Sizes.rows(load.rows()) + ", " + replaced(load.replaced())
                        + Sizes.bytes(load.bytes()) + ", " + Sizes.seconds(load.seconds());
            case FAILED -> Visible.of(load.target() + ": failed");
        };
    }

    /** A line for each column that the target will have otherwise than before. */
    static Stream<String> changes(TablePlan table) {
        return table.changes().stream()
                .map(change -> Visible.of(table.spec().target() + ": column " + change.sentence()));
    }

    static String retry(Failure failure, Duration pause) {
        return Visible.of(failure.sentence()) + " Beginning again in " + pause.toSeconds() + " s.";
    }

    private static String replaced(long values) {
        return values == 0 ? "" : Sizes.values(values) + " replaced, ";
    }

    /** One line when the table is the same on both sides, else one more for each difference. */
    public static String comparison(TableComparison comparison) {
        String counts = Visible.of(comparison.target() + ": " + Sizes.rows(comparison.targetRows()) + ", "
                + comparison.source() + " has " + Sizes.rows(comparison.sourceRows()));
        String verdict = comparison.same() ? ": the same in every column" : ": they differ";
        return counts
                + verdict
                + comparison.differences().stream()
                        .map(difference -> "\n  " + Visible.of(difference.sentence()))
                        .collect(Collectors.joining());
    }

    public static String failure(Failure failure) {
        // What is wrong with a configuration is told in lines, each made visible already.
        boolean lines = failure.code().equals(Problems.CODE);
        String sentence = lines ? failure.sentence() : Visible.of(failure.sentence());
        return "millrace: " + sentence + "\n  " + Visible.of(failure.hint()) + " (" + failure.code() + ")";
    }
}
