package millrace.loader.run;

import millrace.contract.failure.Failure;
import millrace.loader.plan.Extent;
import millrace.loader.plan.TablePlan;

/**
 * An incremental load looks for rows made since the last one, and leaves those whose key the target has. Of a source that was
 * emptied and filled anew with the same keys, both would pass rows over in silence: the values of former rows stayed, and rows
 * below the cursor's lookback were not even looked for.
 */
record SourceEmptied(TablePlan plan, KnownRows known) {
    /** @throws Failure when rows may be lost, as none of the source's rows is one that was loaded */
    void refuse(Extent.SinceLast since, Snapshot snapshot) {
        if (known.changed() == 0 && since.floor().isEmpty()) {
            return;
        }
        try (SnapshotReader reader = snapshot.reader()) {
            if (reader.hasFormerRows(plan.spec(), since) || !passesOver(since, reader)) {
                return;
            }
        }
        throw Failure.running(
                "source-emptied",
                plan.spec().source() + " was emptied and filled anew since "
                        + plan.spec().target() + " was loaded from it: none of its rows is from before" + reused()
                        + ".",
                "Nothing was published. Load it anew with --full-refresh; the target then has the rows that the source"
                        + " has now.");
    }

    /** A queue that lost its loaded rows passes over none: what it has lies above the floor. */
    private boolean passesOver(Extent.SinceLast since, SnapshotReader reader) {
        return known.changed() > 0
                || since.floor()
                        .filter(floor -> reader.hasRowsBelow(plan.spec(), floor))
                        .isPresent();
    }

    private String reused() {
        return known.changed() == 0
                ? ""
                : ", and " + known.changed() + " of the target's keys stand for other values, the first "
                        + known.firstChanged();
    }
}
