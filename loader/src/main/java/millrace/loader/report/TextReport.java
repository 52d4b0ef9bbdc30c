package millrace.loader.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Visible;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.LoadRecord;
import millrace.loader.verify.Difference;
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

    /** One line about one table, and one more for each difference. */
    static String comparison(TableComparison comparison) {
        String tables = Visible.of(comparison.target() + " and " + comparison.source());
        if (comparison instanceof TableComparison.Same same) {
            return tables + ": " + Sizes.rows(same.rows()) + ", the same in every column";
        } else if (comparison instanceof TableComparison.Misfit misfit) {
            return tables + ": they differ" + sentences(misfit.differences());
        } else if (comparison instanceof TableComparison.Differs differs) {
            return tables + ": they differ, " + Sizes.rows(differs.targetRows()) + " and "
                    + Sizes.rows(differs.sourceRows()) + sentences(differs.differences());
        }
        Failure reason = ((TableComparison.Unknown) comparison).reason();
        return tables + ": whether they differ cannot be told\n  "
                + sentence(reason).replace("\n", "\n  ") + "\n  " + Visible.of(reason.hint()) + " (" + reason.code()
                + ")";
    }

    private static String sentences(List<Difference> differences) {
        return differences.stream()
                .map(difference -> "\n  " + Visible.of(difference.sentence()))
                .collect(Collectors.joining());
    }

    public static String failure(Failure failure) {
        return "millrace: " + sentence(failure) + "\n  " + Visible.of(failure.hint()) + " (" + failure.code() + ")";
    }

    /** What is wrong with a configuration is told in lines, each made visible already. */
    private static String sentence(Failure failure) {
        return failure.code().equals(Problems.CODE) ? failure.sentence() : Visible.of(failure.sentence());
    }
}
