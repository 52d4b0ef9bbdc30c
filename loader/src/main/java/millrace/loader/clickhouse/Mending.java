package millrace.loader.clickhouse;

import java.util.Optional;
import millrace.loader.plan.Contents;
import millrace.loader.plan.Incremental;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;

/**
 * A range is loaded again into a table that somebody had changed. That mends the table only when the range holds all that was
 * changed: then it has no fewer rows than the last load left, and no more beside the range.
 */
final class Mending {
    private Mending() {}

    /** What the mark must go on to say that the table held, where it is not mended. */
    static Optional<Contents> of(TablePlan plan, long rows, Contents now) {
        if (plan.extent().replaces().isEmpty()
                || plan.before().flatMap(Incremental::change).isEmpty()) {
            return Optional.empty();
        }
        return then(plan).filter(then -> now.rows() < then.rows() || now.rows() - rows > then.rows());
    }

    private static Optional<Contents> then(TablePlan plan) {
        return plan.before().flatMap(TargetTable::mark).flatMap(TargetMark::contents);
    }
}
